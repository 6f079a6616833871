"""Witnesses: they are asked by a link, sign what they saw, and are checked by the assessor."""
