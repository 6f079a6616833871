"""Texts: cleaned, compared, turned into HTML, marked, displayed."""
