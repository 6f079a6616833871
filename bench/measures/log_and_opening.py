"""What the proof costs: walking a long log from its first line, and opening START-HERE from a memory stick."""

import os
import re
import subprocess
import sys
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

from playwright.sync_api import sync_playwright
from sqlalchemy import select

from bench.filled_centre import instances
from bench.filled_centre.bulk_rows import Ledger
from bench.filled_centre.instances import House
from bench.measures import report_and_pack
from bench.programs.servers import ROOT
from bench.sizes import Sizes
from bench.table import Line, judged
from exports.facts.names import shelf
from exports.facts.records import LearnerRecords
from exports.facts.snapshot import facts_of
from exports.pack import start_here
from portfolio.foundation.clock import now
from portfolio.foundation.db import db
from portfolio.foundation.log import audit
from portfolio.people import queries as people
from portfolio.people.models import Person
from portfolio.people.rules import Role

BATCH = 20_000
GROWTH = 64 << 20
"""Bytes by which a walk over any log may grow beyond a command that does nothing."""
SOON = 2.0
"""Seconds in which the page must be there."""
FLAGS = ("--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking", "--disable-sync")


def measured(folder: Path, sizes: Sizes) -> Iterator[Line]:
    """The lines about the log and the page."""
    house = instances.built(sizes.shown, folder)
    yield _opened(house, folder / "START-HERE.html")
    yield from _walked(house, sizes.events)


def _walked(house: House, events: int) -> Iterator[Line]:
    with house.open():
        _lengthen(events)
    empty, walk = report_and_pack.timed(house, "routes"), report_and_pack.timed(house, "audit", "verify")
    flask = Path(sys.executable).with_name("flask")
    told = subprocess.run(
        [flask, "--app", "app", "audit", "verify"],
        cwd=ROOT, env=os.environ | house.environment, capture_output=True, text=True, check=True,
    ).stdout  # fmt: skip
    found = re.search(r"all ([\d,]+) lines hold.*\(([\d,]+) lines a second\)", told)
    if not found:
        raise RuntimeError(told)
    grown = walk.peak - empty.peak
    yield Line("audit verify", f"{found[1]} lines", f"{found[2]} lines/s")
    yield Line(
        "audit verify, memory", f"{found[1]} lines", f"{grown / 1e6:,.0f} MB above a command that does nothing", "",
        f"≤ {GROWTH / 1e6:,.0f} MB", judged(grown <= GROWTH),
    )  # fmt: skip


def _lengthen(events: int) -> None:
    """Write lines into the centre's log until it has so many."""
    (centre,) = people.centres()
    ben = db.session.scalars(select(Person).where(Person.email == "ben@bench.example")).one()
    ledger, at, have = Ledger(centre.id), now() - timedelta(days=1), audit.head(centre.id)[0]
    facts = {"unit": "CS-302", "round": 1, "verdict": "met", "missing": [], "feedback_sha256": "0" * 64}
    for number in range(have, events):
        told = facts | {"point": str(number % 8), "number": number}
        ledger.tell("judged", f"assessment {number % 500}", by=ben, at=at, learner_id=None, **told)
        if number % BATCH == BATCH - 1:
            ledger.write()
    ledger.write()


def _opened(house: House, file: Path) -> Line:
    with house.open():
        (centre,) = people.centres()
        facts = [facts_of(person) for person in people.having(Role.LEARNER, centre_id=centre.id)]
    learners = [LearnerRecords(each, shelf(each), "0" * 64, "0" * 64) for each in facts]
    shown = [start_here.shown(each, "") for each in learners]
    cover = start_here.Cover("pack", facts[0].centre, facts[0].as_at, facts[0].software)
    file.write_bytes(start_here.page(shown, cover))
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path="/usr/bin/chromium-headless-shell", args=FLAGS)
        page = browser.new_page()
        page.goto(file.as_uri())
        page.get_by_role("rowheader").last.wait_for()
        there = page.evaluate("performance.getEntriesByType('navigation')[0].domContentLoadedEventEnd") / 1000
        browser.close()
    return Line(
        "START-HERE opened", f"{len(learners)} learners, {file.stat().st_size / 1e6:.1f} MB, from file://",
        f"{there:.2f} s until the list is there", "", f"≤ {SOON:.0f} s", judged(there <= SOON),
    )  # fmt: skip
