"""`flask units publish` and `ship`: publish a unit, or those that come with the product."""

from typing import BinaryIO

import click
from flask.cli import with_appcontext

from criteria import catalogue
from portfolio.foundation.db import transaction
from portfolio.foundation.terminal import Command
from portfolio.people import acting
from portfolio.people.models import Centre
from portfolio.units import operations, queries
from portfolio.units.commands.reading import understood
from portfolio.units.models import Edition
from portfolio.units.rules import Naming, settle

_CENTRE = click.option("--centre", "number", help="Number of the centre; without it, the centre that was opened first.")


@click.command("publish", cls=Command)
@click.argument("file", type=click.File("rb"))
@click.option("--title", default="", help="Needed where the text does not give it.")
@click.option("--code", default="", help="Needed where the text does not give it.")
@click.option("--level", default="")
@click.option("--new-edition", is_flag=True, help="Where the code is published already, with other content.")
@_CENTRE
@acting.AS
@with_appcontext
def publish(file: BinaryIO, new_edition: bool, number: str | None, email: str | None, **named: str) -> None:
    """Publish FILE at a centre. The same content again is the same edition."""
    unit = settle(understood(file), Naming(named["title"], named["code"], named["level"]))
    with transaction():
        by = acting.administrator(email, number=number)
        edition = operations.publish(unit, by.centre, by=by, anew=new_edition)
    click.echo(_published(edition, by.centre))


@click.command("ship", cls=Command)
@_CENTRE
@acting.AS
@with_appcontext
def ship(number: str | None, email: str | None) -> None:
    """Publish the units that come with the product, where their codes are not published yet."""
    with transaction():
        by = acting.administrator(email, number=number)
        known = {edition.code for edition in queries.current_editions(by.centre_id)}
        wanted = [unit for unit in catalogue.units() if unit.code not in known]
        editions = [operations.publish(unit, by.centre, by=by) for unit in wanted]
    for edition in editions:
        click.echo(_published(edition, by.centre))


def _published(edition: Edition, centre: Centre) -> str:
    return (
        f"{edition.code} {edition.title}: edition {edition.number} is published at {centre.name} "
        f"(centre {centre.number}), {len(edition.points)} points, {edition.sha256}"
    )
