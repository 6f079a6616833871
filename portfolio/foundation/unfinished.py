"""The mark of a house that is being restored: nobody can sign in until it is removed; by it a restore goes on.

It is a table that stands in the database so long; no migration lays it.
"""

from sqlalchemy import Column, MetaData, NullPool, String, Table, create_engine, insert, inspect

from portfolio.foundation.db import db, writing
from portfolio.foundation.errors import Unavailable

MARK = Table("being_restored", MetaData(), Column("database_sha256", String(64), primary_key=True))
"""One row: the hash of the database that the backup holds."""
UNFINISHED = (
    "This house is being restored from a backup, and that is not done. Wait until it is. If it was cut off, whoever "
    "runs the house gives `flask restore FROM` again with the same backup."
)


def put_mark(url: str, database_sha256: str) -> None:
    """Mark the database at `url`, at once, as one that is being filled from the backup that holds this database."""
    engine = create_engine(url, poolclass=NullPool)
    with engine.begin() as connection:
        MARK.drop(connection, checkfirst=True)
        MARK.create(connection)
        connection.execute(insert(MARK).values(database_sha256=database_sha256))
    engine.dispose()


def take_mark_off() -> None:
    """The house is restored: remove its mark, at once."""
    with writing(), db.engine.begin() as connection:
        MARK.drop(connection, checkfirst=True)


def filled_from() -> str:
    """SHA-256 of the backed up database that is filling this one, as its mark says; empty where there is no mark."""
    if not inspect(db.engine).has_table(MARK.name):
        return ""
    return db.session.query(MARK.c.database_sha256).scalar() or ""


def ensure_done() -> None:
    """Raises `Unavailable` for a house that is being restored."""
    if filled_from():
        raise Unavailable(UNFINISHED)
