"""`python -m bench.yardsticks.typst_report HTML PICTURES PDF`: the same words, tables and pictures, by typst.

A compiled typesetter shows how lean a document can get. It is given every word of our HTML, in our fonts and in the
same order; margin numbers, running heads, contents with page numbers and the attached records are left out.
"""

import json
import re
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from xml.etree.ElementTree import Element, tostring

import html5lib
import typst

from exports.typesetting import fonts

PAPER = """
#set page(paper: "a4", margin: (x: 22mm, y: 25mm), numbering: "1")
#set text(font: ("Source Serif 4", "Noto Sans", "Noto Emoji"), size: 10pt, lang: "en", region: "GB")
#set par(leading: 0.6em)
#set table(stroke: 0.4pt + luma(180))
#set document(title: "Evidence report")
"""
UNSEEN = {"head", "style", "script", "template", "title"}
INLINE = {
    "strong": "strong", "b": "strong", "th": "strong", "em": "emph", "i": "emph", "mark": "highlight", "sup": "super",
}  # fmt: skip
SVG = "{http://www.w3.org/2000/svg}svg"


def main(html: Path, pictures: Path, out: Path) -> None:
    """Typeset one report as PDF/A-3a, and print what typst alone took: seconds, and seconds of processor."""
    tree = html5lib.parse(html.read_text("utf-8"), namespaceHTMLElements=False)
    source = PAPER + "".join(_told(tree, pictures))
    folders = sorted({face.parent for face in fonts.faces()})
    beside = pictures / "report.typ"
    beside.write_text(source, "utf-8")
    began, before = time.perf_counter(), time.process_time()
    typst.compile(beside, out, root="/", font_paths=folders, ignore_system_fonts=True, pdf_standards=["a-3a"])
    print(json.dumps({"seconds": time.perf_counter() - began, "processor": time.process_time() - before}))


def _told(element: Element, pictures: Path) -> Iterator[str]:
    """An element and all within it as typst's markup."""
    name = element.tag
    if not isinstance(name, str) or name in UNSEEN:
        return
    if name in ("img", SVG):
        yield _figure(element, pictures)
    elif name == "table":
        yield _table(element, pictures)
    elif name == "br":
        yield "#linebreak()"
    elif re.fullmatch("h[1-6]", name):
        yield f"#heading(level: {name[1]})[{_within(element, pictures)}]\n"
    elif name in INLINE:
        yield f"#{INLINE[name]}[{_within(element, pictures)}]"
    elif name == "li":
        yield f"#list.item[{_within(element, pictures)}]\n"
    elif name in ("a", "span", "small", "code", "time", "abbr", "q", "u", "s", "del", "label"):
        yield _within(element, pictures)
    else:
        yield f"\n\n{_within(element, pictures)}\n\n"


def _within(element: Element, pictures: Path) -> str:
    said = [_plain(element.text)]
    for part in element:
        said += [*_told(part, pictures), _plain(part.tail)]
    return "".join(said)


def _plain(text: str | None) -> str:
    """Words as they are: whatever typst would read as a sign of its own is escaped."""
    return re.sub(r"([!-/:-@\[-`{-~])", r"\\\1", re.sub(r"\s+", " ", text or ""))


def _table(table: Element, pictures: Path) -> str:
    rows = [[cell for cell in row if cell.tag in ("td", "th")] for row in table.iter("tr")]
    columns = max((sum(_span(cell) for cell in row) for row in rows), default=1)
    cells = (f"table.cell(colspan: {_span(cell)})[{_within(cell, pictures)}]," for row in rows for cell in row)
    caption = "".join(f"\n\n{_within(part, pictures)}\n\n" for part in table.iter("caption"))
    return f"{caption}#table(columns: {columns}, {' '.join(cells)})\n"


def _span(cell: Element) -> int:
    return int(cell.get("colspan", "1"))


def _figure(element: Element, pictures: Path) -> str:
    """A photo, or a drawing of ours, with its alternative text."""
    if element.tag == SVG:
        drawing = pictures / f"drawing-{len(list(pictures.glob('drawing-*')))}.svg"
        element.attrib.pop("{http://www.w3.org/2000/xmlns/}xmlns", None)  # written anew with the tag
        drawing.write_bytes(tostring(element))
        return f'#image("{drawing}", alt: "A drawing")'
    photo = pictures / element.get("src", "").removeprefix("picture:")
    alt = re.sub(r'(["\\])', r"\\\1", element.get("alt", ""))
    return f'#image("{photo}", width: 60%, alt: "{alt}")'


if __name__ == "__main__":
    main(*map(Path, sys.argv[1:4]))
