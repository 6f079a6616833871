"""Whoever takes a unit over in mid-work is given what the assessor of before had typed and not saved, and no more."""

import json
from typing import Any

import pytest

from portfolio.assessment import operations
from portfolio.assessment.models import Assessment
from portfolio.foundation.db import db, transaction
from portfolio.foundation.drafts.models import Sitting
from portfolio.people.rules import Role
from tests.fixtures import deeds
from tests.fixtures.cast import House
from tests.foundation.drafts.drafting import Page, told


@pytest.fixture
def assessment(house: House) -> Assessment:
    """Ada's unit, handed in; forms are sent without a token."""
    house.app.config["WTF_CSRF_ENABLED"] = False
    return deeds.handed_in(house.enrolment())


def at_point(assessment: Assessment, at: int = 0) -> str:
    """The place of the form of a verdict."""
    return f"judging-{assessment.id}-{deeds.points(assessment)[at].id}"


def allocates(house: House, nick: str) -> None:
    """The administrator gives Ada's unit to an assessor."""
    enrolment = house.enrolment()
    with transaction():
        assessor = house.person(nick) if nick else None
        operations.allocate(enrolment, assessor=assessor, iqa=enrolment.iqa, by=house.person("dee"))


def types(house: House, nick: str, place: str, text: str) -> Page:
    """Somebody types into a form of the desk and does not save it."""
    said = {"values": {"verdict=met": "true", "feedback": text}, "sent": "their-sending", "key": "their-key"}
    page = Page(house.browser(nick), place, turn=1)
    assert page.keeps(1, json.dumps(said)).status_code == 200
    return page


def given(house: House, nick: str, place: str) -> list[tuple[str | None, Any]]:
    """Whose words somebody is given for a form, and the words."""
    found = told(house.browser(nick), place)["drafts"]
    db.session.rollback()
    return [(one.get("whose"), json.loads(one["words"])["values"]["feedback"]) for one in found]


def test_words_that_were_typed_and_not_saved_are_there_for_who_takes_over_and_stay_with_who_typed_them(
    house: House, assessment: Assessment
) -> None:
    flaw, talk = f"flaw-{assessment.id}-1", [f"comment-{assessment.id}-1", f"answer-{assessment.id}-1"]
    types(house, "ben", at_point(assessment), "How long?")
    types(house, "ben", flaw, "It is old.")
    for place in talk:
        types(house, "ben", place, "What did he say?")
    allocates(house, "eve")
    for place in talk:
        assert given(house, "eve", place) == [("Ben Okafor", "What did he say?")]
    assert given(house, "eve", at_point(assessment)) == [("Ben Okafor", "How long?")]
    assert given(house, "eve", flaw) == [("Ben Okafor", "It is old.")]
    assert given(house, "ben", at_point(assessment)) == [(None, "How long?")]
    copy = json.loads(told(house.browser("eve"), flaw)["drafts"][0]["words"])
    assert set(copy) == {"values"}


def test_no_other_words_of_theirs_are_given_and_nobody_else_is(house: House, assessment: Assessment) -> None:
    other = [
        f"judging-{assessment.id}1-1",
        "judging-1",
        "note-new",
        f"flaw-9{assessment.id}-1",
    ]
    for place in other:
        types(house, "ben", place, "Mine alone.")
    types(house, "ben", at_point(assessment), "How long?")
    types(house, "ivy", at_point(assessment), "What Ivy thinks.")
    allocates(house, "eve")
    for place in other:
        assert given(house, "eve", place) == []
    assert given(house, "eve", at_point(assessment)) == [("Ben Okafor", "How long?")]
    for nick in ("ivy", "dee", "ada", "bob"):
        assert ("Ben Okafor", "How long?") not in given(house, nick, at_point(assessment))


def test_what_was_thrown_away_does_not_come_again_and_what_was_typed_since_does(
    house: House, assessment: Assessment
) -> None:
    page, place = types(house, "ben", at_point(assessment), "How long?"), at_point(assessment)
    allocates(house, "eve")
    copy = told(house.browser("eve"), place)["drafts"][0]
    house.browser("eve").post("/drafts/ended", data={"sitting": f"{copy['sitting']}@{copy['turn']}"})
    db.session.rollback()
    for nick in ("ben", "eve"):
        allocates(house, nick)
    assert given(house, "eve", place) == []
    allocates(house, "ben")
    page.keeps(2, json.dumps({"values": {"feedback": "How long was it?"}}))
    db.session.rollback()
    allocates(house, "eve")
    assert given(house, "eve", place) == [("Ben Okafor", "How long was it?")]


def test_words_go_on_to_a_third_under_the_name_of_who_typed_them_and_not_back_to_them(
    house: House, assessment: Assessment
) -> None:
    place = at_point(assessment)
    types(house, "ben", place, "How long?")
    allocates(house, "eve")
    types(house, "eve", place, "What Eve saw.")
    allocates(house, "ben")
    assert sorted(given(house, "ben", place), key=str) == [("Eve Tully", "What Eve saw."), (None, "How long?")]


def test_nobody_puts_words_under_the_name_of_another(house: House, assessment: Assessment) -> None:
    place = at_point(assessment)
    types(house, "ben", place, "How long?")
    allocates(house, "eve")
    copy = told(house.browser("eve"), place)["drafts"][0]
    forged = Page(house.browser("eve"), place, copy["sitting"])
    forged.keeps(copy["turn"] + 1, json.dumps({"values": {"feedback": "Forged."}, "whose": "Ben Okafor"}))
    assert given(house, "eve", place) == [(None, "Forged.")]


def test_words_that_were_handed_on_take_no_room_of_who_has_them(house: House, assessment: Assessment) -> None:
    with transaction():
        for at in range(200):
            words = json.dumps({"values": {"feedback": str(at)}})
            db.session.add(
                Sitting(
                    person_id=house.person("ben").id,
                    key=f"sitting-of-ben-{at:04}",
                    turn=1,
                    words=words,
                    place=at_point(assessment),
                )
            )
    allocates(house, "eve")
    types(house, "eve", "evidence-new-account", "Her own.")
    assert len(given(house, "eve", at_point(assessment))) == 200


def test_all_that_somebody_hands_over_goes_with_its_words(house: House, assessment: Assessment) -> None:
    types(house, "ben", at_point(assessment), "How long?")
    with transaction():
        operations.hand_over(house.person("ben"), Role.ASSESSOR, house.person("eve"), by=house.person("dee"))
    assert given(house, "eve", at_point(assessment)) == [("Ben Okafor", "How long?")]
    assert house.browser("ben").get(f"/marking/{assessment.id}").status_code == 404


def test_words_outlast_a_time_in_which_the_unit_was_nobodys(house: House, assessment: Assessment) -> None:
    decision = f"decision-{assessment.id}-1"
    types(house, "ben", at_point(assessment), "How long?")
    types(house, "ben", decision, "Nearly there.")
    types(house, "ada", at_point(assessment), "I am no assessor.")
    allocates(house, "")
    assert given(house, "eve", at_point(assessment)) == []
    allocates(house, "eve")
    assert given(house, "eve", at_point(assessment)) == [("Ben Okafor", "How long?")]
    assert given(house, "eve", decision) == [("Ben Okafor", "Nearly there.")]


def test_a_colleague_of_the_same_name_is_given_them_too(house: House, assessment: Assessment) -> None:
    types(house, "ben", at_point(assessment), "How long?")
    with transaction():
        house.person("eve").name = house.person("ben").name
    allocates(house, "eve")
    assert given(house, "eve", at_point(assessment)) == [("Ben Okafor", "How long?")]
