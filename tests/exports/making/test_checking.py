"""Nothing leaves that our own verifier rejects: every pack and every report is put before it first."""

import io
import logging
import random
from itertools import pairwise

import pytest
from sqlalchemy import update

from exports import operations
from exports.making import checking
from exports.models import Export, Report
from exports.pack import bag
from exports.signing import keys
from portfolio.evidence import operations as gathering
from portfolio.evidence import queries as evidence
from portfolio.evidence.arrivals import operations as arrivals
from portfolio.evidence.content import compose
from portfolio.evidence.drafts import Draft
from portfolio.evidence.places.locators import Whole
from portfolio.evidence.rules import Kind
from portfolio.foundation import files
from portfolio.foundation.db import db, transaction
from portfolio.foundation.errors import Refused
from portfolio.foundation.log.audit import Event
from portfolio.foundation.settings import current
from portfolio.foundation.work import jobs
from portfolio.foundation.work.jobs import Job
from tests.fixtures import deeds
from tests.fixtures.cast import House
from tests.foundation.log.test_log_rows import unguarded

pytestmark = pytest.mark.slow

on_sqlite = pytest.mark.parametrize("database", ["sqlite"], indirect=True)
CONTENTS = {
    "data/call.wav": random.Random(1).randbytes(3_000_000),
    "data/empty.txt": b"",
    "data/photo.jpg": random.Random(2).randbytes(66_000),
}
MEMBERS = bag.bag([bag.written(*one) for one in CONTENTS.items()], "pack", info={})


def made(house: House) -> Export:
    """A pack of ada, asked for and done by the worker."""
    with transaction():
        export = operations.ask_pack([house.person("ada")], by=house.person("dee"))
    assert export.job_id
    jobs.run(export.job_id, lambda _name, deed, *given: deed(*given))
    db.session.expire_all()
    return export


def test_a_laid_out_pack_is_read_like_the_file_that_will_be_streamed() -> None:
    whole, dice = b"".join(bag.stream(MEMBERS)), random.Random(3)
    laid = checking.PackFile(MEMBERS, checking.silent)
    assert laid.size == len(whole)
    assert laid.read() == whole
    for _ in range(300):
        at, size = dice.randrange(len(whole)), dice.choice((1, 40, 5_000, 1_500_000))
        assert laid.seek(at) == at
        assert laid.read(size) == whole[at : at + size]
        assert laid.read(size) == whole[at + size : at + 2 * size], "and on from there"
    laid.seek(0)
    cuts = [*range(0, len(whole), 900_001), len(whole)]
    assert all(laid.read(end - start) == whole[start:end] for start, end in pairwise(cuts))
    assert laid.read(5) == b""


@on_sqlite
def test_a_pack_is_offered_once_the_verifier_has_read_it_and_a_report_is_kept_only_when_it_holds(house: House) -> None:
    deeds.handed_in(house.enrolment())
    export = made(house)
    assert export.job
    assert (export.job.state, export.job.error) == ("done", "")
    assert export.finished_at
    trusted = keys.fingerprint(house.person("ada").centre, current())
    with files.store().open(db.session.query(Report).one().sha256) as file:
        content = file.read()
    checking.ensure_report_holds(content, trusted)
    for spoiled, by in ((content + b"\n", trusted), (content, "0" * 64)):
        with pytest.raises(Refused, match="does not hold before our own verifier"):
            checking.ensure_report_holds(spoiled, by)


@on_sqlite
def test_a_pack_that_does_not_verify_is_not_offered_and_says_why(
    house: House, caplog: pytest.LogCaptureFixture
) -> None:
    deeds.handed_in(house.enrolment())
    with unguarded("event"):
        first = db.session.query(Event).filter_by(learner_id=house.person("ada").id).order_by(Event.seq).first()
        assert first
        db.session.execute(update(Event).where(Event.id == first.id).values(actor="Somebody Else"))
        seq = first.seq
    with caplog.at_level(logging.ERROR, "markwell"):
        export = made(house)
    assert export.job
    assert (export.job.state, export.finished_at) == ("failed", None)
    assert f"data/log/events.jsonl, event {seq}: was changed after it was written." in export.job.error
    assert len([line for line in caplog.messages if "The pack does not verify" in line]) == 1
    page = house.browser("dee").get(f"/exports/{export.id}")
    assert "does not hold before our own verifier, so it is not offered" in page.text
    assert house.browser("dee").get(f"/exports/{export.id}/file").status_code == 409


@on_sqlite
def test_a_file_whose_preparation_is_stopped_or_asked_for_again_holds_up_no_report(house: House) -> None:
    person, points = house.person("ada"), house.enrolment().edition.points
    stored = files.store().put(io.BytesIO(b"%PDF-1.4 no pages"))
    with transaction():
        file = arrivals.keep(stored, "till.pdf", ("document", "application/pdf"), by=person)
        till = compose(Draft("The till", files=(file.id,)))
        item = gathering.add(Kind.WORK_PRODUCT, till, learner=person, by=person)
        gathering.claim(evidence.latest(item), Whole(), points[:1], reason="", by=person)
    deeds.handed_in(house.enrolment())
    waiting = db.session.query(Job).filter_by(kind="prepare").one()
    with transaction():
        arrivals.stop_preparing(waiting, file, by=house.person("dee"))
    assert file.prepared == "failed"
    assert made(house).job.state == "done"  # type: ignore[union-attr]
    with transaction():
        arrivals.prepare_again(file, by=house.person("dee"))
    assert made(house).job.state == "done"  # type: ignore[union-attr]
