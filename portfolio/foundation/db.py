"""The database handle, and `transaction`, the only place that commits."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import UTC, datetime
from typing import Any, Protocol

from flask import Flask
from flask_sqlalchemy import SQLAlchemy
from sqlalchemy import DateTime, MetaData, event
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.engine import Connection, Dialect, Engine
from sqlalchemy.exc import DataError, DBAPIError, IntegrityError
from sqlalchemy.orm import DeclarativeBase, registry
from sqlalchemy.types import JSON, TypeDecorator

from portfolio.foundation.errors import Conflict, Refused, Unavailable

LONG = "One of the answers is longer, or a number larger, than can be kept. Nothing was saved. Make it shorter."
_TOO_MUCH = ("22001", "22003")
"""A text too long for its column, a number out of range (PostgreSQL, appendix A); SQLite takes both."""
TWICE = "Somebody else saved the same at this very moment. Look at what is there now, then try again if you need to."
_UNIQUE_VIOLATION = "23505"
"""PostgreSQL's code (Appendix A of its manual). On SQLite writers queue before they look, so nothing is saved twice."""
BUSY = "Others are saving just now, and this had to wait too long. Nothing was lost or changed. Try again in a moment."
WAIT = 20
"""Seconds that a writer queues before it is told that it cannot be done now."""
CONNECTIONS = 60
"""Connections to SQLite that one process may have, about one a thread; to PostgreSQL half as many."""
_NOT_NOW = frozenset({"55P03", "40P01", "57014"})
"""PostgreSQL's codes for a lock that could not be had in time, a deadlock, a statement that took too long."""
_SQLITE_BUSY, _SQLITE_LOCKED = 5, 6
"""Primary result codes (sqlite.org/rescode.html); extended ones carry them in their lowest byte."""
_writing: ContextVar[bool] = ContextVar("writing", default=False)


class Watcher(Protocol):
    """Takes part in the deed of a request: told when its transaction begins, and commits it."""

    def settle(self) -> None:
        """Another transaction of the same request is to begin: commit what waits."""

    def begun(self) -> None:
        """The transaction has begun; an exception ends it."""

    def ended(self) -> None:
        """All is done: commit now, or before the request is answered."""


_watcher: ContextVar[Watcher | None] = ContextVar("watcher", default=None)

NAMES = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_name)s_%(referred_table_name)s",
    "pk": "pk_%(table_name)s",
}


