"""What is known of a kept file, what a store promises, and the one pass over the bytes that both rest on."""

import errno
import hashlib
import os
import shutil
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO, Protocol, Self

from zlib_ng.zlib_ng import crc32

from portfolio.foundation.errors import Missing, Unavailable

PIECE = 1 << 20
"""Bytes read at a time: memory stays flat whatever the size of the file."""
BLOCK = 1 << 18
"""Bytes that are sent at a time: few hand-overs to the server, and still in the processor's cache."""
FULL = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EFBIG})
AHEAD = 4 << 20
"""Bytes after which what was written is brought to the disk, while more arrives."""
SPARE = 64 << 20
"""Bytes of a disk, but no more than a hundredth of it, that files leave to the database, which must never lack room."""
NO_ROOM = "There is no room left to keep this file. What was kept before is safe. Tell your centre, then try again."


@dataclass(frozen=True, slots=True)
class Stored:
    """What one pass over the bytes of a kept file told."""

    sha256: str
    """FIPS 180-4, lower-case hexadecimal; the file's address."""
    crc32: int
    """As ZIP wants it (ISO 3309)."""
    size: int
    """Bytes."""


class Measure:
    """Hash, checksum and size of bytes that come one piece after another."""

    def __init__(self) -> None:
        self._sha256, self._crc32, self.size = hashlib.sha256(), 0, 0

    def update(self, piece: bytes | memoryview) -> None:
        """Take in the next bytes."""
        self._sha256.update(piece)
        self._crc32 = crc32(piece, self._crc32)
        self.size += len(piece)

    def copy(self) -> Self:
        """Another one that has taken in the same bytes and goes on alone."""
        other = type(self)()
        other._sha256, other._crc32, other.size = self._sha256.copy(), self._crc32, self.size
        return other

    def told(self) -> Stored:
        """What is known of the bytes so far."""
        return Stored(self._sha256.hexdigest(), self._crc32, self.size)


class Source(Protocol):
    """Whatever gives bytes: a file, a request's body."""

    def read(self, size: int, /) -> bytes:
        """At most `size` bytes; none at the end."""


class Store(Protocol):
    """Keeps every file once, under the SHA-256 of its bytes, and never overwrites one.

    Every call raises `Unavailable` when the store does not answer or is full, with a sentence for whoever waits.
    """

    def put(self, source: Path | Source, *, known: Measure | None = None) -> Stored:
        """Keep the bytes of a stream, or of a finished file, whose own name stays and is the caller's to remove.

        `known` is what was measured of a file's beginning when it was written: so much of it is not read again. What
        has been returned lasts. When it is refused nothing is left behind.
        """

    def open(self, sha256: str) -> BinaryIO:
        """The bytes of a kept file, seekable, read as they are wanted. Raises `Missing` for one that is not kept."""

    def path(self, sha256: str) -> Path:
        """A kept file on a local disk, for libraries that want a path; read only. Raises `Missing` for none."""

    def has(self, sha256: str) -> bool:
        """Whether a file with this hash is kept."""

    def size(self, sha256: str) -> int:
        """Bytes of a kept file. Raises `Missing` for one that is not kept."""

    def addresses(self) -> Iterator[str]:
        """The address of every kept file."""

    def sweep(self) -> int:
        """Remove what a crash left half written, and copies that nobody uses; returns how many."""

    def workshop(self) -> AbstractContextManager[Path]:
        """A folder for making files, gone at the end; swept after a crash."""


def between(store: Store, sha256: str) -> Callable[[int, int], Iterator[bytes]]:
    """What gives a kept file's bytes from one offset up to, and not including, another; opened when they are wanted."""

    def given(start: int, stop: int) -> Iterator[bytes]:
        with store.open(sha256) as file:
            file.seek(start)
            while (left := stop - start) > 0 and (block := file.read(min(BLOCK, left))):
                start += len(block)
                yield block

    return given


class Sink(Protocol):
    """Whatever takes bytes."""

    def write(self, piece: bytes, /) -> int:
        """Take all of them."""


@dataclass(frozen=True, slots=True)
class Sparing:
    """A sink in a folder that refuses, with `Unavailable`, what would leave the database no room on the same disk."""

    sink: Sink
    folder: Path

    def write(self, piece: bytes, /) -> int:
        """Write all of it. Raises `Unavailable` where less than `SPARE` bytes, or 1 % of the disk, would be free."""
        usage = shutil.disk_usage(self.folder)
        if usage.free - len(piece) < min(SPARE, usage.total // 100):
            raise Unavailable(NO_ROOM)
        return self.sink.write(piece)


def measure(source: Source, sink: Sink | None = None, *, known: Measure | None = None) -> Stored:
    """Hash, checksum and size of a stream in one pass, copied to `sink` on the way; `known` is of what came before."""
    taken = known or Measure()
    while piece := source.read(PIECE):
        taken.update(piece)
        if sink:
            sink.write(piece)
    return taken.told()


def ensure_address(sha256: str) -> None:
    """Raises `Missing` for what cannot be the address of a file."""
    if len(sha256) != 64 or not set(sha256) <= set("0123456789abcdef"):
        raise Missing("This is not the address of a file.")


@contextmanager
def syncing(descriptor: int) -> Iterator[Callable[[int], None]]:
    """Bring what is written to a file onto the disk while more of it arrives; all of it is there once the block ends,
    however it ends (fsync(2)).

    Within, whoever writes says how many bytes each time. Raises `OSError` as fsync does.
    """
    with ThreadPoolExecutor(1) as thread:
        waits, last = 0, thread.submit(lambda: None)

        def wrote(size: int) -> None:
            nonlocal waits, last
            waits += size
            if waits >= AHEAD and last.done():
                last.result()
                waits, last = 0, thread.submit(os.fdatasync, descriptor)

        try:
            yield wrote
        finally:
            last.result()
            os.fsync(descriptor)


@contextmanager
def room_on_disk() -> Iterator[None]:
    """Turn a full disk into a sentence: raises `Unavailable`."""
    try:
        yield
    except OSError as error:
        if error.errno not in FULL:
            raise
        raise Unavailable(NO_ROOM) from error
