"""Reads of flaws: what assessors say that evidence fails in."""

from collections.abc import Iterable
from dataclasses import dataclass

from sqlalchemy import bindparam, or_, select
from sqlalchemy.orm import joinedload

from portfolio.assessment.models import Assessment, Flaw, HandedVersion, Round
from portfolio.evidence.models import Evidence, Version
from portfolio.foundation.db import db
from portfolio.units.models import Edition, Enrolment

_OF_ITEMS = (
    select(Version.evidence_id)
    .join(HandedVersion, HandedVersion.version_id == Version.id)
    .where(HandedVersion.round_id == bindparam("round"))
)
_ABOUT = (
    select(Flaw, Edition.code, Version.number, Evidence.number)
    .join(Version, Version.id == Flaw.version_id)
    .join(Evidence, Evidence.id == Version.evidence_id)
    .join(Assessment, Assessment.id == Flaw.assessment_id)
    .join(Enrolment, Enrolment.id == Assessment.enrolment_id)
    .join(Edition, Edition.id == Enrolment.edition_id)
    .where(or_(Flaw.assessment_id == bindparam("assessment"), Version.evidence_id.in_(_OF_ITEMS)))
    .order_by(Flaw.number, Flaw.id)
    .options(joinedload(Flaw.round, innerjoin=True))
)


def flaws(assessment: Assessment) -> list[Flaw]:
    """Every flaw that was noted or taken back in an assessment, in the order in which it was."""
    query = select(Flaw).where(Flaw.assessment_id == assessment.id).order_by(Flaw.number, Flaw.id)
    return list(db.session.scalars(query.options(joinedload(Flaw.round, innerjoin=True))))


@dataclass(frozen=True, slots=True)
class NotedFlaw:
    """A flaw with the unit in which it was noted, and the numbers of the version and of its item."""

    flaw: Flaw
    unit: str
    version: int
    item: int


def flaws_about(round: Round) -> list[NotedFlaw]:
    """Every flaw that was noted in the unit of a round, and those of any version of its items in other units; those of
    one unit in their order.
    """
    found = db.session.execute(_ABOUT, {"round": round.id, "assessment": round.assessment_id})
    return [NotedFlaw(*row) for row in found]


def in_force(flaws: Iterable[Flaw]) -> dict[int, Flaw]:
    """Of the flaws of one assessment, those that hold, by version: the last of each, unless it takes one back."""
    last = {one.version_id: one for one in flaws}
    return {version_id: one for version_id, one in last.items() if one.fails}
