"""Reads of who answers for what: what a person answers for, and what is nobody's."""

from sqlalchemy import ColumnElement, Select, and_, func, or_, select
from sqlalchemy.orm import joinedload

from portfolio.assessment.lifecycle import State
from portfolio.assessment.models import Assessment
from portfolio.foundation.db import db
from portfolio.people.models import Person
from portfolio.people.queries import able
from portfolio.people.rules import Role
from portfolio.units.models import Enrolment

_COLUMN = {Role.ASSESSOR: Enrolment.assessor_id, Role.IQA: Enrolment.iqa_id}
_OPEN = or_(Assessment.state.is_(None), Assessment.state.not_in((State.ACHIEVED, State.WITHDRAWN)))
"""Units on which somebody still has to work."""


def answered_for(person: Person, role: Role) -> list[Enrolment]:
    """The open units for which somebody answers in `role`."""
    query = _open(_COLUMN[role] == person.id)
    return list(db.session.scalars(query.options(joinedload(Enrolment.assessor), joinedload(Enrolment.iqa))))


def duties(person: Person) -> dict[Role, tuple[int, int]]:
    """By role: for how many open units somebody answers, and how many of them are handed in. Only roles with any."""
    waits = func.count().filter(Assessment.state == State.HANDED_IN)
    found = {}
    for role, column in _COLUMN.items():
        query = _open(column == person.id).with_only_columns(func.count(), waits).order_by(None)
        count, waiting = db.session.execute(query).one()
        if count:
            found[role] = (count, waiting)
    return found


def nobodys(centre_id: int, *, ids: list[int] | None = None, limit: int = 100) -> list[tuple[Enrolment, str]]:
    """Open units of a centre whose assessor or IQA cannot do it, with their states; what is handed in comes first.

    `ids` takes only those among them.
    """
    query = _open(_lacking(centre_id)).add_columns(func.coalesce(Assessment.state, State.GATHERING))
    if ids is not None:
        query = query.where(Enrolment.id.in_(ids))
    first = (Assessment.state == State.HANDED_IN).desc().nulls_last()
    query = query.order_by(None).order_by(first, Assessment.handed_in_at, Enrolment.id).limit(limit)
    paths = (joinedload(Enrolment.assessor), joinedload(Enrolment.iqa))
    return [(enrolment, state) for enrolment, state in db.session.execute(query.options(*paths))]


def nobodys_count(centre_id: int) -> int:
    """How many units of a centre are nobody's."""
    query = _open(_lacking(centre_id)).with_only_columns(func.count()).order_by(None)
    return db.session.scalar(query) or 0


def _open(which: ColumnElement[bool]) -> Select[Enrolment]:
    query = select(Enrolment).outerjoin(Assessment, Assessment.enrolment_id == Enrolment.id)
    return query.where(which, _OPEN).order_by(Enrolment.id)


def _lacking(centre_id: int) -> ColumnElement[bool]:
    """A unit lacks an assessor without one who can; it lacks an IQA only where one was named."""
    assessor = or_(Enrolment.assessor_id.is_(None), Enrolment.assessor_id.not_in(able(Role.ASSESSOR)))
    iqa = and_(Enrolment.iqa_id.is_not(None), Enrolment.iqa_id.not_in(able(Role.IQA)))
    return and_(Enrolment.centre_id == centre_id, or_(assessor, iqa))
