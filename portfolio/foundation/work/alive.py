"""Which workers live: each holds a lock for as long as it runs, in a file and, on PostgreSQL, in the database."""

import fcntl
import secrets
from collections.abc import Collection, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from zlib import crc32

from sqlalchemy import Connection, text
from sqlalchemy.exc import DBAPIError

from portfolio.foundation.db import db
from portfolio.foundation.errors import OutOfTurn

OURS = 0x4D57
"""The first half of our advisory locks' keys; the second is the CRC-32 of a worker's name."""
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
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            raise OutOfTurn(
                "A worker of this name is running here already; give the second one another --name."
            ) from error
        file.seek(0)
        if not file.read():
            file.write(name or secrets.token_hex(8))
            file.flush()
        file.seek(0)
        yield file.read()


class Sign:
    """The sign that a worker lives, for those on other machines; it goes with the process, however that ends."""

    def __init__(self, name: str) -> None:
        self._name = name
        self._line: Connection | None = None

    def show(self) -> None:
        """Show it, or once more where the database lost it; nothing is needed where all workers are on one machine."""
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
    return set(names) & set(_here(instance))


def _here(instance: Path) -> Iterator[str]:
    """The names of the workers that run in this instance: each holds its file."""
    for kept in instance.glob("worker*"):
        with kept.open(encoding="utf-8") as file:
            try:
                fcntl.flock(file, fcntl.LOCK_SH | fcntl.LOCK_NB)
            except BlockingIOError:
                yield file.read()


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
