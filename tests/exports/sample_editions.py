"""The sample learner's report in every edition, each made once, with documents of every kind; and what is in a PDF."""

import io
from collections.abc import Iterator
from dataclasses import replace
from functools import cache
from hashlib import sha256

import pikepdf

from exports import pdf, proof, signing
from exports.editions import Edition, Look, editing
from exports.facts import Facts
from tests.exports import finished
from tests.exports.sample_documents import acting, locked, long, plain
from tests.exports.sample_facts import FACTS, LOG, ORIGINALS, PICTURES
from tests.exports.test_redacting import WITHHELD_ALL

SEALED = "5ea1ed" + "0" * 58
LOOKS = {
    "summary": Look(Edition.SUMMARY),
    "learner": Look(Edition.LEARNER),
    "redacted": Look(Edition.REDACTED, withhold=WITHHELD_ALL),
    "reading": Look(Edition.READING),
    "originals": Look(originals=True),
}


def _document(name: str, content: bytes, **more: object):
    digest = sha256(content).hexdigest()
    UPLOADS[digest] = content
    return replace(LOG, **{"name": name, "size": len(content), "sha256": digest} | more)


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
WITH_DOCUMENTS = replace(
    FACTS, evidence=tuple(replace(e, files=DOCUMENTS) if e.ref == "E4" else e for e in FACTS.evidence)
)


def made(look: Look, facts: Facts = FACTS) -> bytes:
    """The edition before it is signed."""
    edition = editing.edited(facts, look, sealed=SEALED)
    make = editing.making(edition, UPLOADS.__getitem__)
    attached = [*proof.attachments(edition.facts), *make.attached]
    return make.finish(pdf.typeset(make.render(edition.facts), pictures=PICTURES, attachments=attached))


@cache
def unsigned(name: str) -> bytes:
    return made(LOOKS[name], WITH_DOCUMENTS if name in ("reading", "originals") else FACTS)


@cache
def sample(name: str) -> bytes:
    """The edition as it leaves the house."""
    return signing.sign(unsigned(name), signing.opened(finished.key_file(), finished.PASSWORD)).content


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


def strings_in(thing: object) -> Iterator[bytes]:
    if isinstance(thing, pikepdf.String):
        yield str(thing).encode()
    elif isinstance(thing, (pikepdf.Dictionary, pikepdf.Stream, pikepdf.Array)):
        for each in thing if isinstance(thing, pikepdf.Array) else (each for _, each in thing.items()):
            if not getattr(each, "is_indirect", False):
                yield from strings_in(each)
