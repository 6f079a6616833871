"""Who is at the same work is told so, and what becomes of it meanwhile is said at once; no word is lost by it."""

from datetime import timedelta

import pytest
from flask.testing import FlaskClient

from portfolio.assessment import operations, queries
from portfolio.assessment.models import Assessment, Presence
from portfolio.foundation import clock
from portfolio.foundation.db import db, transaction
from portfolio.foundation.log.tables import Event
from portfolio.foundation.work.chores import chores
from portfolio.people.models import Person
from tests.fixtures import deeds
from tests.fixtures.cast import House


@pytest.fixture
def assessment(house: House) -> Assessment:
    """Ada's unit, handed in; forms are sent without a token."""
    house.app.config["WTF_CSRF_ENABLED"] = False
    return deeds.handed_in(house.enrolment())


def says(browser: FlaskClient, assessment: Assessment, **said: object) -> tuple[int, str]:
    """What an open desk is told."""
    answer = browser.post(f"/marking/{assessment.id}/here", data=said, headers={"X-Piece": "1"})
    db.session.rollback()
    return answer.status_code, answer.text


def round_id(assessment: Assessment) -> int:
    """The id of the round that is handed in."""
    found = queries.present_round(assessment)
    assert found is not None
    return found.id


def test_two_at_one_desk_see_each_other_by_name_and_point(house: House, assessment: Assessment) -> None:
    ben, ivy, point = house.browser("ben"), house.browser("ivy"), deeds.points(assessment)[2]
    lines = db.session.query(Event).count()
    assert says(ben, assessment, point=point.id)[1].count("is here") == 0
    assert "<p>Ben Okafor is here, at point 3.</p>" in says(ivy, assessment)[1]
    assert "<p>Ivy Lund is here.</p>" in says(ben, assessment, point=point.id)[1]
    assert "<p>Ben Okafor is here, at point 3.</p>" in says(house.browser("dee"), assessment)[1]
    assert says(ivy, assessment, left="y") == (204, "")
    assert "Ivy Lund" not in says(ben, assessment)[1]
    assert db.session.query(Event).count() == lines


def test_who_has_not_been_heard_of_for_forty_seconds_is_not_here(house: House, assessment: Assessment) -> None:
    for seconds, is_here in ((39, True), (41, False)):
        with clock.at(clock.now() - timedelta(seconds=seconds)), transaction():
            operations.be_here(assessment, None, by=house.person("ivy"))
        assert ("Ivy Lund is here" in says(house.browser("ben"), assessment)[1]) is is_here


def test_where_somebody_was_is_forgotten_after_a_day(house: House, assessment: Assessment) -> None:
    for nick, hours in (("ivy", 25), ("ben", 23)):
        with clock.at(clock.now() - timedelta(hours=hours)), transaction():
            operations.be_here(assessment, None, by=house.person(nick))
    for chore in chores(house.app):
        if chore.__module__.endswith("presence"):
            chore()
    assert [one.person_id for one in db.session.query(Presence)] == [house.person("ben").id]


def test_nobody_else_is_let_in_and_the_learner_is_told_nothing(house: House, assessment: Assessment) -> None:
    says(house.browser("ben"), assessment)
    for nick in ("ada", "abe", "eve", "bob", "dot", "ida"):
        status, text = says(house.browser(nick), assessment)
        assert (status, "Ben" in text) == (404, False), nick
    assert says(house.browser(), assessment)[0] in (302, 401)
    assert "is here" not in house.browser("ada").get(f"/portfolio/{assessment.enrolment_id}").text


def test_a_name_is_words_and_a_point_of_another_unit_is_none(house: House, assessment: Assessment) -> None:
    with transaction():
        db.session.get_one(Person, house.person("ivy").id).name = "<img src=x onerror=alert(1)>"
    strange = house.enrolment("amy").edition.points[0].id
    for point in (strange, 2**40, "<b>", -1):
        assert says(house.browser("ivy"), assessment, point=point, round=point)[0] == 200
    assert "<p>&lt;img src=x onerror=alert(1)&gt; is here.</p>" in says(house.browser("ben"), assessment)[1]


def test_the_pages_of_one_person_are_told_to_wait_beyond_once_a_second(house: House, assessment: Assessment) -> None:
    ben = house.browser("ben")
    found = [says(ben, assessment)[0] for _ in range(61)]
    assert found == [200] * 60 + [429]


def test_a_round_that_is_taken_back_is_said_at_the_desk_and_at_every_save(house: House, assessment: Assessment) -> None:
    ben, looked, first = house.browser("ben"), round_id(assessment), deeds.points(assessment)[0]
    assert "took this unit back" not in says(ben, assessment, round=looked)[1]
    deeds.take_back(assessment)
    sentence = "Ada Marsh took this unit back at "
    text = says(ben, assessment, round=looked)[1]
    assert sentence in text
    assert "What you typed is kept on this device and at the centre" in text
    assert "What you typed" not in says(house.browser("ivy"), assessment, round=looked)[1]
    typed = {"seen": "0", "round": looked, "verdict": "met", "feedback": "Well <heard>."}
    address = f"/marking/{assessment.id}/points/{first.id}"
    for said in (typed, typed | {"verdict": ""}):
        page = ben.post(address, data=said)
        assert page.status_code == 409
        assert sentence in page.text
        assert "Well &lt;heard&gt;." in page.text
    piece = ben.post(address, data=typed, headers={"X-Piece": "1", "Accept": "application/json"})
    assert piece.json is not None
    assert piece.json["sentence"].startswith(sentence)


def test_nothing_is_judged_of_a_hand_in_that_nobody_looked_at(house: House, assessment: Assessment) -> None:
    looked, first = round_id(assessment), deeds.points(assessment)[0]
    version = queries.handed(queries.present_round(assessment))[0].version_id  # type: ignore[arg-type]
    deeds.take_back(assessment)
    deeds.hand_in(house.enrolment())
    ben, there = house.browser("ben"), {"seen": "0", "round": looked}
    assert "took this unit back and handed it in again" in says(ben, assessment, round=looked)[1]
    verdict = ben.post(f"/marking/{assessment.id}/points/{first.id}", data=there | {"verdict": "met"})
    flaw = ben.post(
        f"/marking/{assessment.id}/evidence/{version}/flaw", data=there | {"fails": "valid", "reason": "So."}
    )
    assert (verdict.status_code, flaw.status_code) == (409, 409)
    assert "So." in flaw.text
    db.session.rollback()
    assert (queries.judgements(assessment), queries.flaws(assessment)) == ([], [])
    present = {"seen": "0", "round": round_id(assessment), "verdict": "met"}
    assert ben.post(f"/marking/{assessment.id}/points/{first.id}", data=present).status_code == 302


def test_a_decision_elsewhere_and_a_withdrawal_are_said(house: House, assessment: Assessment) -> None:
    looked, ben = round_id(assessment), house.browser("ben")
    deeds.judge_all(assessment)
    deeds.award(assessment)
    assert "Ben Okafor decided at " in says(ben, assessment, round=looked)[1]
    deeds.withdraw(assessment.enrolment, house.person("dee"))
    assert "Ada Marsh was withdrawn from this unit" in says(ben, assessment, round=looked)[1]
