"""Command groups: what the domain refuses is one sentence on stderr and exit code 1."""

from typing import Any

import click
from flask.cli import AppGroup

from portfolio.foundation.errors import Refused


class Group(AppGroup):
    """A group of commands that run inside the application."""

    def invoke(self, ctx: click.Context) -> Any:
        """Run the command; a refusal ends it with its sentence."""
        try:
            return super().invoke(ctx)
        except Refused as refusal:
            raise click.ClickException(refusal.sentence) from refusal
