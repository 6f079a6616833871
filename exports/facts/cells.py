"""Cells of CSV: what a spreadsheet would run, or read as something else, is kept as the text that it is."""

import re
from collections.abc import Mapping

FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
"""How a cell begins that a spreadsheet would run (OWASP, CSV injection), wide forms included."""

_WHOLE = re.compile(r"0|[1-9][0-9]{0,14}")
"""A number that comes out of a spreadsheet as it went in: it keeps fifteen digits."""
_FIGURES = re.compile(r"[\d\s.,/:;'’%()$£€¥₹+\-–−eEdDtTzZ]+")
"""Numbers, fractions, times, dates, shares and amounts, in any country's way of writing: `00123`, `1E5`, `3-4`."""
_MONTH = r"(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\.?"
_WORDS = re.compile(
    rf"true|false|\d{{1,4}}[\s./,-]*{_MONTH}(?:[\s./,-]*\d{{1,4}})?|{_MONTH}[\s./,-]*\d{{1,4}}(?:[\s./,-]+\d{{1,4}})?"
    r"|[\d:.]+\s*[ap]\.?m?\.?",
    re.IGNORECASE,
)
"""Booleans, dates with the name of a month, and times of the half day (`9:30 pm`)."""
_MOMENTS = ("_at", "_on")
_ISO = re.compile(r"\d{4}-\d\d-\d\d(T\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d))?")


def cells(row: Mapping[str, object]) -> list[object]:
    """The values of a record as cells of CSV, whose spreadsheet neither runs nor changes them."""
    return [value if _is_moment(name, value) else _cell(value) for name, value in row.items()]


def _is_moment(column: str, value: object) -> bool:
    """Whether it is a day or a moment in a column of such: a spreadsheet may know it for what it is."""
    return f"_{column}".endswith(_MOMENTS) and isinstance(value, str) and bool(_ISO.fullmatch(value))


def _cell(value: object) -> object:
    """A number as it is. A text that a spreadsheet would run, read as a number, a date or a truth, or that begins with
    an apostrophe, has one apostrophe before it: whoever reads the cell drops one, and has the text.
    """
    if isinstance(value, (list, tuple)):
        value = "; ".join(map(str, value))
    if isinstance(value, str):
        run = value.lstrip(" \"'\u00a0").startswith(FORMULA)
        return f"'{value}" if run or value.startswith("'") or _is_misread(value) else value
    return "" if value is None else value


def _is_misread(text: str) -> bool:
    """Whether a spreadsheet would take the text for something else and show or save it changed."""
    plain = text.strip()
    return not _WHOLE.fullmatch(text) and bool(
        (_FIGURES.fullmatch(plain) and any(sign.isdigit() for sign in plain)) or _WORDS.fullmatch(plain)
    )
