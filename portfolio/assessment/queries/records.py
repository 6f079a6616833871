"""Reads of assessments, their rounds and judgements. Whatever takes a `viewer` shows only the viewer's own centre."""

from collections.abc import Collection, Iterable, Sequence

from sqlalchemy import bindparam, func, select
from sqlalchemy.orm import joinedload, selectinload

from portfolio.assessment.lifecycle import State
from portfolio.assessment.models import Assessment, Flaw, HandedClaim, HandedVersion, Judgement, Round, StepTaken
from portfolio.assessment.rules import is_told
from portfolio.evidence.models import Version
from portfolio.foundation.db import db, hold
from portfolio.people.models import Person
from portfolio.units.models import Edition, Enrolment

_ASSESSMENT = (
    select(Assessment)
    .where(Assessment.id == bindparam("id"), Assessment.centre_id == bindparam("centre_id"))
    .options(
        joinedload(Assessment.enrolment).joinedload(Enrolment.learner).lazyload(Person.roles),
        joinedload(Assessment.enrolment).joinedload(Enrolment.edition).lazyload(Edition.points),
    )
)
_ROUNDS = (
    select(Round)
    .where(Round.assessment_id == bindparam("id"), Round.taken_back_at.is_(None))
    .order_by(Round.number, Round.attempt)
)
_JUDGEMENTS = (
    select(Judgement).where(Judgement.assessment_id == bindparam("id")).order_by(Judgement.number, Judgement.id)
)


def assessment(id: int, *, viewer: Person) -> Assessment | None:
    """An assessment at the viewer's centre."""
    return db.session.scalars(_ASSESSMENT, {"id": id, "centre_id": viewer.centre_id}).one_or_none()


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
    return dict(db.session.execute(query.where(Enrolment.learner_id.in_(learner_ids))).all())


def achieved_learners(centre_id: int) -> set[int]:
    """Learners of a centre who have achieved at least one unit."""
    query = select(Enrolment.learner_id).join(Assessment, Assessment.enrolment_id == Enrolment.id)
    return set(db.session.scalars(query.where(Assessment.centre_id == centre_id, Assessment.state == State.ACHIEVED)))


def locked(assessment: Assessment) -> Assessment:
    """The same assessment, as it is now, with its row held until the end of the transaction."""
    hold(assessment)
    return assessment


def hold_all(enrolments: Collection[Enrolment]) -> None:
    """Hold the assessments of several enrolments in one order, before any of them writes to the log."""
    query = select(Assessment).where(Assessment.enrolment_id.in_([one.id for one in enrolments]))
    query = query.order_by(Assessment.id).with_for_update(key_share=True, of=Assessment)
    db.session.scalars(query.execution_options(populate_existing=True)).all()


def present_round(assessment: Assessment) -> Round | None:
    """The round that waits or was answered last; what was taken back does not count."""
    query = select(Round).where(Round.assessment_id == assessment.id, Round.taken_back_at.is_(None))
    return db.session.scalars(query.order_by(Round.number.desc()).limit(1)).one_or_none()


def standing_rounds(assessment: Assessment) -> list[Round]:
    """The rounds that were not taken back."""
    return list(db.session.scalars(_ROUNDS, {"id": assessment.id}))


def noted(assessment_ids: Collection[int]) -> dict[int, list[str]]:
    """Of these assessments, those whose standing decision rests on records by the judge alone, with refs of points."""
    here = (Round.assessment_id == Assessment.id) & (Round.number == Assessment.round) & Round.taken_back_at.is_(None)
    query = select(Assessment.id, Round.resting_on_own).join(Round, here).where(Assessment.id.in_(assessment_ids))
    return {id: refs for id, refs in db.session.execute(query) if refs} if assessment_ids else {}


def round_of(assessment: Assessment, id: int) -> Round | None:
    """A round of an assessment, whether or not it was taken back."""
    return db.session.scalars(select(Round).where(Round.id == id, Round.assessment_id == assessment.id)).one_or_none()


