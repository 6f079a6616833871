"""What was made of one page of a document, or of a film at one moment, as plain values."""

from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

MOST = 500
"""Pages of one document that are drawn, from its first on."""
LONGEST_TEXT = 20_000
"""Code points of one page's words that are kept."""
LONGEST_FILE = 2_000_000
"""Code points of the words of one document that are kept: some 600 full pages."""
UNDRAWN = "This page cannot be drawn here; the original has it."
TOOK_TOO_LONG = "This page takes too long to draw; the original has it."
NO_STILL = "No picture of the film could be read at this second; the original has it."
NO_SIZE = "This page has no size at which it could be drawn; the original has it."


@dataclass(frozen=True, slots=True)
class DrawnPage:
    """One page: its picture, and its words."""

    number: int
    """Counts the pages of the document from 1; of a film, tenths of a second from 0."""
    picture: Path | None = None
    """JPEG, without metadata, or the words as a file where there are words alone; None where `note` says why."""
    width: int = 0
    """Pixels; 0 where there is no picture."""
    height: int = 0
    text: str = ""
    """As read by machine, lines divided by `\\n`; empty for a page that is a picture."""
    note: str = ""

    def to_json(self) -> dict[str, Any]:
        """The values as JSON knows them; the path as text."""
        return asdict(self) | {"picture": str(self.picture) if self.picture else None}


def from_json(values: dict[str, Any]) -> DrawnPage:
    """The inverse of `DrawnPage.to_json`."""
    return DrawnPage(**values | {"picture": Path(values["picture"]) if values["picture"] else None})
