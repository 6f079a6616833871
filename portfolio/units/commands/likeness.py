"""`flask units siblings` and `suggest`: try on any units which points are taken for alike; neither web nor database."""

import dataclasses
import json
from pathlib import Path
from typing import BinaryIO

import click

from criteria.likeness import model
from criteria.likeness.points import Points
from criteria.siblings import siblings as find_siblings
from criteria.siblings import texts
from criteria.suggestions import suggestions
from criteria.unit import Unit
from portfolio.foundation.terminal import Command
from portfolio.units.commands.reading import understood

_FILES = click.argument("files", nargs=-1, required=True, type=click.File("rb"), metavar="FILE…")
_BY_LETTERS = click.option("--by-letters", is_flag=True, help="As where the model of sentences is not installed.")


@click.command("siblings", cls=Command)
@_FILES
@click.option("--json", "as_data", is_flag=True, help='As JSON: pairs ["CODE/ref", "CODE/ref"].')
@_BY_LETTERS
def siblings(files: tuple[BinaryIO, ...], as_data: bool, by_letters: bool) -> None:
    """Print the pairs of points in FILE… that ask nearly the same."""
    units = _units(files)
    meanings = model.meanings(texts(units)) if model.is_there() and not by_letters else None
    found = find_siblings(units, meanings)
    place = {ref: at for at, ref in enumerate(found)}
    pairs = [["/".join(one), "/".join(other)] for one in found for other in found[one] if place[one] < place[other]]
    click.echo(json.dumps(pairs, ensure_ascii=False) if as_data else "\n".join(map("  ".join, pairs)))


@click.command("suggest", cls=Command)
@_FILES
@click.option("--sentence", required=True, help="What a learner wrote or said.")
@click.option("--json", "as_data", is_flag=True, help='As JSON: "CODE/ref" of each point, in order.')
@_BY_LETTERS
def suggest(files: tuple[BinaryIO, ...], sentence: str, as_data: bool, by_letters: bool) -> None:
    """Print the points in FILE…, the one that a sentence may serve best first, with the words that speak for it."""
    units = _units(files)
    refs = [f"{unit.code}/{point.ref}" for unit in units for point in unit.points]
    read = model.meanings([*texts(units), sentence]) if model.is_there() and not by_letters else []
    points = Points(texts(units), read[:-1])
    found = list(suggestions(points, sentence, read[-1] if read else None))
    if as_data:
        click.echo(json.dumps([refs[one.number] for one in found], ensure_ascii=False))
    else:
        click.echo("\n".join(f"{refs[one.number]}  {', '.join(one.because)}".rstrip() for one in found))


def _units(files: tuple[BinaryIO, ...]) -> tuple[Unit, ...]:
    """What is in the files; a unit without a code is called as its file, without the ending."""
    read = [(understood(file), Path(file.name).stem) for file in files]
    return tuple(unit if unit.code else dataclasses.replace(unit, code=name) for unit, name in read)
