"""The sample learner's report in every edition, each made once, with documents of every kind; and what is in a PDF."""

import io
from collections.abc import Iterator
from dataclasses import replace
from hashlib import sha256

import pikepdf

from exports.editions import editing
from exports.editions.look import Look, ReportEdition
from exports.editions.withholding import Area
from exports.facts.frozen import Facts
from exports.making import proof
from exports.signing import signatures
from exports.typesetting import pdf
from tests.exports.document import finished
from tests.exports.editions.test_redacting import WITHHELD_ALL
from tests.exports.samples import files as sample_files
from tests.exports.samples.documents import acting, locked, long, plain
from tests.exports.samples.facts import FACTS, LOG, ORIGINALS, PHOTO, PICTURES
from tests.exports.samples.log import true
from tests.fixtures.once import once

SEALED = "5ea1ed" + "0" * 58
FACE = Area("desk.jpg", "percent:22,10.5,20,40", "A customer’s face")
LOOKS = {
    "summary": Look(ReportEdition.SUMMARY),
    "learner": Look(ReportEdition.LEARNER),
    "redacted": Look(ReportEdition.REDACTED, withhold=(*WITHHELD_ALL, FACE)),
    "reading": Look(ReportEdition.READING),
    "originals": Look(originals=True),
}
CONFORMING = sorted(set(LOOKS) - {"reading"})
"""Editions that claim PDF/A-3a and PDF/UA-1."""


def _document(name: str, content: bytes, **more: object):
    digest = sha256(content).hexdigest()
    UPLOADS[digest] = content
    return replace(LOG, **{"name": name, "size": len(content), "sha256": digest, "pages": ()} | more)


LIAR = b"%PDF-1.7\nReport 000000000000.\n1 0 obj\n<</Type /EmbeddedFile /Filter /FlateDecode /Length 4>>stream\nnono\n"
"""No document; it says that it is another report, and that it holds a file, which it does not."""
UPLOADS = dict(ORIGINALS)
DOCUMENTS = (
    _document("log.pdf", plain("The first page", "The second page")),
    _document("acting.pdf", acting()),
    _document("locked.pdf", locked()),
    _document("broken.pdf", LIAR),
    _document("long.pdf", long(201)),
    _document("huge.pdf", plain("Huge"), size=editing.LARGEST + 1),
    _document("letter.docx", b"PK\x03\x04", media_type="application/vnd.openxmlformats"),
)
_EVIDENCE = tuple(replace(e, files=DOCUMENTS) if e.ref == "E4" else e for e in FACTS.evidence)
(WITH_DOCUMENTS,) = true(replace(FACTS, evidence=_EVIDENCE))[1]


def read(sha256: str) -> bytes:
    """An uploaded document or a picture, by its SHA-256."""
    return UPLOADS.get(sha256) or PICTURES[sha256]


def made(look: Look, facts: Facts = FACTS) -> bytes:
    """The edition before it is signed."""
    edition = editing.edited(facts, look, read, sealed=SEALED)
    recipe = editing.recipe(edition, read)
    attached = [*proof.attachments(edition.facts), *recipe.attached]
    pictures = recipe.drawing(PICTURES)
    return recipe.finish(pdf.typeset(recipe.render(edition.facts), pictures=pictures, attachments=attached))


def _with_desk() -> Facts:
    """The sample facts with a photo of a desk in its last item, on which somebody is seen."""
    seen = sample_files.desk("#8a4b08")
    shown = replace(PHOTO.picture, sha256=sha256(seen).hexdigest(), alt="The service desk")
    PICTURES[shown.sha256] = seen
    desk = replace(_document("desk.jpg", b"\xff\xd8 as it came", kind="image", media_type="image/jpeg"), picture=shown)
    *others, last = FACTS.evidence
    return replace(FACTS, evidence=(*others, replace(last, files=(desk,))))


WITH_DESK = _with_desk()


def facts_of(name: str) -> Facts:
    """What an edition is made from."""
    return {"reading": WITH_DOCUMENTS, "originals": WITH_DOCUMENTS, "redacted": WITH_DESK}.get(name, FACTS)


@once
def unsigned(name: str) -> bytes:
    return made(LOOKS[name], facts_of(name))


@once
def sample(name: str) -> bytes:
    """The edition as it leaves the house."""
    return signatures.sign(unsigned(name), signatures.opened(finished.key_file(), finished.PASSWORD)).content


def text_of(content: bytes, folder) -> str:
    (folder / "edition.pdf").write_bytes(content)
    return finished.text_of(folder / "edition.pdf")


def everything_in(content: bytes) -> Iterator[bytes]:
    """All bytes of a PDF, each stream decoded, each string in UTF-8."""
    yield content
    with pikepdf.open(io.BytesIO(content)) as document:
        for thing in document.objects:
            if isinstance(thing, pikepdf.Stream):
                yield thing.read_bytes() if thing.get("/Subtype") != "/Image" else b""
            yield from strings_in(thing)


def photos_in(content: bytes) -> list[bytes]:
    """The JPEG files that a PDF holds, as they are in it."""
    with pikepdf.open(io.BytesIO(content)) as document:
        found = [thing for thing in document.objects if isinstance(thing, pikepdf.Stream)]
        return [one.read_raw_bytes() for one in found if one.get("/Filter") == "/DCTDecode"]


def strings_in(thing: object) -> Iterator[bytes]:
    if isinstance(thing, pikepdf.String):
        yield str(thing).encode()
    elif isinstance(thing, (pikepdf.Dictionary, pikepdf.Stream, pikepdf.Array)):
        for each in thing if isinstance(thing, pikepdf.Array) else (each for _, each in thing.items()):
            if not getattr(each, "is_indirect", False):
                yield from strings_in(each)
