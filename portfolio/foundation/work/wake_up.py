"""The wake-up: tells workers at once that a job was asked for, so that they need not ask the tables all the time.

It is a hint and may be lost; a worker looks by itself every few seconds as well. On PostgreSQL it is a notification,
sent by the commit that asks for the job (LISTEN, NOTIFY). On SQLite it is any commit of another connection, by
whatever process (PRAGMA data_version).
"""

import time
from contextlib import suppress
from typing import Any

from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from portfolio.foundation.db import db

CHANNEL = "markwell_jobs"
STEP = 0.1
"""Seconds between two looks at SQLite's counter, some 20 µs each."""


def send() -> None:
    """Wake the workers when the present transaction is committed."""
    if _notifies():
        db.session.execute(text(f"NOTIFY {CHANNEL}"))


class Listener:
    """Hears wake-ups over a connection of its own; for one thread, within an application context."""

    def __init__(self) -> None:
        self._line: Any = None
        self._version = 0

    def heard(self, seconds: float) -> bool:
        """Wait so many seconds at most; whether a wake-up came, or may have been missed since the last call."""
        try:
            if self._line is None:
                self._connect()
                return True
            return self._notified(seconds) if _notifies() else self._changed(seconds)
        except (DBAPIError, db.engine.dialect.loaded_dbapi.Error):
            self.close()
            time.sleep(seconds)
            return True

    def close(self) -> None:
        """Close the connection."""
        line, self._line = self._line, None
        if line is not None:
            with suppress(db.engine.dialect.loaded_dbapi.Error):
                line.close()

    def _connect(self) -> None:
        self._line = db.engine.raw_connection()
        self._line.detach()  # the pool is left as it was
        if _notifies():
            self._line.dbapi_connection.autocommit = True
            self._line.dbapi_connection.execute(f"LISTEN {CHANNEL}")
        else:
            self._version = self._counted()

    def _notified(self, seconds: float) -> bool:
        return any([*self._line.dbapi_connection.notifies(timeout=seconds, stop_after=1)])

    def _changed(self, seconds: float) -> bool:
        before, until = self._version, time.monotonic() + seconds
        while (now := self._counted()) == before and time.monotonic() < until:
            time.sleep(STEP)
        self._version = now
        return now != before

    def _counted(self) -> int:
        return int(self._line.dbapi_connection.execute("PRAGMA data_version").fetchone()[0])


def _notifies() -> bool:
    """Whether the database notifies."""
    return db.engine.dialect.name == "postgresql"
