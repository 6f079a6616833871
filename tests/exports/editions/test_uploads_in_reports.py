"""Uploaded documents leave with a report: attached as they came, or page by page, as no more than the pages show."""

import io
from collections.abc import Iterator

import pikepdf
import pytest

from exports.editions.foreign_files import Unshown, bounded
from exports.editions.look import file_name
from exports.editions.uploaded_pages import MOST_DRAWN, cleaned, laid
from exports.typesetting.child import Limits
from tests.exports.samples.editions import DOCUMENTS, LOOKS, UPLOADS, everything_in, sample, text_of

pytestmark = pytest.mark.slow


def test_a_reading_copy_shows_the_pages_of_uploaded_documents_each_with_its_stamp(tmp_path):
    said = text_of(sample("reading"), tmp_path)
    assert "E4, page 1 of 2 log.pdf" in said
    assert "The second page" in said
    assert "Typed into the form" in said


def test_a_reading_copy_says_that_it_is_not_for_the_archive_and_its_file_claims_no_standard(tmp_path):
    assert "does not conform to PDF/A or PDF/UA" in text_of(sample("reading"), tmp_path)
    with pikepdf.open(io.BytesIO(sample("reading"))) as document:
        metadata = document.Root.Metadata.read_bytes()
    assert b"pdfaid:part" not in metadata
    assert b"pdfuaid:part" not in metadata
    assert "not for the archive" in file_name("leila-7", LOOKS["reading"])


@pytest.mark.parametrize(
    ("name", "reason"),
    [("locked.pdf", "It is locked with a password."), ("broken.pdf", "It is damaged"), ("long.pdf", "It has 201 pages"),
     ("huge.pdf", "It has 40 MB"), ("letter.docx", "It is no PDF.")],
)  # fmt: skip
def test_what_a_reading_copy_cannot_show_is_said_with_the_reason(name, reason, tmp_path):
    said = text_of(sample("reading"), tmp_path)
    about = said[said.index(f"E4 {name}") :][: len(name) + 200]
    assert reason in about


@pytest.mark.parametrize("danger", [b"/JavaScript", b"/Launch", b"/AA", b"calc.exe", b"carried along", b"/Widget"])
def test_nothing_of_a_document_that_acts_comes_along_but_what_its_page_shows(danger):
    with pikepdf.open(io.BytesIO(sample("reading"))) as document:
        shown = document.pages[-1]
        drawn = b"".join(piece for piece in everything_in_page(shown))
    assert danger not in drawn


def everything_in_page(page: pikepdf.Page) -> Iterator[bytes]:
    """The page alone as a document: all that it draws on."""
    with pikepdf.new() as alone:
        alone.pages.append(page)
        out = io.BytesIO()
        alone.save(out, qdf=True)
    yield from everything_in(out.getvalue())


def test_originals_are_attached_as_supplements_byte_for_byte_as_they_came():
    with pikepdf.open(io.BytesIO(sample("originals"))) as document:
        held = {name: spec.get_file().read_bytes() for name, spec in document.attachments.items()}
        relations = {name: str(spec.obj.get("/AFRelationship")) for name, spec in document.attachments.items()}
    assert held["E4 log.pdf"] == UPLOADS[DOCUMENTS[0].sha256]
    assert relations["E4 log.pdf"] == "/Supplement"
    assert "E4 huge.pdf" not in held


def test_originals_that_do_not_fit_are_named_with_their_hash(tmp_path):
    said = text_of(sample("originals"), tmp_path)
    assert "E4 huge.pdf" in said
    assert "It is larger than the room that is left" in said


def endless() -> None:
    while True:
        pass


def test_a_document_that_will_not_be_read_to_an_end_is_given_up_with_a_reason():
    with pytest.raises(Unshown, match=r"limits of time"):
        bounded(endless, limits=Limits(cpu=1))


def test_a_document_of_endless_depth_is_given_up_with_a_reason():
    with pikepdf.new() as document:
        nested = pikepdf.Array()
        for _ in range(60):
            nested = pikepdf.Array([nested])
        document.add_blank_page().obj.Resources = pikepdf.Dictionary(Properties=pikepdf.Dictionary(Deep=nested))
        out = io.BytesIO()
        document.save(out)
    with pytest.raises(Unshown, match="too deep"):
        bounded(cleaned, out.getvalue())


def unfolding(size: int) -> bytes:
    """A PDF of one page that draws `size` bytes, packed to a thousandth."""
    with pikepdf.new() as document:
        document.add_blank_page().obj.Contents = document.make_stream(b"0 0 m\n" * (size // 6))
        out = io.BytesIO()
        document.save(out, compress_streams=True)
    return out.getvalue()


def test_a_small_document_that_unfolds_to_hundreds_of_megabytes_is_given_up_with_a_reason():
    bomb = unfolding(9 * MOST_DRAWN)
    assert len(bomb) < 1_000_000
    with pytest.raises(Unshown, match=r"unfold to 360 MB; 40 MB is the most"):
        bounded(cleaned, bomb)


def test_what_is_laid_on_stays_as_packed_as_it_came():
    upload = unfolding(MOST_DRAWN - 1_000_000)
    content, pages = bounded(cleaned, upload)
    with pikepdf.open(io.BytesIO(sample("reading"))) as report:
        for _ in range(len(report.pages) - pages):
            del report.pages[0]
        out = io.BytesIO()
        report.save(out)
    made = bounded(laid, out.getvalue(), [content])
    assert len(made) < len(out.getvalue()) + 2 * len(upload)
