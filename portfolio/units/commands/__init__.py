"""Command line about units; each command is loaded alone, when it is asked for."""

from flask import Flask

from portfolio.foundation.terminal import Group

units = Group(
    "units",
    help="Read the text of a unit, publish it, and see which points are alike. FILE may be - for standard input.",
    later={
        "publish": "portfolio.units.commands.publishing:publish",
        "read": "portfolio.units.commands.reading:read",
        "ship": "portfolio.units.commands.publishing:ship",
        "siblings": "portfolio.units.commands.likeness:siblings",
        "suggest": "portfolio.units.commands.likeness:suggest",
    },
)


def install(app: Flask) -> None:
    """Give `app` these commands."""
    app.cli.add_command(units)
