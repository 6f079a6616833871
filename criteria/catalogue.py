"""Holds the five units that the product ships, in our own words."""

from functools import cache
from importlib.resources import files

from criteria.reader import read
from criteria.unit import Unit


@cache
def units() -> tuple[Unit, ...]:
    """The shipped units, ordered by code: CS-301 to CS-305, customer service at Level 3."""
    texts = sorted((text for text in (files("criteria") / "texts").iterdir() if text.name.endswith(".txt")), key=str)
    return tuple(read(text.read_bytes()) for text in texts)
