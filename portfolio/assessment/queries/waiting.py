"""Reads of the queue: who waits for whom. Statements that are asked all day are built once."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import datetime
from functools import cache
from typing import Any

from sqlalchemy import ColumnElement, Integer, Select, bindparam, func, select
from sqlalchemy.orm import aliased

from portfolio.assessment.lifecycle import State
from portfolio.assessment.models import Assessment
from portfolio.foundation import paging
from portfolio.foundation.db import db, like
from portfolio.foundation.paging import ListPage
from portfolio.foundation.words.text import alike
from portfolio.people.models import Person
from portfolio.people.rules import Role
from portfolio.units.models import Edition, Enrolment

_LEARNER, _ASSESSOR = aliased(Person), aliased(Person)
_QUEUE = (
    select(
        Assessment.id, _LEARNER.name.label("learner"), _LEARNER.number, Edition.code, Edition.title, Assessment.state,
        Assessment.round, Assessment.handed_in_at, func.coalesce(_ASSESSOR.name, "").label("assessor"),
        Assessment.enrolment_id, Assessment.unread_by_assessor,
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
    enrolment_id: int
    unread: int
    """Answers of the learner that wait to be read."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which lines of a queue are looked at."""

    state: str = State.HANDED_IN
    words: str = ""
    """Part of the learner's name, address or number."""
    code: str = ""
    """Of a unit."""


def page(
    viewer: Person, wanted: Wanted, number: int = 1, *, counted: Mapping[str, int] | None = None
) -> ListPage[Waiting]:
    """Page `number` of who waits for the viewer, the longest first; IQAs and administrators see the whole centre.

    `counted` is what `counts` said, where it was asked already.
    """
    which = (_sees_all(viewer), bool(wanted.words), bool(wanted.code))
    values = asdict(wanted) | {"words": like(alike(wanted.words)), "whose": _key(viewer)}
    if wanted.words or wanted.code:
        total = db.session.scalar(_how_many(*which), values) or 0
    else:
        total = (counts(viewer) if counted is None else counted).get(wanted.state, 0)

    def rows(offset: int, limit: int) -> list[Waiting]:
        found = db.session.execute(_lines(*which), values | {"offset": offset, "limit": limit})
        return [Waiting(*row) for row in found]

    return paging.page(number, total=total, rows=rows)


def counts(viewer: Person) -> dict[str, int]:
    """How many of the viewer's assessments are in each state."""
    return dict(db.session.execute(_counts(_sees_all(viewer)), {"whose": _key(viewer)}).all())


def next_waiting(viewer: Person, after: Assessment) -> int | None:
    """The id of the one who waits longest for the viewer, other than `after`."""
    whose = _whose(_sees_all(viewer))
    query = select(Assessment.id).where(whose, Assessment.state == State.HANDED_IN, Assessment.id != after.id)
    query = query.order_by(Assessment.handed_in_at, Assessment.id).limit(1)
    return db.session.scalars(query, {"whose": _key(viewer)}).one_or_none()


@cache
def _lines(all_of_it: bool, by_words: bool, by_code: bool) -> Select[*tuple[Any, ...]]:
    query = _filtered(all_of_it, by_words, by_code)
    return query.offset(bindparam("offset", type_=Integer)).limit(bindparam("limit", type_=Integer))


@cache
def _how_many(all_of_it: bool, by_words: bool, by_code: bool) -> Select[int]:
    query = _filtered(all_of_it, by_words, by_code).order_by(None)
    return select(func.count()).select_from(query.subquery())


def _filtered(all_of_it: bool, by_words: bool, by_code: bool) -> Select[*tuple[Any, ...]]:
    query = _QUEUE.where(_whose(all_of_it), Assessment.state == bindparam("state"))
    if by_words:
        query = query.where(_LEARNER.sought.like(bindparam("words"), escape="\\"))
    if by_code:
        query = query.where(Edition.code == bindparam("code"))
    return query


@cache
def _counts(all_of_it: bool) -> Select[str, int]:
    return select(Assessment.state, func.count()).where(_whose(all_of_it)).group_by(Assessment.state)


def _whose(all_of_it: bool) -> ColumnElement[bool]:
    return (Assessment.centre_id if all_of_it else Assessment.assessor_id) == bindparam("whose")


def _key(viewer: Person) -> int:
    return viewer.centre_id if _sees_all(viewer) else viewer.id


def _sees_all(viewer: Person) -> bool:
    return viewer.has(Role.IQA, Role.ADMINISTRATOR) and not viewer.has(Role.ASSESSOR)
