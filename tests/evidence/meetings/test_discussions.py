"""A discussion: its points are those that ask for one first; its index lies in its recording, which is measured."""

import dataclasses
import io
from dataclasses import replace

import pytest

from criteria.unit import Method
from portfolio.evidence import queries as evidence
from portfolio.evidence.arrivals.landing import receive
from portfolio.evidence.meetings import operations, queries
from portfolio.evidence.meetings.composing import JOINER
from portfolio.evidence.meetings.models import Meeting
from portfolio.evidence.meetings.recordings import called
from portfolio.evidence.meetings.rules import UNMEASURED, Circumstances
from portfolio.evidence.models import File
from portfolio.evidence.operations import record_copies
from portfolio.evidence.places import locators
from portfolio.evidence.places.locators import Passage, Span
from portfolio.evidence.rules import Kind
from portfolio.foundation.db import db, transaction
from portfolio.foundation.errors import Incomplete, Refused
from portfolio.units import operations as units
from tests.evidence.meetings import meeting as meetings
from tests.evidence.meetings.meeting import TOPIC
from tests.fixtures.cast import UNIT, House

pytestmark = pytest.mark.slow


def recorded(house: House, seconds: float | None = 60.0) -> tuple[Meeting, File]:
    """A discussion with its recording, of which it is known how long it lasts, or is not yet."""
    meeting = meetings.planned(house.person("ada"), house.person("ben"), Kind.DISCUSSION)
    return meeting, attached(house, meeting, b"RIFF....WAVEfmt ", "talk.wav", seconds)


def attached(house: House, meeting: Meeting, content: bytes, name: str, seconds: float | None = 60.0) -> File:
    """A recording that is attached."""
    file = receive(io.BytesIO(content), name, by=house.person("ben"))
    ben = house.person("ben")
    with transaction():
        operations.attach(meeting, [file.id], by=ben)
        file = db.session.merge(file)
        file.kind = "audio"
        if seconds is not None:
            file.prepared, file.duration = "ready", seconds
            record_copies(file)
    return file


def test_parts_of_the_recording_become_claims_with_the_note_as_the_reason(house: House) -> None:
    meeting, file = recorded(house)
    meetings.write(meeting, replace(TOPIC, start=12.0, end=31.5, file=file.sha256))
    meetings.write(meeting, replace(TOPIC, words="What else she said.", points=(("T-1", "3"),)))
    item = meetings.sign(meeting)
    assert "0:12–0:31 Why she offered a repair." in evidence.latest(item).plain
    meetings.answer(meeting)
    span, passage = [locators.read(one.locator) for one in evidence.claims_on(item.id)]
    assert span == Span(12.0, 31.5, file.sha256)
    assert isinstance(passage, Passage)
    assert passage.exact == "What else she said."
    assert [one.reason for one in evidence.claims_on(item.id)] == ["Why she offered a repair.", ""]


def test_the_index_of_two_recordings_says_in_which_of_them_a_part_is_and_keeps_each_together(house: House) -> None:
    meeting, first = recorded(house)
    second = attached(house, meeting, b"RIFF....WAVEfmt 2", "*after* lunch.wav")
    for words, start, file in (("Third.", 1.0, second), ("First.", 5.0, first), ("Second.", 50.0, first)):
        part = replace(TOPIC, words=words, start=start, end=start + 4, file=file.sha256)
        meetings.write(meeting, part)
    assert [one["words"] for one in meeting.minutes["entries"]] == ["First.", "Second.", "Third."]
    item = meetings.sign(meeting)
    plain = evidence.latest(item).plain.replace(JOINER, "")
    assert "0:05–0:09 (talk.wav) First.\n0:50–0:54 (talk.wav) Second.\n0:01–0:05 (*after* lunch.wav) Third." in plain
    addresses = [f"/meetings/{meeting.id}/{page}" for page in ("record", "sign")] + [f"/evidence/{item.id}"]
    for address in addresses:
        entries = house.browser("ben").get(address).text.partition('id="entries"')[2].partition("</table>")[0]
        assert (entries.count(">talk.wav<"), entries.count(">*after* lunch.wav<")) == (2, 1), address
    meetings.answer(meeting)
    spans = [locators.read(one.locator) for one in evidence.claims_on(item.id)]
    assert [one.file for one in spans if isinstance(one, Span)] == [first.sha256, first.sha256, second.sha256]


def test_recordings_of_one_name_are_told_apart_by_a_number_and_a_single_one_is_not_named(house: House) -> None:
    meeting, first = recorded(house)
    assert called(queries.files_of(meeting)) == {}
    second = attached(house, meeting, b"RIFF....WAVEfmt 2", "talk.wav")
    assert called(queries.files_of(meeting)) == {first.sha256: "talk.wav", second.sha256: "talk.wav (2)"}
    page = house.browser("ben").get(f"/meetings/{meeting.id}/record").text
    assert f'value="{second.sha256}">talk.wav (2)</option>' in page


def test_the_index_waits_until_the_recording_is_measured_and_lies_in_it(house: House) -> None:
    meeting, file = recorded(house, None)
    part = replace(TOPIC, start=12.0, end=31.5, file=file.sha256)
    with pytest.raises(Incomplete, match=UNMEASURED):
        meetings.write(meeting, part)
    with transaction():
        file = db.session.merge(file)
        file.prepared, file.duration = "ready", 60.0
        record_copies(file)
    meetings.write(meeting, part)
    for wrong in ({"end": 70.0}, {"start": 40.0}, {"start": -1.0}, {"file": "0" * 64}):
        with pytest.raises(Incomplete):
            meetings.write(meeting, replace(part, **wrong))
    with pytest.raises(Refused, match="Entries point at parts"), transaction():
        operations.detach(meeting, db.session.merge(file))


def test_a_written_summary_alone_can_be_signed(house: House) -> None:
    meeting = meetings.planned(house.person("ada"), house.person("ben"), Kind.DISCUSSION)
    with transaction():
        said = Circumstances(conclusion="She knows when a repair is better.")
        operations.describe(meeting, said, based_on=meeting.saved)
    item = meetings.sign(meeting)
    meetings.answer(meeting)
    assert evidence.claims_on(item.id) == []


def test_points_that_ask_for_a_discussion_are_offered_first(house: House) -> None:
    asking = dataclasses.replace(UNIT.points[2], methods=(Method.DISCUSSION,))
    explaining = dataclasses.replace(UNIT.points[1], text="Explains why a repair may be better", parts=())
    with transaction():
        ada, ben, dee, ivy = (house.person(nick) for nick in ("ada", "ben", "dee", "ivy"))
        unit = dataclasses.replace(UNIT, code="T-2", points=(UNIT.points[0], explaining, asking))
        units.enrol(ada, units.publish(unit, dee.centre, by=dee), assessor=ben, iqa=ivy, by=dee)
    page = house.browser("ben").get(f"/meetings/new/professional-discussion/{house.person('ada').id}").text
    assert page.index("T-2 · 3 ·") < page.index("T-1 · 1 ·")
    assert "Asks for professional discussion." in page
    assert "Asks what the learner understands." in page
    assert page.index("T-2 · 3 ·") < page.index("T-2 · 2 ·") < page.index("T-2 · 1 ·"), "understanding comes next"
    page = house.browser("ben").get(f"/meetings/new/observation/{house.person('ada').id}").text
    assert page.index("T-1 · 1 ·") < page.index("T-2 · 3 ·")
