"""The file store: keeps every file once, under the SHA-256 of its bytes, in a local folder; never overwrites one."""

import errno
import hashlib
import os
import secrets
import shutil
import tempfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO, Protocol, cast

from flask import Flask, current_app

from portfolio.foundation.clock import now
from portfolio.foundation.errors import Missing, Unavailable

PIECE = 1 << 20
"""Bytes read at a time: memory stays flat whatever the size of the file."""
STALE = 24 * 60 * 60
"""Seconds after which a half-written file can belong to nobody who is still writing."""
FULL = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EFBIG})
_EXTENSION = "markwell-files"
_NO_LINKS = frozenset({errno.EXDEV, errno.EPERM, errno.ENOTSUP, errno.EMLINK})


@dataclass(frozen=True, slots=True)
class Stored:
    """What one pass over the bytes of a kept file told."""

    sha256: str
    """FIPS 180-4, lower-case hexadecimal; the file's address."""
    crc32: int
    """As ZIP wants it (ISO 3309)."""
    size: int
    """Bytes."""


class Source(Protocol):
    """Whatever gives bytes: a file, a request's body."""

    def read(self, size: int, /) -> bytes:
        """At most `size` bytes; none at the end."""


class Store:
    """A folder of files named by their hash. What `put` has returned is on the disk, directory entries included.

    The calls are those that a bucket can answer as well; `path` there means a local copy.
    """

    def __init__(self, root: Path) -> None:
        self.root = root
        self._arriving = root / "arriving"
        self._arriving.mkdir(parents=True, exist_ok=True)

    def put(self, source: Path | Source) -> Stored:
        """Keep the bytes of a stream, or of a finished file.

        A file on the same disk is linked, not copied: its own name stays and is the caller's to remove, and nobody may
        write to it any more. Raises `Unavailable` when the disk is full; then nothing is left behind.
        """
        if not isinstance(source, Path):
            return self._put_stream(source)
        with room_on_disk(), source.open("rb") as stream:
            stored = measure(stream)
            os.fsync(stream.fileno())
        try:
            self._name(source, stored.sha256)
        except OSError as error:
            if error.errno not in _NO_LINKS:
                raise
            with source.open("rb") as stream:
                return self._put_stream(stream)
        return stored

    def open(self, sha256: str) -> BinaryIO:
        """The bytes of a kept file. Raises `Missing`."""
        return self.path(sha256).open("rb")

    def path(self, sha256: str) -> Path:
        """Where a kept file lies, for sendfile and for libraries that want a path; read only. Raises `Missing`."""
        place = self._place(sha256)
        if not place.is_file():
            raise Missing("This file is not in the store.")
        return place

    def has(self, sha256: str) -> bool:
        """Whether a file with this hash is kept."""
        return self._place(sha256).is_file()

    def sweep(self) -> int:
        """Remove what a crash left half written; returns how many."""
        latest = now().timestamp() - STALE
        stale = [path for path in self._arriving.iterdir() if path.stat().st_mtime < latest]
        for path in stale:
            if path.is_dir():
                shutil.rmtree(path, ignore_errors=True)
            else:
                path.unlink(missing_ok=True)
        return len(stale)

    @contextmanager
    def workshop(self) -> Iterator[Path]:
        """A folder for making files on the store's own disk, gone at the end; swept after a crash."""
        with tempfile.TemporaryDirectory(dir=self._arriving) as folder:
            yield Path(folder)

    def _place(self, sha256: str) -> Path:
        if len(sha256) != 64 or not set(sha256) <= set("0123456789abcdef"):
            raise Missing("This is not the address of a file.")
        return self.root / sha256[:2] / sha256[2:4] / sha256

    def _put_stream(self, source: Source) -> Stored:
        temporary = self._arriving / secrets.token_hex(16)
        try:
            with room_on_disk():
                with temporary.open("xb") as sink:
                    stored = measure(source, sink)
                    sink.flush()
                    os.fsync(sink.fileno())
                self._name(temporary, stored.sha256)
        finally:
            temporary.unlink(missing_ok=True)
        return stored

    def _name(self, path: Path, sha256: str) -> None:
        """Give a finished file its name in the store; a file of that name has these very bytes already."""
        place = self._place(sha256)
        place.parent.mkdir(parents=True, exist_ok=True)
        try:
            os.link(path, place)
        except FileExistsError:
            pass
        except OSError as error:
            if error.errno not in _NO_LINKS or path.parent != self._arriving:
                raise
            path.rename(place)
        for folder in (place.parent, place.parent.parent, self.root):
            sync_folder(folder)


def measure(source: Source, sink: BinaryIO | None = None) -> Stored:
    """Hash, checksum and size of a stream in one pass, copied to `sink` on the way."""
    sha256, crc32, size = hashlib.sha256(), 0, 0
    while piece := source.read(PIECE):
        sha256.update(piece)
        crc32 = zlib.crc32(piece, crc32)
        size += len(piece)
        if sink:
            sink.write(piece)
    return Stored(sha256.hexdigest(), crc32, size)


def sync_folder(folder: Path) -> None:
    """Make the names in a folder last through a power cut."""
    descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


@contextmanager
def room_on_disk() -> Iterator[None]:
    """Turn a full disk into a sentence: raises `Unavailable`."""
    try:
        yield
    except OSError as error:
        if error.errno not in FULL:
            raise
        raise Unavailable(
            "There is no room left to keep this file. What was kept before is safe. Tell your centre, then try again."
        ) from error


def connect(app: Flask, root: Path) -> None:
    """Give `app` its file store in the folder `root`."""
    app.extensions[_EXTENSION] = Store(root)


def store() -> Store:
    """The file store of the application that is running."""
    return cast("Store", current_app.extensions[_EXTENSION])
