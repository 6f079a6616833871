"""Sentences for feedback: those that the staff of a centre share, and those that each assessor used before."""
