"""Ben writes down what he sees without choosing a meeting: it waits for him alone until it stands in a record."""

import re

import pytest

from portfolio.evidence.meetings.rules import minutes_of
from portfolio.evidence.rules import Kind
from portfolio.foundation.db import db
from tests.evidence.meetings import meeting as meetings
from tests.fixtures.cast import House

pytestmark = pytest.mark.parametrize("database", ["sqlite"], indirect=True)
NOTE = {
    "whom": "Ada at the till", "sort": "question", "words": "Why a repair?", "answer": "It costs less.",
    "day": "2026-03-03", "at": "10:50",
}  # fmt: skip
WAITING = "/meetings/notes/waiting"


def key_in(page: str) -> str:
    """The key of the note that the page offers to throw away."""
    found = re.search(r"/meetings/notes/([\w-]+)/away", page)
    assert found, page
    return found[1]


def test_a_note_waits_until_it_stands_in_a_record_and_is_then_gone(open_house: House) -> None:
    ben = open_house.browser("ben")
    meeting = meetings.planned(open_house.person("ada"), open_house.person("ben"))
    assert ben.post("/meetings/notes", data=NOTE).location == WAITING
    page = ben.get(WAITING).text
    for told in ("Ada at the till", "Why a repair?", "It costs less.", "2026-03-03", "10:50", meeting.title):
        assert told in page
    form = ben.get(f"/meetings/{meeting.id}/record?note={key_in(page)}").text
    assert f'name="sitting" value="{key_in(page)}"' in form
    assert re.search(r'value="10:50"', form)
    entry = {"sort": "question", "words": "Why a repair?", "answer": "It costs less.", "at": "10:50"}
    told = {"once": "k" * 22, "sitting": key_in(page)}
    for _ in range(2):
        ben.post(f"/meetings/{meeting.id}/record", data=entry | told)
    db.session.rollback()
    assert [(one.words, one.at) for one in minutes_of(meetings.only().minutes).entries] == [("Why a repair?", "10:50")]
    assert "Nothing waits" in ben.get(WAITING).text


def test_a_note_without_its_meeting_says_what_to_do(open_house: House) -> None:
    ben = open_house.browser("ben")
    ben.post("/meetings/notes", data=NOTE | {"sort": "topic"})
    meetings.planned(open_house.person("ada"), open_house.person("ben"), Kind.OBSERVATION)
    assert "No meeting of yours is open" in ben.get(WAITING).text


def test_whoever_marks_is_told_what_waits_for_its_meeting_and_until_when(open_house: House) -> None:
    ben = open_house.browser("ben")
    assert "that you wrote down" not in ben.get("/learners").text
    ben.post("/meetings/notes", data=NOTE)
    meeting = meetings.planned(open_house.person("ada"), open_house.person("ben"))
    assert "1 thing that you wrote down waits for its meeting. It is thrown away on" in ben.get("/learners").text
    for place in (f"/meetings/{meeting.id}", f"/meetings/{meeting.id}/record"):
        assert "What you wrote down waits for its meeting" in ben.get(place).text
    ben.post("/meetings/notes", data=NOTE)
    assert "2 things that you wrote down wait for their meetings." in ben.get("/learners").text
    assert "if it stands in no record by then" in ben.get(WAITING).text


def test_a_day_that_is_not_the_day_of_the_meeting_stands_before_the_words(open_house: House) -> None:
    ben = open_house.browser("ben")
    meeting = meetings.planned(open_house.person("ada"), open_house.person("ben"))
    ben.post("/meetings/notes", data=NOTE | {"day": "2026-02-27"})
    form = ben.get(f"/meetings/{meeting.id}/record?note={key_in(ben.get(WAITING).text)}").text
    assert "2026-02-27: Why a repair?" in form


def test_times_for_which_a_record_has_no_field_stand_before_the_words(open_house: House) -> None:
    ben = open_house.browser("ben")
    meeting = meetings.planned(open_house.person("ada"), open_house.person("ben"))
    ben.post("/meetings/notes", data=NOTE | {"begins": "1:15", "ends": "2:40"})
    form = ben.get(f"/meetings/{meeting.id}/record?note={key_in(ben.get(WAITING).text)}").text
    assert "1:15–2:40: Why a repair?" in form


def test_a_note_is_of_nobody_else_and_can_be_thrown_away(open_house: House) -> None:
    ben, eve = open_house.browser("ben"), open_house.browser("eve")
    ben.post("/meetings/notes", data=NOTE)
    key = key_in(ben.get(WAITING).text)
    assert "Nothing waits" in eve.get(WAITING).text
    assert eve.post(f"/meetings/notes/{key}/away").status_code == 404
    assert ben.post(f"/meetings/notes/{key}/away").location == WAITING
    assert "Nothing waits" in ben.get(WAITING).text
    assert ben.post(f"/meetings/notes/{key}/away").status_code == 404


@pytest.mark.parametrize("lacks", ["whom", "words"])
def test_a_note_that_lacks_something_comes_back(open_house: House, lacks: str) -> None:
    answer = open_house.browser("ben").post("/meetings/notes", data=NOTE | {lacks: ""})
    assert answer.status_code == 422
    assert "It costs less." in answer.text
