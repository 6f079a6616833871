"""Command line about units: see what is read of a text, and publish it."""

import json
from typing import BinaryIO

import click
from flask import Flask

from criteria import catalogue, reader
from criteria.reader.decoding import decoded
from criteria.unit import Point, Unit
from criteria.wording.parts import needed
from criteria.writer import as_json
from portfolio.foundation.db import transaction
from portfolio.foundation.errors import Unreadable
from portfolio.foundation.terminal import Group
from portfolio.people import acting
from portfolio.people.models import Centre
from portfolio.units import operations, queries
from portfolio.units.models import Edition
from portfolio.units.rules import Naming, settle

units = Group("units", help="Read the text of a unit, and publish it. FILE may be - for standard input.")
_CENTRE = click.option("--centre", "number", help="Number of the centre; without it, the centre that was opened first.")


def install(app: Flask) -> None:
    """Give `app` these commands."""
    app.cli.add_command(units)


@units.command("read")
@click.argument("file", type=click.File("rb"))
@click.option("--json", "as_data", is_flag=True, help="As JSON; docs/unit-format.md gives the shape.")
def read(file: BinaryIO, as_data: bool) -> None:
    """Print what is read of FILE. Nothing is published."""
    unit = _read(file)
    click.echo(json.dumps(as_json(unit), ensure_ascii=False, indent=2) if as_data else _told(unit))


@units.command("publish")
@click.argument("file", type=click.File("rb"))
@click.option("--title", default="", help="Needed where the text does not give it.")
@click.option("--code", default="", help="Needed where the text does not give it.")
@click.option("--level", default="")
@click.option("--new-edition", is_flag=True, help="Where the code is published already, with other content.")
@_CENTRE
@acting.AS
def publish(file: BinaryIO, new_edition: bool, number: str | None, email: str | None, **named: str) -> None:
    """Publish FILE at a centre. The same content again is the same edition."""
    unit = settle(_read(file), Naming(named["title"], named["code"], named["level"]))
    with transaction():
        by = acting.administrator(email, number=number)
        edition = operations.publish(unit, by.centre, by=by, anew=new_edition)
    click.echo(_published(edition, by.centre))


@units.command("ship")
@_CENTRE
@acting.AS
def ship(number: str | None, email: str | None) -> None:
    """Publish the units that come with the product, where their codes are not published yet."""
    with transaction():
        by = acting.administrator(email, number=number)
        known = {edition.code for edition in queries.current_editions(by.centre_id)}
        wanted = [unit for unit in catalogue.units() if unit.code not in known]
        editions = [operations.publish(unit, by.centre, by=by) for unit in wanted]
    for edition in editions:
        click.echo(_published(edition, by.centre))


def _read(file: BinaryIO) -> Unit:
    """The unit in `file`; what was assumed of its characters is said on standard error. `Unreadable` where refused."""
    try:
        words = decoded(file.read())
        if words.warning:
            click.echo(words.warning, err=True)
        return reader.read(words.text)
    except reader.Refusal as refusal:
        raise Unreadable(str(refusal)) from refusal


def _published(edition: Edition, centre: Centre) -> str:
    return (
        f"{edition.code} {edition.title}: edition {edition.number} is published at {centre.name} "
        f"(centre {centre.number}), {len(edition.points)} points, {edition.sha256}"
    )


def _told(unit: Unit) -> str:
    """What was read, for a person at a terminal."""
    head = [f"{unit.code or 'no code'}  {unit.title or 'no title'}", "", unit.synopsis]
    guidance = f"{len(unit.concepts)} concepts, {len(unit.tips)} tips, {len(unit.misconceptions)} misconceptions"
    unread = [f"Line {line.line} was not understood: {line.text}" for line in unit.unread]
    return "\n".join([*head, "", guidance, "", *(_point(point) for point in unit.points), *unread])


def _point(point: Point) -> str:
    notes = [f"   lead-in: {point.lead_in or 'none'} ({'obliges' if point.obliges else 'permits'})"]
    notes += [f"   {part.ref}) {part.text}" for part in point.parts]
    if number := needed(point.text, len(point.parts)):
        notes.append(f"   {number} of these {len(point.parts)} are asked for")
    if point.methods:
        notes.append(f"   methods: {', '.join(point.methods)}")
    return "\n".join([f"{point.ref}. {point.text}", *notes])
