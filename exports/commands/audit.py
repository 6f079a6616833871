"""`flask audit …`: walk the log, hold the records against it, have it time-stamped."""

import time
from collections import Counter
from collections.abc import Mapping
from itertools import chain
from pathlib import Path

import click
from flask.cli import with_appcontext

from portfolio.foundation import terminal
from portfolio.foundation.db import db
from portfolio.foundation.log import audit
from portfolio.foundation.settings import current
from portfolio.people import queries as people
from portfolio.people.models import Centre, Person


@click.group("audit", cls=terminal.Group)
def group() -> None:
    """The audit log."""


@group.command("verify")
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
    from exports.signing import countersigning  # noqa: PLC0415 (signing takes a second to load, and no page signs)

    left: dict[str, dict[int, str]] = {}
    for pack in packs:
        try:
            number, lines = countersigning.left(pack)
        except ValueError as reason:
            raise click.ClickException(str(reason)) from reason
        left.setdefault(number, {}).update(lines)
    centres = people.centres()
    hold = [_walked(centre, left.get(audit.name_of(centre.id), {})) and _compared(centre) for centre in centres]
    logs = audit.logs()
    lost = logs.keys() - {centre.id for centre in centres}
    for id in sorted(lost):
        click.echo(f"{logs[id]}: the centre is not there, and there is a log of it.", err=True)
    if lost or not all(hold):
        raise SystemExit(1)


def _walked(centre: Centre, left: Mapping[int, str]) -> bool:
    """Say whether a centre's log holds; `left` are lines of which something outside the house tells the hash."""
    from exports.signing import countersigning  # noqa: PLC0415 (likewise)

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
    from exports import verify  # noqa: PLC0415 (likewise)
    from exports.facts.snapshot import log_check  # noqa: PLC0415 (likewise)

    began, faults, unbound = time.perf_counter(), 0, Counter[str]()
    everybody, name = people.everybody(centre.id), f"{centre.number} {centre.name}"
    told = (log_check.differing(db.session.get_one(Person, id), unbound) for id in everybody)
    for sentences in chain([log_check.gone(centre.id, everybody)], told):
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


@group.command("countersign")
@with_appcontext
def countersign() -> None:
    """Have the authority time-stamp the logs that moved, now; the worker does this once a day."""
    from exports.signing import countersigning, time_stamps  # noqa: PLC0415 (likewise)

    try:
        done = countersigning.countersign()
    except time_stamps.Unstamped as reason:
        raise click.ClickException(str(reason)) from reason
    if not current().timestamps:
        raise click.ClickException("No time-stamp authority is set (MARKWELL_TIMESTAMPS).")
    click.echo(f"{done} logs were time-stamped.")
