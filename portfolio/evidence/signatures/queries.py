"""Reads about signatures."""

from collections.abc import Collection

from sqlalchemy import select

from portfolio.evidence.models import Evidence, Version
from portfolio.evidence.signatures.models import Signature
from portfolio.evidence.signatures.rules import Signer
from portfolio.foundation.db import db


def signatures_of(version_ids: Collection[int]) -> dict[int, list[Signature]]:
    """The signatures under each of these versions that has one, in the order in which they were given."""
    query = select(Signature).where(Signature.version_id.in_(version_ids)).order_by(Signature.at, Signature.id)
    found = dict[int, list[Signature]]()
    for one in db.session.scalars(query):
        found.setdefault(one.version_id, []).append(one)
    return found


def signature(version: Version, signer: Signer) -> Signature | None:
    """Under this version, that of the witness, the learner or the assessor."""
    query = select(Signature).where(Signature.version_id == version.id, Signature.signer == signer)
    return db.session.scalars(query).one_or_none()


def signed_versions(learner_id: int) -> list[Version]:
    """Every version of a learner's items that somebody signed, by item; not of those that were taken out."""
    ids = select(Signature.version_id)
    query = select(Version).join(Evidence).where(Evidence.learner_id == learner_id, Evidence.removed_at.is_(None))
    return list(db.session.scalars(query.where(Version.id.in_(ids)).order_by(Evidence.number, Version.number)))
