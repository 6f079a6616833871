"""A large upload as a browser sends it (tus 1.0.0) against copy + SHA-256 + fsync of the same file, and its memory."""

import base64
import re
import time
from pathlib import Path
from typing import BinaryIO

from bench.filled_centre.instances import House
from bench.programs import http_client, servers, signed_in
from bench.table import Line
from bench.yardsticks import disk
from portfolio.assessment import queries as assessments
from portfolio.evidence import content, operations, queries
from portfolio.evidence.places.locators import Whole
from portfolio.evidence.rules import Kind
from portfolio.foundation.db import transaction
from portfolio.people import queries as people
from portfolio.units import queries as units

LEARNER = "learner-4@bench.example"
"""Somebody who still gathers evidence for a unit."""
PIECE = 64 * 1024**2
"""Bytes of a piece, as the browser sends it."""
WARM = 16
"""Pages that are asked for first, so that every process of the server has answered before."""
_PLACE = re.compile(rb"^location: (\S+)", re.IGNORECASE | re.MULTILINE)
_OFFSET = re.compile(rb"^upload-offset: (\d+)", re.IGNORECASE | re.MULTILINE)
_FILE = re.compile(rb"^markwell-file: (\d+)", re.IGNORECASE | re.MULTILINE)


def measured(house: House, source: Path) -> list[Line]:
    """The lines about sending; afterwards the file is claimed as a whole, so that packs hold it."""
    plain = disk.copied_hashed_synced(source, house.folder)
    size = source.stat().st_size
    with servers.house(house.environment) as server:
        ada = signed_in.sign_in(server.port, LEARNER)
        for _ in range(WARM):
            http_client.ask(server.port, ada.get("/evidence"))
        server.forget_peak()
        before, began = server.memory(), time.perf_counter()
        file = _sent(ada, source)
        took = time.perf_counter() - began
        grown = server.peak() - before
        began = time.perf_counter()
        _sent(ada, source, cut_at=size * 2 // 5)
        resumed = time.perf_counter() - began
    with house.open():
        _claim(file)
    plain = min(plain, disk.copied_hashed_synced(source, house.folder))
    return [
        Line(
            "upload", f"{size / 1e6:,.0f} MB, pieces of {PIECE // 1024**2} MiB",
            f"{size / took / 1e6:,.0f} MB/s; copy + SHA-256 + fsync {size / plain / 1e6:,.0f} MB/s",
            f"{took / plain:.1f} × as long",
        ),
        Line(
            "upload, resumed", f"{size / 1e6:,.0f} MB, the line cut after 40 %", f"{size / resumed / 1e6:,.0f} MB/s",
            f"{resumed / plain:.1f} × as long",
        ),
        Line("upload, memory", f"{size / 1e6:,.0f} MB", f"the server grew by {grown / 1e6:,.0f} MB"),
    ]  # fmt: skip


def _claim(file: int) -> None:
    """Let the learner add the file as an item and claim it for a point of the unit that is not handed in."""
    person = people.person_by_email(LEARNER)
    assert person is not None
    gathering = next(one for one in units.enrolments_of(person.id) if assessments.assessment_of(one) is None)
    composed = content.compose(content.Draft("A long recording", files=(file,)))
    with transaction():
        item = operations.add(Kind.WORK_PRODUCT, composed, learner=person, by=person)
        version, points = queries.latest(item), gathering.edition.points[:1]
        operations.claim(version, Whole(), points, reason="", by=person)


def _sent(ada: signed_in.Visitor, source: Path, cut_at: int = -1) -> int:
    """Send a file piece by piece over one connection; the id of the file that it became.

    `cut_at` so many bytes the connection ends in the middle of a piece, and another goes on where the server says.
    """
    size, line = source.stat().st_size, http_client.Line(ada.port)
    name = base64.b64encode(source.name.encode()).decode()
    begun = _asked(line, ada, "POST /uploads", f"Upload-Length: {size}", f"Upload-Metadata: filename {name}")
    found = _PLACE.search(begun)
    place = found[1].decode() if found else ""
    at, answer, due = 0, begun, cut_at
    with source.open("rb") as file:
        while at < size:
            words = (f"Upload-Offset: {at}", "Content-Type: application/offset+octet-stream")
            length = min(PIECE, size - at)
            try:
                if at <= due < at + length:
                    after, due = due - at, -1
                    _cut(line, ada, f"PATCH {place}", *words, piece=(file, at, length), after=after)
                    raise ConnectionResetError
                answer = _asked(line, ada, f"PATCH {place}", *words, piece=(file, at, length))
                at += length
            except (OSError, http_client.Wrong):
                if cut_at < 0:
                    raise
                line = http_client.Line(ada.port)
                at = _arrived(line, ada, place)  # what was cut may still be written: then the next piece is refused
    line.close()
    kept = _FILE.search(answer)
    if kept is None:
        raise http_client.Wrong(answer[:300].decode(errors="replace"))
    return int(kept[1])


def _cut(
    line: http_client.Line,
    ada: signed_in.Visitor,
    words: str,
    *headers: str,
    piece: tuple[BinaryIO, int, int],
    after: int,
) -> None:
    """Begin to send a piece and end the connection `after` so many of its bytes."""
    wire = line.send(_head(ada, words, *headers, length=piece[2]))
    wire.sendfile(piece[0], piece[1], after)
    line.close()


def _arrived(line: http_client.Line, ada: signed_in.Visitor, place: str) -> int:
    """How many bytes the server has by now."""
    found = _OFFSET.search(_asked(line, ada, f"HEAD {place}"))
    return int(found[1]) if found else 0


def _asked(
    line: http_client.Line,
    ada: signed_in.Visitor,
    words: str,
    *headers: str,
    piece: tuple[BinaryIO, int, int] | None = None,
) -> bytes:
    """The answer to a request whose body is a piece of a file: from an offset on, of so many bytes."""
    wire = line.send(_head(ada, words, *headers, length=piece[2] if piece else 0))
    if piece:
        wire.sendfile(*piece)
    while not line.receive():
        pass
    if not line.answer.startswith((b"HTTP/1.1 200", b"HTTP/1.1 201", b"HTTP/1.1 204")):
        raise http_client.Wrong(bytes(line.answer[:300]).decode(errors="replace"))
    return bytes(line.answer)


def _head(ada: signed_in.Visitor, words: str, *headers: str, length: int) -> bytes:
    head = (
        f"{words} HTTP/1.1", "Host: 127.0.0.1", "Tus-Resumable: 1.0.0", f"Cookie: {ada.cookie}",
        f"X-CSRFToken: {ada.token}", f"Content-Length: {length}", *headers, "", "",
    )  # fmt: skip
    return "\r\n".join(head).encode()
