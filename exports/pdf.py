"""HTML to PDF/A-3a and PDF/UA-1, in a child process with bounds; the only importer of weasyprint."""

import gc
import io
import mimetypes
import multiprocessing
import re
import resource
import signal
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from importlib import import_module
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any

import pikepdf

from exports import fonts, mends, quicker
from exports.conformance import conform

STYLES = Path(__file__).parents[1] / "templates" / "exports" / "paper" / "print.css"
VERSION = "70.0"
"""The WeasyPrint whose insides `mends` knows."""
ROOM_TO_ANSWER = 64_000_000
"""Bytes beyond the limit, for the child to say that it was reached."""
_ENDS_IN_RETURN = b"\r\nendstream"
_PICTURE = re.compile(r"picture:([0-9a-f]{64})")
Pictures = Mapping[str, bytes] | Callable[[str], bytes]


class NotTypeset(Exception):
    """A document was given up; the message is the reason, in words for the reader."""


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
class Limits:
    """What one document may cost."""

    cpu: int = 120
    """Seconds of processor."""
    memory: int = 2_000_000_000
    """Bytes of address space."""
    wall: float = 180
    """Seconds of waiting."""


@dataclass(frozen=True, slots=True)
class _Job:
    """What a child is sent."""

    html: str
    pictures: Mapping[str, bytes]
    attachments: tuple[Attachment, ...]
    limits: Limits


def typeset(
    html: str, *, pictures: Pictures, attachments: Sequence[Attachment] = (), limits: Limits | None = None
) -> bytes:
    """`pdf` in a child of its own, so that no document can stop or fill this process. Raises `NotTypeset`.

    The child is forked from a server that has loaded the typesetter once (about 40 ms a job).
    """
    limits = limits or Limits()
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload(["exports.press"])
    fonts.configure()
    ours, theirs = context.Pipe(duplex=False)
    job = _Job(html, _named(html, pictures), tuple(attachments), limits)
    child = context.Process(target=_work, args=(theirs, job), daemon=True)
    child.start()
    theirs.close()
    try:
        return _answer(ours, limits)
    except EOFError:
        child.join(limits.wall)
        spent = child.exitcode == -signal.SIGXCPU
        told = f"took more than {limits.cpu} seconds of processor" if spent else f"broke down ({child.exitcode})"
        raise NotTypeset(f"The typesetter {told}.") from None
    finally:
        child.kill()
        child.join()
        ours.close()


def _answer(child: Connection, limits: Limits) -> bytes:
    if not child.poll(limits.wall):
        raise NotTypeset(f"The typesetter took more than {limits.wall:g} seconds.")
    reason, content = child.recv()
    if reason:
        raise NotTypeset(reason)
    return bytes(content)


def _work(answer: Connection, job: _Job) -> None:
    """What the child does: bound itself, typeset, answer (reason, content)."""
    limits = job.limits
    resource.setrlimit(resource.RLIMIT_CPU, (limits.cpu, limits.cpu + 2))
    resource.setrlimit(resource.RLIMIT_AS, (limits.memory, limits.memory + ROOM_TO_ANSWER))
    gc.disable()
    try:
        answer.send(("", pdf(job.html, pictures=job.pictures, attachments=job.attachments)))
    except MemoryError:
        resource.setrlimit(resource.RLIMIT_AS, (limits.memory + ROOM_TO_ANSWER,) * 2)
        answer.send((f"The typesetter needed more than {limits.memory // 1_000_000:,} MB of memory.", b""))
    except Exception as fault:  # noqa: BLE001 (whatever it is, the parent must hear of it)
        answer.send((f"The typesetter failed: {type(fault).__name__}: {fault}"[:300], b""))


def pdf(html: str, *, pictures: Pictures, attachments: Sequence[Attachment] = ()) -> bytes:
    """The document as PDF/A-3a and PDF/UA-1, in this process and without bounds; same arguments, same bytes.

    `pictures` gives the bytes of `picture:<sha256>`; nothing else is ever read or called.
    """
    weasyprint = engine()
    document = _paper(weasyprint)(string=html, url_fetcher=_fetcher(weasyprint, pictures), base_url=None)
    printed = document.write_pdf(
        stylesheets=[styles()],
        pdf_variant="pdf/a-3a",
        pdf_identifier=False,  # it is given when the file is written anew
        pdf_tags=True,
        finisher=conform,
        attachments=[_attached(weasyprint, attachment) for attachment in attachments],
    )
    return _saved(printed)


def _saved(printed: bytes) -> bytes:
    """Written anew with small object streams: verifying a signature is quadratic in WeasyPrint's one large stream.

    A compressed stream that happens to end in a carriage return cannot be told from its line end (ISO 19005-3
    §6.1.7.1): it is stored as it is, and if it is an object stream, there are none.
    """
    small, plain = pikepdf.ObjectStreamMode.generate, pikepdf.ObjectStreamMode.disable
    saved = _written(printed, small)
    return _written(printed, plain) if _ENDS_IN_RETURN in saved else saved


def _written(printed: bytes, mode: pikepdf.ObjectStreamMode) -> bytes:
    out = io.BytesIO()
    with pikepdf.open(io.BytesIO(printed)) as document:
        if _ENDS_IN_RETURN in printed:
            _store_plain(document)
        document.save(out, deterministic_id=True, compress_streams=False, object_stream_mode=mode)
    return out.getvalue()


def _store_plain(document: pikepdf.Pdf) -> None:
    for thing in document.objects:
        if isinstance(thing, pikepdf.Stream) and thing.read_raw_bytes().endswith(b"\r"):
            thing.write(thing.read_bytes())


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

    class Deaf(weasyprint.urls.URLFetcher):  # type: ignore[misc]
        def fetch(self, url: str, _headers: object = None) -> Any:
            found = _PICTURE.fullmatch(url)
            if not found:
                raise ValueError(f"not a picture of ours: {url[:60]}")
            return weasyprint.urls.URLFetcherResponse(url, known(found[1]), {"Content-Type": "image/jpeg"})

    return Deaf()


def _paper(weasyprint: Any) -> Any:
    """WeasyPrint's document with rules that were read before."""

    class Paper(weasyprint.HTML):  # type: ignore[misc]
        def _ua_stylesheets(self, forms: bool = False) -> list[Any]:  # noqa: ARG002 (theirs)
            return [rules()]

    return Paper


@cache
def styles() -> Any:
    """Our style sheet, read once."""
    return engine().CSS(string=STYLES.read_text("utf-8"))


@cache
def rules() -> Any:
    """The rules under our style sheet, read once."""
    return quicker.plain_rules(engine())


@cache
def engine() -> Any:
    """WeasyPrint, loaded once, with our fonts and mended; loading costs most of a second, so it waits until asked."""
    fonts.configure()
    weasyprint = import_module("weasyprint")
    mimetypes.add_type("application/ld+json", ".jsonld")
    if weasyprint.__version__ == VERSION:
        mends.cache_page_references()
        mends.running_heads_are_artifacts(weasyprint)
        quicker.hasten(weasyprint)
    return weasyprint
