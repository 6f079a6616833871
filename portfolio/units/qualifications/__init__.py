"""Qualifications: published editions of them, and which learners work towards one with which units."""
