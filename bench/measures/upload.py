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
PIECE = 16 * 1024**2
"""Bytes of a piece, as the browser sends it."""
_PLACE = re.compile(rb"^location: (\S+)", re.IGNORECASE | re.MULTILINE)
_FILE = re.compile(rb"^markwell-file: (\d+)", re.IGNORECASE | re.MULTILINE)


def measured(house: House, source: Path) -> list[Line]:
    """The lines about sending; afterwards the file is claimed as a whole, so that packs hold it."""
    plain = disk.copied_hashed_synced(source, house.folder)
    size = source.stat().st_size
    with servers.house(house.environment) as server:
        ada = signed_in.sign_in(server.port, LEARNER)
        http_client.ask(server.port, ada.get("/evidence"))
        server.forget_peak()
        before, began = server.memory(), time.perf_counter()
        file = _sent(ada, source)
        took = time.perf_counter() - began
        grown = server.peak() - before
    with house.open():
        _claim(file)
    plain = min(plain, disk.copied_hashed_synced(source, house.folder))
    return [
        Line(
            "upload", f"{size / 1e6:,.0f} MB, pieces of {PIECE // 1024**2} MiB",
            f"{size / took / 1e6:,.0f} MB/s; copy + SHA-256 + fsync {size / plain / 1e6:,.0f} MB/s",
            f"{took / plain:.1f} × as long",
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


def _sent(ada: signed_in.Visitor, source: Path) -> int:
    """Send a file piece by piece over one connection; the id of the file that it became."""
    size, line = source.stat().st_size, http_client.Line(ada.port)
    name = base64.b64encode(source.name.encode()).decode()
    begun = _asked(line, ada, "POST /uploads", f"Upload-Length: {size}", f"Upload-Metadata: filename {name}")
    found = _PLACE.search(begun)
    place = found[1].decode() if found else ""
    answer = begun
    with source.open("rb") as file:
        for at in range(0, size, PIECE):
            words = (f"Upload-Offset: {at}", "Content-Type: application/offset+octet-stream")
            answer = _asked(line, ada, f"PATCH {place}", *words, piece=(file, at, min(PIECE, size - at)))
    line.close()
    kept = _FILE.search(answer)
    if kept is None:
        raise http_client.Wrong(answer[:300].decode(errors="replace"))
    return int(kept[1])


def _asked(
    line: http_client.Line,
    ada: signed_in.Visitor,
    words: str,
    *headers: str,
    piece: tuple[BinaryIO, int, int] | None = None,
) -> bytes:
    """The answer to a request whose body is a piece of a file: from an offset on, of so many bytes."""
    head = (
        f"{words} HTTP/1.1", "Host: 127.0.0.1", "Tus-Resumable: 1.0.0", f"Cookie: {ada.cookie}",
        f"X-CSRFToken: {ada.token}", f"Content-Length: {piece[2] if piece else 0}", *headers, "", "",
    )  # fmt: skip
    wire = line.send("\r\n".join(head).encode())
    if piece:
        wire.sendfile(*piece)
    while not line.receive():
        pass
    if not line.answer.startswith((b"HTTP/1.1 201", b"HTTP/1.1 204")):
        raise http_client.Wrong(bytes(line.answer[:300]).decode(errors="replace"))
    return bytes(line.answer)
