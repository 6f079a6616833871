"""What of a PDF is not on its pages is said, one sentence for each kind; pages are read once however often they are."""

from collections.abc import Callable
from pathlib import Path

import pikepdf
import pytest

from portfolio.evidence.media.documents import _is_blank, _Streams
from tests.evidence.media.test_evidence_as_it_was import Prepare, pdf, prepare, said

__all__ = ["prepare"]

Change = Callable[[pikepdf.Pdf], None]


def mark(kind: str, *, drawn: bytes | None = b"0 0 9 9 re f", **more: object) -> Change:
    """A PDF gets an annotation; without an appearance where `drawn` is None."""

    def change(document: pikepdf.Pdf) -> None:
        made = pikepdf.Dictionary(Type=pikepdf.Name.Annot, Subtype=pikepdf.Name("/" + kind), Rect=[0, 0, 9, 9], **more)
        if drawn is not None:
            form = document.make_stream(drawn, Type=pikepdf.Name.XObject, Subtype=pikepdf.Name.Form, BBox=[0, 0, 9, 9])
            made.AP = pikepdf.Dictionary(N=form)
        document.pages[0].Annots = pikepdf.Array([document.make_indirect(made)])

    return change


def layered(document: pikepdf.Pdf) -> None:
    layer = document.make_indirect(pikepdf.Dictionary(Type=pikepdf.Name.OCG, Name=pikepdf.String("Answers")))
    document.Root.OCProperties = pikepdf.Dictionary(OCGs=[layer], D=pikepdf.Dictionary(OFF=[layer]))


def drawing(content: bytes) -> Change:
    def change(document: pikepdf.Pdf) -> None:
        document.pages[0].Contents = document.make_stream(content)

    return change


def of_a_form(document: pikepdf.Pdf) -> None:
    """A field that was filled in and that its form knows."""
    mark("Widget", FT=pikepdf.Name.Tx, T=WORDS, V=WORDS)(document)
    document.Root.AcroForm = pikepdf.Dictionary(Fields=document.pages[0].Annots)


pytestmark = [pytest.mark.slow, pytest.mark.filterwarnings("ignore::pikepdf._exceptions.PageCopyWarning")]
WORDS = pikepdf.String("Well done")


@pytest.mark.parametrize(
    ("change", "told"),
    [
        *(
            (mark(kind), "1 film, sound or model in it can be played")
            for kind in ("Movie", "Screen", "RichMedia", "3D")
        ),
        (mark("FreeText", F=2, Contents=WORDS), "Hidden in it and not on its pages: 1 comment."),
        (mark("FreeText", F=32, Contents=WORDS), "Hidden in it and not on its pages: 1 comment."),
        (mark("FreeText", drawn=b"", Contents=WORDS), "1 comment in it cannot be shown"),
        (layered, "layers that are switched off"),
        (mark("Widget", FT=pikepdf.Name.Tx, V=WORDS), "Fields in it that belong to no form: 1."),
        (drawing(b"q 90 0 0 90 0 0 cm /Im7 Do Q"), "Pictures on 1 page of it are missing"),
    ],
)
def test_what_is_not_on_the_pages_is_said(prepare: Prepare, tmp_path: Path, change: Change, told: str) -> None:
    assert told in said(prepare(pdf(tmp_path / "a", 2, change)))


@pytest.mark.parametrize(
    "change",
    [
        mark("FreeText", F=4, Contents=WORDS),
        mark("Link", drawn=None),
        mark("Widget", FT=pikepdf.Name.Tx),
        drawing(b"BT (Say /Im7 Do aloud) Tj ET"),
    ],
)
def test_nothing_is_said_of_what_is_on_the_pages(prepare: Prepare, tmp_path: Path, change: Change) -> None:
    assert said(prepare(pdf(tmp_path / "a", 2, change))) == ""


def test_a_field_of_a_form_is_told_with_its_form(prepare: Prepare, tmp_path: Path) -> None:
    told = said(prepare(pdf(tmp_path / "a", 1, of_a_form)))
    assert "form of 1 field" in told
    assert "no form" not in told


def test_what_many_pages_share_is_read_once() -> None:
    """Three hundred pages drawn by one stream: it is unpacked for the first of them."""
    with pikepdf.new() as document:
        shared = document.make_stream(b"0 0 9 9 re f")
        for _ in range(300):
            document.add_blank_page().Contents = shared
        streams = _Streams()
        assert not any(_is_blank(page, streams) for page in document.pages)
        assert streams.size == len(b"0 0 9 9 re f")
