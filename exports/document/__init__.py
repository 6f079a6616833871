"""Frozen facts to HTML for paper."""
