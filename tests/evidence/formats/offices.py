"""Files of office programs as people of many trades send them: written here, or by the libraries that write them."""

import io
import zipfile
from collections.abc import Mapping, Sequence
from html import escape

import xlsxwriter
from odfdo import Cell, Document, DrawPage, Frame, Header, Paragraph, Row, Table
from pptx import Presentation
from pptx.util import Inches

_W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_TYPES = """<?xml version="1.0"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">\
<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>\
<Default Extension="xml" ContentType="application/xml"/><Override PartName="/word/document.xml" \
ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/></Types>"""
_RELATED = """<?xml version="1.0"?><Relationships \
xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="r1" Type="\
http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="word/document.xml"/>\
</Relationships>"""
Rows = Sequence[Sequence[object]]


def packed(members: Mapping[str, bytes | str]) -> bytes:
    """A ZIP of these files, in this order."""
    kept = io.BytesIO()
    with zipfile.ZipFile(kept, "w", zipfile.ZIP_DEFLATED) as bundle:
        for name, content in members.items():
            bundle.writestr(name, content)
    return kept.getvalue()


def paragraph(words: str, *, heading: int = 0) -> str:
    """A paragraph of WordprocessingML; a heading of that level."""
    style = f'<w:pPr><w:pStyle w:val="Heading{heading}"/></w:pPr>' if heading else ""
    return f'<w:p>{style}<w:r><w:t xml:space="preserve">{escape(words)}</w:t></w:r></w:p>'


def table(rows: Rows) -> str:
    """A table of WordprocessingML; a cell that is markup of a table stands in the other."""
    cells = [[str(one) if str(one).startswith("<w:tbl>") else paragraph(str(one)) for one in row] for row in rows]
    written = ("".join(f"<w:tc>{one}</w:tc>" for one in row) for row in cells)
    return "<w:tbl>" + "".join(f"<w:tr>{row}</w:tr>" for row in written) + "</w:tbl>"


def docx(*body: str, before: str = "", **others: bytes | str) -> bytes:
    """A document of Word with this body; `before` stands in front of its root, `others` in the file beside it."""
    document = f'<?xml version="1.0"?>{before}<w:document xmlns:w="{_W}"><w:body>{"".join(body)}</w:body></w:document>'
    named = {name.replace("__", "/").replace("_DOT_", "."): content for name, content in others.items()}
    return packed({"[Content_Types].xml": _TYPES, "_rels/.rels": _RELATED, "word/document.xml": document} | named)


def care_plan() -> bytes:
    """A care plan with a table."""
    return docx(
        paragraph("Care plan for Joan", heading=1),
        paragraph("Joan likes to wash before breakfast. She chooses her clothes herself."),
        table([["Day", "What I did"], ["Monday", "I checked the water with a thermometer: 38 °C."]]),
        paragraph("Reviewed with her daughter."),
    )


def xlsx(sheets: Mapping[str, Rows], *, hidden: Sequence[str] = ()) -> bytes:
    """A spreadsheet of Excel."""
    kept = io.BytesIO()
    with xlsxwriter.Workbook(kept, {"in_memory": True}) as book:
        for name, rows in sheets.items():
            sheet = book.add_worksheet(name)
            for number, row in enumerate(rows):
                sheet.write_row(number, 0, row)
            if name in hidden:
                sheet.hide()
    return kept.getvalue()


def long_sheet(name: str, rows: int) -> bytes:
    """A spreadsheet of Excel with that many rows, which are numbered from 0."""
    written = "".join(f'<row r="{row + 1}"><c r="A{row + 1}"><v>{row}</v></c></row>' for row in range(rows))
    with zipfile.ZipFile(io.BytesIO(xlsx({name: [[0]]}))) as book:
        members = {one: book.read(one).decode() for one in book.namelist()}
    sheet = members["xl/worksheets/sheet1.xml"]
    begin, end = sheet.index("<sheetData>") + len("<sheetData>"), sheet.index("</sheetData>")
    return packed(members | {"xl/worksheets/sheet1.xml": sheet[:begin] + written + sheet[end:]})


def complaints() -> bytes:
    """A register of complaints of a kitchen, and its prices."""
    said = [["Day", "Complaint", "What I did"], ["Monday", "Cold soup", "I served it again at 75 °C."]]
    return xlsx({"Complaints": said, "Prices": [["Soup", 4.5]]}, hidden=["Prices"])


def pptx(*slides: tuple[str, str, str]) -> bytes:
    """A presentation of PowerPoint: title, words and notes of each slide; a slide of no title is hidden."""
    made, kept = Presentation(), io.BytesIO()
    for title, words, notes in slides:
        slide = made.slides.add_slide(made.slide_layouts[1])
        slide.shapes.title.text = title
        slide.placeholders[1].text_frame.text = words
        if not title:
            slide.element.set("show", "0")
        if notes:
            slide.notes_slide.notes_text_frame.text = notes
    made.save(kept)
    return kept.getvalue()


def induction() -> bytes:
    """An induction to a building site."""
    return pptx(
        ("Welcome to the site", "Sign in at the gate.", ""),
        ("Working at height", "Check the tag of the scaffold before you climb.", "I showed the crew a red tag."),
    )


def pptx_table(rows: Rows) -> bytes:
    """A presentation of one slide with a table."""
    made, kept = Presentation(), io.BytesIO()
    slide = made.slides.add_slide(made.slide_layouts[6])
    shape = slide.shapes.add_table(len(rows), len(rows[0]), Inches(1), Inches(1), Inches(4), Inches(2))
    for down, row in enumerate(rows):
        for across, words in enumerate(row):
            shape.table.cell(down, across).text = str(words)
    made.save(kept)
    return kept.getvalue()


def odt(*paragraphs: str, title: str = "", rows: Rows = ()) -> bytes:
    """A document of Writer."""
    made = Document("text")
    made.body.clear()
    if title:
        made.body.append(Header(1, title))
    for words in paragraphs:
        made.body.append(Paragraph(words))
    if rows:
        made.body.append(_table(rows))
    return _saved(made)


def ods(rows: Rows, name: str = "Rota") -> bytes:
    """A spreadsheet of Calc with one sheet."""
    made = Document("spreadsheet")
    made.body.clear()
    made.body.append(_table(rows, name))
    return _saved(made)


def odp(*slides: str) -> bytes:
    """A presentation of Impress, a sentence to a slide."""
    made = Document("presentation")
    made.body.clear()
    for number, words in enumerate(slides, start=1):
        page = DrawPage(f"page{number}", name=f"Slide {number}")
        page.append(Frame.text_frame(words, size=("10cm", "5cm")))
        made.body.append(page)
    return _saved(made)


def rtf(*lines: str) -> bytes:
    """A document in RTF; letters beyond ASCII by their numbers."""
    written = ("".join(sign if sign.isascii() else f"\\u{ord(sign)}?" for sign in line) for line in lines)
    return ("{\\rtf1\\ansi " + "\\par\n".join(written) + "}").encode()


def _table(rows: Rows, name: str = "Table") -> Table:
    made = Table(name)
    for row in rows:
        line = Row()
        for value in row:
            line.append_cell(Cell(value))
        made.append_row(line)
    return made


def _saved(document: Document) -> bytes:
    kept = io.BytesIO()
    document.save(kept)
    return kept.getvalue()
