"""Worker and web server are killed while proof is made and taken away: each export is finished once, and holds."""

import http.client
import json
import logging
import os
import random
import socket
import threading
from collections import Counter
from collections.abc import Callable, Iterator
from itertools import cycle, islice
from pathlib import Path
from typing import Any

import pytest
from flask import Flask

from exports import operations, verify
from exports.models import Export, Report
from portfolio.evidence import operations as evidence
from portfolio.evidence.content import compose
from portfolio.evidence.drafts import Draft
from portfolio.foundation import files
from portfolio.foundation.db import db, transaction
from portfolio.foundation.log import audit
from portfolio.foundation.work import jobs
from portfolio.foundation.work.jobs import Job
from tests.faults import centre, checks
from tests.faults.centre import person
from tests.faults.programs import WHOLE_HOUSE, Nursery, free_port, nursery, serving, until, working
from tests.faults.visitors import Door, Visitor

pytestmark = pytest.mark.slow
SEED = int(os.environ.get("FAULTS_SEED", "20261122"))
DIARY = logging.getLogger("faults")
"""Shown when a test fails: what was killed when."""
KILLS = int(os.environ.get("FAULTS_KILLS", "12"))
"""How often worker and web server are killed, all in all; `make faults` asks for 100."""
CUTS = KILLS // 4
"""How many of these hit the web server while a pack is taken."""
MOMENTS = (("Typesetting", 1.5), ("Adding up", 0.1), ("kept", 0.5), ("Adding up", 0.1))
"""What the worker does when the clock starts, and the latest moment after that at which it is killed, in turn; `kept`:
it has entered a report into the register.
"""
ATTACHED = 16_000_000
"""More than a connection takes in while nobody reads."""


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory) -> Flask:
    return centre.opened(tmp_path_factory.mktemp("house"), attached=random.Random(SEED).randbytes(ATTACHED))


@pytest.fixture(scope="module")
def home(house: Flask) -> Iterator[Nursery]:
    with nursery(house, WHOLE_HOUSE) as started:
        with working(started):
            until(lambda: closed(house))
        yield started


@pytest.fixture(scope="module")
def ira(home: Nursery) -> Visitor:
    """Signed in once; the cookie holds whatever happens to the server."""
    visitor = Visitor(Door(), "Ira")
    visitor.door.port = free_port()
    with serving(home, visitor.door.port):
        visitor.sign_in()
    return visitor


def test_packs_are_made_once_however_often_their_worker_is_killed(
    house: Flask, home: Nursery, ira: Visitor, tmp_path: Path
) -> None:
    dice, asked = random.Random(SEED), [ask(house)]
    for doing, latest in islice(cycle(MOMENTS), KILLS - CUTS):
        if closed(house):
            change(house, number=len(asked))
            asked.append(ask(house))
        killed_while(doing, house, home, after=dice.uniform(0, latest))
    with working(home):
        until(lambda: closed(house))
    with house.app_context():
        for id in asked:
            ensure_made_once(id)
        ensure_typeset_once()
        checks.ensure_sound()
        checks.ensure_swept()
    for id in asked:
        ensure_holds(taken(home, ira, id), tmp_path / f"{id}.zip")


