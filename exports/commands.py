"""Commands of the proof: one report, a pack, and the audit log's own check."""

import json
import time
from collections import Counter
from collections.abc import Mapping
from itertools import chain
from pathlib import Path
from typing import Any, BinaryIO

import click
from flask import Flask
from flask.cli import with_appcontext

from exports import bag, duties, operations, pdf, queries, rotation
from exports.editions import Edition, Look, described, withholding
from exports.key_commands import key
from exports.paper import SIZES, Paper, Size
from portfolio.foundation import audit, chores, files, terminal
from portfolio.foundation.backup import keyfiles
from portfolio.foundation.db import db, transaction
from portfolio.foundation.errors import Refused
from portfolio.foundation.settings import current
from portfolio.people import acting
from portfolio.people import queries as people
from portfolio.people.models import Centre, Person


def install(app: Flask) -> None:
    """Give `app` these commands."""
    app.cli.add_command(report)
    app.cli.add_command(pack)
    app.cli.add_command(audit_group)
    app.cli.add_command(key)
    rotation.install(app)
    keyfiles.known_by(app, duties.known_keys)
    chores.every_hour(app, duties.know_keys)
    chores.every_hour(app, duties.countersign)


@click.command(cls=terminal.Command)
@click.argument("learner")
@click.option("--unit", "codes", multiple=True, metavar="CODE", help="Only this unit; may be given more than once.")
@click.option(
    "--edition",
    type=click.Choice([each.value for each in Edition]),
    default=Edition.FULL.value,
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
    from exports import making  # noqa: PLC0415 (signing takes a second to load, and no page signs)

    person, look = _learner(learner), _look(**asked)
    by = acting.administrator(email, number=person.centre.number)
    try:
        made = making.report_of(person, codes=codes, look=look)
    except pdf.NotTypeset as reason:
        raise click.ClickException(f"The report could not be typeset: {reason}") from reason
    with files.store().open(made.sha256) as stored:
        written(output, iter(lambda: stored.read(bag.BLOCK), b""))
    with transaction():
        operations.take_report(made, codes=codes, by=by)
    what = "evidence report" if look.is_plain else f"evidence report ({described(look)})"
    click.echo(f"{output}: {what} of {person.name}, SHA-256 {made.sha256}")


def _look(*, edition: str, originals: bool, paper: Size, large_print: bool, withhold: BinaryIO | None) -> Look:
    """What the options ask for. Refused where they do not go together."""
    if (edition == Edition.REDACTED) != (withhold is not None):
        raise Refused("A redacted edition needs --withhold FILE.json, and no other edition takes it.")
    if originals and edition != Edition.FULL:
        raise Refused("Only the full edition takes --originals.")
    try:
        listed = json.load(withhold) if withhold else []
        chosen = tuple(withholding.read(each) for each in listed)
    except (ValueError, AttributeError, TypeError) as fault:
        raise Refused(f"What is to be withheld cannot be read: {fault}") from fault
    if withhold and not chosen:
        raise Refused("Nothing is withheld: the list is empty.")
    return Look(Edition(edition), Paper(paper, large_print), originals, chosen)


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
    from exports import packing  # noqa: PLC0415 (likewise)

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


@click.group("audit", cls=terminal.Group)
def audit_group() -> None:
    """The audit log."""


@audit_group.command("verify")
@click.option(
    "--pack",
    "packs",
    multiple=True,
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    metavar="FILE",
    help="An audit pack that left the house: the log must still hold what it says. May be given more than once.",
)
@with_appcontext
def verify(packs: tuple[Path, ...]) -> None:  # fmt: skip
    """Walk every centre's log and hold its records against it.

    Names the first line that does not hold, and everything in the records that is not what the log tells.
    """
    from exports import countersigning  # noqa: PLC0415 (likewise)

    left: dict[str, dict[int, str]] = {}
    for pack in packs:
        try:
            number, lines = countersigning.left(pack)
        except ValueError as reason:
            raise click.ClickException(str(reason)) from reason
        left.setdefault(number, {}).update(lines)
    centres = people.centres()
    hold = [_walked(centre, left.get(centre.number, {})) and _compared(centre) for centre in centres]
    logs = audit.logs()
    lost = logs.keys() - {centre.id for centre in centres}
    for id in sorted(lost):
        click.echo(f"{logs[id]}: the centre is not there, and there is a log of it.", err=True)
    if lost or not all(hold):
        raise SystemExit(1)


def _walked(centre: Centre, left: Mapping[int, str]) -> bool:
    """Say whether a centre's log holds; `left` are lines of which something outside the house tells the hash."""
    from exports import countersigning  # noqa: PLC0415 (likewise)

    began = time.perf_counter()
    seen, wrong = countersigning.stamped(centre.id)
    found = audit.check_kept(centre.id, {**seen, **left})
    took = time.perf_counter() - began
    name, lines = f"{centre.number} {centre.name}", audit.head(centre.id)[0]
    for sentence in wrong:
        click.echo(f"{name}: {sentence}.", err=True)
    if found:
        click.echo(f"{name}: line {found.seq} does not hold: {found.reason}.", err=True)
        return False
    stamps = f", {len(seen):,} time stamps of an authority fit" if seen else ""
    packed = ", and so does what the packs say" if left else ""
    click.echo(f"{name}: all {lines:,} lines hold{packed}{stamps} ({lines / took:,.0f} lines a second).")
    return not wrong


def _compared(centre: Centre) -> bool:
    """Say whether a centre's records are what its log tells; one person's at a time, so that memory is bounded."""
    from exports import comparing, verify  # noqa: PLC0415 (likewise)

    began, faults, unbound = time.perf_counter(), 0, Counter[str]()
    everybody, name = people.everybody(centre.id), f"{centre.number} {centre.name}"
    told = (comparing.differing(queries.person(id), unbound) for id in everybody)
    for sentences in chain([comparing.gone(centre.id, everybody)], told):
        for sentence in sentences:
            faults += 1
            click.echo(f"{name}: {sentence}.", err=True)
        db.session.expunge_all()
    for sentence in verify.unbound_said(unbound):
        click.echo(f"{name}: not checked: {sentence}")
    rate = len(everybody) / (time.perf_counter() - began)
    said = f"{faults:,} records are not what the log tells" if faults else "the records are what the log tells"
    click.echo(f"{name}: {said} ({len(everybody):,} people, {rate:,.0f} a second).", err=bool(faults))
    return not faults


@audit_group.command("countersign")
@with_appcontext
def countersign() -> None:
    """Have the authority time-stamp the logs that moved, now; the worker does this once a day."""
    from exports import countersigning, stamping  # noqa: PLC0415 (likewise)

    try:
        done = countersigning.countersign()
    except stamping.Unstamped as reason:
        raise click.ClickException(str(reason)) from reason
    if not current().timestamps:
        raise click.ClickException("No time-stamp authority is set (MARKWELL_TIMESTAMPS).")
    click.echo(f"{done} logs were time-stamped.")


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
