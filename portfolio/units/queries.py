"""Reads about editions and enrolments."""

from functools import lru_cache

from sqlalchemy import ColumnElement, Engine, Select, bindparam, exists, func, or_, select
from sqlalchemy.orm import joinedload

from criteria import reader
from criteria.unit import Unit
from portfolio.foundation.db import db
from portfolio.foundation.words.text import alike
from portfolio.people.models import Person, RoleRow
from portfolio.people.rules import Role
from portfolio.units.models import Edition, EditionPoint, Enrolment, MarkingPoint


def edition(id: int, *, viewer: Person) -> Edition | None:
    """An edition of the viewer's centre."""
    query = select(Edition).where(Edition.id == id, Edition.centre_id == viewer.centre_id)
    return db.session.scalars(query).one_or_none()


def editions(centre_id: int) -> list[Edition]:
    """All editions of a centre, by code, the newest first within a code."""
    query = select(Edition).where(Edition.centre_id == centre_id).order_by(Edition.code, Edition.number.desc())
    return list(db.session.scalars(query))


def newest(centre_id: int, code: str) -> Edition | None:
    """The newest edition of a code, however its dashes, spaces and capitals were typed."""
    same = [one for one in codes(centre_id) if alike(one) == alike(code)]
    query = select(Edition).where(Edition.centre_id == centre_id, Edition.code.in_(same))
    return db.session.scalars(query.order_by(Edition.number.desc()).limit(1)).one_or_none()


def current_editions(centre_id: int) -> list[Edition]:
    """The newest edition of every code: those that learners can be enrolled on."""
    newest: dict[str, Edition] = {}
    for edition in editions(centre_id):
        newest.setdefault(edition.code, edition)
    return list(newest.values())


def enrolment(id: int, *, viewer: Person) -> Enrolment | None:
    """An enrolment at the viewer's centre."""
    query = select(Enrolment).where(Enrolment.id == id, Enrolment.centre_id == viewer.centre_id)
    return db.session.scalars(query.options(joinedload(Enrolment.assessor), joinedload(Enrolment.iqa))).one_or_none()


def enrolments_of(learner_id: int) -> list[Enrolment]:
    """What a learner is enrolled on, by code."""
    query = select(Enrolment).join(Edition).where(Enrolment.learner_id == learner_id)
    people = (joinedload(Enrolment.assessor), joinedload(Enrolment.iqa))
    return list(db.session.scalars(query.options(*people).order_by(Edition.code, Edition.number)))


def who_learns() -> ColumnElement[bool]:
    """Whether a person is a learner, or was one and has units; as part of another query, whatever their account is."""
    enrolled = exists().where(Enrolment.learner_id == Person.id)
    return or_(Person.roles.any(RoleRow.name == Role.LEARNER), enrolled)


def learners_allocated_to(assessor_id: int) -> Select[int]:
    """Ids of the learners for whom somebody is the allocated assessor, as part of another query."""
    return select(Enrolment.learner_id).where(Enrolment.assessor_id == assessor_id)


def enrolments_by_learner(learner_ids: list[int]) -> dict[int, list[Enrolment]]:
    """The enrolments of several learners."""
    found: dict[int, list[Enrolment]] = {id: [] for id in learner_ids}
    query = select(Enrolment).join(Edition).where(Enrolment.learner_id.in_(learner_ids))
    for enrolment in db.session.scalars(query.options(joinedload(Enrolment.assessor)).order_by(Edition.code)):
        found[enrolment.learner_id].append(enrolment)
    return found


_CODES = select(Edition.code).where(Edition.centre_id == bindparam("centre_id")).distinct().order_by(Edition.code)


def codes(centre_id: int) -> list[str]:
    """The codes of a centre's units."""
    return list(db.session.scalars(_CODES, {"centre_id": centre_id}))


def is_allocated(assessor_id: int, learner_id: int) -> bool:
    """Whether somebody is the assessor of any unit of a learner."""
    query = select(Enrolment.id).where(Enrolment.assessor_id == assessor_id, Enrolment.learner_id == learner_id)
    return db.session.scalars(query.limit(1)).one_or_none() is not None


def without_units(centre_id: int) -> Select[Person]:
    """Learners of a centre with an open account and no unit, by name."""
    enrolled = exists().where(Enrolment.learner_id == Person.id)
    query = select(Person).where(Person.centre_id == centre_id, Person.active, ~enrolled)
    return query.where(Person.roles.any(RoleRow.name == Role.LEARNER)).order_by(Person.name, Person.id)


def is_named(person_id: int) -> bool:
    """Whether somebody is the learner, the assessor or the IQA of any enrolment."""
    named = or_(Enrolment.learner_id == person_id, Enrolment.assessor_id == person_id, Enrolment.iqa_id == person_id)
    return db.session.scalars(select(Enrolment.id).where(named).limit(1)).first() is not None


def answers(person_id: int) -> bool:
    """Whether somebody is the assessor or the IQA of any enrolment."""
    named = or_(Enrolment.assessor_id == person_id, Enrolment.iqa_id == person_id)
    return db.session.scalars(select(Enrolment.id).where(named).limit(1)).first() is not None


def points_of(learner_id: int) -> list[EditionPoint]:
    """The marking points of all units that a learner is enrolled on, by unit, in their order."""
    query = (
        select(EditionPoint)
        .join(Edition, Edition.id == EditionPoint.edition_id)
        .join(Enrolment, Enrolment.edition_id == Edition.id)
        .where(Enrolment.learner_id == learner_id)
        .options(joinedload(EditionPoint.edition))
        .order_by(Edition.code, Edition.number, EditionPoint.position)
    )
    return list(db.session.scalars(query))


def marking_points(edition: Edition) -> tuple[MarkingPoint, ...]:
    """The points of an edition in their order. An edition never changes, so it is asked for once."""
    return _marking_points(edition.id, db.engine)


def point(point_id: int, *, viewer: Person) -> EditionPoint | None:
    """A marking point of the viewer's centre, with its edition."""
    query = select(EditionPoint).join(Edition).where(EditionPoint.id == point_id, Edition.centre_id == viewer.centre_id)
    return db.session.scalars(query.options(joinedload(EditionPoint.edition).lazyload(Edition.points))).one_or_none()


def enrolled_on(edition_id: int) -> int:
    """How many learners are enrolled on an edition."""
    return db.session.scalar(select(func.count(Enrolment.id)).where(Enrolment.edition_id == edition_id)) or 0


def unit_of(edition: Edition) -> Unit:
    """All that an edition says, read again from its text."""
    return unit_in(edition.text)


@lru_cache(maxsize=256)
def unit_in(text: str) -> Unit:
    """The same of a text; a text says the same for ever, so the last ones are kept."""
    return reader.read(text)


def enrolled_counts(centre_id: int) -> dict[int, int]:
    """How many learners are enrolled on each edition of a centre that has any."""
    query = select(Enrolment.edition_id, func.count()).where(Enrolment.centre_id == centre_id)
    return dict(db.session.execute(query.group_by(Enrolment.edition_id)).all())


@lru_cache(maxsize=256)
def _marking_points(edition_id: int, _database: Engine) -> tuple[MarkingPoint, ...]:
    query = select(EditionPoint).where(EditionPoint.edition_id == edition_id).order_by(EditionPoint.position)
    return tuple(
        MarkingPoint(
            one.id,
            one.edition_id,
            one.ref,
            one.text,
            tuple(one.parts),
            tuple(one.methods),
            one.needed,
        )
        for one in db.session.scalars(query)
    )
