"""How a page of a document is called: by its number, or by the first line of its words where they are all there is.

Files of office programs have parts, sheets and slides instead of pages. The first line of the words of each is its
label, which is bound with them to the line of a claim: `Part 2`, `Sheet ‘Complaints’, rows 1–40`, `Slide 3`.
"""

import re

PAGE, PART, SLIDE = "page %(number)s", "part %(number)s", "slide %(number)s"
SHEET, ROWS = "sheet ‘%(name)s’", "sheet ‘%(name)s’, rows %(first)s–%(last)s"
"""Phrases, as they stand in the tables of words."""
_NUMBERED = re.compile(r"(?:(Part)|Slide) (\d+)")
_SHEET = re.compile(r"Sheet ‘(.*)’(?:, rows (\d+)–(\d+))?")
_LONGEST = 100
"""Code points of a sheet's name; programs allow 31."""


def part(number: int) -> str:
    """The label of a part of a text, counted from 1."""
    return f"Part {number}"


def slide(number: int) -> str:
    """The label of a slide, counted from 1."""
    return f"Slide {number}"


def sheet(name: str, rows: tuple[int, int] | None = None) -> str:
    """The label of a sheet, or of those of its rows that are given: the first and the last, counted from 1."""
    shown = " ".join(name.split())[:_LONGEST]
    return f"Sheet ‘{shown}’" + (f", rows {rows[0]}–{rows[1]}" if rows else "")


def label(words: str) -> str:
    """The label of a page that has no picture, by its words."""
    return words.partition("\n")[0]


def phrase(label: str, number: int) -> tuple[str, dict[str, object]]:
    """What a page of this label and number is called: a phrase in English, and what belongs into it."""
    if found := _NUMBERED.fullmatch(label):
        return (PART if found[1] else SLIDE), {"number": found[2]}
    if found := _SHEET.fullmatch(label):
        name, first, last = found.groups()
        return (ROWS, {"name": name, "first": first, "last": last}) if first else (SHEET, {"name": name})
    return PAGE, {"number": number}


def told(label: str, number: int) -> str:
    """What a page is called, in English, within a sentence: `page 3`, `slide 3`."""
    said, values = phrase(label, number)
    return said % values
