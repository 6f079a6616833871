"""Pages of a PDF drawn by the worker's confined child against PDFium alone: the same pages, drawn in one process."""

import time
from pathlib import Path

import pypdfium2 as pdfium
from weasyprint import HTML

from bench.table import Line
from portfolio.evidence import media
from portfolio.evidence.media.pages.drawing import LONGEST_SIDE
from portfolio.evidence.pages.drawing import AT_ONCE

WORDS = "I locked the supply off, proved it dead, opened the board, and wrote down what I read. " * 30
"""Of each page."""


def measured(folder: Path, pages: int) -> list[Line]:
    """The line about page pictures: those of a document of so many `pages` full of words."""
    folder.mkdir(exist_ok=True)
    source = folder / "document.pdf"
    text = f"<p style='break-after: page'>{WORDS}</p>" * pages
    source.write_bytes(HTML(string=f"<html lang='en'><body>{text}</body></html>").write_pdf() or b"")
    count = len(pdfium.PdfDocument(source))
    alone = min(_alone(source), _alone(source))
    began = time.perf_counter()
    done = 0
    while done < count:
        numbers = range(done + 1, min(done + AT_ONCE, count) + 1)
        done += len(media.draw_pages(source, folder, numbers))
    took = time.perf_counter() - began
    return [
        Line(
            "page pictures", f"{count} pages",
            f"{count / took:.0f} pages/s; PDFium alone, neither packed nor read {count / alone:.0f} pages/s",
            f"{took / alone:.1f} × as long",
        )
    ]  # fmt: skip


def _alone(source: Path) -> float:
    """Seconds in which PDFium draws all pages, in this process, at the same size."""
    began = time.perf_counter()
    document = pdfium.PdfDocument(source)
    for page in document:
        page.render(scale=LONGEST_SIDE / max(page.get_size())).close()
        page.close()
    document.close()
    return time.perf_counter() - began
