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
from portfolio.foundation.words.text import cleaned


class Command(click.Command):
    """A command; one that stands alone opens the application's context itself."""

    def invoke(self, ctx: click.Context) -> Any:
        """Run it with clean texts; a refusal ends it with its sentence."""
        ctx.params = {name: _cleaned(value) for name, value in ctx.params.items()}
        with _plainly():
            return super().invoke(ctx)


class Group(AppGroup):
    """A group of commands that run inside the application."""

    command_class = Command

    def invoke(self, ctx: click.Context) -> Any:
        """Run the command; a refusal ends it with its sentence."""
        with _plainly():
            return super().invoke(ctx)


def _cleaned(value: Any) -> Any:
    """A text, or each text of several, cleaned; paths, files and numbers as they are."""
    if isinstance(value, tuple):
        return tuple(map(_cleaned, value))
    return cleaned(value) if isinstance(value, str) else value


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
