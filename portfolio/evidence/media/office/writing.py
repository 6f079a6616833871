"""Texts of word processors in blocks: read by libraries, turned into text in which nothing is a mark or a link."""

from collections.abc import Callable, Iterator
from pathlib import Path

import mammoth
import nh3
from striprtf.striprtf import rtf_to_text

from portfolio.evidence.media.office import packed
from portfolio.evidence.media.office.dividing import TextBlock
from portfolio.evidence.media.prepared import NotPrepared
from portfolio.foundation.words.marks import BLOCKS, tokens

MOST_RTF = 64 * 1024**2
"""Bytes of a file in RTF; pictures stand in it as digits."""
_HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})
_READ_RTF: Callable[..., str] = rtf_to_text
_CELLS = frozenset({"td", "th"})


def docx(path: Path) -> Iterator[TextBlock]:
    """Headings, paragraphs, rows of tables and notes of a document of Word."""
    with path.open("rb") as file:
        html: str = mammoth.convert_to_html(
            file, convert_image=lambda _image: [], include_embedded_style_map=False, external_file_access=False
        ).value
    yield from _blocks(nh3.clean(html, tags=set(BLOCKS), attributes={}, clean_content_tags={"script", "style"}))


def _blocks(html: str) -> Iterator[TextBlock]:
    """What cleaned HTML says, a block for each heading, paragraph, item and row."""
    words, rows, in_row = "", 0, 0
    for token in tokens(html):
        name = token.name
        if not name:
            words += token.raw
        elif name in _CELLS:
            words += " | " if token.closes else ""
        elif name == "br" or (in_row and name != "tr"):
            words = words.rstrip(" ") + ("\n" if name == "br" and not in_row else " ")
        else:
            in_row += (-1 if token.closes else 1) * (name == "tr")
            if words.strip(" |\n"):
                is_row = name == "tr" and token.closes
                yield TextBlock(
                    _row(words) if is_row else words, name in _HEADINGS and token.closes, is_row and rows > 0
                )
                rows = rows + 1 if is_row else 0
            words = "• " if name == "li" and not token.closes else ""
    yield TextBlock(words)


def _row(words: str) -> str:
    """Cells with bars between them, none at the end."""
    return " ".join(words.split()).removesuffix("|").rstrip()


def rtf(path: Path) -> Iterator[TextBlock]:
    """Lines of a document in RTF, each a block. Raises `NotPrepared` for one that is too long."""
    if path.stat().st_size > MOST_RTF:
        raise NotPrepared(packed.TOO_MUCH)
    words = _READ_RTF(path.read_bytes().decode("latin-1"), errors="replace")
    for line in words.split("\n"):
        yield TextBlock(line.replace("|", " | ").strip(" |"))
