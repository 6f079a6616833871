"""Meetings are planned, their plan is changed, and they are called off."""

from collections.abc import Sequence
from dataclasses import asdict, replace

from portfolio.evidence.drafts import Minutes
from portfolio.evidence.meetings import queries
from portfolio.evidence.meetings.composing import text_of
from portfolio.evidence.meetings.lifecycle import MeetingStep, ensure_possible
from portfolio.evidence.meetings.models import Meeting
from portfolio.evidence.meetings.recordings import called
from portfolio.evidence.meetings.rules import FULL, MeetingPlan, Pairs, ensure_planned, minutes_of, planned_into
from portfolio.evidence.models import File
from portfolio.evidence.rules import Kind
from portfolio.evidence.signatures.rules import Signer
from portfolio.foundation.clock import now
from portfolio.foundation.db import db, hold
from portfolio.foundation.errors import Conflict, Incomplete, OutOfTurn
from portfolio.foundation.log import audit
from portfolio.foundation.log.deeds import Deed
from portfolio.foundation.words import prose
from portfolio.people.models import Person
from portfolio.units import queries as units

STALE = "This was saved in another window meanwhile. What you typed is still here: compare the two and save again."
STRANGE = "{0} point {1} is of no unit that the learner is enrolled on. Choose other points."
REMOVED = "This learner’s record was merged into another one, or removed. Open the learner again."


def plan(kind: Kind, planned: MeetingPlan, *, learner: Person, by: Person) -> Meeting:
    """Plan an observation or a professional discussion with a learner, who sees it at once.

    Raises `Incomplete` as `ensure_planned` does, and for a point of a unit that is not the learner's; `OutOfTurn` for
    a record that was merged or removed.
    """
    hold(learner)
    if learner.removed_at:
        raise OutOfTurn(REMOVED)
    ensure_planned(planned)
    ensure_theirs(planned.agreed, learner)
    meeting = Meeting(
        centre_id=learner.centre_id, learner_id=learner.id, assessor_id=by.id, kind=kind, learner=learner, assessor=by,
        files=[], offers=[], saved=0, signed=0, minutes=asdict(Minutes()),
    )  # fmt: skip
    _put(meeting, planned)
    db.session.add(meeting)
    record(Deed.MEETING_PLANNED, meeting, by=by)
    return meeting


def change_plan(meeting: Meeting, planned: MeetingPlan, *, based_on: int, by: Person) -> None:
    """Change what is planned; nothing is told where nothing changed. After the assessor signed it is a change to sign,
    unless it is only what the learner prepares, which is no part of the record.

    Raises `Conflict` where somebody saved since `based_on`, `Incomplete` as `plan` and `ensure_room` do, `OutOfTurn` by
    the table.
    """
    hold_open(meeting, MeetingStep.PLAN)
    if meeting.saved != based_on:
        raise Conflict(STALE)
    ensure_planned(planned)
    ensure_theirs(planned.agreed, meeting.learner)
    before, minutes = plan_of(meeting), minutes_of(meeting.minutes)
    if planned == before:
        return
    ensure_room(meeting, planned_into(planned, minutes), queries.files_of(meeting), name="planned")
    signed = meeting.evidence_id is not None and meeting.saved == meeting.signed
    _put(meeting, planned)
    saved(meeting)
    if signed and planned == replace(before, prepare=planned.prepare):
        meeting.signed = meeting.saved
    record(Deed.MEETING_CHANGED, meeting, by=by)


def call_off(meeting: Meeting, *, by: Person) -> None:
    """Let a meeting not take place; what was written down is kept and goes no further. Raises `OutOfTurn`."""
    hold_open(meeting, MeetingStep.CALL_OFF)
    meeting.called_off_at = now()
    record(Deed.MEETING_CALLED_OFF, meeting, by=by)


def resume(meeting: Meeting, *, by: Person) -> None:
    """Let a meeting that was called off take place after all. Raises `OutOfTurn` by the table."""
    hold_open(meeting, MeetingStep.RESUME)
    meeting.called_off_at = None
    record(Deed.MEETING_RESUMED, meeting, by=by)


def plan_of(meeting: Meeting) -> MeetingPlan:
    """What is planned by now."""
    minutes = minutes_of(meeting.minutes)
    return MeetingPlan(
        meeting.title, meeting.held_on, meeting.place, minutes.medium, minutes.planned, meeting.prepare,
        meeting.third_parties, minutes.agreed, minutes.present,
    )  # fmt: skip


def hold_open(meeting: Meeting, step: MeetingStep, *, by: Signer = Signer.ASSESSOR) -> None:
    """Hold the learner and then the meeting; raises as `ensure_possible` does where the step is not possible by now."""
    hold(meeting.learner)
    hold(meeting)
    ensure_possible(queries.course(meeting).state, step, by=by)


def saved(meeting: Meeting) -> None:
    """Count one more save."""
    meeting.saved += 1
    meeting.taken_out = None
    meeting.saved_at = now()
    db.session.flush()


def ensure_theirs(pairs: Pairs, learner: Person) -> None:
    """Raise `Incomplete` for a point of a unit that the learner is not enrolled on."""
    known = {(point.edition.code, point.ref) for point in units.points_of(learner.id)} if pairs else set()
    for code, ref in pairs:
        if (code, ref) not in known:
            raise Incomplete(STRANGE.format(code, ref), ("points", "agreed"))


def ensure_room(meeting: Meeting, minutes: Minutes, files: Sequence[File], *, name: str) -> None:
    """Raise `Incomplete`, by the `name` of what was asked, where the text of `minutes` with these `files` would be
    longer than one account may be, and longer than it is now.
    """
    length = len(text_of(meeting.kind, minutes, called(files)))
    if length <= prose.LONGEST:
        return
    if length > len(text_of(meeting.kind, minutes_of(meeting.minutes), called(queries.files_of(meeting)))):
        raise Incomplete(FULL.format(length, prose.LONGEST), (name,))


def record(deed: Deed, meeting: Meeting, *, by: Person) -> None:
    """Write the line, with hashes of what the learner is told."""
    db.session.flush()
    told = asdict(plan_of(meeting))
    told["held_on"] = meeting.held_on.isoformat() if meeting.held_on else ""
    audit.record(
        deed, f"meeting {meeting.id}", by=by, learner_id=meeting.learner_id, kind=meeting.kind,
        held_on=told["held_on"], plan_sha256=audit.hash_of(told),
    )  # fmt: skip


def _put(meeting: Meeting, planned: MeetingPlan) -> None:
    meeting.title, meeting.held_on, meeting.place = planned.title, planned.held_on, planned.place
    meeting.third_parties, meeting.prepare = planned.third_parties, planned.prepare
    meeting.minutes = asdict(planned_into(planned, minutes_of(meeting.minutes)))
