"""Reads about qualifications and programmes."""

from sqlalchemy import exists, func, select

from portfolio.foundation.db import db
from portfolio.foundation.words.text import alike
from portfolio.people.models import Person, RoleRow
from portfolio.people.rules import Role
from portfolio.units.models import Enrolment
from portfolio.units.qualifications.models import Programme, ProgrammeUnit, QualificationEdition

AT_ONCE = 200
"""Learners who are enrolled together at most: others who write wait meanwhile."""


def qualification(id: int, *, viewer: Person) -> QualificationEdition | None:
    """An edition of a qualification at the viewer's centre."""
    query = select(QualificationEdition).where(QualificationEdition.id == id)
    return db.session.scalars(query.where(QualificationEdition.centre_id == viewer.centre_id)).one_or_none()


def editions(centre_id: int) -> list[QualificationEdition]:
    """All editions of a centre, by title and number, the newest first within a number."""
    query = select(QualificationEdition).where(QualificationEdition.centre_id == centre_id)
    found = list(db.session.scalars(query.order_by(QualificationEdition.edition.desc())))
    newest: dict[str, str] = {}
    for one in found:
        newest.setdefault(one.number, one.title)
    return sorted(found, key=lambda one: (newest[one.number], one.number))


def current(centre_id: int) -> list[QualificationEdition]:
    """The newest edition of every qualification: those that learners can begin."""
    found: dict[str, QualificationEdition] = {}
    for one in editions(centre_id):
        found.setdefault(one.number, one)
    return list(found.values())


def newest(centre_id: int, number: str) -> QualificationEdition | None:
    """The newest edition of a number, whatever kind of dash or space, and capitals, were typed."""
    same = (one for one in current(centre_id) if alike(one.number) == alike(number))
    return next(same, None)


def programme(id: int, *, viewer: Person) -> Programme | None:
    """A programme at the viewer's centre, ended or not."""
    query = select(Programme).where(Programme.id == id, Programme.centre_id == viewer.centre_id)
    return db.session.scalars(query).one_or_none()


def programmes_of(learner_id: int) -> list[Programme]:
    """What a learner works towards, in the order in which it was begun."""
    query = select(Programme).where(Programme.learner_id == learner_id, Programme.ended_at.is_(None))
    return list(db.session.scalars(query.order_by(Programme.id)))


def all_of(learner_id: int) -> list[Programme]:
    """The programmes of a learner, ended ones too."""
    return list(db.session.scalars(select(Programme).where(Programme.learner_id == learner_id).order_by(Programme.id)))


def ended(learner_id: int) -> list[Programme]:
    """The programmes of a learner that were ended and not begun anew."""
    found = all_of(learner_id)
    open_ones = {one.qualification.number for one in found if one.ended_at is None}
    return [one for one in found if one.ended_at and one.qualification.number not in open_ones]


def not_working_towards(qualification: QualificationEdition) -> dict[Person, bool]:
    """Learners with an open account who do not work towards a qualification, by name; whether they have no unit yet.

    Those without a unit come first; there are at most `AT_ONCE`.
    """
    same = select(QualificationEdition.id).where(
        QualificationEdition.centre_id == qualification.centre_id, QualificationEdition.number == qualification.number
    )
    begun = exists().where(
        Programme.learner_id == Person.id, Programme.ended_at.is_(None), Programme.qualification_id.in_(same)
    )
    enrolled = exists().where(Enrolment.learner_id == Person.id)
    query = select(Person, ~enrolled).where(Person.centre_id == qualification.centre_id, Person.active, ~begun)
    query = query.where(Person.roles.any(RoleRow.name == Role.LEARNER)).order_by(enrolled, Person.name, Person.id)
    query = query.limit(AT_ONCE)
    return {person: bool(bare) for person, bare in db.session.execute(query)}


def learner_counts(centre_id: int) -> dict[int, int]:
    """How many learners work towards each edition of a centre that has any."""
    query = select(Programme.qualification_id, func.count()).where(Programme.centre_id == centre_id)
    query = query.where(Programme.ended_at.is_(None)).group_by(Programme.qualification_id)
    return dict(db.session.execute(query).all())


def all_with(enrolment: Enrolment) -> list[Programme]:
    """The programmes, ended or not, for which an enrolment counts."""
    counts = exists().where(ProgrammeUnit.programme_id == Programme.id, ProgrammeUnit.enrolment_id == enrolment.id)
    return list(db.session.scalars(select(Programme).where(counts).order_by(Programme.id)))
