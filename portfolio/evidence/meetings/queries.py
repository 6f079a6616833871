"""Reads about meetings. Whatever takes a `viewer` shows only the viewer's own centre."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from portfolio.evidence.meetings.lifecycle import MeetingState, state_of
from portfolio.evidence.meetings.models import Meeting
from portfolio.evidence.models import Evidence, File, Version
from portfolio.evidence.signatures import queries as signatures
from portfolio.evidence.signatures.models import Signature
from portfolio.evidence.signatures.rules import Signer
from portfolio.foundation.db import db
from portfolio.people.models import Person
from portfolio.units import queries as units

OPEN = frozenset(
    {
        MeetingState.PLANNED, MeetingState.UNDER_WAY, MeetingState.SIGNED, MeetingState.CHANGING,
        MeetingState.DISPUTED,
    }
)  # fmt: skip
"""States in which something is still to be done."""
_PEOPLE = (joinedload(Meeting.learner), joinedload(Meeting.assessor))


@dataclass(frozen=True, slots=True)
class Course:
    """A meeting with where it stands and who signed the newest version of its item."""

    meeting: Meeting
    state: MeetingState
    signed: tuple[Signature, ...] = ()


def meeting(id: int, *, viewer: Person) -> Meeting | None:
    """A meeting at the viewer's centre."""
    query = select(Meeting).where(Meeting.id == id, Meeting.centre_id == viewer.centre_id)
    return db.session.scalars(query.options(*_PEOPLE)).one_or_none()


def about(evidence: Evidence) -> Meeting | None:
    """The meeting of which an item is the record."""
    query = select(Meeting).where(Meeting.evidence_id == evidence.id).order_by(Meeting.id.desc()).limit(1)
    return db.session.scalars(query).first()


def meetings_of(learner_id: int) -> list[Course]:
    """All meetings with a learner, by their days."""
    query = select(Meeting).where(Meeting.learner_id == learner_id).order_by(Meeting.held_on, Meeting.id)
    return courses(list(db.session.scalars(query.options(*_PEOPLE))))


def open_with(learner_id: int) -> list[Course]:
    """The meetings with a learner of which something is still to be done, by their days."""
    return [one for one in meetings_of(learner_id) if one.state in OPEN]


def open_by(assessor_id: int) -> list[Course]:
    """The meetings of an assessor with learners who are theirs now, of which something is still to be done, by days."""
    theirs = Meeting.learner_id.in_(units.learners_allocated_to(assessor_id))
    query = select(Meeting).where(Meeting.assessor_id == assessor_id, Meeting.called_off_at.is_(None), theirs)
    found = courses(list(db.session.scalars(query.options(*_PEOPLE).order_by(Meeting.held_on, Meeting.id))))
    return [one for one in found if one.state in OPEN]


def course(meeting: Meeting) -> Course:
    """Where one meeting stands."""
    return courses([meeting])[0]


def courses(meetings: Sequence[Meeting]) -> list[Course]:
    """Where each of these meetings stands."""
    items = [one.evidence_id for one in meetings if one.evidence_id]
    query = select(Version.evidence_id, Version.id).join(Evidence).where(Version.evidence_id.in_(items))
    newest = dict(db.session.execute(query.where(Version.number == Evidence.latest)).all()) if items else {}
    signed = signatures.signatures_of(newest.values()) if newest else {}
    return [_course(one, signed.get(newest.get(one.evidence_id or 0, 0), [])) for one in meetings]


def files_of(meeting: Meeting) -> list[File]:
    """The files that were attached, in their order."""
    found = {file.id: file for file in db.session.scalars(select(File).where(File.id.in_(meeting.files)))}
    return [found[id] for id in meeting.files if id in found]


def meetings_with(file: File, *, assessor_id: int) -> list[Meeting]:
    """The meetings of an assessor to which a file is attached."""
    query = select(Meeting).where(Meeting.assessor_id == assessor_id, Meeting.centre_id == file.centre_id)
    return [one for one in db.session.scalars(query) if file.id in one.files]


def recordings_of(meeting: Meeting) -> list[File]:
    """Those of its files that play, or that may prove to once they are prepared."""
    return [file for file in files_of(meeting) if file.kind in ("audio", "video") and file.prepared != "failed"]


def _course(meeting: Meeting, signed: Sequence[Signature]) -> Course:
    answers = [one.agrees for one in signed if one.signer == Signer.LEARNER]
    state = state_of(
        begun=meeting.begun_at is not None, called_off=meeting.called_off_at is not None,
        changed=meeting.saved > meeting.signed, signed=meeting.evidence_id is not None,
        agrees=answers[0] if answers else None, left=meeting.left_at is not None,
    )  # fmt: skip
    return Course(meeting, state, tuple(signed))
