"""`python -m markwell`: the commands of `flask --app app`, quicker: each is loaded alone, with no more than it needs.

The program `flask` loads the commands of every library first, and the whole house before it knows which one is meant.
"""

import os
from importlib import import_module
from typing import Any

import click
from flask import Flask
from flask.cli import FlaskGroup

from portfolio.foundation import terminal

COMMANDS = {
    "audit": "exports.commands.audit:group",
    "backup": "portfolio.foundation.backup.commands:make",
    "centre": "portfolio.people.commands:centres",
    "db": "flask_migrate.cli:db",
    "demo": "sample.commands:demo",
    "doctor": "portfolio.foundation.running.commands:examine",
    "key": "exports.commands.key:key",
    "pack": "exports.commands.proof:pack",
    "person": "portfolio.people.commands:persons",
    "report": "exports.commands.proof:report",
    "restore": "portfolio.foundation.backup.commands:put_back",
    "secret": "exports.commands.secret:group",
    "system": "portfolio.foundation.running.commands:system",
    "units": "portfolio.units.commands:units",
    "worker": "portfolio.foundation.commands:worker",
}
"""Where each command lies."""
WITHOUT_PAGES = ("audit", "centre", "db upgrade", "person", "units")
"""How commands begin that draw nothing: no page, no document."""


class Commands(FlaskGroup):
    """All commands; what is not in the table is looked for as `flask` does, and not listed."""

    def list_commands(self, _ctx: click.Context) -> list[str]:
        """The names of ours."""
        return sorted(COMMANDS)

    def get_command(self, ctx: click.Context, name: str) -> click.Command | None:
        """The command of that name."""
        return terminal.loaded(COMMANDS[name]) if name in COMMANDS else super().get_command(ctx, name)


def house() -> Flask:
    """The application, loaded when a command first needs it; without its pages where the command draws nothing."""
    context = click.get_current_context()  # of the command, or of its group
    asked = f"{context.command_path} {context.invoked_subcommand or ''}".partition(" ")[2]
    if not asked.startswith(WITHOUT_PAGES):
        made: Any = import_module("app").create_app()
        return made  # type: ignore[no-any-return]
    from portfolio.foundation import application  # noqa: PLC0415 (`units read` needs no database)

    return application.without_pages(terminal.told(os.environ), migrating=asked.startswith("db"))


def main() -> None:
    """Run the command that the words after the program's name say."""
    Commands(create_app=house).main(prog_name="markwell")


if __name__ == "__main__":
    main()
