"""The file store in a folder: files named by their hash on a disk of this machine, or one that machines share."""

import errno
import os
import secrets
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

from portfolio.foundation.clock import now
from portfolio.foundation.errors import Missing
from portfolio.foundation.files.stored import Measure, Source, Sparing, Stored, ensure_address, measure, room_on_disk

STALE = 24 * 60 * 60
"""Seconds after which a half-written file can belong to nobody who is still writing."""
_NO_LINKS = frozenset({errno.EXDEV, errno.EPERM, errno.ENOTSUP, errno.EMLINK})


class LocalStore:
    """A folder of files named by their hash. What `put` has returned is on the disk, directory entries included."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self._arriving = root / "arriving"
        self._arriving.mkdir(parents=True, exist_ok=True)

    def put(self, source: Path | Source, *, known: Measure | None = None) -> Stored:
        """Keep the bytes of a stream, or of a finished file; `known`: measured of its beginning when it was written.

        A file on the same disk is linked, not copied: its own name stays and is the caller's to remove, and nobody may
        write to it any more. Raises `Unavailable` when the disk is full; then nothing is left behind.
        """
        if not isinstance(source, Path):
            return self._put_stream(source)
        with room_on_disk(), source.open("rb") as stream:
            stream.seek(known.size if known else 0)
            stored = measure(stream, known=known)
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
        """The bytes of a kept file. Raises `Missing` for one that is not kept."""
        return self.path(sha256).open("rb")

    def path(self, sha256: str) -> Path:
        """Where a kept file lies, for libraries that want a path; read only. Raises `Missing` for none."""
        place = self._place(sha256)
        if not place.is_file():
            raise Missing("This file is not in the store.")
        return place

    def has(self, sha256: str) -> bool:
        """Whether a file with this hash is kept."""
        return self._place(sha256).is_file()

    def size(self, sha256: str) -> int:
        """Bytes of a kept file. Raises `Missing` for one that is not kept."""
        return self.path(sha256).stat().st_size

    def addresses(self) -> Iterator[str]:
        """The address of every kept file."""
        yield from (path.name for path in self.kept())

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

    def kept(self) -> Iterator[Path]:
        """Every kept file."""
        yield from self.root.glob("??/??/*")

    def _place(self, sha256: str) -> Path:
        ensure_address(sha256)
        return self.root / sha256[:2] / sha256[2:4] / sha256

    def _put_stream(self, source: Source) -> Stored:
        temporary = self._arriving / secrets.token_hex(16)
        try:
            with room_on_disk():
                with temporary.open("xb") as sink:
                    stored = measure(source, Sparing(sink, self.root))
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


def sync_folder(folder: Path) -> None:
    """Make the names in a folder last through a power cut."""
    descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
