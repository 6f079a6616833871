"""HTML to PDF/A-3a and PDF/UA-1, in a child process with bounds; the only importer of weasyprint."""

import mimetypes
import re
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from dataclasses import dataclass
from datetime import datetime
from functools import cache, partial
from importlib import import_module
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any

from exports.typesetting import alphabets, division, fonts, joining, numbering
from exports.typesetting.child import ROOM_TO_ANSWER, Answer, Child, Limits, NotTypeset, again
from exports.typesetting.conformance import conform
from exports.typesetting.patches import fixes, speed

__all__ = ["KNOWN", "ROOM_TO_ANSWER", "Attachment", "Limits", "NotTypeset", "Pictures", "engine", "pdf", "typeset"]

STYLES = Path(__file__).parents[2] / "templates" / "exports" / "paper" / "styles" / "print.css"
KNOWN = {"weasyprint": "70.0", "pydyf": "0.13.0"}
"""The versions whose insides `patches` knows: with any other nothing is typeset, since it might not conform."""
SETTLE = 4
"""How often the parts of a document may tell each other their pages until no page number changes any more."""
PNG = b"\x89PNG\r\n\x1a\n"
"""How one begins (W3C PNG, section 5.2)."""
_PICTURE = re.compile(r"picture:([0-9a-f]{64})")
Pictures = Mapping[str, bytes] | Callable[[str], bytes]


@dataclass(frozen=True, slots=True)
class Attachment:
    """A file inside the PDF (PDF/A-3, ISO 19005-3 §6.8)."""

    name: str
    content: bytes
    description: str
    at: str
    """When its content was true: ISO 8601."""
    relationship: str = "Data"
    """`Source`, `Data`, `Alternative` or `Supplement`."""


@dataclass(frozen=True, slots=True)
class _Place:
    """Which part of a document this is, and what is attached to it."""

    number: int
    attachments: tuple[Attachment, ...]


def typeset(
    html: str,
    *,
    pictures: Pictures,
    attachments: Sequence[Attachment] = (),
    limits: Limits | None = None,
    length: int = division.PART,
) -> bytes:
    """`pdf` in a child of its own, so that no document can stop or fill this process. Raises `NotTypeset`.

    A long document is divided into parts of about `length` characters; they are typeset side by side and joined: the
    same bytes however many are at work. `limits` are those of each part. Safe to be called from several threads.
    """
    limits = limits or Limits()
    parts = division.divided(html, length=length)
    if len(parts) == 1:
        return again(lambda: _undivided(html, _named(html, pictures), tuple(attachments), limits))
    return again(lambda: _divided(parts, pictures, tuple(attachments), limits))


def _undivided(html: str, named: Mapping[str, bytes], attachments: tuple[Attachment, ...], limits: Limits) -> bytes:
    with Child(_whole, html, named, attachments, limits=limits) as child:
        return bytes(child.hear())


def _divided(
    parts: Sequence[division.DocumentPart], pictures: Pictures, attachments: tuple[Attachment, ...], limits: Limits
) -> bytes:
    with ExitStack() as stack:
        children = []
        for number, part in enumerate(parts):
            given = part, _Place(number, () if number else attachments), _named(part.html, pictures)
            children.append(stack.enter_context(Child(_part, *given, limits=limits)))
        contents = _typeset_together(children)
    with Child(_join, contents, [part.below for part in parts], limits=limits) as child:
        return bytes(child.hear())


def _typeset_together(children: Sequence[Child]) -> list[bytes]:
    """The parts, numbered through: lay out, tell each other the numbers until none changes, and draw."""
    with ThreadPoolExecutor(len(children)) as threads:
        laid = list(threads.map(Child.hear, children))
        for _ in range(SETTLE):
            stood = laid
            laid = list(threads.map(Child.hear, children, numbering.all_numbers(stood)))
            if laid == stood:
                break
        return list(threads.map(Child.hear, children, numbering.all_numbers(laid, settled=True)))


def _whole(_tell: Answer, html: str, pictures: Pictures, attachments: Sequence[Attachment]) -> bytes:
    return pdf(html, pictures=pictures, attachments=attachments)


