"""A large finished pack taken over HTTP against a copy of the same bytes: speed, first byte, memory, room on disk."""

import hashlib
import os
import re
import socket
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from statistics import median

from sqlalchemy import select
from zlib_ng.zlib_ng import crc32

from bench.filled_centre.instances import House
from bench.measures import report_and_pack
from bench.programs import http_client, servers, signed_in
from bench.sizes import Sizes
from bench.table import Line, judged
from bench.yardsticks import disk
from exports import operations
from exports.models import Export
from exports.operations import Planned
from exports.pack import bag, inventory
from portfolio.foundation import files
from portfolio.foundation.db import db, transaction
from portfolio.people import queries as people
from portfolio.people.models import Person

FILES = 5
"""Originals of each learner."""
MOST_GROWN, LATEST = 60, 0.5
"""MB beyond the idle server, and seconds to the first byte, that a pack may cost."""
PEERS = "Moodle 34 MB/s without marks or hashes; Mahara 10–14 MB/s with three times the data on disk"


@dataclass(frozen=True, slots=True)
class Pack:
    """A finished export: where it is taken, and its bytes."""

    place: str
    size: int


@dataclass(frozen=True, slots=True)
class Taken:
    """What a transfer took, by the clock and of the server's memory."""

    seconds: float
    first: float
    """Seconds to the first byte of the body."""
    grown: int


@dataclass(frozen=True, slots=True)
class Turn:
    """A copy to the disk (fsync), a copy that stays in memory, and a transfer, one after the other."""

    synced: float
    cached: float
    taken: Taken

    def ratio(self, synced: bool) -> float:
        """How many times as fast as the copy the transfer was."""
        return (self.synced if synced else self.cached) / self.taken.seconds


def measured(house: House, sizes: Sizes) -> Iterator[Line]:
    """The lines about taking packs of a house."""
    with house.open():
        many, huge = _many(sizes), _huge(house, sizes.sparse)
    with servers.house(house.environment) as server:
        dee = signed_in.sign_in(server.port, report_and_pack.ADMINISTRATOR)
        before = _used(house.folder)
        whole = _saved(dee, many, house.folder.with_name(f"{house.folder.name}.zip"))
        turns = []
        for _ in range(sizes.rounds):
            copies = disk.copied(whole, house.folder, synced=True), disk.copied(whole, house.folder)
            turns.append(Turn(*copies, _taken(server, dee, many)))
        yield from _lines(many, turns, sizes.packed, _used(house.folder) - before)
        yield _resumed(dee, many)
        yield _bounded(huge, _taken(server, dee, huge))


def _lines(pack: Pack, turns: list[Turn], learners: int, room: int) -> Iterator[Line]:
    took = median(turn.taken.seconds for turn in turns)
    ratio, cached = (median(turn.ratio(synced) for turn in turns) for synced in (True, False))
    first, grown = max(turn.taken.first for turn in turns), max(turn.taken.grown for turn in turns) / 1e6
    what = f"{learners} learners × {FILES} files, {pack.size / 1e6:,.0f} MB"
    speeds = f"{pack.size / took / 1e6:,.0f} MB/s ({PEERS}); {cached:.2f} × a copy that stays in memory"
    yield Line("large pack, streamed", what, speeds, f"{ratio:.2f} × a copy to disk", "≥ 1.0 ×", judged(ratio >= 1))
    yield Line("large pack, first byte", what, f"{first:.2f} s", "", f"≤ {LATEST} s", judged(first <= LATEST))
    memory = judged(grown <= MOST_GROWN)
    yield Line("large pack, memory", what, f"the server grew by {grown:,.0f} MB", "", f"≤ {MOST_GROWN} MB", memory)
    met = judged(room < 1e6)
    yield Line("large pack, room on disk", what, f"{room / 1e6:,.1f} MB more", "", "0 but for the log", met)


def _resumed(dee: signed_in.Visitor, pack: Pack) -> Line:
    """The last tenth, asked for as a browser goes on with what broke off."""
    start = pack.size * 9 // 10
    first, _, came = _streamed(dee, pack.place, f"Range: bytes={start}-")
    if came != pack.size - start:
        raise http_client.Wrong(f"{came} bytes came of a range of {pack.size - start}.")
    met = judged(first <= LATEST)
    return Line("large pack, resumed", "its last tenth", f"{first:.2f} s to the first byte", "", f"≤ {LATEST} s", met)


def _bounded(pack: Pack, taken: Taken) -> Line:
    grown = taken.grown / 1e6
    what, met = f"{pack.size / 1e9:.1f} GB of sparse recordings", judged(grown <= MOST_GROWN)
    told = f"{pack.size / taken.seconds / 1e6:,.0f} MB/s; the server grew by {grown:,.0f} MB"
    return Line("huge pack, memory", what, told, "", f"≤ {MOST_GROWN} MB", met)


