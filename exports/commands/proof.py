"""`flask report` and `flask pack`: a report or a pack as a file, taken away on record."""

import json
from pathlib import Path
from typing import Any, BinaryIO

import click
from flask.cli import with_appcontext

from exports import operations, queries
from exports.document.sheet import SIZES, Paper, Size
from exports.editions import withholding
from exports.editions.look import Look, ReportEdition, described
from exports.pack import bag
from exports.typesetting.child import NotTypeset
from portfolio.foundation import files, terminal
from portfolio.foundation.db import transaction
from portfolio.foundation.errors import Refused
from portfolio.people import acting
from portfolio.people import queries as people
from portfolio.people.models import Person


@click.command(cls=terminal.Command)
@click.argument("learner")
@click.option("--unit", "codes", multiple=True, metavar="CODE", help="Only this unit; may be given more than once.")
@click.option(
    "--edition",
    type=click.Choice([each.value for each in ReportEdition]),
    default=ReportEdition.FULL.value,
    show_default=True,
    help="Which edition.",
)
@click.option("--originals", is_flag=True, help="The full one with the uploaded documents attached.")
@click.option(
    "--paper", type=click.Choice(SIZES, case_sensitive=False), default=SIZES[0], show_default=True, help="Sheet."
)
@click.option("--large-print", is_flag=True, help="A text of at least 16 points.")
@click.option("--withhold", type=click.File("rb"), metavar="FILE.json", help="What a redacted edition must not show.")
@acting.AS
@click.option("-o", "--output", required=True, type=click.Path(dir_okay=False, path_type=Path), metavar="FILE")
@with_appcontext
def report(learner: str, codes: tuple[str, ...], output: Path, email: str | None, **asked: Any) -> None:
    """Write the signed evidence report of LEARNER (registration number, e-mail address or full name) to FILE.

    What a redacted edition withholds stands in FILE.json: a list of {"words": …, "reason": …}, {"file": NAME,
    "reason": …}, {"file": NAME, "area": "percent:10,20,30,40", "reason": …} (left, top, width and height of a part of a
    picture) and {"file": NAME, "start": "00:01:10", "end": "00:01:40", "reason": …}.
    """
    from exports.making import reports  # noqa: PLC0415 (signing takes a second to load, and no page signs)

    person, look = _learner(learner), _look(**asked)
    by = acting.administrator(email, number=person.centre.number)
    try:
        made = reports.report_of(person, codes=codes, look=look)
    except NotTypeset as reason:
        raise click.ClickException(f"The report could not be typeset: {reason}") from reason
    with files.store().open(made.sha256) as stored:
        written(output, iter(lambda: stored.read(bag.BLOCK), b""))
    with transaction():
        operations.take_report(made, codes=codes, by=by)
    what = "evidence report" if look.is_plain else f"evidence report ({described(look)})"
    click.echo(f"{output}: {what} of {person.name}, SHA-256 {made.sha256}")


def _look(*, edition: str, originals: bool, paper: Size, large_print: bool, withhold: BinaryIO | None) -> Look:
    """What the options ask for. Refused where they do not go together."""
    if (edition == ReportEdition.REDACTED) != (withhold is not None):
        raise Refused("A redacted edition needs --withhold FILE.json, and no other edition takes it.")
    if originals and edition != ReportEdition.FULL:
        raise Refused("Only the full edition takes --originals.")
    try:
        listed = json.load(withhold) if withhold else []
        chosen = tuple(withholding.read(each) for each in listed)
    except (ValueError, AttributeError, TypeError) as fault:
        raise Refused(f"What is to be withheld cannot be read: {fault}") from fault
    if withhold and not chosen:
        raise Refused("Nothing is withheld: the list is empty.")
    return Look(ReportEdition(edition), Paper(paper, large_print), originals, chosen)


@click.command(cls=terminal.Command)
@click.option(
    "--learner", "learners", multiple=True, metavar="LEARNER", help="Only this learner; may be given more than once."
)
@click.option("--centre", metavar="NUMBER", help="The centre, where there are several. Default: the first.")
@acting.AS
@click.option("-o", "--output", required=True, type=click.Path(dir_okay=False, path_type=Path), metavar="FILE")
@with_appcontext
def pack(learners: tuple[str, ...], centre: str | None, email: str | None, output: Path) -> None:
    """Write the audit pack of a centre, or of some of its learners, to FILE."""
    from exports.making import packs as packing  # noqa: PLC0415 (likewise)

    chosen = [_learner(named) for named in learners] or _everybody(centre)
    if len({person.centre_id for person in chosen}) > 1:
        raise click.ClickException("These learners are at different centres. A pack is about one centre.")
    ids, by = [person.id for person in chosen], acting.administrator(email, number=chosen[0].centre.number)
    members, failures = packing.pack_of(chosen)
    packing.ensure_holds(members, chosen[0].centre)
    written(output, bag.stream(members, thorough=True))
    with transaction():
        operations.take_pack(ids, bag.seal_of(members), failures=failures, by=by)
    click.echo(f"{output}: audit pack of {len(chosen)} learners, {output.stat().st_size:,} bytes")


def written(output: Path, blocks) -> None:  # type: ignore[no-untyped-def]
    """Write a file whole or not at all. Raises `ClickException` where the folder or the disk does not take it."""
    draft = output.with_name(f"{output.name}.part")
    try:
        with draft.open("wb") as file:
            for block in blocks:
                file.write(block)
        draft.replace(output)
    except OSError as fault:
        raise click.ClickException(f"{output} could not be written: {fault.strerror}.") from fault
    finally:
        draft.unlink(missing_ok=True)


def _learner(named: str) -> Person:
    found = people.learners_named(named)
    if not found:
        raise click.ClickException(f"There is no learner with the number, address or name “{named}”.")
    if len(found) > 1:
        numbers = ", ".join(person.number for person in found)
        raise click.ClickException(f"Several learners are called “{named}”: give the registration number ({numbers}).")
    return found[0]


def _everybody(number: str | None) -> list[Person]:
    centre = people.centre_by_number(number) if number else next(iter(people.centres()), None)
    if centre is None:
        raise click.ClickException("There is no such centre.")
    learners = queries.learners(centre.id)
    if not learners:
        raise click.ClickException(f"{centre.name} has no learners yet.")
    return learners
