"""A record holds as much as can be signed and claimed: what would be too much is refused where it is typed."""

import io
from dataclasses import asdict, replace

import pytest
from flask.testing import FlaskClient

from portfolio.evidence.meetings import operations
from portfolio.evidence.meetings.lifecycle import MeetingState
from portfolio.evidence.meetings.models import Meeting
from portfolio.evidence.meetings.rules import minutes_of
from portfolio.evidence.rules import Kind
from portfolio.foundation.db import transaction
from tests.evidence.meetings import meeting as meetings
from tests.evidence.meetings.meeting import PLAN, STEP, TOPIC, only
from tests.evidence.meetings.test_discussions import attached
from tests.fixtures.cast import House

pytestmark = pytest.mark.slow
PIECE = {"X-Piece": "1", "Accept": "application/json"}
LONG = "x" * 5_000


def full(house: House) -> Meeting:
    """An observation with 19 entries of 5,000 characters, to which some 4,500 can be added."""
    entries = [replace(STEP, words=LONG, at="10:42", points=())] * 19
    return meetings.under_way(house.person("ada"), house.person("ben"), entries)


def grown(meeting: Meeting, times: int) -> None:
    """Let there be so many of its first entry, as a record may have that was written before this was refused."""
    minutes = minutes_of(meeting.minutes)
    with transaction():
        meeting.minutes = asdict(replace(minutes, entries=minutes.entries[:1] * times))


def signs(ben: FlaskClient, meeting: Meeting) -> int:
    told = {"name": "Ben Okafor", "accepted": "y", "based_on": str(meeting.saved)}
    return ben.post(f"/meetings/{meeting.id}/sign", data=told).status_code


def test_an_entry_with_which_a_record_could_not_be_signed_is_refused_with_its_words_kept(open_house: House) -> None:
    house, ben = open_house, open_house.browser("ben")
    address = f"/meetings/{full(house).id}"
    step = {"sort": "step", "words": f"Then {LONG[:4_990]}", "at": "11:30"}
    for headers in ({}, PIECE):
        refused = ben.post(f"{address}/record", data=step, headers=headers)
        assert refused.status_code == 422
        assert "100,000 is the most. Make it shorter, or sign the record as it is" in refused.text
    assert step["words"] in ben.post(f"{address}/record", data=step).text
    assert len(only().minutes["entries"]) == 19
    changed = {"based_on": str(only().saved), "entry_seen": meetings.shown(only(), 0)}
    twice = {"sort": "question", "words": LONG, "answer": LONG, "at": "10:42"}
    assert ben.post(f"{address}/entries/0", data=twice | changed).status_code == 422
    said = {"conclusion": LONG, "based_on": str(only().saved)}
    assert "100,000 is the most" in ben.post(f"{address}/circumstances", data=said).text
    assert ben.post(f"{address}/record", data=step | {"words": "She smiled."}).status_code == 302
    assert signs(ben, only()) == 302
    assert meetings.state(only()) is MeetingState.SIGNED


def test_a_plan_with_which_a_record_could_not_be_signed_is_refused(open_house: House) -> None:
    meeting = full(open_house)
    plan = {"title": PLAN.title, "held_on": "2026-03-03", "medium": "face to face", "planned": LONG}
    refused = open_house.browser("ben").post(
        f"/meetings/{meeting.id}/plan", data=plan | {"based_on": str(only().saved)}
    )
    assert refused.status_code == 422
    assert "100,000 is the most" in refused.text


def test_another_recording_whose_name_would_make_the_record_too_long_is_refused(open_house: House) -> None:
    house = open_house
    meeting = meetings.planned(house.person("ada"), house.person("ben"), Kind.DISCUSSION)
    file = attached(house, meeting, b"RIFF....WAVEfmt ", f"{'talk' * 50}.wav")
    part = replace(TOPIC, words=LONG, start=1.0, end=2.0, file=file.sha256)
    for _ in range(19):
        meetings.write(meeting, part)
    for _ in range(2):
        meetings.write(meeting, replace(part, words=LONG[:2_200]))
    recording = (io.BytesIO(b"RIFF\x24\0\0\0WAVEfmt \x10\0\0\0"), "more.wav")
    refused = house.browser("ben").post(f"/meetings/{meeting.id}/files", data={"uploads": recording})
    assert refused.status_code == 422
    assert "100,000 is the most" in refused.text
    assert only().files == [file.id]


def test_a_record_that_is_too_long_already_can_be_shortened_until_it_is_signed(open_house: House) -> None:
    house, ben = open_house, open_house.browser("ben")
    meeting = full(house)
    grown(meeting, 25)
    for answer in (ben.get(f"/meetings/{meeting.id}/sign"), ben.post(f"/meetings/{meeting.id}/sign")):
        assert answer.location.endswith(f"/meetings/{meeting.id}/record")
    assert "100,000 is the most. Shorten or remove entries, then sign it." in ben.get(answer.location).text
    for _ in range(6):
        now = only()
        with transaction():
            operations.remove_entry(now, 0, based_on=now.saved, seen=meetings.shown(now, 0))
    assert signs(ben, only()) == 302


def test_a_record_is_not_signed_that_names_more_points_than_one_item_can_claim(open_house: House) -> None:
    house, ben = open_house, open_house.browser("ben")
    meeting = meetings.under_way(house.person("ada"), house.person("ben"))
    minutes = minutes_of(meeting.minutes)
    many = replace(STEP, points=tuple(("T-1", str(number)) for number in range(21)))
    with transaction():
        meeting.minutes = asdict(replace(minutes, entries=(many,) * 96))
    told = {"name": "Ben Okafor", "accepted": "y", "based_on": str(meeting.saved)}
    refused = ben.post(f"/meetings/{meeting.id}/sign", data=told)
    assert refused.status_code == 422
    assert "name 2,016 marking points in all; 2,000 is the most" in refused.text
    assert only().evidence is None
    grown(only(), 95)
    assert signs(ben, only()) == 302
