"""The internal quality assurer is told where a verdict rests on nothing but observations by whoever gave it."""

from dataclasses import replace

import pytest

from exports.facts.snapshot import log_check
from portfolio.assessment import operations
from portfolio.assessment.models import Assessment
from portfolio.evidence.rules import Kind
from portfolio.foundation.db import db, transaction
from portfolio.foundation.log import audit
from tests.evidence.meetings import meeting as meetings
from tests.fixtures import deeds
from tests.fixtures.cast import House

pytestmark = pytest.mark.slow

TOLD = "Points 1 and 2 rest on observations or discussions by Ben Okafor alone, who also judged them."

HEARD = replace(meetings.TOPIC, points=(("T-1", "1"),))


def observed(house: House, kind: Kind = Kind.OBSERVATION) -> None:
    """Ben saw or heard what the first two points ask for, and ada agrees."""
    entries = (meetings.STEP, meetings.QUESTION) if kind is Kind.OBSERVATION else (HEARD, meetings.QUESTION)
    meeting = meetings.under_way(house.person("ada"), house.person("ben"), entries, kind=kind)
    meetings.sign(meeting)
    meetings.answer(meeting)


def handed_in(house: House) -> Assessment:
    """The last point is claimed in an account, and the unit is handed in."""
    item = deeds.write(house.person("ada"))
    deeds.claim(item, deeds.place_of(item, deeds.SENTENCES[2]), house.enrolment().edition.points[2:])
    return deeds.hand_in(house.enrolment())


def shown(house: House, nick: str, assessment: Assessment, page: str = "") -> bool:
    """Whether the sentence stands on a page about the marking."""
    answer = house.browser(nick).get(f"/marking/{assessment.id}{page}")
    assert answer.status_code == 200
    return TOLD in answer.text


@pytest.mark.parametrize("kind", [Kind.OBSERVATION, Kind.DISCUSSION])
def test_it_is_told_on_the_decision_and_to_the_quality_assurer(house: House, kind: Kind) -> None:
    observed(house, kind)
    assessment = handed_in(house)
    assert not shown(house, "ivy", assessment), "nothing is judged yet"
    deeds.judge_all(assessment)
    assert shown(house, "ben", assessment, "/decision")
    assert shown(house, "ivy", assessment)
    deeds.award(assessment)
    assert shown(house, "ivy", assessment)


def test_it_stands_in_the_line_of_the_decision_and_in_the_lists_of_the_quality_assurer(house: House) -> None:
    observed(house)
    assessment = handed_in(house)
    deeds.judge_all(assessment)
    deeds.award(assessment)
    (line,) = [one for one in audit.lines(assessment.centre_id) if one["deed"] == "decided"]
    assert line["facts"]["resting_on_own"] == ["1", "2"]
    listed = house.browser("ivy").get("/marking?state=achieved").text
    assert "own observations or discussions alone: 1, 2" in listed
    unit = house.browser("ivy").get(f"/portfolio/{assessment.enrolment_id}").text
    assert "Noted for the internal quality assurer" in unit
    assert "Noted for" not in house.browser("ada").get(f"/portfolio/{assessment.enrolment_id}").text
    db.session.rollback()
    assert list(log_check.differing(house.person("ada"), log_check.Counter())) == []
    with transaction():
        db.session.merge(assessment).rounds[0].resting_on_own = []
    assert "what was noted for the quality assurer" in str(
        list(log_check.differing(house.person("ada"), log_check.Counter()))
    )


def test_nothing_is_noted_of_a_decision_that_is_retracted(house: House) -> None:
    observed(house)
    assessment = handed_in(house)
    deeds.judge_all(assessment)
    deeds.award(assessment)
    ben = house.person("ben")
    with transaction():
        operations.retract(assessment, by=ben)
    assert assessment.rounds[0].resting_on_own is None
    assert "own observations" not in house.browser("ivy").get("/marking?state=handed+in").text


def test_it_is_not_told_where_something_else_shows_the_point_too(house: House) -> None:
    observed(house)
    item = deeds.write(house.person("ada"), title="The same")
    for number in (0, 1):
        place = deeds.place_of(item, deeds.SENTENCES[number])
        deeds.claim(item, place, house.enrolment().edition.points[number : number + 1])
    assessment = handed_in(house)
    deeds.judge_all(assessment)
    answer = house.browser("ivy").get(f"/marking/{assessment.id}")
    assert "rests on observations" not in answer.text
    assert "rest on observations" not in answer.text


def test_it_is_not_told_where_another_assessor_gave_the_verdict(house: House) -> None:
    observed(house)
    assessment = handed_in(house)
    with transaction():
        eve, ivy, dee = (house.person(nick) for nick in ("eve", "ivy", "dee"))
        operations.allocate(house.enrolment(), assessor=eve, iqa=ivy, by=dee)
    deeds.judge_all(assessment)
    assert not shown(house, "ivy", assessment)
    assert not shown(house, "eve", assessment, "/decision")
