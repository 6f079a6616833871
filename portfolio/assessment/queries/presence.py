"""Reads of who is at a desk."""

from dataclasses import dataclass

from sqlalchemy import bindparam, select

from portfolio.assessment.models import Assessment, Presence
from portfolio.assessment.rules import HERE_FOR
from portfolio.foundation.clock import now
from portfolio.foundation.db import db
from portfolio.people.models import Person
from portfolio.units.models import EditionPoint

_HERE = (
    select(Person.name, EditionPoint.ref)
    .select_from(Presence)
    .join(Person, Person.id == Presence.person_id)
    .outerjoin(EditionPoint, EditionPoint.id == Presence.point_id)
    .where(Presence.assessment_id == bindparam("assessment"), Presence.person_id != bindparam("viewer"))
    .where(Presence.at >= bindparam("since"))
    .order_by(Person.name, Person.id)
)


@dataclass(frozen=True, slots=True)
class Colleague:
    """Somebody who is at the same desk."""

    name: str
    point: str | None
    """Ref of the point that they have in hand."""


def others_here(assessment: Assessment, *, viewer: Person) -> list[Colleague]:
    """Who else is at the desk of an assessment, by name."""
    asked = {"assessment": assessment.id, "viewer": viewer.id, "since": now() - HERE_FOR}
    return [Colleague(*row) for row in db.session.execute(_HERE, asked)]
