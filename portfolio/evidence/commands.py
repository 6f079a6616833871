"""Command line about files: the logo of a centre."""

from typing import BinaryIO

import click
from flask.cli import with_appcontext

from portfolio.evidence import logos
from portfolio.foundation.db import transaction
from portfolio.foundation.errors import Refused
from portfolio.foundation.terminal import Command
from portfolio.people import acting, operations


@click.command("logo", cls=Command)
@click.argument("number")
@click.argument("file", type=click.File("rb"), required=False)
@click.option("--none", "none", is_flag=True, help="Take the logo off.")
@acting.AS
@with_appcontext
def change_logo(number: str, file: BinaryIO | None, none: bool, email: str | None) -> None:
    """Put the picture in FILE (PNG, JPEG or WebP) on the reports of the centre NUMBER, or take the logo off."""
    if none == bool(file):
        raise Refused("Give the file of a picture, or --none.")
    by = acting.administrator(email, number=number)
    sha256 = logos.kept(file) if file else ""
    with transaction():
        operations.change_centre(by.centre, by=by, logo_sha256=sha256)
    click.echo(f"{by.centre.name} (centre {by.centre.number}) has {'this' if file else 'no'} logo.")
