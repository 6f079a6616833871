"""Reads about evidence. Whatever takes a `viewer` shows only the viewer's own centre."""

from collections.abc import Collection
from dataclasses import dataclass

from sqlalchemy import Boolean, Integer, String, column, func, select, table
from sqlalchemy.orm import joinedload, selectinload

from portfolio.evidence.models import Claim, Evidence, File, Version, VersionFile
from portfolio.evidence.rules import MINUTED
from portfolio.foundation.db import db
from portfolio.foundation.log.actors import Actor
from portfolio.foundation.work.jobs import OPEN, Job
from portfolio.people import queries as people
from portfolio.people.models import Person
from portfolio.units.models import EditionPoint

_FROZEN = table("handed_version", column("version_id", Integer), column("round_id", Integer))
_HANDED_IN = table("round", column("id", Integer), column("taken_back_at"))
"""Tables of the storey above, by name alone: here nothing is known of them but which versions were frozen."""
_SIGNED = table(
    "signature", column("version_id", Integer), column("signer", String), column("agrees", Boolean)
)  # fmt: skip
"""The table of signatures, by name alone: here it is known of them under which version they stand, and who agreed."""


@dataclass(frozen=True, slots=True)
class LatestItem:
    """An item as lists show it: with its newest version."""

    evidence: Evidence
    version: Version


def evidence(id: int, *, viewer: Person) -> Evidence | None:
    """An item at the viewer's centre."""
    query = select(Evidence).where(Evidence.id == id, Evidence.centre_id == viewer.centre_id)
    return db.session.scalars(query.options(joinedload(Evidence.learner))).one_or_none()


def latest(evidence: Evidence) -> Version:
    """The newest version of an item."""
    query = select(Version).where(Version.evidence_id == evidence.id, Version.number == evidence.latest)
    return db.session.scalars(query).one()


def versions_of(learner_id: int) -> list[Version]:
    """Every version of a learner's items, removed ones too."""
    query = select(Version).join(Evidence).where(Evidence.learner_id == learner_id)
    return list(db.session.scalars(query.order_by(Evidence.number, Version.number)))


def version(id: int, number: int, *, viewer: Person) -> Version | None:
    """One version of an item at the viewer's centre."""
    query = select(Version).join(Evidence).where(
        Version.evidence_id == id, Version.number == number, Evidence.centre_id == viewer.centre_id
    )  # fmt: skip
    return db.session.scalars(query).one_or_none()


def items_of(learner_id: int, *, removed: bool = False) -> list[LatestItem]:
    """A learner's items with their newest versions, in the order in which they came."""
    query = (
        select(Evidence, Version)
        .join(
            Version,
            (Version.evidence_id == Evidence.id) & (Version.number == Evidence.latest),
        )
        .where(
            Evidence.learner_id == learner_id,
            Evidence.removed_at.is_not(None) if removed else Evidence.removed_at.is_(None),
        )
        .order_by(Evidence.number)
    )
    return [LatestItem(evidence, version) for evidence, version in db.session.execute(query)]


def all_items(learner_id: int) -> list[Evidence]:
    """Every item of a learner, removed ones too, by number; held until the transaction ends."""
    query = select(Evidence).where(Evidence.learner_id == learner_id).order_by(Evidence.number)
    held = query.with_for_update(key_share=True).execution_options(populate_existing=True)
    return list(db.session.scalars(held))


@dataclass(frozen=True, slots=True)
class Amount:
    """How much somebody has, removed things too."""

    items: int
    claims: int
    files: int


def amount(person_id: int) -> Amount:
    """How many items, claims and files somebody has."""
    counts = (
        select(func.count(Evidence.id)).where(Evidence.learner_id == person_id),
        select(func.count(Claim.id)).where(Claim.learner_id == person_id),
        select(func.count(File.id)).where(File.owner_id == person_id),
    )
    return Amount(*(db.session.scalar(count) or 0 for count in counts))


def next_number(learner_id: int) -> int:
    """The number that a learner's next item takes."""
    return (db.session.scalar(select(func.max(Evidence.number)).where(Evidence.learner_id == learner_id)) or 0) + 1


def has_any(person_id: int) -> bool:
    """Whether somebody has, or had, an item of evidence or a file."""
    items = select(Evidence.id).where(Evidence.learner_id == person_id).limit(1)
    sent = select(File.id).where(File.owner_id == person_id).limit(1)
    return any(db.session.scalars(query).first() is not None for query in (items, sent))


def was_claimed(learner_id: int, edition_id: int) -> bool:
    """Whether a learner ever claimed a place for a point of an edition, whatever became of it."""
    query = select(Claim.id).join(EditionPoint, EditionPoint.id == Claim.point_id)
    query = query.where(Claim.learner_id == learner_id, EditionPoint.edition_id == edition_id)
    return db.session.scalars(query.limit(1)).first() is not None


