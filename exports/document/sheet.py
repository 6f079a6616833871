"""The paper that a report is set on: which sheet, and whether in large print."""

from dataclasses import dataclass
from typing import Literal

Size = Literal["A4", "Letter"]
SIZES: tuple[Size, ...] = ("A4", "Letter")


@dataclass(frozen=True, slots=True)
class Paper:
    """What a report is set on. The same facts on another paper are another document under the same name."""

    size: Size = "A4"
    """A4 (ISO 216) or US Letter (ANSI A)."""
    large: bool = False
    """Large print: a text of at least 16 points."""
