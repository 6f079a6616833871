"""Keeps what a pack holds of each learner, for the next pack, as long as nothing that it was made from changes.

A learner's share of a pack is kept under the fingerprint of all that it was made from (see `snapshot.queries`): every
row that their facts are read from, the programs, and their report. At the moment at which a pack is laid out, all
fingerprints are taken anew. Where one is what it was, the share that is kept is the one that would be made now; where
it is not, or where the kept bytes are not those that were kept, the share is made, and kept. So a pack has the same
bytes whatever is kept.
"""

import hmac
from collections.abc import Sequence
from contextlib import suppress

from exports import operations, queries
from exports.facts.snapshot.queries import fingerprints
from exports.making.cache_key import programs
from exports.models import KeptShare
from exports.pack import shares
from exports.pack.shares import Share
from exports.queries import Remembered
from portfolio.foundation import files
from portfolio.foundation.db import db, transaction
from portfolio.foundation.errors import Conflict


def keep(share: Share, fingerprint: str) -> None:
    """Write down the share that was made of what has this fingerprint."""
    content = shares.packed(share)
    kept = KeptShare(
        learner_id=share.learner,
        fingerprint=fingerprint,
        report_sha256=share.report_sha256,
        sha256=shares.seal(content, share.learner, fingerprint, share.report_sha256),
        content=content,
    )
    with suppress(Conflict), transaction():  # another pack has just kept the same
        operations.keep_share(kept)


def standing(learners: Sequence[int]) -> dict[int, Remembered]:
    """By learner's id, the shares and reports that are kept and are, at this moment, just what would be made now."""
    db.session.rollback()
    present = fingerprints(learners, programs())
    return {kept.learner: kept for kept in queries.remembered(learners) if _holds(kept, present[kept.learner])}


def _holds(kept: Remembered, fingerprint: str) -> bool:
    """Nothing that it was made from changed, and neither it nor the report was lost or spoiled."""
    return (
        kept.fingerprint == fingerprint
        and hmac.compare_digest(shares.seal(kept.content, kept.learner, fingerprint, kept.report_sha256), kept.sha256)
        and files.store().has(kept.report_sha256)
    )
