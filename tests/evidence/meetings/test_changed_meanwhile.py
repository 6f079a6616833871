"""Two windows, another assessor, another edition: what a meeting’s pages do when something changed meanwhile."""

import io
import re
from dataclasses import replace

import pytest

from portfolio.assessment import operations as assessments
from portfolio.evidence import queries as evidence
from portfolio.evidence.meetings.lifecycle import MeetingState
from portfolio.foundation.db import db, transaction
from portfolio.units import operations as units
from tests.evidence.meetings import meeting as meetings
from tests.evidence.meetings.meeting import only
from tests.fixtures.cast import UNIT, House

pytestmark = pytest.mark.slow


def test_a_number_that_is_of_another_entry_by_now_changes_nothing_however_often_it_is_sent(open_house: House) -> None:
    house, ben = open_house, open_house.browser("ben")
    meeting = meetings.under_way(house.person("ada"), house.person("ben"))
    address = f"/meetings/{meeting.id}/entries/0"
    form = dict(re.findall(r'name="(based_on|entry_seen)"[^>]* value="(\w+)"', ben.get(address).text))
    meetings.write(only(), replace(meetings.STEP, words="He came in.", at="9:00"))
    again = ben.post(address, data={"sort": "step", "words": "She greeted him.", "at": "10:41"} | form)
    assert "in another window" in again.text
    form = dict(re.findall(r'name="(based_on|entry_seen)"[^>]* value="(\w+)"', again.text))
    assert form["based_on"] == str(only().saved)
    again = ben.post(address, data={"sort": "step", "words": "She greeted him.", "at": "10:41"} | form)
    assert "of another entry by now" in again.text
    assert "She greeted him." in again.text
    assert ben.post(f"{address}/remove", data=form).status_code == 409
    assert only().minutes["entries"][0]["words"] == "He came in."


def test_a_file_of_a_meeting_is_read_by_its_assessor_while_the_learner_is_theirs(open_house: House) -> None:
    house, ben = open_house, open_house.browser("ben")
    meetings.under_way(house.person("ada"), house.person("ben"))
    ben.post(f"/meetings/{only().id}/files", data={"uploads": (io.BytesIO(b"a note"), "note.txt")})
    (file,) = only().files
    assert ben.get(f"/files/{file}/original").status_code == 200
    enrolment, eve, dee = house.enrolment(), house.person("eve"), house.person("dee")
    with transaction():
        assessments.allocate(enrolment, assessor=eve, iqa=enrolment.iqa, by=dee)
    assert ben.get(f"/files/{file}/original").status_code == 404


def test_points_are_claimed_on_another_edition_too_and_the_page_says_how_many(open_house: House) -> None:
    house = open_house
    meeting = meetings.under_way(house.person("ada"), house.person("ben"))
    item = meetings.sign(meeting)
    enrolment, dee, ben, ivy, ada = house.enrolment(), *map(house.person, ("dee", "ben", "ivy", "ada"))
    with transaction():
        edition = units.publish(replace(UNIT, title="Put things right again"), dee.centre, by=dee, anew=True)
        assessments.take_off(enrolment, by=dee)
        units.enrol(ada, edition, assessor=ben, iqa=ivy, by=dee)
    browser = house.browser("ada")
    answered = {"answer": "agree", "name": "Ada Marsh", "based_on": str(item.latest)}
    assert browser.post(f"/meetings/{meeting.id}/answer", data=answered).status_code == 302
    assert "It makes 2 claims, at the steps that show them." in browser.get(f"/evidence/{item.id}").text
    db.session.rollback()
    assert {one.point.edition_id for one in evidence.claims_on(item.id)} == {edition.id}


@pytest.mark.parametrize(
    ("before", "after"),
    [(MeetingState.CHANGING, MeetingState.SIGNED), (MeetingState.DISPUTED, MeetingState.LEFT)],
)
def test_whoever_assesses_the_learner_next_leaves_a_record_as_it_was_signed(
    open_house: House, before: MeetingState, after: MeetingState
) -> None:
    house = open_house
    meeting = meetings.brought(before, house.person("ada"), house.person("ben")).id
    enrolment, eve, dee = house.enrolment(), house.person("eve"), house.person("dee")
    assert house.browser("eve").post(f"/meetings/{meeting}/leave").status_code == 404
    with transaction():
        assessments.allocate(enrolment, assessor=eve, iqa=enrolment.iqa, by=dee)
    assert f"/meetings/{meeting}/leave" not in house.browser("ivy").get(f"/meetings/{meeting}").text
    assert f"/meetings/{meeting}/leave" in house.browser("eve").get(f"/meetings/{meeting}").text
    assert house.browser("ben").post(f"/meetings/{meeting}/leave").status_code == 404
    assert house.browser("eve").post(f"/meetings/{meeting}/leave").status_code == 302
    assert meetings.state(only()) is after
    assert len(only().minutes["entries"]) == 2, "what nobody signed is let go"
