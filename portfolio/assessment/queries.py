"""Reads about assessments. Whatever takes a `viewer` shows only the viewer's own centre."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Select, func, select
from sqlalchemy.orm import aliased, joinedload, selectinload

from portfolio.assessment.lifecycle import State
from portfolio.assessment.models import (
    Assessment,
    HandedClaim,
    HandedVersion,
    Judgement,
    Round,
)
from portfolio.evidence.models import Version
from portfolio.foundation.db import db, like
from portfolio.people.models import Person
from portfolio.people.rules import Role
from portfolio.units.models import Edition, Enrolment


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


def assessment(id: int, *, viewer: Person) -> Assessment | None:
    """An assessment at the viewer's centre."""
    query = select(Assessment).where(Assessment.id == id, Assessment.centre_id == viewer.centre_id)
    return db.session.scalars(query).one_or_none()


def assessment_of(enrolment: Enrolment) -> Assessment | None:
    """The assessment of an enrolment, once there is one."""
    return db.session.scalars(select(Assessment).where(Assessment.enrolment_id == enrolment.id)).one_or_none()


def assessments_of(learner_id: int) -> dict[int, Assessment]:
    """A learner's assessments by enrolment."""
    query = select(Assessment).join(Enrolment).where(Enrolment.learner_id == learner_id)
    return {found.enrolment_id: found for found in db.session.scalars(query)}


def states_of(learner_ids: Sequence[int]) -> dict[int, str]:
    """States by enrolment, for several learners."""
    query = select(Assessment.enrolment_id, Assessment.state).join(Enrolment)
    return dict(db.session.execute(query.where(Enrolment.learner_id.in_(learner_ids))).tuples().all())


def achieved_learners(centre_id: int) -> set[int]:
    """Learners of a centre who have achieved at least one unit."""
    query = select(Enrolment.learner_id).join(Assessment, Assessment.enrolment_id == Enrolment.id)
    return set(db.session.scalars(query.where(Assessment.centre_id == centre_id, Assessment.state == State.ACHIEVED)))


def locked(assessment: Assessment) -> Assessment:
    """The same assessment, as it is now, with its row held until the end of the transaction."""
    db.session.refresh(assessment, with_for_update=True)
    return assessment


def present_round(assessment: Assessment) -> Round | None:
    """The round that waits or was answered last; what was taken back does not count."""
    query = select(Round).where(Round.assessment_id == assessment.id, Round.taken_back_at.is_(None))
    return db.session.scalars(query.order_by(Round.number.desc()).limit(1)).one_or_none()


def attempts(assessment: Assessment, number: int) -> int:
    """How often round `number` was handed in."""
    query = select(func.count(Round.id)).where(Round.assessment_id == assessment.id, Round.number == number)
    return db.session.scalar(query) or 0


def handed(round: Round) -> list[HandedVersion]:
    """What a round froze, each version with its item and files."""
    query = select(HandedVersion).where(HandedVersion.round_id == round.id).order_by(HandedVersion.position)
    paths = joinedload(HandedVersion.version)
    return list(
        db.session.scalars(query.options(paths.joinedload(Version.evidence), paths.selectinload(Version.files)))
    )


def claims_in(round: Round) -> list[HandedClaim]:
    """The claims that a round froze."""
    return list(
        db.session.scalars(select(HandedClaim).where(HandedClaim.round_id == round.id).order_by(HandedClaim.id))
    )


def judgements(assessment: Assessment) -> list[Judgement]:
    """Every judgement on an assessment, in the order in which they were given."""
    query = select(Judgement).where(Judgement.assessment_id == assessment.id).options(joinedload(Judgement.round))
    return list(db.session.scalars(query.order_by(Judgement.number, Judgement.id)))


def standing(judgements: Iterable[Judgement]) -> dict[int, Judgement]:
    """The judgement that stands on each point: the latest one, unless it only takes back the one before."""
    latest: dict[int, Judgement] = {}
    for judgement in sorted(judgements, key=lambda one: one.number):
        latest[judgement.point_id] = judgement
    return latest


def judged_in(round: Round) -> bool:
    """Whether any judgement was made in a round."""
    return (
        db.session.scalars(select(Judgement.id).where(Judgement.round_id == round.id).limit(1)).one_or_none()
        is not None
    )


def rounds_of(assessment: Assessment) -> list[Round]:
    """All rounds with what they froze and how they were answered."""
    query = select(Round).where(Round.assessment_id == assessment.id).order_by(Round.number, Round.attempt)
    return list(db.session.scalars(query.options(joinedload(Round.decided_by), selectinload(Round.gaps))))


def queue(
    viewer: Person, *, state: str = State.HANDED_IN, words: str = "", code: str = ""
) -> Select[*tuple[Any, ...]]:
    """Who waits for the viewer, the longest first; IQAs and administrators see the whole centre."""
    learner, assessor = aliased(Person), aliased(Person)
    columns = (
        Assessment.id, learner.name.label("learner"), learner.number, Edition.code, Edition.title, Assessment.state,
        Assessment.round, Assessment.handed_in_at, func.coalesce(assessor.name, "").label("assessor"),
    )  # fmt: skip
    query = (
        select(*columns)
        .join(Enrolment, Enrolment.id == Assessment.enrolment_id)
        .join(learner, learner.id == Enrolment.learner_id)
        .join(Edition, Edition.id == Enrolment.edition_id)
        .outerjoin(assessor, assessor.id == Assessment.assessor_id)
        .where(_whose(viewer), Assessment.state == state)
        .order_by(Assessment.handed_in_at, Assessment.id)
    )
    if words:
        query = query.where(learner.name.ilike(like(words), escape="\\"))
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
    return dict(db.session.execute(query).tuples().all())


def next_waiting(viewer: Person, after: Assessment) -> int | None:
    """The id of the one who waits longest for the viewer, other than `after`."""
    query = select(Assessment.id).where(_whose(viewer), Assessment.state == State.HANDED_IN, Assessment.id != after.id)
    return db.session.scalars(query.order_by(Assessment.handed_in_at, Assessment.id).limit(1)).one_or_none()


def _whose(viewer: Person) -> ColumnElement[bool]:
    if viewer.has(Role.IQA, Role.ADMINISTRATOR) and not viewer.has(Role.ASSESSOR):
        return Assessment.centre_id == viewer.centre_id
    return Assessment.assessor_id == viewer.id
