"""What the cast does at observations and discussions, each through the real operation in a transaction of its own."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from typing import Any

from portfolio.evidence.drafts import MinutesEntry
from portfolio.evidence.meetings import drafting, operations
from portfolio.evidence.meetings.lifecycle import MeetingState
from portfolio.evidence.meetings.models import Meeting
from portfolio.evidence.meetings.queries import course
from portfolio.evidence.meetings.rules import MeetingPlan, digest_of, minutes_of
from portfolio.evidence.models import Evidence
from portfolio.evidence.queries import latest
from portfolio.evidence.rules import Kind
from portfolio.evidence.signatures.models import Signature
from portfolio.foundation.db import db, transaction
from portfolio.people.models import Person

PLAN = MeetingPlan(
    "The return", date(2026, 3, 3), "The shop floor", "face to face", "A return of a kettle.", "Read the refund rules.",
    agreed=(("T-1", "1"), ("T-1", "2")),
)  # fmt: skip
STEP = MinutesEntry("step", "She asked what was wrong with it.", at="10:42", points=(("T-1", "1"),))
QUESTION = MinutesEntry("question", "Why a repair?", answer="It costs less.", at="10:50", points=(("T-1", "2"),))
TOPIC = MinutesEntry("topic", "Why she offered a repair.", points=(("T-1", "2"),))


def planned(learner: Person, assessor: Person, kind: Kind = Kind.OBSERVATION, plan: MeetingPlan = PLAN) -> Meeting:
    """A meeting that is planned."""
    with transaction():
        return operations.plan(kind, plan, learner=learner, by=assessor)


def under_way(
    learner: Person,
    assessor: Person,
    entries: Sequence[MinutesEntry] = (STEP, QUESTION),
    *,
    kind: Kind = Kind.OBSERVATION,
    plan: MeetingPlan = PLAN,
) -> Meeting:
    """A meeting at which something was written down."""
    meeting = planned(learner, assessor, kind, plan)
    for entry in entries:
        write(meeting, entry)
    return meeting


def write(meeting: Meeting, entry: MinutesEntry) -> None:
    """Add an entry."""
    with transaction():
        operations.write(meeting, entry)


def shown(meeting: Meeting, number: int) -> str:
    """The digest of an entry, as its page has it."""
    return digest_of(minutes_of(meeting.minutes).entries[number])


def sign(meeting: Meeting, name: str = "Ben Okafor", *, based_on: int | None = None) -> Evidence:
    """Sign as the assessor what is written down by now, or was at save `based_on`."""
    db.session.refresh(meeting)
    content, seen = drafting.composed(meeting), meeting.saved if based_on is None else based_on
    with transaction():
        return operations.sign_as_assessor(meeting, content, name, based_on=seen, by=meeting.assessor)


def answer(meeting: Meeting, *, agrees: bool = True, comment: str = "", seen: int = 0) -> Signature:
    """Sign as the learner."""
    name = meeting.learner.name
    with transaction():
        assert meeting.evidence is not None
        number = seen or latest(meeting.evidence).number
        return operations.sign_as_learner(
            meeting, name, agrees=agrees, comment=comment, seen=number, by=meeting.learner
        )


def change(meeting: Meeting, words: str = "Then she rang the customer.") -> None:
    """Write another step down."""
    write(meeting, replace(STEP, words=words, at="11:05"))


def state(meeting: Meeting) -> MeetingState:
    """Where it stands."""
    db.session.rollback()
    db.session.expire_all()
    return course(meeting).state


def brought(state: MeetingState, learner: Person, assessor: Person) -> Meeting:
    """A meeting that came to `state`."""
    if state is MeetingState.PLANNED:
        return planned(learner, assessor)
    meeting = under_way(learner, assessor)
    if state is MeetingState.CALLED_OFF:
        with transaction():
            operations.call_off(meeting, by=assessor)
    if state in (MeetingState.UNDER_WAY, MeetingState.CALLED_OFF):
        return meeting
    sign(meeting)
    after: dict[MeetingState, Any] = {
        MeetingState.AGREED: lambda: answer(meeting),
        MeetingState.DISPUTED: lambda: answer(meeting, agrees=False, comment="It was later."),
        MeetingState.LEFT: lambda: answer(meeting, agrees=False, comment="It was later."),
        MeetingState.CHANGING: lambda: change(meeting),
    }
    after.get(state, lambda: None)()
    if state is MeetingState.LEFT:
        with transaction():
            operations.leave(meeting, by=meeting.assessor)
    return meeting


def only() -> Meeting:
    """The one meeting that there is, as it is now."""
    db.session.rollback()
    db.session.expire_all()
    return db.session.query(Meeting).one()
