"""The table of what was measured: what, on what, how much, the ratio, what was asked for, and whether it is met."""

from collections.abc import Iterable
from dataclasses import astuple, dataclass

HEADS = ("what", "input", "measured", "ratio", "target", "met")


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the table."""

    what: str
    size: str
    measured: str
    ratio: str = ""
    target: str = ""
    met: str = ""
    """yes, NO, or empty where nothing is asked for."""

    def told(self) -> str:
        """The line alone."""
        return " | ".join(filter(None, astuple(self)))


def judged(holds: bool) -> str:
    """How the table says whether a target is met."""
    return "yes" if holds else "NO"


def drawn(lines: Iterable[Line]) -> str:
    """The lines as text in columns, with a head."""
    rows = [HEADS, *(astuple(line) for line in lines)]
    widths = [max(len(row[column]) for row in rows) for column in range(len(HEADS))]
    ruled = [rows[0], tuple("-" * width for width in widths), *rows[1:]]
    return "\n".join(
        "  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip() for row in ruled
    )
