"""The blueprint that the pages about meetings share, and what other pages tell of meetings."""

from collections.abc import Collection, Sequence
from typing import Protocol

from flask import Blueprint, g

from portfolio.evidence.arrivals import landing
from portfolio.evidence.meetings import mailing, policy, queries
from portfolio.evidence.meetings.lifecycle import MeetingState, possible
from portfolio.evidence.meetings.noting import waiting
from portfolio.evidence.meetings.queries import Course
from portfolio.evidence.meetings.recordings import called
from portfolio.evidence.meetings.rules import Pairs, minutes_of
from portfolio.evidence.models import Evidence
from portfolio.evidence.policy import HELD_ELSEWHERE
from portfolio.evidence.rules import MINUTED
from portfolio.evidence.signatures.models import Signature
from portfolio.evidence.signatures.queries import signatures_of
from portfolio.units import queries as units
from portfolio.units.models import EditionPoint

bp = Blueprint("meetings", __name__, url_prefix="/meetings")
mailing.install()
HELD_ELSEWHERE.append(policy.may_see_attached)

FORM = 1024**2
"""Bytes that a form may have beside its files."""
SHOWN_AS = {
    MeetingState.PLANNED: ("open", "Planned"),
    MeetingState.UNDER_WAY: ("gathering", "Being written"),
    MeetingState.SIGNED: ("handed-in", "Learner still to sign"),
    MeetingState.AGREED: ("verified", "Signed by both"),
    MeetingState.DISPUTED: ("action-required", "Learner does not agree"),
    MeetingState.LEFT: ("action-required", "Learner does not agree; left as it is"),
    MeetingState.CHANGING: ("gathering", "Being changed, to be signed anew"),
    MeetingState.CALLED_OFF: ("withdrawn", "Called off"),
}
"""The mark and the words of each state."""


def with_files() -> int:
    """Bytes of a form that brings its files along, as a browser without JavaScript sends it."""
    return landing.most() + FORM


class Kindred(Protocol):
    """A version, as far as it is told whether it is the record of a meeting."""

    @property
    def id(self) -> int:
        """Its id."""

    @property
    def kind(self) -> str:
        """The kind of its item."""


@bp.app_context_processor
def told() -> dict[str, object]:
    """For every page that tells of meetings: how states are shown, whose step it is, and their minutes."""
    return {
        "MEETING_SHOWN": SHOWN_AS,
        "may_lead": lambda meeting: policy.may_lead(g.person, meeting),
        "may_call_off": lambda meeting: policy.may_call_off(g.person, meeting),
        "may_leave": lambda meeting: policy.may_leave(g.person, meeting),
        "may_answer": lambda meeting: policy.may_answer(g.person, meeting),
        "meeting_may": possible,
        "course_about": course_about,
        "notes_waiting": lambda: waiting(g.person) if policy.may_note(g.person) else [],
        "recordings_called": called,
        "minutes_in": lambda version: minutes_of(version.minutes or {}),
    }


@bp.app_template_global()
def signed_under(version_ids: Collection[int]) -> dict[int, list[Signature]]:
    """The signatures under each of these versions that has one."""
    return signatures_of(version_ids) if version_ids else {}


@bp.app_template_global()
def minuted(versions: Sequence[Kindred]) -> list[int]:
    """The ids of those versions that are the record of a meeting."""
    return [version.id for version in versions if version.kind in MINUTED]


def course_about(evidence: Evidence) -> Course | None:
    """Where the meeting stands of which an item is the record; None for any other item."""
    meeting = queries.about(evidence)
    return queries.course(meeting) if meeting else None


def named(pairs: Pairs, points: Sequence[EditionPoint]) -> list[EditionPoint]:
    """The points that these codes and refs name, in the order of `points`."""
    wanted = set(pairs)
    return [point for point in points if (point.edition.code, point.ref) in wanted]


def point_words(learner_id: int) -> dict[tuple[str, str], str]:
    """What each of the learner's points says, by the code of its unit and its ref."""
    return {(point.edition.code, point.ref): point.text for point in points_of(learner_id)}


def points_of(learner_id: int) -> list[EditionPoint]:
    """The points of all the learner's units."""
    return units.points_of(learner_id)
