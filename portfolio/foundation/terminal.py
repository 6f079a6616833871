"""Commands whose refusals are one sentence on stderr and exit code 1; some are loaded when they are asked for."""

from collections.abc import Collection, Iterator, Mapping
from contextlib import contextmanager
from importlib import import_module
from typing import Any, cast

import click
from flask.cli import AppGroup, FlaskGroup, ScriptInfo

from portfolio.foundation import settings
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
    """A group of commands that run inside the application.

    `later` are more of them, each by the place where it lies (`module:name`), loaded when it is asked for.
    """

    command_class = Command

    def __init__(self, *given: Any, later: Mapping[str, str] | None = None, **named: Any) -> None:
        super().__init__(*given, **named)
        self._later = later or {}

    def list_commands(self, ctx: click.Context) -> list[str]:
        """The names of all."""
        return sorted({*super().list_commands(ctx), *self._later})

    def get_command(self, ctx: click.Context, name: str) -> click.Command | None:
        """The command of that name."""
        return loaded(self._later[name]) if name in self._later else super().get_command(ctx, name)

    def invoke(self, ctx: click.Context) -> Any:
        """Run the command; a refusal ends it with its sentence."""
        with _plainly():
            return super().invoke(ctx)


DAILY = ("upgrade", "current")
"""Of the commands about tables, those that whoever runs a house has a use for; the others are for changing Markwell."""


def told(environment: Mapping[str, str]) -> settings.Settings:
    """The settings in the environment, for a server or for a command, which can do without a secret.

    What is refused ends a command with its sentence; a server is refused as `settings.read` does.
    """
    context = click.get_current_context(silent=True)
    if context is None or context.find_object(ScriptInfo) is None or context.info_name == "run":
        return settings.read(environment)
    with _plainly():
        return settings.read(environment, serving=False)


def list_only(ours: Collection[str]) -> None:
    """Have the program `flask` list no command of a library; each can be given all the same."""
    context = click.get_current_context(silent=True)
    root = context.find_root().command if context else None
    for name, command in root.commands.items() if isinstance(root, FlaskGroup) else ():
        command.hidden = name not in ours
        _shorten(command)


def loaded(place: str) -> click.Command:
    """The command that lies at `module:name`."""
    module, _, name = place.partition(":")
    return _shorten(cast("click.Command", getattr(import_module(module), name)))


def _shorten(command: click.Command) -> click.Command:
    """List of the commands about tables `DAILY` only."""
    if command.name == "db" and isinstance(command, click.Group):
        for name, one in command.commands.items():
            one.hidden = name not in DAILY
    return command


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
    except Exception as fault:
        if not _lacks_tables(fault):
            raise
        raise click.ClickException(
            "The database has no tables yet. `flask --app app db upgrade` lays them; `make demo` does, with a sample."
        ) from fault


def _lacks_tables(fault: Exception) -> bool:
    """Whether the database refused because nobody laid its tables."""
    from sqlalchemy import exc, inspect  # noqa: PLC0415 (not every command needs a database)

    from portfolio.foundation.db import db  # noqa: PLC0415 (likewise)

    return isinstance(fault, exc.DatabaseError) and not inspect(db.engine).has_table("centre")
