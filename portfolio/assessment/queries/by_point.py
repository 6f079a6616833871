"""Reads of one point across learners: who waits for a verdict on it, how many, and what was found on it lately."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, bindparam, case, func, not_, or_, select
from sqlalchemy.orm import aliased

from portfolio.assessment.lifecycle import State
from portfolio.assessment.models import Assessment, Judgement, Round
from portfolio.assessment.rules import Verdict
from portfolio.foundation.db import db
from portfolio.people.models import Person
from portfolio.units.models import Edition, EditionPoint, Enrolment

MOST_WAITING = 100
"""Learners of one walk; whoever waits behind them comes with the next."""
LATELY = 10
"""Verdicts that are shown for an even hand."""
_LAST, _LATER = aliased(Judgement), aliased(Judgement)


@dataclass(frozen=True, slots=True)
class Waits:
    """Somebody whose unit waits, with the verdict that a point of it has in this round, if any."""

    id: int
    """Of the assessment."""
    learner: str
    round: int
    handed_in_at: datetime
    verdict: str


@dataclass(frozen=True, slots=True)
class OpenPoint:
    """A point that somebody waits for."""

    id: int
    edition_id: int
    code: str
    title: str
    number: int
    """Of the edition."""
    ref: str
    text: str
    open: int
    """How many learners."""
    since: datetime
    """When the first of them handed in."""


@dataclass(frozen=True, slots=True)
class Lately:
    """A verdict that somebody gave on a point, as it stands."""

    assessment_id: int
    learner: str
    verdict: str
    feedback: str
    at: datetime


def waiting_for(point_id: int, viewer: Person, *, given: bool = False) -> list[Waits]:
    """The first `MOST_WAITING` of the viewer's own learners who wait for a verdict on a point, the longest wait first;
    with `given` also those who have one in this round.
    """
    found = db.session.execute(_waiting(given), {"point": point_id, "whose": viewer.id})
    return [Waits(*row) for row in found]


def count_waiting(point_id: int, viewer: Person) -> int:
    """How many of the viewer's own learners wait for a verdict on a point."""
    query = select(func.count()).select_from(_waiting(given=False).limit(None).subquery())
    return db.session.scalar(query, {"point": point_id, "whose": viewer.id}) or 0


def open_points(viewer: Person) -> list[OpenPoint]:
    """The points that the viewer's own learners wait for, by unit, edition and their order there."""
    return [OpenPoint(*row) for row in db.session.execute(_OPEN_POINTS, {"whose": viewer.id})]


def lately(point_id: int, viewer: Person) -> Sequence[Lately]:
    """The last verdicts that the viewer gave on a point, as they stand, the newest first."""
    return [Lately(**row._mapping) for row in db.session.execute(_LATELY, {"point": point_id, "whose": viewer.id})]


def _settled() -> ColumnElement[bool]:
    """What `rules.is_settled` says, of the last judgement and the present round."""
    kept = and_(_LAST.verdict == Verdict.MET, _LAST.round_id > func.coalesce(Assessment.reopened_id, 0))
    return and_(_LAST.verdict.is_not(None), or_(_LAST.round_id == Round.id, kept))


def _open() -> ColumnElement[bool]:
    return or_(_LAST.id.is_(None), not_(_settled()))


def _waits(columns: Sequence[Any]) -> Select[Any]:
    """The viewer's assessments that wait, with their present round and the last judgement on each point, where
    there is one.
    """
    present = and_(
        Round.assessment_id == Assessment.id, Round.number == Assessment.round, Round.taken_back_at.is_(None)
    )
    of_point = and_(_LAST.assessment_id == Assessment.id, _LAST.point_id == EditionPoint.id, _is_last(_LAST))
    return (
        select(*columns)
        .select_from(Assessment)
        .join(Enrolment, Enrolment.id == Assessment.enrolment_id)
        .join(EditionPoint, EditionPoint.edition_id == Enrolment.edition_id)
        .join(Round, present)
        .outerjoin(_LAST, of_point)
        .where(Assessment.assessor_id == bindparam("whose"), Assessment.state == State.HANDED_IN)
    )


def _is_last(one: Any) -> ColumnElement[bool]:
    later = select(_LATER.id).where(
        _LATER.assessment_id == one.assessment_id, _LATER.point_id == one.point_id, _LATER.number > one.number
    )
    return not_(later.exists())


@cache
def _waiting(given: bool) -> Select[Any]:
    verdict = case((_settled(), _LAST.verdict), else_="")
    shown = [Assessment.id, Person.name, Assessment.round, Assessment.handed_in_at, verdict]
    query = _waits(shown).join(Person, Person.id == Enrolment.learner_id)
    wanted = or_(_open(), _LAST.round_id == Round.id) if given else _open()
    query = query.where(EditionPoint.id == bindparam("point"), wanted)
    return query.order_by(Assessment.handed_in_at, Assessment.id).limit(MOST_WAITING)


_OPEN_POINTS = (
    _waits(
        [EditionPoint.id, Edition.id, Edition.code, Edition.title, Edition.number, EditionPoint.ref, EditionPoint.text,
         func.count(), func.min(Assessment.handed_in_at)],
    )
    .join(Edition, Edition.id == EditionPoint.edition_id)
    .where(_open())
    .group_by(EditionPoint.id, Edition.id)
    .order_by(Edition.code, Edition.number.desc(), EditionPoint.position)
)  # fmt: skip
_LATELY = (
    select(_LAST.assessment_id, Person.name.label("learner"), _LAST.verdict, _LAST.feedback, _LAST.at)
    .join(Assessment, Assessment.id == _LAST.assessment_id)
    .join(Enrolment, Enrolment.id == Assessment.enrolment_id)
    .join(Person, Person.id == Enrolment.learner_id)
    .where(
        _LAST.point_id == bindparam("point"), _LAST.by_id == bindparam("whose"), _LAST.verdict.is_not(None),
        Assessment.assessor_id == bindparam("whose"), _is_last(_LAST),
    )
    .order_by(_LAST.id.desc())
    .limit(LATELY)
)  # fmt: skip
"""Of one's own learners alone: an assessor sees nothing of who is allocated to a colleague by now."""
