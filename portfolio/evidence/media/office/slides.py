"""Presentations: the words of each slide and of its notes, in the order in which they lie on it."""

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from pptx import Presentation

from portfolio.evidence.media.office.dividing import TextBlock

DEEPEST = 20
"""Groups within groups that are looked into."""


def read(path: Path) -> Iterator[tuple[list[TextBlock], list[TextBlock], bool]]:
    """The blocks of each slide of a presentation of PowerPoint, those of its notes, and whether it is hidden."""
    with path.open("rb") as file:
        for slide in Presentation(file).slides:
            notes = slide.notes_slide.notes_text_frame if slide.has_notes_slide else None
            said = list(_lines(notes)) if notes is not None else []
            yield list(_shapes(slide.shapes, 0)), said, slide.element.get("show") in ("0", "false")


def _shapes(shapes: Iterable[Any], depth: int) -> Iterator[TextBlock]:
    for shape in shapes:
        if depth < DEEPEST and hasattr(shape, "shapes"):
            yield from _shapes(shape.shapes, depth + 1)
        elif getattr(shape, "has_table", False):
            for row in shape.table.rows:
                cells = (" ".join(cell.text_frame.text.split()) for cell in row.cells)
                yield TextBlock(" | ".join(cells).rstrip(" |"), is_close=True)
        elif shape.has_text_frame:
            yield from _lines(shape.text_frame)


def _lines(frame: Any) -> Iterator[TextBlock]:
    for number, paragraph in enumerate(frame.paragraphs):
        yield TextBlock(paragraph.text.replace("\v", "\n"), is_close=number > 0)
