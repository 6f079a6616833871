"""An observation through the pages that people use: planned, written down step by step, signed by both."""

import io
import re
from dataclasses import replace

import pytest
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from portfolio.evidence import queries as evidence
from portfolio.evidence.meetings.lifecycle import MeetingState
from portfolio.evidence.meetings.models import Meeting
from portfolio.evidence.places.locators import Whole
from portfolio.foundation.db import transaction
from portfolio.units import operations as units
from tests.evidence.meetings import meeting as meetings
from tests.evidence.meetings.meeting import only
from tests.fixtures import deeds
from tests.fixtures.cast import UNIT, House

pytestmark = pytest.mark.slow

PIECE = {"X-Piece": "1", "Accept": "application/json"}


def point(house: House, ref: str) -> str:
    """The id of one of ada's points."""
    return str(next(one.id for one in house.enrolment().edition.points if one.ref == ref))


def main(answer: TestResponse) -> str:
    """The main part of a page."""
    assert answer.status_code == 200, answer.status
    return answer.text[answer.text.index("<main") :]


def planned(house: House, browser: FlaskClient, **more: str) -> Meeting:
    """Plan an observation of ada on the page for it."""
    learner = house.person("ada").id
    told = {
        "title": "The return", "held_on": "2026-03-03", "place": "The shop floor", "medium": "face to face",
        "planned": "A return of a kettle.", "present": "Gwen, who learns to assess",
        "prepare": "Read the refund rules.", "points": point(house, "1"),
    }  # fmt: skip
    browser.post(f"/meetings/new/observation/{learner}", data=told | more)
    return only()


def test_an_observation_from_the_plan_to_both_signatures(open_house: House) -> None:
    house, ben, ada = open_house, open_house.browser("ben"), open_house.browser("ada")
    meeting = planned(house, ben)
    plan = main(ada.get(f"/meetings/{meeting.id}"))
    for told in ("Read the refund rules.", "Gwen, who learns to assess"):
        assert told in plan
    assert "Gwen, who learns to assess" in main(ben.get(f"/meetings/{meeting.id}/circumstances"))
    assert "The return" in main(ada.get("/portfolio"))
    step = {"sort": "step", "words": "She asked what was wrong.", "at": "10:42", "points": point(house, "1")}
    piece = ben.post(f"/meetings/{meeting.id}/record", data=step, headers=PIECE)
    assert piece.text.lstrip().startswith('<section id="entries"')
    assert "She asked what was wrong." in piece.text
    ben.post(f"/meetings/{meeting.id}/record", data={"sort": "question", "words": "Why?", "answer": "It costs less."})
    assert "She asked what was wrong." not in ada.get(f"/meetings/{meeting.id}").text, "it is not signed yet"
    said = {"starts": "10:30", "present": "Two others", "conclusion": "Calm.", "based_on": str(only().saved)}
    ben.post(f"/meetings/{meeting.id}/circumstances", data=said)
    review = main(ben.get(f"/meetings/{meeting.id}/sign"))
    assert "also where others were there" in review
    words = house.enrolment().edition.points[0].text
    whole = ("Face to face", "A return of a kettle.", "Two others", "Calm.", "She asked what was wrong.", words)
    for told in whole:
        assert told in review
    signing = {"name": "Ben Okafor", "accepted": "y", "based_on": str(only().saved)}
    ben.post(f"/meetings/{meeting.id}/sign", data=signing)
    assert meetings.state(only()) is MeetingState.SIGNED
    assert "Read and sign" in main(ada.get("/portfolio"))
    assert "Learner still to sign" in main(ben.get("/marking"))
    to_sign = main(ada.get(f"/meetings/{meeting.id}/answer"))
    for told in whole:
        assert told in to_sign
    ada.post(f"/meetings/{meeting.id}/answer", data={"answer": "agree", "name": "Ada Marsh", "based_on": "1"})
    item = only().evidence
    assert item is not None
    assert [one.point.ref for one in evidence.claims_on(item.id)] == ["1"]
    page = main(house.browser("ivy").get(f"/evidence/{item.id}"))
    for words in ("Ben Okafor", "Ada Marsh", "10:42", "Two others", "It costs less.", "T-1 · 1"):
        assert words in page
    assert ada.get(f"/evidence/{item.id}/change").status_code == 404


