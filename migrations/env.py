"""Runs the migrations on the application's own database, in one transaction where the database can."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, Literal

from alembic import context
from alembic.autogenerate.api import AutogenContext
from alembic.runtime.migration import MigrationContext
from flask import current_app
from sqlalchemy import Connection

from portfolio.foundation.db import Moment, db, writing


def render(kind: str, thing: Any, _context: AutogenContext) -> str | Literal[False]:
    """Write our column types as what they are to a database: a migration must run without today's code."""
    return "sa.DateTime(timezone=True)" if kind == "type" and isinstance(thing, Moment) else False


def run() -> None:
    """Bring the database that the application is connected to from where it is to where it is asked to be."""
    configured = current_app.extensions["migrate"].configure_args | {"on_version_apply": _ensure_nothing_lost}
    with writing(), db.engine.connect() as connection, _tables_laid_anew(connection):
        context.configure(connection=connection, target_metadata=db.metadata, render_item=render, **configured)
        with context.begin_transaction():
            context.run_migrations()


@contextmanager
def _tables_laid_anew(connection: Connection) -> Iterator[None]:
    """Let SQLite lay a table anew that others name, which its foreign keys would not (lang_altertable.html, 7)."""
    if connection.dialect.name != "sqlite":
        yield
        return
    given = connection.connection.driver_connection
    assert given is not None
    given.execute("PRAGMA foreign_keys=OFF")
    try:
        yield
    finally:
        given.execute("PRAGMA foreign_keys=ON")


def _ensure_nothing_lost(ctx: MigrationContext, **_told: Any) -> None:
    """Before a step is kept: raises `RuntimeError` where a row names one that is not there, and the step is undone."""
    connection = ctx.connection
    if connection is None or connection.dialect.name != "sqlite":
        return
    if row := connection.exec_driver_sql("PRAGMA foreign_key_check").first():
        raise RuntimeError(f"A row of {row[0]} names one of {row[2]} that is not there.")


run()
