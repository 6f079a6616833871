"""From the plan to both signatures: only what the table of states names can be done, by whom it names."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest

from portfolio.assessment import operations as assessments
from portfolio.evidence import queries as evidence
from portfolio.evidence.meetings import operations
from portfolio.evidence.meetings.lifecycle import TABLE, MeetingState, MeetingStep
from portfolio.evidence.meetings.models import Meeting
from portfolio.evidence.meetings.rules import Circumstances
from portfolio.evidence.signatures.queries import signatures_of
from portfolio.foundation.db import db, transaction
from portfolio.foundation.errors import Conflict, Incomplete, OutOfTurn, Refused
from portfolio.foundation.log import audit
from portfolio.people import operations as people
from portfolio.units import operations as units
from tests.evidence.meetings import meeting as meetings
from tests.evidence.meetings.meeting import PLAN, STEP, shown
from tests.fixtures.cast import House

pytestmark = pytest.mark.slow


def call_off(meeting: Meeting) -> None:
    with transaction():
        operations.call_off(meeting, by=meeting.assessor)


def resume(meeting: Meeting) -> None:
    with transaction():
        operations.resume(meeting, by=meeting.assessor)


def plan_anew(meeting: Meeting) -> None:
    with transaction():
        operations.change_plan(
            meeting, replace(PLAN, place="The stock room"), based_on=meeting.saved, by=meeting.assessor
        )


def leave(meeting: Meeting) -> None:
    with transaction():
        operations.leave(meeting, by=meeting.assessor)


STEPS: dict[MeetingStep, Callable[[Meeting], object]] = {
    MeetingStep.PLAN: plan_anew,
    MeetingStep.WRITE: meetings.change,
    MeetingStep.CALL_OFF: call_off,
    MeetingStep.RESUME: resume,
    MeetingStep.SIGN: meetings.sign,
    MeetingStep.AGREE: lambda meeting: answered(meeting, agrees=True),
    MeetingStep.OBJECT: lambda meeting: answered(meeting, agrees=False),
    MeetingStep.LEAVE: leave,
}

FAULTY: dict[str, dict[str, Any]] = {
    "words": {"words": " \u200b"},
    "answer": {"sort": "question"},
    "at": {"at": "25:00"},
    "sort": {"sort": "topic"},
    "begins": {"start": 1.0, "end": 2.0, "file": "0" * 64},
}
"""By the name of what is wrong, an entry of an observation that cannot be taken."""


def answered(meeting: Meeting, *, agrees: bool) -> None:
    learner = meeting.learner
    with transaction():
        operations.sign_as_learner(meeting, learner.name, agrees=agrees, comment="Later.", seen=1, by=learner)


@pytest.mark.parametrize("state", MeetingState)
@pytest.mark.parametrize("step", MeetingStep)
def test_only_what_the_table_names_can_be_done_in_a_state(house: House, state: MeetingState, step: MeetingStep) -> None:
    meeting = meetings.brought(state, house.person("ada"), house.person("ben"))
    assert meetings.state(meeting) is state
    if (state, step) in TABLE:
        STEPS[step](meeting)
        assert meetings.state(meeting) is TABLE[state, step][1]
        return
    before = audit.head(meeting.centre_id)[0]
    with pytest.raises(OutOfTurn):
        STEPS[step](meeting)
    assert meetings.state(meeting) is state
    assert audit.head(meeting.centre_id)[0] == before


def test_every_state_and_step_is_somewhere_in_the_table() -> None:
    assert {step for _, step in TABLE} == set(MeetingStep)
    assert {state for state, _ in TABLE} | {after for _, after in TABLE.values()} == set(MeetingState)


def test_who_does_not_agree_says_with_what_and_it_stays_on_record_without_a_claim(house: House) -> None:
    meeting = meetings.under_way(house.person("ada"), house.person("ben"))
    item = meetings.sign(meeting)
    with pytest.raises(Incomplete):
        meetings.answer(meeting, agrees=False)
    meetings.answer(meeting, agrees=False, comment="I asked before he came.")
    version = evidence.latest(item)
    told = [(one.signer, one.agrees, one.comment) for one in signatures_of([version.id])[version.id]]
    assert told == [("assessor", True, ""), ("learner", False, "I asked before he came.")]
    assert evidence.claims_on(item.id) == []


def test_what_is_left_as_it_was_signed_is_what_was_signed(house: House) -> None:
    meeting = meetings.under_way(house.person("ada"), house.person("ben"))
    meetings.sign(meeting)
    before = dict(meeting.minutes)
    meetings.change(meeting)
    leave(meeting)
    assert meetings.state(meeting) is MeetingState.SIGNED
    assert meeting.minutes == before
    meetings.change(meeting)
    with transaction():
        operations.remove_entry(meeting, 2, based_on=meeting.saved, seen=shown(meeting, 2))
    with pytest.raises(OutOfTurn, match="Nothing is different"):
        meetings.sign(meeting)


@pytest.mark.parametrize("state", [MeetingState.SIGNED, MeetingState.AGREED, MeetingState.DISPUTED, MeetingState.LEFT])
def test_what_the_learner_is_to_prepare_is_no_part_of_the_record_and_nothing_to_sign(
    house: House, state: MeetingState
) -> None:
    meeting = meetings.brought(state, house.person("ada"), house.person("ben"))
    with transaction():
        plan = replace(PLAN, prepare="Bring the receipt.")
        operations.change_plan(meeting, plan, based_on=meeting.saved, by=meeting.assessor)
    assert meetings.state(meeting) is state
    assert meeting.prepare == "Bring the receipt."
    meetings.change(meeting)
    with transaction():
        plan = replace(PLAN, prepare="Bring nothing.")
        operations.change_plan(meeting, plan, based_on=meeting.saved, by=meeting.assessor)
    assert meetings.state(meeting) is MeetingState.CHANGING, "the other change is still to be signed"


def test_nobody_signs_what_was_changed_since_they_read_it(house: House) -> None:
    meeting = meetings.under_way(house.person("ada"), house.person("ben"))
    with pytest.raises(Conflict):
        meetings.sign(meeting, based_on=1)
    meetings.sign(meeting)
    meetings.change(meeting)
    meetings.sign(meeting)
    with pytest.raises(Conflict):
        meetings.answer(meeting, seen=1)


def test_points_are_of_units_on_which_the_learner_is_enrolled(house: House) -> None:
    ada, ben = house.person("ada"), house.person("ben")
    with pytest.raises(Incomplete, match="T-9"):
        meetings.planned(ada, ben, plan=replace(PLAN, agreed=(("T-9", "1"),)))
    meeting = meetings.planned(ada, ben)
    with pytest.raises(Incomplete, match="T-9"):
        meetings.write(meeting, replace(STEP, points=(("T-9", "1"),)))


def test_a_meeting_that_is_still_to_come_is_not_signed(house: House) -> None:
    plan = replace(PLAN, held_on=PLAN.held_on and PLAN.held_on.replace(year=2100))
    meeting = meetings.under_way(house.person("ada"), house.person("ben"), plan=plan)
    with pytest.raises(Incomplete) as refused:
        meetings.sign(meeting)
    assert refused.value.lacks == ("happened_on",)


def test_the_log_tells_the_plan_its_change_and_both_signatures(house: House) -> None:
    before = audit.head(1)[0]
    meeting = meetings.planned(house.person("ada"), house.person("ben"))
    plan_anew(meeting)
    plan_anew(meeting)
    meetings.write(meeting, STEP)
    meetings.sign(meeting)
    meetings.answer(meeting)
    told = [(line["deed"], line["actor"]) for line in audit.lines(1) if line["seq"] > before]
    assert told == [
        ("meeting planned", "Ben Okafor"), ("meeting changed", "Ben Okafor"), ("evidence added", "Ben Okafor"),
        ("signed", "Ben Okafor"), ("signed", "Ada Marsh"), ("place claimed", "Ada Marsh"),
    ]  # fmt: skip


def test_entries_stand_by_their_time_over_midnight_too(house: House) -> None:
    meeting = meetings.planned(house.person("ada"), house.person("ben"))
    with transaction():
        operations.describe(meeting, Circumstances(starts="22:00"), based_on=meeting.saved)
    for at in ("23:10", "0:05", "22:30"):
        meetings.write(meeting, replace(STEP, at=at))
    assert [one["at"] for one in meeting.minutes["entries"]] == ["22:30", "23:10", "00:05"]


def test_an_entry_that_somebody_changed_meanwhile_is_not_saved_over(house: House) -> None:
    meeting = meetings.under_way(house.person("ada"), house.person("ben"))
    seen, first = meeting.saved, shown(meeting, 0)
    with transaction():
        operations.change_entry(meeting, 0, replace(STEP, words="She greeted him."), based_on=seen, seen=first)
    with pytest.raises(Conflict), transaction():
        operations.change_entry(meeting, 0, STEP, based_on=seen, seen=first)
    with pytest.raises(Conflict), transaction():
        operations.remove_entry(meeting, 0, based_on=seen, seen=first)
    db.session.expire_all()
    assert meeting.minutes["entries"][0]["words"] == "She greeted him."


def test_an_entry_that_does_not_hold_is_refused_at_what_it_lacks(house: House) -> None:
    meeting = meetings.planned(house.person("ada"), house.person("ben"))
    for name, wrong in FAULTY.items():
        with pytest.raises(Incomplete) as refused:
            meetings.write(meeting, replace(STEP, **wrong))
        assert refused.value.lacks == (name,)
    with pytest.raises(Refused):
        meetings.sign(meeting)


def test_a_record_of_somebody_who_was_registered_twice_is_signed_by_who_stays(house: House) -> None:
    with transaction():
        zoe, ben, ivy, dee = (house.person(nick) for nick in ("zoe", "ben", "ivy", "dee"))
        units.enrol(zoe, house.enrolment().edition, assessor=ben, iqa=ivy, by=dee)
    meeting = meetings.under_way(house.person("zoe"), house.person("ben"))
    item = meetings.sign(meeting)
    with transaction():
        zoe, ada, dee = (house.person(nick) for nick in ("zoe", "ada", "dee"))
        assessments.merge(zoe, ada, people.stated(ada), "Registered twice.", by=dee)
    db.session.expire_all()
    assert meeting.learner.name == "Ada Marsh"
    meetings.answer(meeting)
    claims = evidence.claims_on(item.id)
    assert {(one.learner_id, one.point.ref) for one in claims} == {(house.person("ada").id, ref) for ref in ("1", "2")}
