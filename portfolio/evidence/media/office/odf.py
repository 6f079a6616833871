"""OpenDocument as blocks: texts, and the slides of presentations with their notes."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from odfdo import Document

from portfolio.evidence.media.office.dividing import TextBlock

_LEFT_OUT = frozenset({
    "text:tracked-changes", "office:annotation", "office:forms", "text:sequence-decls", "text:variable-decls",
    "text:user-field-decls", "office:event-listeners", "svg:title", "svg:desc",
})  # fmt: skip
"""Elements whose words are not the document's, or not in force."""
_ROWS = frozenset({"table:table-row"})


def text(path: Path) -> Iterator[TextBlock]:
    """Headings, paragraphs, items and rows of a document of Writer."""
    yield from _blocks(Document(path).body)


def slides(path: Path) -> Iterator[tuple[list[TextBlock], list[TextBlock], bool]]:
    """The blocks of each slide of a presentation, those of its notes, and whether it is hidden."""
    for page in Document(path).body.get_elements("draw:page"):
        shown = [one for child in page.children if child.tag != "presentation:notes" for one in _blocks(child)]
        notes = [one for child in page.children if child.tag == "presentation:notes" for one in _blocks(child)]
        yield shown, notes, False


def _blocks(element: Any) -> Iterator[TextBlock]:
    """What an element says, in the order in which it is written."""
    tag = element.tag
    if tag in ("text:h", "text:p"):
        yield TextBlock(_words(element), tag == "text:h")
    elif tag in _ROWS:
        yield TextBlock(_row(element), is_close=True)
    elif tag == "text:list-item":
        for number, block in enumerate(one for child in element.children for one in _blocks(child)):
            yield TextBlock(f"• {block.words}" if number == 0 and block.words.strip() else block.words)
    elif tag not in _LEFT_OUT:
        for child in element.children:
            yield from _blocks(child)


def _row(row: Any) -> str:
    """Its cells with bars between them; tables in them in one line, too."""
    cells = [" ".join(block.words for child in cell.children for block in _blocks(child)) for cell in row.children]
    return " | ".join(" ".join(cell.split()) for cell in cells).rstrip(" |")


def _words(element: Any) -> str:
    """The words of a heading or paragraph, without comments and with its notes."""
    for comment in element.get_elements("descendant::office:annotation"):
        comment.delete()
    return str(element)
