"""The landing: the folder where the bytes of uploads gather; their number on the disk is how much has arrived."""

import fcntl
import os
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from io import FileIO
from pathlib import Path
from threading import BoundedSemaphore, Event
from time import monotonic
from typing import BinaryIO, cast

from flask import current_app

from portfolio.evidence import media
from portfolio.evidence.arrivals import hashing, operations, queries, quotas
from portfolio.evidence.arrivals.models import Upload
from portfolio.evidence.arrivals.quotas import Quota
from portfolio.evidence.models import File
from portfolio.foundation import files
from portfolio.foundation.clock import now
from portfolio.foundation.db import db, transaction
from portfolio.foundation.errors import Missing, OutOfTurn, Refused
from portfolio.foundation.files import Source
from portfolio.foundation.settings import Settings
from portfolio.people.models import Person

PATIENCE = 2.0
"""Seconds for which whoever asks how much arrived waits for another request that writes."""
PAUSE = 0.005
"""Seconds between two looks whether it still does."""
MOST_WAITING = 4
"""Who wait so at once: the threads of the server are there for others."""
_waiting = BoundedSemaphore(MOST_WAITING)
OVER = "This upload is over. Send the file again if it did not arrive."


class Busy(OutOfTurn):
    """Another request is writing to this upload."""


@dataclass(slots=True)
class _Limited:
    """A stream that gives up when it is longer than allowed, or than there is room for."""

    source: Source
    most: int
    quotas: Sequence[Quota]
    came: int = 0

    def read(self, size: int, /) -> bytes:
        """At most `size` bytes. Raises `TooBig`."""
        piece = self.source.read(size)
        self.came += len(piece)
        operations.ensure_fits(self.came, self.most)
        for quota in self.quotas:
            quota.ensure_room(self.came)
        return piece


def most() -> int:
    """Bytes of the largest file that is taken."""
    return _settings().upload_limit


def begin(name: str, length: int, *, by: Person, key: str = "") -> Upload:
    """Begin an upload, its place on the disk included, once for each `key`. Raises what `operations.begin` raises."""
    with transaction():
        upload = operations.begin(name, length, most=most(), by=by, key=key)
        if upload.file_id is None:
            place(upload.id).touch()
    return upload


def receive(stream: Source, name: str, *, by: Person) -> File:
    """Keep a file that came whole with a form. Raises `TooBig`, `Refused` for an empty one, `Unavailable`."""
    stored = files.store().put(_Limited(stream, most(), quotas.of(by)))
    if not stored.size:
        raise Refused("This file is empty.")
    kind = media.sniff(files.store().path(stored.sha256))
    with transaction(aside=True):
        operations.ensure_room(stored.size, by=by)
        return operations.keep(stored, name, kind, by=by)


def finish(upload: Upload, *, by: Person) -> None:
    """Make an original of an upload that is whole. A crash at any moment of it loses nothing: it is finished later."""
    path = place(upload.id)
    stored = files.store().put(path, known=hashing.seen(upload.id))
    kind = media.sniff(path)
    with transaction():
        operations.become(upload, stored, kind, by=by)
    path.unlink(missing_ok=True)


def discard(upload: Upload) -> None:
    """End an upload and remove its bytes; what it became stays."""
    with transaction():
        operations.end(upload.id)
        place(upload.id).unlink(missing_ok=True)


def sweep() -> int:
    """Remove uploads that nobody goes on with, and bytes that belong to none or are a file already; says how many."""
    with transaction():
        operations.end_expired()
        is_file = queries.all_uploads()
    latest, gone = (now() - operations.LIFE).timestamp(), 0
    for path in _folder().iterdir():
        with suppress(FileNotFoundError):  # its own request may remove it this moment
            if is_file.get(path.name, path.stat().st_mtime < latest):
                path.unlink()
                gone += 1
    return gone


def place(id: str) -> Path:
    """Where the bytes of an upload lie."""
    return _folder() / id


def arrived(upload: Upload) -> int:
    """How many bytes are on the disk: the truth after any crash."""
    if upload.file_id is not None:
        return upload.length
    path = place(upload.id)
    return path.stat().st_size if path.exists() else 0


@contextmanager
def sole_writer(id: str) -> Iterator[BinaryIO]:
    """The bytes of an unfinished upload, open at their end, for one writer at a time; no transaction is left open.

    Raises `Busy`; `Missing` when the upload is over.
    """
    try:
        sink = place(id).open("r+b", buffering=0)
    except FileNotFoundError as error:
        raise Missing(OVER) from error
    with sink:
        if not _lock(sink, fcntl.LOCK_EX, 10 * PAUSE):  # whoever asks how much arrived holds it for a moment
            raise Busy("This file is arriving in another window. Wait a moment, then try again.")
        _ensure_open(id)
        sink.seek(0, os.SEEK_END)
        yield cast("BinaryIO", sink)


def settled(upload: Upload, *, by: Person) -> Upload:
    """An upload once nobody writes to it: of a line that was cut, what came is on the disk then.

    Waits at most `PATIENCE`, and where `MOST_WAITING` others wait not at all. Raises `Missing` when it is over by then.
    """
    id = upload.id
    db.session.rollback()
    if _waiting.acquire(blocking=False):
        try:
            with suppress(FileNotFoundError), place(id).open("rb", buffering=0) as file:
                _lock(file, fcntl.LOCK_SH, PATIENCE)
        finally:
            _waiting.release()
    fresh = queries.upload(id, viewer=by)
    if fresh is None:
        raise Missing(OVER)
    return fresh


def _lock(file: FileIO, how: int, patience: float) -> bool:
    """Whether the file was locked, within so many seconds; the lock ends when the file is closed."""
    over = monotonic() + patience
    while True:
        with suppress(BlockingIOError):
            fcntl.flock(file, how | fcntl.LOCK_NB)
            return True
        if monotonic() >= over:
            return False
        Event().wait(PAUSE)


def _ensure_open(id: str) -> None:
    """Read afresh, and give the connection back: a piece may take minutes to arrive."""
    db.session.rollback()
    still = queries.is_open(id)
    db.session.rollback()
    if not still:
        raise Missing(OVER)


def _folder() -> Path:
    folder = _settings().uploads
    folder.mkdir(parents=True, exist_ok=True)
    return folder


def _settings() -> Settings:
    return cast("Settings", current_app.extensions["markwell"])
