"""The file store in an S3 bucket, with near copies on this machine; the only importer of obstore."""

import io
import os
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from datetime import timedelta
from functools import cached_property
from pathlib import Path
from typing import Any, BinaryIO, cast

from obstore.exceptions import BaseError
from obstore.store import S3Store

from portfolio.foundation.clock import now
from portfolio.foundation.errors import Missing, Unavailable
from portfolio.foundation.files.local import STALE, LocalStore
from portfolio.foundation.files.stored import PIECE, Measure, Source, Stored, ensure_address

LOST = "The file store does not answer just now. What was kept before is safe. Try again in a while."
PART = 5 << 20
"""Bytes of a part of a large object on its way to the bucket, the least that S3 takes; two are under way at a time."""
ADDRESS = 64
"""Characters of a file's address."""
PATIENCE: dict[str, Any] = {
    "client_options": {"connect_timeout": "5s", "read_timeout": "30s", "timeout": "1d", "allow_http": True},
    "retry_config": {"max_retries": 2, "retry_timeout": timedelta(seconds=10)},
}
"""No limit for a whole transfer, which may be large; short ones for silence, so that a page says soon what is wrong.
Plain HTTP only where the operator's own endpoint says so.
"""


class BucketStore:
    """Objects named by their hash. What `put` has returned is in the bucket; the near copy is a convenience.

    Endpoint, region and credentials come from the environment, as every S3 client reads them (`AWS_…`). Incomplete
    multipart uploads are never seen; the bucket's own lifecycle rule removes them.
    """

    def __init__(self, url: str, near: Path) -> None:
        self.url = url
        self.near = LocalStore(near)

    def put(self, source: Path | Source, *, known: Measure | None = None) -> Stored:
        """Measured on this machine first, because the hash is the name; then sent, unless the bucket has it."""
        stored = self.near.put(source, known=known)
        if not self._is_there(stored):
            with answering():
                path = self.near.path(stored.sha256)
                self._objects.put(_key(stored.sha256), path, chunk_size=PART, max_concurrency=2)
        return stored

    def open(self, sha256: str) -> BinaryIO:
        """The near copy where there is one; else the object's bytes as they come, kept nowhere."""
        if self.near.has(sha256):
            return self.near.open(sha256)
        size, key = self.size(sha256), _key(sha256)

        def since(offset: int) -> Iterator[bytes]:
            with answering():
                found = self._objects.get(key, options={"range": {"offset": offset}})
            yield from _told(iter(found.stream(min_chunk_size=PIECE)))

        return cast("BinaryIO", io.BufferedReader(Distant(since, size), PIECE))

    def path(self, sha256: str) -> Path:
        """The near copy, brought here first where there is none; its SHA-256 is computed on the way.

        Raises `Missing` where the bucket has no such file or other bytes, `Unavailable` where it does not answer.
        """
        if not self.near.has(sha256):
            with self.open(sha256) as distant:
                stored = self.near.put(distant)
            if stored.sha256 != sha256:
                raise Missing("The file store holds other bytes than those that were kept.")
        path = self.near.path(sha256)
        os.utime(path)
        return path

    def has(self, sha256: str) -> bool:
        """Whether the bucket has it."""
        try:
            self.size(sha256)
        except Missing:
            return False
        return True

    def size(self, sha256: str) -> int:
        """As the bucket says. Raises `Missing`."""
        ensure_address(sha256)
        with answering():
            return int(self._objects.head(_key(sha256))["size"])

    def addresses(self) -> Iterator[str]:
        """The address of every object that the bucket keeps."""
        with answering():
            for found in self._objects.list():
                yield from (name for one in found if len(name := str(one["path"]).rpartition("/")[2]) == ADDRESS)

    def sweep(self) -> int:
        """Remove what a crash left half written, and near copies that nobody used for a day and the bucket has."""
        latest = now().timestamp() - STALE
        unused = [path for path in self.near.kept() if path.stat().st_mtime < latest and self.has(path.name)]
        for path in unused:
            path.unlink(missing_ok=True)
        return self.near.sweep() + len(unused)

    def workshop(self) -> AbstractContextManager[Path]:
        """On this machine's disk."""
        return self.near.workshop()

    @cached_property
    def _objects(self) -> S3Store:
        """Connected when it is first wanted: its threads do not survive a fork."""
        return S3Store.from_url(self.url, **PATIENCE)

    def _is_there(self, stored: Stored) -> bool:
        try:
            return self.size(stored.sha256) == stored.size
        except Missing:
            return False


class Distant(io.RawIOBase):
    """An object read like a file: `since` gives its bytes from an offset on, and is asked only when they are wanted."""

    def __init__(self, since: Callable[[int], Iterator[bytes]], size: int) -> None:
        self._since, self._size = since, size
        self._at = 0
        self._coming: Iterator[bytes] | None = None
        self._held = memoryview(b"")

    def readable(self) -> bool:
        """Yes."""
        return True

    def seekable(self) -> bool:
        """Yes: the next read asks for the bytes from there on."""
        return True

    def tell(self) -> int:
        """Where the next byte comes from."""
        return self._at

    def seek(self, offset: int, whence: int = io.SEEK_SET, /) -> int:
        """Go there; nothing is asked for yet."""
        start = {io.SEEK_SET: 0, io.SEEK_CUR: self._at, io.SEEK_END: self._size}[whence]
        self._at, self._coming, self._held = max(0, start + offset), None, memoryview(b"")
        return self._at

    def readinto(self, buffer: Any, /) -> int:
        """Fill some of `buffer`; 0 at the end. Raises `Unavailable` where the bucket does not answer."""
        if self._at >= self._size:
            return 0
        if self._coming is None:
            self._coming = self._since(self._at)
        if not self._held:
            self._held = memoryview(next(self._coming, b""))
        count = min(len(buffer), len(self._held))
        buffer[:count] = self._held[:count]
        self._at, self._held = self._at + count, self._held[count:]
        return count


@contextmanager
def answering() -> Iterator[None]:
    """Turn what the bucket's library raises into the house's words: raises `Missing` or `Unavailable`."""
    try:
        yield
    except FileNotFoundError as error:
        raise Missing("This file is not in the store.") from error
    except (BaseError, TimeoutError, ConnectionError) as error:
        raise Unavailable(LOST) from error


def _told(pieces: Iterator[bytes]) -> Iterator[bytes]:
    while True:
        with answering():
            piece = next(pieces, None)
        if piece is None:
            return
        yield piece


def _key(sha256: str) -> str:
    return f"{sha256[:2]}/{sha256[2:4]}/{sha256}"
