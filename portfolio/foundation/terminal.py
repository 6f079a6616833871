"""Commands whose refusals are one sentence on stderr and exit code 1."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import click
from flask.cli import AppGroup
from sqlalchemy import inspect
from sqlalchemy.exc import DatabaseError

from portfolio.foundation.db import db
from portfolio.foundation.errors import Refused


class Group(AppGroup):
    """A group of commands that run inside the application."""

    def invoke(self, ctx: click.Context) -> Any:
        """Run the command; a refusal ends it with its sentence."""
        with _plainly():
            return super().invoke(ctx)


class Command(click.Command):
    """A command that stands alone; it opens the application's context itself."""

    def invoke(self, ctx: click.Context) -> Any:
        """Run it; a refusal ends it with its sentence."""
        with _plainly():
            return super().invoke(ctx)


@contextmanager
def _plainly() -> Iterator[None]:
    try:
        yield
    except Refused as refusal:
        raise click.ClickException(refusal.sentence) from refusal
    except DatabaseError as fault:
        if _is_laid():
            raise
        raise click.ClickException(
            "The database has no tables yet. `flask --app app db upgrade` lays them; `make demo` does, with a sample."
        ) from fault


def _is_laid() -> bool:
    return inspect(db.engine).has_table("centre")
