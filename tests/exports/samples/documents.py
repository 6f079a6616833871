"""Documents as people upload them: a plain one, one that acts, one that is locked, one that is broken, one too long."""

import io

import pikepdf
from pikepdf import Array, Dictionary, Name, String

SCRIPT = "app.alert('hello')"
TYPED = "Typed into the form"


def _saved(document: pikepdf.Pdf, **how: object) -> bytes:
    out = io.BytesIO()
    document.save(out, deterministic_id=not how, **how)
    return out.getvalue()


def _with_words(document: pikepdf.Pdf, words: str, size: tuple[float, float] = (595, 842)) -> pikepdf.Page:
    page = document.add_blank_page(page_size=size)
    font = Dictionary(Type=Name.Font, Subtype=Name.Type1, BaseFont=Name.Helvetica)
    page.obj.Resources = Dictionary(Font=Dictionary(F=document.make_indirect(font)))
    page.obj.Contents = document.make_stream(f"BT /F 20 Tf 60 {size[1] / 2} Td ({words}) Tj ET".encode())
    return page


def plain(*words: str) -> bytes:
    """A page for each of `words`."""
    with pikepdf.new() as document:
        for each in words:
            _with_words(document, each)
        return _saved(document)


def acting() -> bytes:
    """A document that would run, send, open and carry things, on a page that lies on its side."""
    with pikepdf.new() as document:
        page = _with_words(document, "The page itself")
        script = Dictionary(S=Name.JavaScript, JS=String(SCRIPT))
        launch = Dictionary(S=Name.Launch, F=String("calc.exe"))
        look = document.make_stream(f"BT /F 12 Tf 2 4 Td ({TYPED}) Tj ET".encode())
        look.stream_dict = Dictionary(
            Type=Name.XObject, Subtype=Name.Form, BBox=Array([0, 0, 200, 20]), Resources=page.obj.Resources
        )
        widget = Dictionary(
            Type=Name.Annot, Subtype=Name.Widget, FT=Name.Tx, T=String("name"), V=String(TYPED), F=4,
            Rect=Array([60, 300, 260, 320]), AP=Dictionary(N=look), AA=Dictionary(K=script),
        )  # fmt: skip
        link = Dictionary(Type=Name.Annot, Subtype=Name.Link, Rect=Array([0, 0, 50, 50]), A=launch)
        page.obj.Annots = Array([document.make_indirect(widget), document.make_indirect(link)])
        page.obj.AA = Dictionary(O=script)
        page.obj.Rotate = 90
        document.Root.AcroForm = Dictionary(Fields=Array([page.obj.Annots[0]]))
        document.Root.OpenAction = script
        document.attachments["inside.txt"] = pikepdf.AttachedFileSpec(document, b"carried along")
        return _saved(document)


def locked() -> bytes:
    """A document that opens with a password only."""
    with pikepdf.new() as document:
        _with_words(document, "Nobody reads this")
        return _saved(document, encryption=pikepdf.Encryption(owner="owner", user="user"))


def long(pages: int) -> bytes:
    """A document of many empty pages."""
    with pikepdf.new() as document:
        for _ in range(pages):
            document.add_blank_page()
        return _saved(document)