def test_a_learner_who_does_not_agree_is_shown_with_their_words(open_house: House) -> None:
    house, ada = open_house, open_house.browser("ada")
    meeting = meetings.under_way(house.person("ada"), house.person("ben"))
    item = meetings.sign(meeting).id
    silent = ada.post(f"/meetings/{meeting.id}/answer", data={"answer": "object", "name": "Ada Marsh", "based_on": "1"})
    assert silent.status_code == 422
    assert "Say what you do not agree with." in silent.text
    said = {"answer": "object", "name": "Ada Marsh", "comment": "I asked <first>.", "based_on": "1"}
    ada.post(f"/meetings/{meeting.id}/answer", data=said)
    for nick in ("ben", "ivy", "ada"):
        page = main(house.browser(nick).get(f"/evidence/{item}"))
        assert "does not agree" in page
        assert "I asked &lt;first&gt;." in page
    assert evidence.claims_on(item) == []


def test_the_desk_shows_who_signed_and_what_they_say(open_house: House) -> None:
    house = open_house
    meeting = meetings.under_way(house.person("ada"), house.person("ben"))
    item = meetings.sign(meeting)
    meetings.answer(meeting, comment="I asked him before.")
    deeds.claim(item, Whole(), house.enrolment().edition.points)
    assessment = deeds.hand_in(house.enrolment())
    for nick in ("ben", "ivy"):
        page = main(house.browser(nick).get(f"/marking/{assessment.id}"))
        assert "Ada Marsh" in page
        assert "I asked him before." in page
        assert "also there: nobody named" in page
        assert "Agreed before: T-1 · 1, T-1 · 2." in page
        assert "face to face" in page


def test_the_page_of_a_record_names_what_is_claimed_in_the_version_before(open_house: House) -> None:
    house, ada = open_house, open_house.browser("ada")
    meeting = meetings.under_way(house.person("ada"), house.person("ben"), [meetings.STEP])
    item = meetings.sign(meeting).id
    meetings.answer(meeting)
    assert "Save claim" in main(ada.get(f"/evidence/{item}"))
    meetings.change(meeting)
    meetings.sign(meeting)
    page = main(ada.get(f"/evidence/{item}"))
    assert "In version 1</a>, which both signed: T-1 · 1" in page
    assert "Save claim" not in page
    assert "Remove from portfolio" not in page
    refused = ada.post(f"/evidence/{item}/remove")
    assert refused.status_code == 422
    assert "it stays in your portfolio" in refused.text


def test_the_plan_offers_first_what_asks_for_it_and_refuses_what_is_missing(open_house: House) -> None:
    ben = open_house.browser("ben")
    page = ben.post(f"/meetings/new/professional-discussion/{open_house.person('ada').id}", data={"title": " "})
    assert page.status_code == 422
    assert "Give it a title" in page.text
    assert "Give the day" in page.text


def test_points_to_choose_stand_in_a_fold_for_each_unit_with_how_many_are_chosen(open_house: House) -> None:
    house, ben = open_house, open_house.browser("ben")
    page = main(ben.get(f"/meetings/new/observation/{house.person('ada').id}"))
    assert "<details data-counted open>" in page, "there is one unit alone"
    with transaction():
        ada, dee, eve, ivy = (house.person(nick) for nick in ("ada", "dee", "eve", "ivy"))
        edition = units.publish(replace(UNIT, code="T-2"), dee.centre, by=dee)
        units.enrol(ada, edition, assessor=eve, iqa=ivy, by=dee)
    meeting = planned(house, ben)
    page = main(ben.get(f"/meetings/{meeting.id}/plan"))
    assert "T-1 (3 points<span data-chosen-count>, 1 chosen</span>)" in page
    assert "T-2 (3 points<span data-chosen-count></span>)" in page
    assert (page.count("<details data-counted>"), page.count("<details data-counted open>")) == (1, 1)
    live = main(ben.get(f"/meetings/{meeting.id}/record"))
    assert "<details data-counted>" in live, "points that were not agreed are folded away while one writes"
    asking = main(ben.get(f"/witnesses/learners/{house.person('ada').id}/ask?point={point(house, '2')}"))
    assert "T-1 (3 points<span data-chosen-count>, 1 chosen</span>)" in asking


