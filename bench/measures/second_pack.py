"""What a second pack costs when one learner of many went on: in the worker, as centres make packs, and by command."""

import json
import os
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass

from sqlalchemy import func, select

from bench.filled_centre.instances import House
from bench.measures import report_and_pack
from bench.programs import servers, signed_in
from bench.programs.resources_used import Counted
from bench.table import Line, judged
from exports.models import Report
from portfolio.evidence import content, operations
from portfolio.evidence.rules import Kind
from portfolio.foundation.db import db, transaction
from portfolio.people.models import Person

AGAIN = 0.02
"""Target: share of the first pack's processor time."""
RESTING = 0.2
"""Seconds of processor that a worker who waits uses in a second at most."""


@dataclass(frozen=True, slots=True)
class Cost:
    """What a pack cost."""

    processor: float
    """Seconds, of the worker and all that it starts."""
    typeset: int
    """Reports that were made for it."""


def measured(house: House) -> Iterator[Line]:
    """The lines about a second pack of a house."""
    with (
        servers.house(house.environment) as web,
        servers.running("flask", "--app", "app", "worker", environment=house.environment) as worker,
    ):
        dee = signed_in.sign_in(web.port, report_and_pack.ADMINISTRATOR)
        _at_rest(worker)
        first = _pack(house, worker, dee)
        _went_on(house)
        second = _pack(house, worker, dee)
    _went_on(house)
    command = _by_command(house)
    ratio, size = second.processor / first.processor, f"{house.learners} learners, one of whom went on"
    said = f"{second.typeset} typeset after {first.typeset}, {second.processor:.1f} s of processor after "
    said += f"{first.processor:.0f} s"
    yield Line("second pack", size, said, f"{ratio:.1%} of the first", f"≤ {AGAIN:.0%}", judged(ratio <= AGAIN))
    start = f"{command.typeset} typeset, {command.processor:.1f} s of processor with the start of all programs"
    yield Line("second pack, by command", size, start, f"{command.processor / first.processor:.1%} of the first")


def _at_rest(worker: servers.Server) -> None:
    """Wait until it has nothing to do."""
    seen = 0.0
    while worker.spent() - seen > RESTING:
        seen = worker.spent()
        time.sleep(1)


def _pack(house: House, worker: servers.Server, dee: signed_in.Visitor) -> Cost:
    spent, typeset = worker.spent(), _reports(house)
    report_and_pack.pack_asked(dee)
    _at_rest(worker)
    return Cost(worker.spent() - spent, _reports(house) - typeset)


def _reports(house: House) -> int:
    with house.open():
        return db.session.scalar(select(func.count()).select_from(Report)) or 0


def _went_on(house: House) -> None:
    """A learner writes another account."""
    with house.open(), transaction():
        learner = db.session.scalars(select(Person).where(Person.number.like("L0%"))).first()
        assert learner
        draft = content.Draft("One more thing", text="I called the carrier again, and this time they came.")
        operations.add(Kind.ACCOUNT, content.compose(draft), learner=learner, by=learner)


def _by_command(house: House) -> Counted:
    """Its programs are compiled once and kept, as they are in every house."""
    compiled = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    words = [sys.executable, "-m", "bench.programs.resources_used", "pack", "-o", str(house.folder / "pack.zip")]
    done = subprocess.run(
        words, cwd=servers.ROOT, env=compiled | house.environment, capture_output=True, text=True, check=True
    )
    return Counted(**json.loads(done.stderr.splitlines()[-1]))