def claims_of(learner_id: int) -> list[Claim]:
    """A learner's live claims, by item and in the order in which they were made."""
    query = (
        select(Claim)
        .join(Evidence)
        .where(
            Claim.learner_id == learner_id,
            Claim.removed_at.is_(None),
            Evidence.removed_at.is_(None),
        )
        .options(selectinload(Claim.version), joinedload(Claim.point).joinedload(EditionPoint.edition))
        .order_by(Evidence.number, Claim.id)
    )
    return list(db.session.scalars(query))


def claims_on(evidence_id: int) -> list[Claim]:
    """The live claims on one item."""
    query = select(Claim).where(Claim.evidence_id == evidence_id, Claim.removed_at.is_(None)).order_by(Claim.id)
    return list(db.session.scalars(query.options(selectinload(Claim.version))))


def claims_in(file: File) -> list[Claim]:
    """The live claims on versions that consist of this file, among others."""
    query = (
        select(Claim)
        .join(VersionFile, VersionFile.version_id == Claim.version_id)
        .where(VersionFile.file_id == file.id, Claim.removed_at.is_(None))
        .order_by(Claim.id)
    )
    return list(db.session.scalars(query.options(selectinload(Claim.version), joinedload(Claim.evidence))))


def claim(id: int, *, viewer: Person) -> Claim | None:
    """A claim, live or removed, at the viewer's centre."""
    query = select(Claim).join(Evidence).where(Claim.id == id, Evidence.centre_id == viewer.centre_id)
    return db.session.scalars(query.options(joinedload(Claim.evidence))).one_or_none()


def file(id: int, *, viewer: Person) -> File | None:
    """A file at the viewer's centre."""
    return db.session.scalars(select(File).where(File.id == id, File.centre_id == viewer.centre_id)).one_or_none()


def files(ids: tuple[int, ...], *, owner: Actor) -> list[File]:
    """Those of `ids` that `owner` sent, in the order of `ids`."""
    found = {
        file.id: file for file in db.session.scalars(select(File).where(File.id.in_(ids), File.owner_id == owner.id))
    }
    return [found[id] for id in ids if id in found]


def item_with(file: File) -> Evidence | None:
    """The item that a file was last put into."""
    query = select(Evidence).join(Version, Version.evidence_id == Evidence.id).join(VersionFile)
    return db.session.scalars(query.where(VersionFile.file_id == file.id).order_by(Version.id.desc()).limit(1)).first()


def items_with(file: File) -> list[Evidence]:
    """The items that have it in any of their versions."""
    held = select(Version.evidence_id).join(VersionFile, VersionFile.version_id == Version.id)
    return list(db.session.scalars(select(Evidence).where(Evidence.id.in_(held.where(VersionFile.file_id == file.id)))))


def files_named(ids: Collection[int]) -> dict[int, File]:
    """Files by id, for whoever runs the centre."""
    return {file.id: file for file in db.session.scalars(select(File).where(File.id.in_(ids)))}


def versions_with(file: File) -> list[Version]:
    """The versions that consist of this file, each with its item and learner."""
    query = select(Version).join(VersionFile, VersionFile.version_id == Version.id)
    paths = joinedload(Version.evidence).joinedload(Evidence.learner)
    return list(db.session.scalars(query.where(VersionFile.file_id == file.id).options(paths)))


def is_handed_in(version: Version) -> bool:
    """Whether a hand-in that was not taken back froze this version."""
    query = select(_FROZEN.c.version_id).join(_HANDED_IN, _HANDED_IN.c.id == _FROZEN.c.round_id)
    query = query.where(_FROZEN.c.version_id == version.id, _HANDED_IN.c.taken_back_at.is_(None))
    return db.session.scalars(query.limit(1)).one_or_none() is not None


def is_signed(evidence: Evidence) -> bool:
    """Whether somebody signed a version of this item."""
    query = select(_SIGNED.c.version_id).join(Version, Version.id == _SIGNED.c.version_id)
    return db.session.scalars(query.where(Version.evidence_id == evidence.id).limit(1)).first() is not None


def unagreed(version_ids: Collection[int]) -> set[int]:
    """Those of these versions that are the record of a meeting to which the learner has not agreed."""
    agreed = select(_SIGNED.c.version_id).where(_SIGNED.c.signer == "learner", _SIGNED.c.agrees.is_(True))
    query = select(Version.id).join(Evidence).where(Version.id.in_(version_ids), Evidence.kind.in_(MINUTED))
    return set(db.session.scalars(query.where(Version.id.not_in(agreed)))) if version_ids else set()


def is_own(evidence: Evidence) -> bool:
    """Whether every version was saved by the learner, by this record of theirs or by one that was merged into it."""
    records = people.records_of(evidence.learner_id)
    others = Version.saved_by_id.is_(None) | Version.saved_by_id.not_in(records)
    query = select(Version.id).where(Version.evidence_id == evidence.id, others)
    return db.session.scalars(query.limit(1)).first() is None


def open_jobs(kind: str, person_id: int) -> list[Job]:
    """The jobs of this kind that a person asked for and that wait or run."""
    return list(
        db.session.scalars(select(Job).where(Job.kind == kind, Job.person_id == person_id, Job.state.in_(OPEN)))
    )
