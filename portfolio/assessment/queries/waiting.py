"""Reads of the queue: who waits for whom. Statements that are asked all day are built once."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Select, func, select
from sqlalchemy.orm import aliased

from portfolio.assessment.lifecycle import State
from portfolio.assessment.models import Assessment
from portfolio.foundation.db import db, like
from portfolio.people.models import Person
from portfolio.people.rules import Role
from portfolio.units.models import Edition, Enrolment

_LEARNER, _ASSESSOR = aliased(Person), aliased(Person)
_QUEUE = (
    select(
        Assessment.id, _LEARNER.name.label("learner"), _LEARNER.number, Edition.code, Edition.title, Assessment.state,
        Assessment.round, Assessment.handed_in_at, func.coalesce(_ASSESSOR.name, "").label("assessor"),
    )
    .join(Enrolment, Enrolment.id == Assessment.enrolment_id)
    .join(_LEARNER, _LEARNER.id == Enrolment.learner_id)
    .join(Edition, Edition.id == Enrolment.edition_id)
    .outerjoin(_ASSESSOR, _ASSESSOR.id == Assessment.assessor_id)
    .order_by(Assessment.handed_in_at, Assessment.id)
)  # fmt: skip
"""The lines of everybody, the longest wait first."""


@dataclass(frozen=True, slots=True)
class Waiting:
    """A line of the queue."""

    id: int
    learner: str
    number: str
    code: str
    title: str
    state: str
    round: int
    handed_in_at: datetime | None
    assessor: str


def queue(viewer: Person, *, state: str = State.HANDED_IN, words: str = "", code: str = "") -> Select[*tuple[Any, ...]]:
    """Who waits for the viewer, the longest first; IQAs and administrators see the whole centre."""
    query = _QUEUE.where(_whose(viewer), Assessment.state == state)
    if words:
        query = query.where(_LEARNER.name.ilike(like(words), escape="\\"))
    if code:
        query = query.where(Edition.code == code)
    return query


def lines(query: Select[*tuple[Any, ...]], *, offset: int = 0, limit: int = 25) -> list[Waiting]:
    """A stretch of a queue."""
    rows = db.session.execute(query.offset(offset).limit(limit))
    return [Waiting(*row) for row in rows]


def counts(viewer: Person) -> dict[str, int]:
    """How many of the viewer's assessments are in each state."""
    query = select(Assessment.state, func.count()).where(_whose(viewer)).group_by(Assessment.state)
    return dict(db.session.execute(query).all())


def next_waiting(viewer: Person, after: Assessment) -> int | None:
    """The id of the one who waits longest for the viewer, other than `after`."""
    query = select(Assessment.id).where(_whose(viewer), Assessment.state == State.HANDED_IN, Assessment.id != after.id)
    return db.session.scalars(query.order_by(Assessment.handed_in_at, Assessment.id).limit(1)).one_or_none()


def _whose(viewer: Person) -> ColumnElement[bool]:
    if viewer.has(Role.IQA, Role.ADMINISTRATOR) and not viewer.has(Role.ASSESSOR):
        return Assessment.centre_id == viewer.centre_id
    return Assessment.assessor_id == viewer.id
