"""What this disk can do: one fsync, a plain copy, and a copy that is hashed and synced."""

import hashlib
import os
import shutil
import time
from pathlib import Path

PIECE = 1 << 20
PAGE = 4096
"""Bytes that are written before each fsync."""


def fsync_once(folder: Path) -> float:
    """Seconds that one small write and its fsync take (fsync(2))."""
    path = folder / "fsync"
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_APPEND)
    try:
        os.write(descriptor, b"x" * PAGE)
        began = time.perf_counter()
        os.fsync(descriptor)
        return time.perf_counter() - began
    finally:
        os.close(descriptor)


def noise(path: Path, size: int) -> Path:
    """A file of that many bytes that cannot be made smaller."""
    with path.open("wb") as file:
        while size > 0:
            size -= file.write(os.urandom(min(size, PIECE)))
    return path


def copied(source: Path, folder: Path, *, synced: bool = False) -> float:
    """Seconds that a plain copy takes; `synced`: until it is on the disk, not in memory only (fsync(2))."""
    began = time.perf_counter()
    shutil.copyfile(source, folder / "copy")
    if synced:
        with (folder / "copy").open("rb") as copy:
            os.fsync(copy.fileno())
    took = time.perf_counter() - began
    (folder / "copy").unlink()
    return took


def copied_hashed_synced(source: Path, folder: Path) -> float:
    """Seconds of copy + SHA-256 + fsync."""
    began, digest = time.perf_counter(), hashlib.sha256()
    with source.open("rb") as taken, (folder / "copy").open("wb") as kept:
        while piece := taken.read(PIECE):
            digest.update(piece)
            kept.write(piece)
        kept.flush()
        os.fsync(kept.fileno())
    took = time.perf_counter() - began
    (folder / "copy").unlink()
    return took