class Moment(TypeDecorator[datetime]):
    """An aware moment, kept in UTC by every database."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, _dialect: Dialect) -> datetime | None:
        """The moment in UTC. Raises `ValueError` for one without a zone: nobody knows when it is."""
        if value is not None and value.tzinfo is None:
            raise ValueError("A moment without a time zone was given to the database.")
        return value.astimezone(UTC) if value is not None else None

    def process_result_value(self, value: datetime | None, _dialect: Dialect) -> datetime | None:
        """SQLite forgets the zone; every moment comes back in UTC."""
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


class Written(TypeDecorator[Any]):
    """JSON; what somebody else wrote into the column and is none is given as text, so that its row can be shown."""

    impl = JSON
    cache_ok = True

    def result_processor(self, dialect: Dialect, coltype: object) -> Callable[[Any], Any] | None:
        """As JSON reads it, or the text."""
        given = super().result_processor(dialect, coltype)

        def read(value: Any) -> Any:
            try:
                return given(value) if given else value
            except (ValueError, RecursionError):
                return str(value)

        return read


_TYPES = {datetime: Moment, dict[str, Any]: JSON, list[Any]: JSON, list[str]: JSON, list[int]: JSON}


class Base(DeclarativeBase):
    """Base of all tables; names every constraint."""

    registry = registry(metadata=MetaData(naming_convention=NAMES), type_annotation_map=_TYPES)


db = SQLAlchemy(model_class=Base, session_options={"expire_on_commit": False})


@contextmanager
def transaction(*, aside: bool = False) -> Iterator[None]:
    """One deed, one commit. What was loaded before is read afresh under the write lock.

    The deed of a form that was sent is committed with its answer (`sent`); what is done `aside`, at once.
    On SQLite the transaction begins IMMEDIATE, so two writers queue instead of failing or losing an update.
    Raises `Conflict` when another transaction, which nobody could see yet, has saved what may be there only once, and
    `Unavailable` when others write for so long that its turn does not come, `Refused` for what has no room in a column.
    """
    watcher = _watcher.get()
    if watcher:
        watcher.settle()
    db.session.rollback()
    with writing():
        try:
            if watcher and not aside:
                watcher.begun()
            yield
            if watcher and not aside:
                watcher.ended()
            else:
                db.session.commit()
        except DataError as fault:
            db.session.rollback()
            if getattr(fault.orig, "sqlstate", "") in _TOO_MUCH:
                raise Refused(LONG) from None
            raise
        except IntegrityError as fault:
            db.session.rollback()
            if getattr(fault.orig, "sqlstate", "") == _UNIQUE_VIOLATION:
                raise Conflict(TWICE) from None  # the driver's words would quote what was typed
            raise
        except DBAPIError as fault:
            db.session.rollback()
            if is_busy(fault):
                raise Unavailable(BUSY) from None
            raise
        except BaseException:
            db.session.rollback()
            raise


def is_busy(fault: DBAPIError) -> bool:
    """Whether a lock could not be had in time."""
    code = getattr(fault.orig, "sqlite_errorcode", 0) & 0xFF
    return code in (_SQLITE_BUSY, _SQLITE_LOCKED) or getattr(fault.orig, "sqlstate", "") in _NOT_NOW


@contextmanager
def watched(watcher: Watcher) -> Iterator[None]:
    """Have `watcher` take part in what is done in here; undone when it raises."""
    token = _watcher.set(watcher)
    try:
        yield
    except BaseException:
        db.session.rollback()
        raise
    finally:
        _watcher.reset(token)


def insert(table: type[Base]) -> Any:
    """An INSERT of this database's own, which can say what is done where the row is there (`on_conflict_do_update`)."""
    return (postgresql if db.engine.dialect.name == "postgresql" else sqlite).insert(table)


def hold(row: Base) -> None:
    """Read `row` afresh and hold it until the transaction ends; whoever else wants to hold it waits.

    Only this row is held, and others may still be tied to it by their foreign keys, so that deeds which write to one
    log cannot deadlock (PostgreSQL, `FOR NO KEY UPDATE OF`). SQLite holds everything already.
    """
    db.session.refresh(row, with_for_update={"of": type(row), "key_share": True})


@contextmanager
def writing() -> Iterator[None]:
    """What begins in here is going to write."""
    token = _writing.set(True)
    try:
        yield
    finally:
        _writing.reset(token)


def is_writing() -> bool:
    """Whether a transaction is open that is going to write."""
    return _writing.get()


def connect(app: Flask, url: str) -> None:
    """Give `app` its database at `url`, with the pragmas and transaction modes that SQLite wants."""
    app.config["SQLALCHEMY_DATABASE_URI"] = url
    if url.startswith("sqlite"):
        given: dict[str, Any] = {"connect_args": {"timeout": WAIT}, "max_overflow": CONNECTIONS - 5}
    else:
        wait = {"options": f"-c lock_timeout={WAIT}s"}
        given = {"connect_args": wait, "pool_pre_ping": True, "max_overflow": CONNECTIONS // 2 - 5}
    app.config["SQLALCHEMY_ENGINE_OPTIONS"] = {"hide_parameters": True, **given}
    db.init_app(app)
    with app.app_context():
        if db.engine.dialect.name == "sqlite":
            _tame(db.engine)


def _tame(engine: Engine) -> None:
    @event.listens_for(engine, "connect")
    def on_connect(connection: Any, _record: Any) -> None:
        connection.isolation_level = None
        for pragma in ("journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON", f"busy_timeout={WAIT * 1000}"):
            connection.execute(f"PRAGMA {pragma}")

    @event.listens_for(engine, "begin")
    def on_begin(connection: Connection) -> None:
        connection.exec_driver_sql("BEGIN IMMEDIATE" if _writing.get() else "BEGIN")


def like(words: str) -> str:
    r"""`words` as a LIKE pattern for “contains”, its own wildcards made harmless (escape character `\`)."""
    escaped = words.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")
    return f"%{escaped}%"
