"""Draws pages of a PDF and reads their words; runs in the confined process only."""

import io
import math
import re
import sys
import traceback
from collections.abc import Iterator
from pathlib import Path

import pikepdf
import pypdfium2 as pdfium

from portfolio.evidence.media.pages.page import LONGEST_TEXT, NO_SIZE, UNDRAWN, DrawnPage
from portfolio.evidence.media.prepared import LACKS_ROOM
from portfolio.foundation.words.text import cleaned

LONGEST_SIDE = 1600
"""Pixels of the longer side of a page's picture."""
LARGEST_SCALE = 4.0
"""Pixels to a point (1/72 inch) at most, for pages as small as a stamp."""
QUALITY = 80
"""Of the JPEG, as libjpeg counts."""
_BROKEN_WORD = re.compile("[\ufffe\u0002]\r?\n?")
"""PDFium's sign for a hyphen at the end of a line, within a word."""


def drawn(path: Path, into: Path, numbers: range) -> Iterator[DrawnPage]:
    """The pages of these `numbers` of the PDF at `path`, each as soon as it is done; pictures lie in `into`.

    Raises `OSError` where the disk is full.
    """
    document = _opened(path, into)
    for number in numbers:
        try:
            yield _page(document, number, into)
        except Exception as fault:  # a stranger's page may break the library in any way; the others are drawn
            if getattr(fault, "errno", None) in LACKS_ROOM:
                raise
            traceback.print_exc(file=sys.stderr)
            yield DrawnPage(number, note=UNDRAWN)


def _opened(path: Path, into: Path) -> pdfium.PdfDocument:
    """The document; one that PDFium cannot open as it is, as another library repairs it."""
    try:
        document = pdfium.PdfDocument(path)
    except pdfium.PdfiumError:
        repaired = into / "repaired.pdf"
        with pikepdf.open(path, suppress_warnings=True) as pdf:
            pdf.save(repaired)
        document = pdfium.PdfDocument(repaired)
    document.init_forms()
    return document


def _page(document: pdfium.PdfDocument, number: int, into: Path) -> DrawnPage:
    if number > len(document):
        return DrawnPage(number, note=UNDRAWN)
    page = document[number - 1]
    try:
        sides = page.get_size()
        if not all(math.isfinite(side) and side > 0 for side in sides):
            return DrawnPage(number, note=NO_SIZE)
        bitmap = page.render(scale=min(LONGEST_SIDE / max(sides), LARGEST_SCALE))
        picture = bitmap.to_pil().convert("RGB")
        bitmap.close()
        place, kept = into / f"page-{number}.jpg", io.BytesIO()
        picture.save(kept, "JPEG", quality=QUALITY, optimize=True)
        place.write_bytes(kept.getbuffer())  # Pillow does not tell why a file could not be written
        return DrawnPage(number, place, picture.width, picture.height, _words(page))
    finally:
        page.close()


def _words(page: pdfium.PdfPage) -> str:
    """The words of a page, in the order in which it was written; empty where they cannot be read."""
    try:
        text = page.get_textpage()
        read = text.get_text_range(0, min(text.count_chars(), LONGEST_TEXT))
        text.close()
    except pdfium.PdfiumError:
        return ""
    lines = cleaned(_BROKEN_WORD.sub("", read).replace("\r\n", "\n").replace("\r", "\n")).split("\n")
    return re.sub(r"\n{3,}", "\n\n", "\n".join(line.rstrip() for line in lines)).strip()[:LONGEST_TEXT]