def rounds_of(assessment: Assessment) -> list[Round]:
    """All rounds with what they froze and how they were answered."""
    query = select(Round).where(Round.assessment_id == assessment.id).order_by(Round.number, Round.attempt)
    return list(db.session.scalars(query.options(joinedload(Round.decided_by), selectinload(Round.gaps))))


def unread(learner_ids: Sequence[int]) -> list[Round]:
    """The decided rounds of learners that nobody but who decided has seen."""
    query = select(Round).join(Assessment, Assessment.id == Round.assessment_id).join(Enrolment)
    query = query.where(Enrolment.learner_id.in_(learner_ids), Round.decision != "", Round.read_at.is_(None))
    return list(db.session.scalars(query.where(Round.taken_back_at.is_(None))))


def steps_of(assessment: Assessment) -> list[StepTaken]:
    """The steps that were taken for a reason, in their order."""
    query = select(StepTaken).where(StepTaken.assessment_id == assessment.id).order_by(StepTaken.id)
    return list(db.session.scalars(query))


def last_steps(learner_id: int) -> dict[int, StepTaken]:
    """The last step that was taken for a reason on each of a learner's assessments that has one."""
    query = select(StepTaken).join(Assessment, Assessment.id == StepTaken.assessment_id).join(Enrolment)
    query = query.where(Enrolment.learner_id == learner_id).order_by(StepTaken.id)
    return {step.assessment_id: step for step in db.session.scalars(query)}


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


def handed_version(round: Round, version_id: int) -> Version | None:
    """A version that a round froze."""
    here = (HandedVersion.version_id == Version.id) & (HandedVersion.round_id == round.id)
    return db.session.scalars(select(Version).join(HandedVersion, here).where(Version.id == version_id)).one_or_none()


def frozen_in(round: Round) -> dict[int, tuple[int, int, str]]:
    """Of each version that a round froze, by its id: the id of its item, its number, and the hash it had."""
    query = select(HandedVersion.version_id, Version.evidence_id, Version.number, HandedVersion.sha256)
    query = query.join(Version, Version.id == HandedVersion.version_id).where(HandedVersion.round_id == round.id)
    return {id: (item, number, sha256) for id, item, number, sha256 in db.session.execute(query)}


def claims_in(round: Round) -> list[HandedClaim]:
    """The claims that a round froze."""
    return list(
        db.session.scalars(select(HandedClaim).where(HandedClaim.round_id == round.id).order_by(HandedClaim.id))
    )


def claims_of(assessment: Assessment) -> dict[int, HandedClaim]:
    """The claims that were handed in in any round of an assessment, by id."""
    query = select(HandedClaim).join(Round, Round.id == HandedClaim.round_id)
    found = db.session.scalars(query.where(Round.assessment_id == assessment.id))
    return {one.id: one for one in found}


def versions_by_id(ids: Collection[int]) -> dict[int, Version]:
    """Versions with their items and files."""
    if not ids:
        return {}
    query = select(Version).where(Version.id.in_(ids)).options(selectinload(Version.files))
    return {one.id: one for one in db.session.scalars(query).unique()}


def judgements(assessment: Assessment) -> list[Judgement]:
    """Every judgement on an assessment, in the order in which they were given."""
    return list(db.session.scalars(_JUDGEMENTS, {"id": assessment.id}))


def told(assessment: Assessment) -> list[Judgement]:
    """Those of `judgements` that its learner may see."""
    return [one for one in judgements(assessment) if is_told(one.round.decision)]


def standing(judgements: Iterable[Judgement]) -> dict[int, Judgement]:
    """The judgement that stands on each point: the latest one, unless it only takes back the one before."""
    latest: dict[int, Judgement] = {}
    for judgement in sorted(judgements, key=lambda one: one.number):
        latest[judgement.point_id] = judgement
    return latest


def judged_in(round: Round) -> bool:
    """Whether any judgement was made in a round, or anything was said against its evidence."""
    made = (select(each.id).where(each.round_id == round.id).limit(1) for each in (Judgement, Flaw))
    return any(db.session.scalar(one) is not None for one in made)