def _part(tell: Answer, part: division.DocumentPart, place: _Place, pictures: Pictures) -> bytes:
    numbering.wait_for_numbers(engine(), tell, far=part.far, strings=part.strings)
    return _printed(part.html, pictures, place)


def _join(_tell: Answer, contents: Sequence[bytes], below: Sequence[int]) -> bytes:
    return joining.joined(contents, below)


def pdf(html: str, *, pictures: Pictures, attachments: Sequence[Attachment] = ()) -> bytes:
    """The document as PDF/A-3a and PDF/UA-1, in this process, undivided and without bounds.

    Same arguments, same bytes. `pictures` gives the bytes of `picture:<sha256>`; nothing else is ever read or called.
    Raises what `engine` raises.
    """
    return joining.saved(_printed(html, pictures, _Place(0, tuple(attachments))))


def _printed(html: str, pictures: Pictures, place: _Place) -> bytes:
    weasyprint = engine()
    alphabets.configure(html)
    document = _paper(weasyprint)(string=html, url_fetcher=_fetcher(weasyprint, pictures), base_url=None)
    printed = document.write_pdf(
        stylesheets=[styles()],
        pdf_variant="pdf/a-3a",
        pdf_identifier=False,  # it is given when the file is written anew
        pdf_tags=True,
        finisher=partial(conform, part=place.number),
        attachments=[_attached(weasyprint, attachment) for attachment in place.attachments],
    )
    return bytes(printed)


def _named(html: str, pictures: Pictures) -> dict[str, bytes]:
    """The pictures that the document names; one that cannot be had is left out, and its alternative text stands."""
    read = pictures if callable(pictures) else pictures.__getitem__
    found = {}
    for sha256 in sorted(set(_PICTURE.findall(html))):
        try:
            found[sha256] = read(sha256)
        except (LookupError, OSError):
            continue
    return found


def _attached(weasyprint: Any, attachment: Attachment) -> Any:
    at = datetime.fromisoformat(attachment.at)
    return weasyprint.Attachment(
        string=attachment.content,
        name=attachment.name,
        description=attachment.description,
        relationship=attachment.relationship,
        created=at,
        modified=at,
    )


def _fetcher(weasyprint: Any, pictures: Pictures) -> Any:
    """Serves `picture:<sha256>` from what it was given and knows no files and no network."""
    known = pictures if callable(pictures) else pictures.__getitem__

    class PictureFetcher(weasyprint.urls.URLFetcher):  # type: ignore[misc]
        def fetch(self, url: str, _headers: object = None) -> Any:
            found = _PICTURE.fullmatch(url)
            if not found:
                raise ValueError(f"not a picture of ours: {url[:60]}")
            content = known(found[1])
            media_type = "image/png" if content.startswith(PNG) else "image/jpeg"
            return weasyprint.urls.URLFetcherResponse(url, content, {"Content-Type": media_type})

    return PictureFetcher()


def _paper(weasyprint: Any) -> Any:
    """WeasyPrint's document with rules that were read before."""

    class Document(weasyprint.HTML):  # type: ignore[misc]
        def _ua_stylesheets(self, forms: bool = False) -> list[Any]:  # noqa: ARG002 (theirs)
            return [rules()]

    return Document


@cache
def styles() -> Any:
    """Our style sheet, read once."""
    return engine().CSS(string=STYLES.read_text("utf-8"))


@cache
def rules() -> Any:
    """The rules under our style sheet, read once."""
    return speed.plain_rules(engine())


@cache
def engine() -> Any:
    """WeasyPrint, loaded once, with our fonts and patches; loading costs half a second, so it waits until asked.

    Raises `NotTypeset` for a version that the patches do not know, `NotPatched` where one replaces nothing,
    `FontsMissing` where a font is not installed.
    """
    _ensure_known()
    fonts.configure()
    weasyprint = import_module("weasyprint")
    mimetypes.add_type("application/ld+json", ".jsonld")
    fixes.fix(weasyprint)
    speed.hasten(weasyprint)
    return weasyprint


def _ensure_known() -> None:
    for name, known in KNOWN.items():
        try:
            there = version(name)
        except PackageNotFoundError:
            there = "none"
        if there != known:
            raise NotTypeset(
                f"Documents are typeset with {name} {known} only, and here is {there}. Install what requirements.txt "
                "names, then try again."
            )
