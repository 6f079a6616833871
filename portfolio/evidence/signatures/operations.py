"""The one write about signatures."""

from portfolio.evidence.models import Version
from portfolio.evidence.operations.log_lines import record
from portfolio.evidence.signatures import queries
from portfolio.evidence.signatures.models import Signature
from portfolio.evidence.signatures.rules import Signing, ensure_signed, units_of
from portfolio.foundation.clock import now, stamp
from portfolio.foundation.db import db, hold
from portfolio.foundation.errors import Conflict, OutOfTurn
from portfolio.foundation.log.actors import Actor
from portfolio.foundation.log.audit import hash_of
from portfolio.foundation.log.deeds import Deed

ONCE = "This was signed already. What was signed stays as it is."
NEWER = "There is a newer version of this by now. Read that one, then sign it."


def sign(version: Version, signing: Signing, *, by: Actor) -> Signature:
    """Put a signature under the newest version of an item. It binds the hash of that version, the name, the sentence
    that was accepted, the comment and the moment; its line of the log tells also which units the version is about.

    Raises `Incomplete` as `ensure_signed` does, `Conflict` where a newer version was saved meanwhile, `OutOfTurn` where
    it was signed before in the same part.
    """
    evidence = version.evidence
    hold(evidence)
    ensure_signed(signing)
    if version.number != evidence.latest:
        raise Conflict(NEWER)
    if queries.signature(version, signing.signer):
        raise OutOfTurn(ONCE)
    signature = Signature(
        version_id=version.id, sha256=version.sha256, signer=signing.signer, name=signing.name, words=signing.words,
        agrees=signing.agrees, comment=signing.comment, reached=signing.reached, person_id=by.id,
        request_id=signing.request, at=now(),
    )  # fmt: skip
    db.session.add(signature)
    db.session.flush()
    record(
        Deed.SIGNED, evidence, by=by, signature=signature.id, version=version.number, sha256=version.sha256,
        signer=signing.signer, name_sha256=hash_of(signing.name), words_sha256=hash_of(signing.words),
        agrees=signing.agrees, comment_sha256=hash_of(signing.comment), reached=signing.reached,
        request=signing.request or 0, signed_at=stamp(signature.at),
        about_units=units_of(version.testimony, version.minutes),
    )  # fmt: skip
    return signature
