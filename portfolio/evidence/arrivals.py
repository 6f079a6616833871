"""Arrivals: files on their way in. The bytes lie in a folder, their number on the disk is how much has arrived."""

import fcntl
import os
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import BinaryIO, cast

from flask import current_app
from sqlalchemy import BigInteger, ForeignKey, String, delete, func, select
from sqlalchemy.orm import Mapped, mapped_column

from portfolio.evidence import media, preparing
from portfolio.evidence.models import File
from portfolio.foundation import files
from portfolio.foundation.clock import now
from portfolio.foundation.db import Base, db, transaction
from portfolio.foundation.errors import Missing, OutOfTurn, Refused, TooBig
from portfolio.foundation.files import Source, Stored
from portfolio.foundation.settings import Settings
from portfolio.people.models import Person

LIFE = timedelta(days=2)
"""How long an upload waits for its next piece."""
MOST_OPEN = 20
"""Unfinished uploads of one person."""


class Busy(OutOfTurn):
    """Another request is writing to this upload."""


class Upload(Base):
    """A file that is arriving piece by piece."""

    __tablename__ = "upload"
    id: Mapped[str] = mapped_column(String(43), primary_key=True)
    """Random; the name of the file that holds the bytes."""
    centre_id: Mapped[int] = mapped_column(ForeignKey("centre.id"))
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True)
    name: Mapped[str] = mapped_column(String(255))
    length: Mapped[int] = mapped_column(BigInteger)
    """Bytes in all."""
    begun_at: Mapped[datetime] = mapped_column(default=now)
    expires_at: Mapped[datetime] = mapped_column(index=True)
    file_id: Mapped[int | None] = mapped_column(ForeignKey("file.id"))
    """What it became."""


def may_continue(person: Person, upload: Upload) -> bool:
    """Only who began an upload may go on with it, look at it or end it."""
    return person.id == upload.person_id


def upload(id: str, *, viewer: Person) -> Upload | None:
    """An upload of the viewer's centre that has not expired."""
    query = select(Upload).where(Upload.id == id, Upload.centre_id == viewer.centre_id, Upload.expires_at > now())
    return db.session.scalars(query).one_or_none()


def begin(name: str, length: int, *, by: Person) -> Upload:
    """Make room for a file of `length` bytes. Raises `TooBig`, `Refused` for an empty one, `OutOfTurn` for too many."""
    most = _settings().upload_limit
    if length > most:
        raise TooBig(f"This file is larger than {most // 1024**2:,} MB, which is the most that is taken.")
    if length < 1:
        raise Refused("This file is empty.")
    still_open = select(func.count()).where(
        Upload.person_id == by.id, Upload.file_id.is_(None), Upload.expires_at > now()
    )
    if (db.session.scalar(still_open) or 0) >= MOST_OPEN:
        raise OutOfTurn(
            f"{MOST_OPEN} files are on their way already. Let them arrive, or take some out, then add more."
        )
    row = Upload(id=secrets.token_urlsafe(32), centre_id=by.centre_id, person_id=by.id, name=clean(name), length=length)
    row.expires_at = now() + LIFE
    db.session.add(row)
    db.session.flush()
    place(row.id).touch()
    return row


def become(upload: Upload, stored: Stored, *, by: Person) -> None:
    """Make the file that an upload has become; asked a second time, nothing is made."""
    db.session.refresh(upload, with_for_update=True)
    if upload.file_id is None:
        upload.file_id = file(stored, upload.name, by=by).id


def keep(stream: Source) -> Stored:
    """Put the bytes of a file that came whole into the store. Raises `TooBig`, `Refused` for an empty one."""
    stored = files.store().put(_Limited(stream, _settings().upload_limit))
    if not stored.size:
        raise Refused("This file is empty.")
    return stored


def file(stored: Stored, name: str, *, by: Person) -> File:
    """The row of an original that the store keeps; the worker is asked for its copies."""
    kind, media_type = media.sniff(files.store().path(stored.sha256))
    row = File(centre_id=by.centre_id, owner_id=by.id, name=clean(name), kind=kind, media_type=media_type, peaks=[])
    row.size, row.sha256, row.crc32 = stored.size, stored.sha256, stored.crc32
    db.session.add(row)
    db.session.flush()
    preparing.ask(row, by=by)
    return row


def discard(id: str) -> None:
    """End an upload; what it became stays."""
    place(id).unlink(missing_ok=True)
    db.session.execute(delete(Upload).where(Upload.id == id))


def sweep() -> int:
    """Remove uploads that nobody goes on with, and bytes that belong to none; returns how many."""
    with transaction():
        db.session.execute(delete(Upload).where(Upload.expires_at < now()))
        known = set(db.session.scalars(select(Upload.id)))
    latest = (now() - LIFE).timestamp()
    stale = [path for path in _folder().iterdir() if path.name not in known and path.stat().st_mtime < latest]
    for path in stale:
        path.unlink(missing_ok=True)
    return len(stale)


def clean(name: str) -> str:
    """The last part of a file's name without control characters, at most 255 long."""
    last = name.replace("\\", "/").rsplit("/", 1)[-1]
    return "".join(letter for letter in last if letter.isprintable()).strip()[-255:] or "file"


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
        raise Missing("This upload is over. Send the file again if it did not arrive.") from error
    with sink:
        try:
            fcntl.flock(sink, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            raise Busy("This file is arriving in another window. Wait a moment, then try again.") from error
        db.session.rollback()
        _ensure_open(id)
        sink.seek(0, os.SEEK_END)
        yield sink


def _ensure_open(id: str) -> None:
    still = db.session.scalar(select(Upload.id).where(Upload.id == id, Upload.file_id.is_(None)))
    db.session.rollback()
    if still is None:
        raise Missing("This upload is over. Send the file again if it did not arrive.")


@dataclass(slots=True)
class _Limited:
    """A stream that gives up when it is longer than allowed."""

    source: Source
    left: int

    def read(self, size: int, /) -> bytes:
        """At most `size` bytes. Raises `TooBig`."""
        piece = self.source.read(size)
        self.left -= len(piece)
        if self.left < 0:
            raise TooBig("This file is larger than is taken.")
        return piece


def _folder() -> Path:
    folder = _settings().uploads
    folder.mkdir(parents=True, exist_ok=True)
    return folder


def _settings() -> Settings:
    return cast("Settings", current_app.extensions["markwell"])
