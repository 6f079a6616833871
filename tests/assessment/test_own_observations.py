"""The internal quality assurer is told where a verdict rests on nothing but observations by whoever gave it."""

import pytest

from portfolio.assessment import operations
from portfolio.assessment.models import Assessment
from portfolio.foundation.db import transaction
from tests.evidence.meetings import meeting as meetings
from tests.fixtures import deeds
from tests.fixtures.cast import House

pytestmark = pytest.mark.slow

TOLD = "Points 1 and 2 rest on observations by Ben Okafor alone, who also judged them."


def observed(house: House) -> None:
    """Ben saw what the first two points ask for, and ada agrees."""
    meeting = meetings.under_way(house.person("ada"), house.person("ben"))
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


def test_it_is_told_on_the_decision_and_to_the_quality_assurer(house: House) -> None:
    observed(house)
    assessment = handed_in(house)
    assert not shown(house, "ivy", assessment), "nothing is judged yet"
    deeds.judge_all(assessment)
    assert shown(house, "ben", assessment, "/decision")
    assert shown(house, "ivy", assessment)
    deeds.award(assessment)
    assert shown(house, "ivy", assessment)


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
