"""Editions of a report: the facts cut down for other readers, and how each edition is made."""
