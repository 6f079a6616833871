"""Web server and worker are killed at random moments: nothing acknowledged is lost, and jobs finish once."""

import logging
import os
import random
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import pytest
from flask import Flask

from portfolio.assessment.models import Judgement
from portfolio.evidence.arrivals import landing
from portfolio.evidence.arrivals.models import Upload
from portfolio.evidence.models import Claim, Evidence, File, Version
from portfolio.evidence.rules import Kind
from portfolio.evidence.signatures.models import Signature
from portfolio.evidence.witnesses.models import WitnessRequest
from portfolio.foundation.db import db
from portfolio.foundation.drafts.models import Sitting
from portfolio.foundation.work import jobs
from portfolio.foundation.work.jobs import Job
from tests.faults import centre, checks
from tests.faults.programs import WHOLE_HOUSE, Nursery, free_port, nursery, serving, until, working
from tests.faults.typist import Typist
from tests.faults.visitors import Assessor, Claimer, Door, Uploader, Visitor, Writer
from tests.faults.witness import Witness

pytestmark = pytest.mark.slow
SEED = int(os.environ.get("FAULTS_SEED", "20261122"))
KILLS = int(os.environ.get("FAULTS_KILLS", "30"))
LINKS = 15
"""Of one learner; who holds them signs all but the last."""
DIARY = logging.getLogger("faults")
"""Shown when a test fails: what was killed when."""
SOONEST, LATEST = 0.05, 0.6
"""Seconds of work after which a program is killed."""


Everybody = tuple[Uploader, Assessor, Writer, Claimer, Witness, Typist]


@pytest.fixture
def house(tmp_path: Path) -> Flask:
    return centre.opened(tmp_path)


@pytest.fixture
def home(house: Flask) -> Iterator[Nursery]:
    with nursery(house, WHOLE_HOUSE) as started:
        yield started


