"""Writes the sample's two-page complaints procedure as PDF (ISO 32000-1), text as text, with pikepdf alone."""

import io
import textwrap
from collections.abc import Iterator
from pathlib import Path

import pikepdf

WIDTH, HEIGHT = 595, 842
"""A4 in points."""
LEFT, TOP = 64, 770
LEADING = {"h1": 30, "h2": 30, "p": 18, "li": 18}
STYLE = {"h1": ("/Bold", 22), "h2": ("/Bold", 13), "p": ("/Plain", 12), "li": ("/Plain", 12)}
Block = tuple[str, str]

TEXT = Path(__file__).parents[1] / "content" / "complaints-procedure.md"
MARKS = {"# ": "h1", "## ": "h2", "- ": "li"}


def complaints_procedure() -> bytes:
    """The procedure of Brightwell Home, two pages of A4."""
    pdf = pikepdf.new()
    fonts = pikepdf.Dictionary(Plain=_font("/Helvetica"), Bold=_font("/Helvetica-Bold"))
    for number, blocks in enumerate(_pages(), start=1):
        page = pdf.add_blank_page(page_size=(WIDTH, HEIGHT))
        page.Resources = pikepdf.Dictionary(Font=fonts)
        page.Contents = pdf.make_stream("\n".join(_drawn(blocks, number)).encode("cp1252"))
    pdf.Root.Lang = pikepdf.String("en-GB")
    pdf.docinfo.Title = pikepdf.String("Putting it right: how Brightwell Home deals with complaints")
    out = io.BytesIO()
    pdf.save(out, deterministic_id=True)
    return out.getvalue()


def _pages() -> list[list[Block]]:
    """The text in blocks, page by page; a line of three hyphens turns the page."""
    pages = TEXT.read_text(encoding="utf-8").split("\n---\n")
    return [[_block(line) for line in page.splitlines() if line] for page in pages]


def _block(line: str) -> Block:
    for mark, kind in MARKS.items():
        if line.startswith(mark):
            return kind, line.removeprefix(mark)
    return "p", line


def _font(base: str) -> pikepdf.Dictionary:
    name = pikepdf.Name
    return pikepdf.Dictionary(Type=name.Font, Subtype=name.Type1, BaseFont=name(base), Encoding=name.WinAnsiEncoding)


def _drawn(blocks: list[Block], number: int) -> Iterator[str]:
    """The operators of one page's content stream, top to bottom."""
    yield f"0.13 0.26 0.33 rg 0 {HEIGHT - 18} {WIDTH} 18 re f 0.1 0.1 0.12 rg"
    at = TOP
    for kind, text in blocks:
        at -= LEADING[kind] - 16
        for line in _lines(kind, text):
            yield _shown(line, kind, LEFT + 14 * (kind == "li"), at)
            at -= LEADING[kind] if kind[0] != "h" else 20
        at -= 4
    yield _shown(f"Brightwell Home · Putting it right · page {number}", "p", LEFT, 40)


def _lines(kind: str, text: str) -> list[str]:
    return textwrap.wrap(text, 84 if kind == "p" else 80)


def _shown(line: str, kind: str, x: int, y: int) -> str:
    font, size = STYLE[kind]
    safe = line.replace("\\", "\\\\").replace("(", "\\(").replace(")", "\\)")
    return f"BT {font} {size} Tf {x} {y} Td ({safe}) Tj ET"