def _many(sizes: Sizes) -> Pack:
    """Originals that are all different, as they lie in the store; reports and records are made elsewhere."""
    members = []
    for number in range(sizes.packed * FILES):
        stored = files.store().put(_Noise(sizes.original))
        path = f"data/evidence/L{number // FILES:06}/E{number % FILES + 1}/recording.m4a"
        members.append(bag.Member(path, stored.size, stored.crc32, stored.sha256, lambda: ()))
    return _finished(members)


class _Noise:
    """Bytes that no two files share."""

    def __init__(self, left: int) -> None:
        self.left = left

    def read(self, size: int, /) -> bytes:
        """At most `size` of them."""
        size = min(size, self.left)
        self.left -= size
        return os.urandom(size)


def _huge(house: House, size: int) -> Pack:
    """Four recordings without content, which take no room: one sparse file, put where the store would have put it."""
    each, digest, checksum, zeros = size // 4, hashlib.sha256(), 0, bytes(1 << 20)
    for begin in range(0, each, len(zeros)):
        piece = zeros[: each - begin]
        digest.update(piece)
        checksum = crc32(piece, checksum)
    sha256 = digest.hexdigest()
    path = house.folder / "files" / sha256[:2] / sha256[2:4] / sha256
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("wb") as file:
        file.truncate(each)
    paths = (f"data/evidence/L000000/E{number}/film.mp4" for number in range(4))
    return _finished([bag.Member(path, each, checksum, sha256, lambda: ()) for path in paths])


def _finished(payload: list[bag.Member]) -> Pack:
    """An export as the worker leaves it, of these members and their tag files."""
    members = bag.bag(payload, "audit-pack", info={})
    person = people.person_by_email(report_and_pack.ADMINISTRATOR)
    assert person is not None
    learner = db.session.scalars(select(Person).where(Person.number == report_and_pack.LEARNER)).one()
    with transaction():
        export = operations.ask_pack([learner], by=person)
        planned = Planned("audit-pack.zip", bag.length(members), "0" * 64, inventory.kept(members))
        operations.finish_pack(export, planned)
        assert export.job is not None
        export.job.state = "done"
    return Pack(f"/exports/{export.id}/file", db.session.get_one(Export, export.id).size)


def _taken(server: servers.Server, dee: signed_in.Visitor, pack: Pack) -> Taken:
    server.forget_peak()
    before = server.memory()
    first, took, came = _streamed(dee, pack.place)
    if came != pack.size:
        raise http_client.Wrong(f"{came} of {pack.size} bytes came.")
    return Taken(took, first, server.peak() - before)


def _streamed(dee: signed_in.Visitor, place: str, *headers: str) -> tuple[float, float, int]:
    """Seconds to the first byte of the body, to the last, and how many came; nothing is kept."""
    held = memoryview(bytearray(1 << 20))
    began = time.perf_counter()
    wire = http_client.Line(dee.port).send(http_client.request(place, cookie=dee.cookie, headers=headers))
    head = bytearray()
    while b"\r\n\r\n" not in head:
        head += wire.recv(1 << 16)
    first = time.perf_counter() - began
    size, came = _length(head), len(head) - head.index(b"\r\n\r\n") - 4
    while came < size and (count := wire.recv_into(held)):
        came += count
    wire.close()
    return first, time.perf_counter() - began, came


def _length(head: bytearray) -> int:
    found = re.search(rb"content-length: (\d+)", head, re.IGNORECASE)
    if not found:
        raise http_client.Wrong(bytes(head[:300]).decode(errors="replace"))
    return int(found[1])


def _saved(dee: signed_in.Visitor, pack: Pack, path: Path) -> Path:
    """The pack as a file, to be copied."""
    with path.open("wb") as file:
        _save(http_client.Line(dee.port).send(dee.get(pack.place)), file.fileno())
    return path


def _save(wire: socket.socket, descriptor: int) -> None:
    head = bytearray()
    while b"\r\n\r\n" not in head:
        head += wire.recv(1 << 16)
    body = bytes(head[head.index(b"\r\n\r\n") + 4 :])
    left = _length(head) - os.write(descriptor, body)
    while left and (body := wire.recv(1 << 20)):
        left -= os.write(descriptor, body)
    wire.close()
    if left:
        raise http_client.Wrong(f"{left} bytes did not come.")


def _used(folder: Path) -> int:
    """Bytes that a folder takes on the disk."""
    return sum(path.stat().st_blocks * 512 for path in folder.rglob("*") if path.is_file())
