"""Commands of the proof: one report, a pack, and the audit log's own check."""

from pathlib import Path

import click
from flask import Flask
from flask.cli import with_appcontext

from exports import bag, making, pdf, queries
from portfolio.foundation import audit, files, terminal
from portfolio.people import queries as people
from portfolio.people.models import Person


def install(app: Flask) -> None:
    """Give `app` these commands."""
    app.cli.add_command(report)
    app.cli.add_command(pack)
    app.cli.add_command(audit_group)


@click.command(cls=terminal.Command)
@click.argument("learner")
@click.option("--unit", "codes", multiple=True, metavar="CODE", help="Only this unit; may be given more than once.")
@click.option("-o", "--output", required=True, type=click.Path(dir_okay=False, path_type=Path), metavar="FILE")
@with_appcontext
def report(learner: str, codes: tuple[str, ...], output: Path) -> None:
    """Write the signed evidence report of LEARNER (registration number, e-mail address or full name) to FILE."""
    person = _learner(learner)
    try:
        made = making.report_of(person, codes=codes)
    except pdf.NotTypeset as reason:
        raise click.ClickException(f"The report could not be typeset: {reason}") from reason
    with files.store().open(made.sha256) as stored:
        written(output, iter(lambda: stored.read(bag.BLOCK), b""))
    click.echo(f"{output}: evidence report of {person.name}, SHA-256 {made.sha256}")


@click.command(cls=terminal.Command)
@click.option(
    "--learner", "learners", multiple=True, metavar="LEARNER", help="Only this learner; may be given more than once."
)
@click.option("--centre", metavar="NUMBER", help="The centre, where there are several. Default: the first.")
@click.option("-o", "--output", required=True, type=click.Path(dir_okay=False, path_type=Path), metavar="FILE")
@with_appcontext
def pack(learners: tuple[str, ...], centre: str | None, output: Path) -> None:
    """Write the audit pack of a centre, or of some of its learners, to FILE."""
    chosen = [_learner(named) for named in learners] or _everybody(centre)
    if len({person.centre_id for person in chosen}) > 1:
        raise click.ClickException("These learners are at different centres. A pack is about one centre.")
    members = making.pack_of(chosen)
    written(output, bag.stream(members, thorough=True))
    click.echo(f"{output}: audit pack of {len(chosen)} learners, {output.stat().st_size:,} bytes")


@click.group("audit", cls=terminal.Group)
def audit_group() -> None:
    """The audit log."""


@audit_group.command("verify")
@with_appcontext
def verify() -> None:
    """Walk every centre's log from its first line and name the first line that does not hold."""
    broken = False
    for centre in people.centres():
        found = audit.check(audit.lines(centre.id), audit.head(centre.id))
        if found:
            broken = True
            click.echo(f"{centre.number} {centre.name}: line {found.seq} does not hold: {found.reason}.", err=True)
        else:
            click.echo(f"{centre.number} {centre.name}: all {audit.head(centre.id)[0]:,} lines hold.")
    if broken:
        raise SystemExit(1)


def written(output: Path, blocks) -> None:  # type: ignore[no-untyped-def]
    """Write a file whole or not at all."""
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
    found = queries.learner(named)
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