def test_an_entry_is_changed_and_removed_and_nothing_is_saved_over(open_house: House) -> None:
    house, ben = open_house, open_house.browser("ben")
    meeting = meetings.under_way(house.person("ada"), house.person("ben"))
    address = f"/meetings/{meeting.id}/entries/0"
    form = ben.get(address).text
    based = re.search(r'name="based_on"[^>]* value="(\d+)"', form)
    assert based, form
    assert "She asked what was wrong with it." in form
    changed = {"sort": "step", "words": "She greeted him.", "at": "10:41", "based_on": based[1]}
    changed["entry_seen"] = meetings.shown(only(), 0)
    assert ben.post(address, data=changed).status_code == 302
    assert only().minutes["entries"][0]["words"] == "She greeted him."
    stale = ben.post(address, data=changed | {"words": "Another."})
    assert "in another window" in stale.text
    assert "Another." in stale.text
    gone = {"based_on": str(only().saved), "entry_seen": meetings.shown(only(), 0)}
    back = ben.post(f"{address}/remove", data=gone, follow_redirects=True)
    assert [one["words"] for one in only().minutes["entries"]] == ["Why a repair?"]
    assert f"/meetings/{meeting.id}/entries/restore" in back.text
    assert ben.post(f"/meetings/{meeting.id}/entries/restore").status_code == 302
    assert [one["words"] for one in only().minutes["entries"]] == ["She greeted him.", "Why a repair?"]
    assert ben.post(f"/meetings/{meeting.id}/entries/restore").status_code == 409, "it was put back already"
    assert ben.get(f"/meetings/{meeting.id}/entries/7").status_code == 404


def test_a_photo_is_attached_by_the_assessor_and_seen_by_the_learner_once_it_is_signed(open_house: House) -> None:
    house, ben, ada = open_house, open_house.browser("ben"), open_house.browser("ada")
    meeting = meetings.under_way(house.person("ada"), house.person("ben"))
    ben.post(f"/meetings/{meeting.id}/files", data={"uploads": (io.BytesIO(b"a note"), "note.txt")})
    (file,) = only().files
    assert [one.get(f"/files/{file}/original").status_code for one in (ben, ada)] == [200, 404]
    meetings.sign(only())
    assert [one.get(f"/files/{file}/original").status_code for one in (ben, ada)] == [200, 200]
    assert house.browser("eve").get(f"/files/{file}/original").status_code == 404
    ben.post(f"/meetings/{meeting.id}/files/{file}/remove")
    assert (only().files, meetings.state(only())) == ([], MeetingState.CHANGING)


def test_only_the_assessor_who_planned_it_writes_and_any_assessor_of_the_learner_may_call_it_off(
    open_house: House,
) -> None:
    house = open_house
    meeting = meetings.planned(house.person("ada"), house.person("ben"))
    with transaction():
        ada, dee, eve, ivy = (house.person(nick) for nick in ("ada", "dee", "eve", "ivy"))
        edition = units.publish(replace(UNIT, code="T-2"), dee.centre, by=dee)
        units.enrol(ada, edition, assessor=eve, iqa=ivy, by=dee)
    browser = house.browser("eve")
    assert browser.get(f"/meetings/{meeting.id}").status_code == 200
    for page in ("record", "plan", "circumstances", "sign"):
        assert browser.get(f"/meetings/{meeting.id}/{page}").status_code == 404
    assert browser.post(f"/meetings/{meeting.id}/call-off").status_code == 302
    assert meetings.state(only()) is MeetingState.CALLED_OFF
    assert "Called off" in main(house.browser("ada").get(f"/meetings/{meeting.id}"))
    assert f"/meetings/{meeting.id}/resume" in browser.get(f"/learners/{ada.id}").text, "it can be undone"
    assert browser.post(f"/meetings/{meeting.id}/resume").status_code == 302
    assert meetings.state(only()) is MeetingState.PLANNED


def test_a_record_that_is_not_agreed_to_waits_for_its_assessor_until_it_is_left(open_house: House) -> None:
    house, ben = open_house, open_house.browser("ben")
    meeting = meetings.brought(MeetingState.DISPUTED, house.person("ada"), house.person("ben"))
    assert "Learner does not agree" in main(ben.get("/marking"))
    assert "Leave it as it is" in main(ben.get(f"/meetings/{meeting.id}"))
    assert ben.post(f"/meetings/{meeting.id}/leave").status_code == 302
    assert meetings.state(only()) is MeetingState.LEFT
    assert "The return" not in main(ben.get("/marking"))
    assert "Left as it is" in main(house.browser("ivy").get(f"/meetings/{meeting.id}"))
    meetings.change(only())
    meetings.sign(only())
    meetings.answer(only(), agrees=False, comment="Still later.")
    assert "Learner does not agree" in main(ben.get("/marking"))
