"""Runs the migrations on the application's own database, in one transaction where the database can."""

from typing import Any, Literal

from alembic import context
from alembic.autogenerate.api import AutogenContext
from flask import current_app

from portfolio.foundation.db import Moment, db, writing


def render(kind: str, thing: Any, _context: AutogenContext) -> str | Literal[False]:
    """Write our column types as what they are to a database: a migration must run without today's code."""
    return "sa.DateTime(timezone=True)" if kind == "type" and isinstance(thing, Moment) else False


def run() -> None:
    """Bring the database that the application is connected to from where it is to where it is asked to be."""
    configured = current_app.extensions["migrate"].configure_args
    with writing(), db.engine.connect() as connection:
        context.configure(connection=connection, target_metadata=db.metadata, render_item=render, **configured)
        with context.begin_transaction():
            context.run_migrations()


run()
