"""Reads of the desk: what one round froze, in plain columns. Statements that are asked all day are built once."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import bindparam, select
from sqlalchemy.orm import aliased

from portfolio.assessment.models import Flaw, Gap, HandedClaim, HandedVersion, Round
from portfolio.evidence.models import Evidence, File, Version, VersionFile
from portfolio.evidence.places.grouping import Claimed
from portfolio.foundation.db import db

_EVERY = aliased(Version)
_FLAWED = select(Flaw.id).join(_EVERY, _EVERY.id == Flaw.version_id).where(_EVERY.evidence_id == Evidence.id).exists()
_SHEETS = (
    select(
        Version.id, Version.number, Version.title, Version.happened_on, Version.context, Version.confirmer,
        Version.testimony, Version.source, Version.minutes, Version.third_parties, Version.html, Version.plain,
        Evidence.number.label("item"), Evidence.kind, Version.saved_by_id, _FLAWED.label("flawed"),
    )
    .join(HandedVersion, HandedVersion.version_id == Version.id)
    .join(Evidence, Evidence.id == Version.evidence_id)
    .where(HandedVersion.round_id == bindparam("id"))
    .order_by(HandedVersion.position)
)  # fmt: skip
_FILES = (
    select(HandedVersion.version_id, File)
    .join(VersionFile, VersionFile.version_id == HandedVersion.version_id)
    .join(File, File.id == VersionFile.file_id)
    .where(HandedVersion.round_id == bindparam("id"))
    .order_by(VersionFile.position)
)
_CLAIMED = (
    select(HandedClaim.id, HandedClaim.version_id, HandedClaim.point_id, HandedClaim.locator, HandedClaim.reason)
    .where(HandedClaim.round_id == bindparam("id"))
    .order_by(HandedClaim.id)
)
_GAPS = select(Gap.point_id, Gap.reason).where(Gap.round_id == bindparam("id"))

_EARLIER = aliased(Round)
_BEFORE = (
    select(
        Evidence.number.label("item"), Version.id.label("version_id"), Version.number, _EARLIER.number.label("round")
    )
    .join(Version, Version.evidence_id == Evidence.id)
    .join(HandedVersion, HandedVersion.version_id == Version.id)
    .join(_EARLIER, _EARLIER.id == HandedVersion.round_id)
    .where(
        _EARLIER.assessment_id == bindparam("assessment"), _EARLIER.taken_back_at.is_(None),
        _EARLIER.number < bindparam("number"),
    )
    .order_by(_EARLIER.number)
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Before:
    """A version of an item that was handed in in an earlier round."""

    version_id: int
    number: int
    round: int


@dataclass(frozen=True, slots=True)
class Sheet:
    """A version as it was handed in, as far as the desk shows it."""

    id: int
    number: int
    title: str
    happened_on: date | None
    context: str
    confirmer: str
    testimony: dict[str, Any] | None
    source: dict[str, Any] | None
    minutes: dict[str, Any] | None
    third_parties: str
    html: str
    plain: str
    item: int
    """The number of its item: E1, E2, …"""
    kind: str
    saved_by_id: int | None
    flawed: bool
    """Whether anything was ever said against its item, in any unit."""
    files: tuple[File, ...]

    @property
    def ref(self) -> str:
        """How people call its item: E1."""
        return f"E{self.item}"


def sheets(round: Round) -> list[Sheet]:
    """What a round froze, each version with its files: what the desk shows, and nothing else of it."""
    files: dict[int, tuple[File, ...]] = {}
    for version_id, file in db.session.execute(_FILES, {"id": round.id}):
        files[version_id] = (*files.get(version_id, ()), file)
    return [Sheet(**row._mapping, files=files.get(row.id, ())) for row in db.session.execute(_SHEETS, {"id": round.id})]


def claimed_in(round: Round) -> Sequence[Claimed]:
    """The claims that a round froze, as plain facts for grouping."""
    return db.session.execute(_CLAIMED, {"id": round.id}).all()


def gaps_in(round: Round) -> dict[int, str]:
    """Why points were handed in without a claim, by point."""
    return dict(db.session.execute(_GAPS, {"id": round.id}).all())


def earlier(before: Before) -> Version:
    """The version that was handed in before, with its files."""
    return db.session.get_one(Version, before.version_id)


def handed_before(round: Round) -> dict[int, Before]:
    """What was handed in last before a round, by the number of the item."""
    found = db.session.execute(_BEFORE, {"assessment": round.assessment_id, "number": round.number})
    return {row.item: Before(row.version_id, row.number, row.round) for row in found}