def test_a_download_that_is_cut_off_is_seen_to_be_short_and_goes_on_where_it_broke(
    house: Flask, home: Nursery, ira: Visitor, tmp_path: Path
) -> None:
    dice, id = random.Random(SEED), ask(house)
    with working(home):
        until(lambda: closed(house))
    came = b""
    for _ in range(CUTS):
        came += cut_off(home, ira, id, at=len(came), after=dice.randrange(1, ATTACHED // CUTS // 4))
    came += taken(home, ira, id, at=len(came))
    with house.app_context():
        assert len(came) == db.session.get_one(Export, id).size
        taken_away = [one for one in audit.lines(centre_id()) if one["deed"] == "pack taken"]
        assert len([one for one in taken_away if one["subject"] == f"export {id}"]) == 1, "one transfer, one line"
    assert taken(home, ira, id) == came
    ensure_holds(came, tmp_path / "pack.zip")


@pytest.mark.usefixtures("home")
def test_a_learner_who_goes_on_working_while_a_pack_is_made_is_in_it_all_the_same(house: Flask) -> None:
    id, wrote = ask(house), []

    def steps(name: str, deed: Callable[..., Any], *args: Any) -> Any:
        if name == "plan":
            change(house, number=1000 + len(wrote))
            wrote.append(name)
        return deed(*args)

    with house.app_context():
        jobs.run(str(db.session.get_one(Export, id).job_id), steps)
        assert wrote
        ensure_made_once(id)
        with files.store().open(db.session.get_one(Export, id).plan_sha256) as plan:
            reports = [row[0] for row in json.load(plan) if row[0].endswith(".pdf")]
        assert len(reports) == len(centre.LEARNERS)


def cut_off(home: Nursery, ira: Visitor, id: int, *, at: int, after: int) -> bytes:
    """What came of a pack from an offset on before the web server was killed; the browser knows that it is not all."""
    ira.door.port = free_port()
    with serving(home, ira.door.port) as server:
        line = http.client.HTTPConnection("127.0.0.1", ira.door.port, timeout=60)
        line.connect()
        line.sock.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 65536)  # what is on its way is never all that is left
        line.request("GET", f"/exports/{id}/file", headers=ira.headers() | {"Range": f"bytes={at}-"})
        answer = line.getresponse()
        came = answer.read(after)
        home.kill(server)
        with pytest.raises((http.client.IncompleteRead, ConnectionError)):
            answer.read()
        line.close()
    return came


def ask(house: Flask) -> int:
    with house.app_context(), transaction():
        return operations.ask_pack([person(name) for name in centre.LEARNERS], by=person("Ira")).id


def change(house: Flask, *, number: int) -> None:
    """Cai writes on, so that one report is no longer what it was."""
    with house.app_context(), transaction():
        text, cai = compose(Draft("The diary", text=f"Day {number}.")), person("Cai")
        diary = centre.item("Cai", 2)
        evidence.save(diary, text, based_on=diary.latest, by=cai)


def killed_while(doing: str, house: Flask, home: Nursery, *, after: float) -> None:
    """Kill the worker at a moment after it has said, or shown, what it does."""
    with house.app_context(), transaction():
        db.session.query(Job).filter(Job.state.in_(jobs.OPEN)).update({"step": ""})
    before = reports(house)
    with working(home) as worker:
        until(lambda: (reports(house) > before if doing == "kept" else said(house).startswith(doing)) or closed(house))
        threading.Event().wait(after)  # the random moment itself; nothing is waited for
        home.kill(worker)
    doings = said(house) or "finished"
    DIARY.warning("killed %.0f ms after %r: %s reports, %s", after * 1000, doing, reports(house), doings)


def reports(house: Flask) -> int:
    with house.app_context():
        return db.session.query(Report).count()


def said(house: Flask) -> str:
    with house.app_context():
        job = db.session.query(Job).filter(Job.state.in_(jobs.OPEN)).first()
        return job.step if job else ""


def closed(house: Flask) -> bool:
    with house.app_context():
        return not db.session.query(Job).filter(Job.state.in_(jobs.OPEN)).count()


def ensure_made_once(id: int) -> None:
    export = db.session.get_one(Export, id)
    assert export.job
    assert (export.job.state, export.job.result) == ("done", {"export": id, "failures": {}})
    assert export.finished_at
    assert export.failures == {}
    lines = [one for one in audit.lines(export.centre_id) if one["subject"] == f"export {id}"]
    assert [one["deed"] for one in lines if one["deed"] != "pack taken"] == ["pack asked for", "pack made"]
    assert lines[1]["facts"]["tagmanifest_sha256"] == export.sha256


def ensure_typeset_once() -> None:
    """Whoever did not change has one report, however often it was asked for; who wrote on, at most one a version."""
    made = Counter(report.learner_id for report in db.session.query(Report))
    assert made[person("Ada").id] == made[person("Dot").id] == 1
    assert 1 <= made[person("Cai").id] <= centre.item("Cai", 2).latest


def taken(home: Nursery, ira: Visitor, id: int, *, at: int = 0) -> bytes:
    """The file as Ira's browser gets it, or the rest of it."""
    ira.door.port = free_port()
    with serving(home, ira.door.port):
        answer, content = ira.ask("GET", f"/exports/{id}/file", Range=f"bytes={at}-")
    assert answer.status == 206
    return content


def centre_id() -> int:
    return person("Ira").centre_id


def ensure_holds(content: bytes, path: Path) -> None:
    path.write_bytes(content)
    result = verify.check(path)
    assert result.holds, verify.spoken(result)
