"""Reads of where verdicts say shared sentences."""

from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, Select, func, select
from sqlalchemy.orm import aliased

from portfolio.assessment.models import Assessment, Judgement, PhraseUse, Round
from portfolio.foundation import paging
from portfolio.foundation.db import db
from portfolio.foundation.paging import ListPage
from portfolio.people.models import Person
from portfolio.people.rules import Role
from portfolio.units.models import Edition, EditionPoint, Enrolment
from portfolio.units.phrases.models import Phrase

_LATER = aliased(Judgement)


@dataclass(frozen=True, slots=True)
class OlderWords:
    """A decided verdict that says a shared sentence as it was once."""

    assessment: int
    point_id: int
    learner: str
    code: str
    point: str
    round: int
    number: int
    """Of the wording that it says."""


def uses_of(judgement_ids: Collection[int]) -> dict[int, dict[int, int]]:
    """By judgement: the sentences that it says, with the number of the wording."""
    found = defaultdict[int, dict[int, int]](dict)
    for one in db.session.scalars(select(PhraseUse).where(PhraseUse.judgement_id.in_(judgement_ids))):
        found[one.judgement_id][one.phrase_id] = one.number
    return found


def hold_undecided(phrase: Phrase) -> Sequence[int]:
    """Ids of the assessments in whose undecided round a standing verdict says a sentence; held, in one order."""
    query = select(Judgement.assessment_id).join(PhraseUse, PhraseUse.judgement_id == Judgement.id)
    query = query.join(Round, Round.id == Judgement.round_id)
    query = query.where(PhraseUse.phrase_id == phrase.id, Round.decision == "", ~_superseded())
    held = select(Assessment.id).where(Assessment.id.in_(query)).order_by(Assessment.id)
    return db.session.scalars(held.with_for_update(key_share=True, of=Assessment)).all()


def saying_older(phrase: Phrase, number: int, *, viewer: Person) -> ListPage[OlderWords]:
    """Page `number` of the decided verdicts that say a sentence otherwise than it is now, the newest decision first.

    Only those that the viewer may see on the desk.
    """
    query = (
        select(
            Judgement.assessment_id, Judgement.point_id, Person.name, Edition.code, EditionPoint.ref, Round.number,
            PhraseUse.number,
        )
        .join(PhraseUse, PhraseUse.judgement_id == Judgement.id)
        .join(Round, Round.id == Judgement.round_id)
        .join(EditionPoint, EditionPoint.id == Judgement.point_id)
        .join(Assessment, Assessment.id == Judgement.assessment_id)
        .join(Enrolment, Enrolment.id == Assessment.enrolment_id)
        .join(Edition, Edition.id == Enrolment.edition_id)
        .join(Person, Person.id == Enrolment.learner_id)
        .where(PhraseUse.phrase_id == phrase.id, PhraseUse.number < phrase.standing.number, Round.decision != "")
        .where(~_superseded(in_round=True), _seen_by(viewer), Enrolment.learner_id != viewer.id)
    )  # fmt: skip
    counted: Select[Any] = query.with_only_columns(func.count(), maintain_column_froms=True)
    ordered = query.order_by(Round.decided_at.desc(), Judgement.id)

    def rows(offset: int, limit: int) -> list[OlderWords]:
        return [OlderWords(*row) for row in db.session.execute(ordered.offset(offset).limit(limit))]

    return paging.page(number, total=db.session.scalar(counted) or 0, rows=rows)


def _superseded(*, in_round: bool = False) -> ColumnElement[bool]:
    """Whether a later judgement was given on the same point."""
    later = (_LATER.assessment_id == Judgement.assessment_id) & (_LATER.point_id == Judgement.point_id)
    later &= _LATER.number > Judgement.number
    if in_round:
        later &= _LATER.round_id == Judgement.round_id
    return select(_LATER.id).where(later).exists()


def _seen_by(viewer: Person) -> ColumnElement[bool]:
    if viewer.has(Role.IQA, Role.ADMINISTRATOR):
        return Assessment.centre_id == viewer.centre_id
    return (Enrolment.assessor_id == viewer.id) & (Assessment.centre_id == viewer.centre_id)