def test_thirty_kills_in_mid_upload_and_mid_save_lose_nothing_that_was_acknowledged(
    house: Flask, home: Nursery
) -> None:
    dice, door = random.Random(SEED), Door()
    ada, ben, cai, dot, gwen, ira = people = visitors(house, door, dice)
    signed_in(home, door, people)
    with busy(door, people):
        for kill in range(1, KILLS + 1):
            killed_in_mid_work(home, door, dice, kill)
        for one in people:
            DIARY.warning("%s: %s acknowledged, %s cut off", one.name, len(one.kept), one.cut_off)
        with serving(home, port := free_port()):
            door.opens(port)
            until(lambda: door.over.is_set() or all(len(one.kept) > KILLS // 3 for one in people))
            door.shuts()
    with working(home):
        until(lambda: closed(house))
    assert sum(one.cut_off for one in people) >= KILLS, "the kills came in the middle of work"
    with house.app_context():
        checks.ensure_sound()
        checks.ensure_jobs_done_once()
        ensure_files_kept(ada)
        ensure_verdicts_kept(ben)
        ensure_versions_kept(cai)
        ensure_claims_kept(dot)
        ensure_words_kept(gwen)
        ensure_drafts_kept(ira)
        checks.ensure_swept()


def visitors(house: Flask, door: Door, dice: random.Random) -> Everybody:
    with house.app_context():
        assessments = [centre.handed_in(name) for name in centre.LEARNERS]
        points = [point.id for point in assessments[0].enrolment.edition.points]
        pairs = [(assessment.id, point) for assessment in assessments for point in points]
        return (
            Uploader(door, "Ada", random.Random(dice.random())),
            Assessor(door, "Ben", random.Random(dice.random()), pairs),
            Writer(door, "Cai", centre.item("Cai", 2).id),
            Claimer(door, "Dot", centre.item("Dot", 1).versions[0], points[:2]),
            Witness(door, "Gwen", centre.asked("Dot", LINKS)),
            Typist(door, "Ira"),
        )


def signed_in(home: Nursery, door: Door, people: Sequence[Visitor]) -> None:
    door.port = free_port()
    with serving(home, door.port):
        for person in people:
            person.sign_in()


@contextmanager
def busy(door: Door, people: Sequence[Visitor]) -> Iterator[None]:
    """Everybody works at the same time, until the end of the block; what went wrong for one of them is raised."""
    faults: list[BaseException] = []

    def work(person: Visitor) -> None:
        try:
            person.visit()
        except BaseException as fault:  # noqa: BLE001 - told to the test below
            faults.append(fault)
            door.over.set()

    threads = [threading.Thread(target=work, args=(person,)) for person in people]
    for thread in threads:
        thread.start()
    try:
        yield
    finally:
        door.over.set()
        for thread in threads:
            thread.join()
    if faults:
        raise faults[0]


def killed_in_mid_work(home: Nursery, door: Door, dice: random.Random, kill: int) -> None:
    """Start both programs, let people work, and kill each at its own random moment; the moments are printed."""
    moments = sorted((dice.uniform(SOONEST, LATEST), program) for program in ("web server", "worker"))
    port = free_port()
    with working(home) as worker, serving(home, port) as server:
        door.opens(port)
        until(lambda: len(door.acted) == 6 or door.over.is_set())
        passed = 0.0
        for moment, program in moments:
            threading.Event().wait(moment - passed)  # the random moment itself; nothing is waited for
            home.kill(server if program == "web server" else worker)
            passed = moment
            DIARY.warning("kill %s: %s after %.0f ms", kill, program, moment * 1000)
        door.shuts()


def closed(house: Flask) -> bool:
    with house.app_context():
        return not db.session.query(Job).filter(Job.state.in_(jobs.OPEN)).count()


def ensure_files_kept(ada: Uploader) -> None:
    kept = {file.id: file.sha256 for file in db.session.query(File)}
    assert ada.kept.items() <= kept.items()
    assert len(kept) - len(ada.kept) <= 1, "each file was made once; the end of the last was perhaps not heard"
    for upload in db.session.query(Upload).filter(Upload.file_id.is_(None)):
        there = landing.place(upload.id).read_bytes()
        if upload.id in ada.place:
            assert ada.content.startswith(there)
            assert len(there) >= ada.acknowledged
        else:
            assert there == b"", "an upload whose beginning was not heard of"


def ensure_verdicts_kept(ben: Assessor) -> None:
    given = {(one.assessment_id, one.point_id, one.number): one.feedback for one in db.session.query(Judgement)}
    assert ben.kept.items() <= given.items()
    assert len(given) - len(ben.kept) <= ben.cut_off, "and no verdict was given twice"


def ensure_versions_kept(cai: Writer) -> None:
    saved = {one.number: one.text for one in db.session.query(Version).filter_by(evidence_id=cai.diary)}
    assert cai.kept.items() <= saved.items()
    assert len(saved) - 1 - len(cai.kept) <= cai.cut_off


def ensure_claims_kept(dot: Claimer) -> None:
    rows = db.session.query(Claim).filter_by(evidence_id=dot.evidence)
    made = [(str(one.locator["selector"][0]["exact"]), one.point_id) for one in rows]
    assert dot.kept <= set(made)
    assert len(made) == len(set(made)), "no place was claimed twice"
    assert len(made) - len(dot.kept) - len(centre.CLAIMED) in {0, 2}, (
        "the last one, unheard of, for both points or none"
    )


def ensure_words_kept(gwen: Witness) -> None:
    """What was signed stands once, with its line, its words and who is told; a draft that was acknowledged is there."""
    rows = {one.id: one for one in db.session.query(WitnessRequest)}
    signed = [one for one in rows.values() if one.signed_at]
    assert gwen.signed <= {one.id for one in signed}
    assert len(signed) - len(gwen.signed) <= 1
    for one in signed:
        assert one.evidence is not None
        (version,) = one.evidence.versions
        assert [each.sha256 for each in db.session.query(Signature).filter_by(version_id=version.id)] == [
            version.sha256
        ]
        assert one.draft == {}
        assert list(one.questions) == ["1"]
    for id, number in gwen.kept.items():
        assert rows[id].signed_at or rows[id].draft["turn"] >= number
    assert db.session.query(Evidence).filter_by(kind=Kind.TESTIMONY).count() == len(signed)


def ensure_drafts_kept(ira: Typist) -> None:
    """Every draft that was called safe is there with these words or later ones; what was thrown away is nowhere."""
    rows = {one.key: one for one in db.session.query(Sitting)}
    for sitting, turn in ira.kept.items():
        row = rows[sitting]
        assert not row.ended
        assert row.turn >= turn
        assert row.words == ira.words(sitting, row.turn)
    assert all(rows[sitting].ended and not rows[sitting].words for sitting in ira.ended)
