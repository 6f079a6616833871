"""PDFs as people send them: written here, by the libraries that write them elsewhere."""

import io

import pikepdf
from pikepdf import Name
from weasyprint import HTML

from portfolio.evidence import operations, queries
from portfolio.evidence.arrivals.landing import receive
from portfolio.evidence.content import compose
from portfolio.evidence.drafts import Draft
from portfolio.evidence.models import Evidence, File, Version
from portfolio.evidence.rules import Kind
from portfolio.foundation.db import db, transaction
from portfolio.foundation.work import jobs
from portfolio.people.models import Person

STEPS = (
    "I locked the supply off and proved it dead before I opened the board.",
    "The new circuit tested at 0.34 ohms; the limit is 1.37.",
    "The household signed for the work, and I left the certificate with them.",
)
"""What stands on the pages of an electrician's report, a sentence to a page."""


def report(*steps: str) -> bytes:
    """A PDF with a page for each of the steps; those of `STEPS` where none are given."""
    pages = "".join(
        f"<section style='break-after: page'><h1>Step</h1><p>{step}</p></section>" for step in steps or STEPS
    )
    return HTML(string=f"<html lang='en'><body>{pages}</body></html>").write_pdf() or b""


def blank(pages: int, *, size: tuple[int, int] = (595, 842), password: str = "") -> bytes:
    """A PDF of blank pages, each of that size in points."""
    out = io.BytesIO()
    with pikepdf.new() as pdf:
        for _ in range(pages):
            pdf.add_blank_page(page_size=size)
        pdf.save(out, encryption=pikepdf.Encryption(owner="o", user=password) if password else False)
    return out.getvalue()


def drawing(content: bytes, pages: int = 1) -> bytes:
    """A PDF of A4 pages that are drawn by these operators."""
    out = io.BytesIO()
    with pikepdf.new() as pdf:
        for _ in range(pages):
            pdf.add_blank_page(page_size=(595, 842))
            pdf.pages[-1].Contents = pdf.make_stream(content)
        pdf.save(out, compress_streams=True)
    return out.getvalue()


def form(*, xfa: bool = False) -> bytes:
    """A PDF of one blank page with a text field that was filled in; with the sheet of an XFA form besides."""
    out = io.BytesIO()
    with pikepdf.new() as pdf:
        page = pdf.add_blank_page(page_size=(600, 800))
        font = pikepdf.Dictionary(Type=Name.Font, Subtype=Name.Type1, BaseFont=Name.Helvetica)
        fonts = pikepdf.Dictionary(Font=pikepdf.Dictionary(F1=pdf.make_indirect(font)))
        drawn = pdf.make_stream(b"BT /F1 60 Tf 10 20 Td (Filled in) Tj ET", Type=Name.XObject, Subtype=Name.Form)
        drawn.BBox, drawn.Resources = [0, 0, 400, 100], fonts
        field = pikepdf.Dictionary(Type=Name.Annot, Subtype=Name.Widget, FT=Name.Tx, T="answer", V="Filled in", F=4)
        field.Rect, field.AP, field.DA = [100, 600, 500, 700], pikepdf.Dictionary(N=drawn), "/F1 60 Tf 0 g"
        page.Annots = pikepdf.Array([pdf.make_indirect(field)])
        pdf.Root.AcroForm = pikepdf.Dictionary(Fields=page.Annots, DR=fonts, DA="/F1 60 Tf 0 g")
        if xfa:
            pdf.Root.AcroForm.XFA = pdf.make_stream(b"<xdp:xdp xmlns:xdp='http://ns.adobe.com/xdp/'/>")
        pdf.save(out)
    return out.getvalue()


def sent(content: bytes, by: Person, name: str = "report.pdf") -> int:
    """Id of the file that `by` sent; nothing is made of it yet."""
    return receive(io.BytesIO(content), name, by=by).id


def do_jobs() -> None:
    """All that waits for the worker, and what that asks for."""
    while waiting := db.session.query(jobs.Job).filter_by(state="waiting").order_by(jobs.Job.created_at).all():
        for id in [job.id for job in waiting]:
            jobs.run(id, lambda _name, deed, *args: deed(*args))
            db.session.rollback()


def item(learner: Person, content: bytes = b"", *, text: str = "", name: str = "report.pdf") -> Evidence:
    """A work product that is a PDF, measured and drawn."""
    file = sent(content or report(), learner, name)
    version = compose(Draft("The new circuit", text=text, files=(file,)))
    with transaction():
        made = operations.add(Kind.WORK_PRODUCT, version, learner=learner, by=learner)
    do_jobs()
    return made


def version_of(made: Evidence) -> Version:
    """The newest version of an item."""
    return queries.latest(made)


def file_of(made: Evidence) -> File:
    """Its one file, as it is now."""
    db.session.expire_all()
    return version_of(made).files[0]
