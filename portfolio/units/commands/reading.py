"""`flask units read`: see what is read of a text; this needs neither web nor database, and loads neither."""

import json
from typing import BinaryIO

import click

from criteria import reader
from criteria.reader.decoding import decoded
from criteria.unit import Point, Unit
from criteria.wording.parts import needed
from criteria.writer import as_json
from portfolio.foundation.errors import Unreadable
from portfolio.foundation.terminal import Command


@click.command("read", cls=Command)
@click.argument("file", type=click.File("rb"))
@click.option("--json", "as_data", is_flag=True, help="As JSON; docs/unit-format.md gives the shape.")
def read(file: BinaryIO, as_data: bool) -> None:
    """Print what is read of FILE. Nothing is published."""
    unit = understood(file)
    click.echo(json.dumps(as_json(unit), ensure_ascii=False, indent=2) if as_data else _told(unit))


def understood(file: BinaryIO) -> Unit:
    """The unit in `file`; what was assumed of its encoding goes to standard error. Raises `Unreadable` without one."""
    try:
        words = decoded(file.read())
        if words.warning:
            click.echo(words.warning, err=True)
        return reader.read(words.text)
    except reader.Refusal as refusal:
        raise Unreadable(str(refusal)) from refusal


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
