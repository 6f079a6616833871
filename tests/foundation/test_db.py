"""What is done in one transaction is done whole or not at all, and no update is lost among many writers."""

import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import text
from sqlalchemy.exc import IntegrityError, StatementError

from portfolio.evidence.models import Evidence
from portfolio.foundation.db import connect, db, hold, like, transaction
from portfolio.foundation.errors import Conflict
from portfolio.foundation.log import audit
from portfolio.foundation.log.deeds import Deed
from portfolio.people.models import Centre, Person
from tests.fixtures import deeds
from tests.fixtures.cast import House

TIMES = 25


COUNTER = """
import sys
from flask import Flask
from sqlalchemy import text
from portfolio.foundation.db import connect, db, transaction
app = Flask("counter")
connect(app, sys.argv[1])
with app.app_context():
    for _ in range(int(sys.argv[2])):
        with transaction():
            now = db.session.execute(text("SELECT n FROM counter")).scalar_one()
            db.session.execute(text("UPDATE counter SET n = :n"), {"n": now + 1})
"""
"""What each of several processes does: read a number, write it back one higher."""


def test_four_processes_that_count_lose_nothing(tmp_path: Path) -> None:
    app, url = Flask("counter"), f"sqlite:///{tmp_path / 'counter.db'}"
    connect(app, url)
    with app.app_context():
        with transaction():
            db.session.execute(text("CREATE TABLE counter (n INTEGER)"))
            db.session.execute(text("INSERT INTO counter VALUES (0)"))
        started = [subprocess.Popen([sys.executable, "-c", COUNTER, url, str(TIMES)]) for _ in range(4)]
        assert [process.wait() for process in started] == [0] * 4
        db.session.rollback()
        assert db.session.execute(text("SELECT n FROM counter")).scalar_one() == 4 * TIMES
        db.session.remove()
        db.engine.dispose()


def test_writers_who_hold_the_same_row_take_turns(house: House) -> None:
    id = house.person("ada").centre_id

    def lengthen(_: int) -> None:
        with house.app.app_context():
            for _ in range(10):
                with transaction():
                    centre = db.session.get_one(Centre, id)
                    hold(centre)
                    centre.name += "."
            db.session.remove()

    db.session.rollback()
    with ThreadPoolExecutor(4) as pool:
        list(pool.map(lengthen, range(4)))
    assert db.session.get_one(Centre, id).name == "Harbour Street" + "." * 40


def test_a_deed_that_fails_leaves_neither_itself_nor_its_event(house: House) -> None:
    ada = house.person("ada")
    before = audit.head(ada.centre_id)
    with suppress(IntegrityError, Conflict), transaction():
        audit.record(Deed.PERSON_CHANGED, "person 1", by=ada)
        for _ in range(2):
            db.session.add(Evidence(centre_id=ada.centre_id, learner_id=ada.id, number=1, kind="account"))
    assert db.session.query(Evidence).count() == 0
    assert audit.head(ada.centre_id) == before


def test_what_was_read_before_is_read_afresh_in_a_transaction(house: House) -> None:
    ada = house.person("ada")
    assert ada.work == ""
    with db.engine.begin() as other:
        other.execute(text("UPDATE person SET work = 'At the desk' WHERE id = :id"), {"id": ada.id})
    with transaction():
        assert ada.work == "At the desk"


def test_what_was_judged_cannot_be_deleted_under_it(house: House) -> None:
    deeds.handed_in(house.enrolment())
    for table in ("claim", "version", "evidence", "point", "edition", "person", "enrolment", "round"):
        with pytest.raises(IntegrityError), transaction():
            db.session.execute(text(f"DELETE FROM {table}"))


def test_the_database_itself_refuses_to_change_what_was_judged_published_or_told(house: House) -> None:
    assessment = deeds.handed_in(house.enrolment())
    deeds.judge(assessment, deeds.points(assessment)[0], deeds.MET)
    for change in (
        "UPDATE judgement SET verdict = 'not met'", "DELETE FROM judgement", "UPDATE event SET actor = 'Nobody'",
        "DELETE FROM event WHERE seq > 3", "UPDATE edition SET title = 'Other'", "UPDATE point SET text = 'Other'",
        "UPDATE version SET plain = 'Other'", "UPDATE handed_claim SET reason = 'Other'", "DELETE FROM handed_version",
    ):  # fmt: skip
        with pytest.raises(IntegrityError, match="stays as it is"), transaction():
            db.session.execute(text(change))
    assert audit.check(audit.lines(assessment.centre_id), audit.head(assessment.centre_id)) is None


def test_moments_come_back_as_they_were_whatever_zone_they_were_given_in(house: House) -> None:
    moment = datetime(2026, 3, 4, 9, 30, tzinfo=timezone(timedelta(hours=5, minutes=30)))
    with transaction():
        house.person("ada").joined_at = moment
    db.session.expire_all()
    assert house.person("ada").joined_at == moment
    assert house.person("ada").joined_at.tzinfo is UTC


def test_a_moment_without_a_zone_is_refused(house: House) -> None:
    with pytest.raises(StatementError, match="without a time zone"), transaction():
        house.person("ada").joined_at = datetime(2026, 3, 4)  # noqa: DTZ001 - the very thing that is refused


@pytest.mark.parametrize("words", ["100%", "a_b", "back\\slash", "%_\\"])
def test_signs_with_a_meaning_to_the_database_are_looked_for_as_they_are(house: House, words: str) -> None:
    with transaction():
        house.person("ada").work = f"says {words} often"
        house.person("abe").work = "says 100 axb backslash often"
    found = db.session.query(Person).filter(Person.work.like(like(words), escape="\\")).all()
    assert [person.name for person in found] == ["Ada Marsh"]
