"""Which workers live: each holds a lock for as long as it runs, in a file and, on PostgreSQL, in the database.

The time of change of a worker's file is its last breath: when its loop last turned.
"""

import fcntl
import os
import secrets
import time
from collections.abc import Collection, Iterator
from contextlib import contextmanager, suppress
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TextIO
from zlib import crc32

from sqlalchemy import Connection, text
from sqlalchemy.exc import DBAPIError

from portfolio.foundation.clock import now
from portfolio.foundation.db import db
from portfolio.foundation.errors import OutOfTurn
from portfolio.foundation.settings import current

OURS = 0x4D57
"""The first half of our advisory locks' keys; the second is the CRC-32 of a worker's name."""
BREATHLESS = timedelta(minutes=10)
"""A worker that lives and whose loop has not turned for so long hangs."""
NOBODY = (
    "Nothing is being made or sent just now: no worker is running. Whoever runs this installation starts it, and this "
    "goes on by itself."
)
TRIES = 10
"""How often a worker that starts asks for its file, 50 ms apart: whoever looks who lives holds it for a moment."""
_WATCHED = "SET tcp_keepalives_idle = 10; SET tcp_keepalives_interval = 5; SET tcp_keepalives_count = 3"
"""PostgreSQL sees within half a minute that a machine is gone."""
_LOCK = text("SELECT pg_try_advisory_lock(:ours, :name)")
_HELD = text(
    "SELECT objid FROM pg_locks WHERE locktype = 'advisory' AND classid = :ours AND granted"
    " AND database = (SELECT oid FROM pg_database WHERE datname = current_database())"
)


@contextmanager
def identity(instance: Path, name: str = "") -> Iterator[str]:
    """Who this worker is: the same after every start, so that it resumes what it left; one process at a time.

    Raises `OutOfTurn` when a worker of that name is running already.
    """
    kept = instance / f"worker{'-' * bool(name)}{name}"
    with kept.open("a+", encoding="utf-8") as file:
        _take(file)
        os.utime(kept)
        file.seek(0)
        if not file.read():
            file.write(name or secrets.token_hex(8))
            file.flush()
        file.seek(0)
        yield file.read()


def _take(file: TextIO) -> None:
    """Lock a worker's file. Raises `OutOfTurn` where another one has it."""
    for left in reversed(range(TRIES)):
        try:
            return fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            if not left:
                raise OutOfTurn(
                    "A worker of this name is running here already; give the second one another --name."
                ) from error
        time.sleep(0.05)
    return None


class Sign:
    """The sign that a worker lives, for those on other machines; it goes with the process, however that ends."""

    def __init__(self, name: str, instance: Path) -> None:
        self._name = name
        self._kept = [kept for kept in instance.glob("worker*") if kept.read_text("utf-8") == name]
        self._line: Connection | None = None

    def show(self) -> None:
        """Breathe, and show the sign, or once more where the database lost it; one machine alone needs no sign."""
        for kept in self._kept:
            os.utime(kept)
        if not _shared():
            return
        try:
            if self._line is None:
                self._line = db.engine.connect().execution_options(isolation_level="AUTOCOMMIT")
                self._line.execute(text(_WATCHED))
            if _key(self._name) not in _held(self._line):
                self._line.execute(_LOCK, {"ours": OURS, "name": _signed(_key(self._name))})
        except DBAPIError:
            self.end()

    def end(self) -> None:
        """Take it away."""
        line, self._line = self._line, None
        if line is not None:
            with suppress(DBAPIError):
                line.invalidate()
            line.close()


def living(names: Collection[str], instance: Path) -> set[str]:
    """Which of these workers live."""
    if not names:  # no file is locked for nothing: whoever starts at this moment would be refused
        return set()
    if _shared():
        with db.engine.connect() as line:
            held = _held(line)
        return {name for name in names if _key(name) in held}
    return set(names) & {kept.read_text("utf-8") for kept in _here(instance)}


def breathes(instance: Path) -> bool:
    """Whether a worker lives whose loop turns: in this instance or, where there is none, at the same database."""
    here = [*_here(instance)]
    if here or not _shared():
        return any(now() - _breath(kept) < BREATHLESS for kept in here)
    with db.engine.connect() as line:
        return bool(_held(line))


def held_up() -> str:
    """That no worker breathes, in words for whoever waits for one; empty where one does."""
    return "" if breathes(current().instance) else NOBODY


def last_breath(instance: Path) -> datetime | None:
    """When the loop of a worker of this instance last turned, whether it lives or not; None where there was none."""
    return max(map(_breath, instance.glob("worker*")), default=None)


def _breath(kept: Path) -> datetime:
    return datetime.fromtimestamp(kept.stat().st_mtime, UTC)


def _here(instance: Path) -> Iterator[Path]:
    """The files of the workers that run in this instance: each holds its own."""
    for kept in instance.glob("worker*"):
        with kept.open(encoding="utf-8") as file:
            try:
                fcntl.flock(file, fcntl.LOCK_SH | fcntl.LOCK_NB)
            except BlockingIOError:
                yield kept


def _held(line: Connection) -> set[int]:
    return {int(key) for key in line.scalars(_HELD, {"ours": OURS})}


def _shared() -> bool:
    """Whether workers on several machines may do the same jobs."""
    return db.engine.dialect.name == "postgresql"


def _key(name: str) -> int:
    return crc32(name.encode())


def _signed(key: int) -> int:
    """As PostgreSQL takes the half of a key; `pg_locks` shows it without a sign."""
    return key - (1 << 32) if key >= 1 << 31 else key
