"""What tells one device or network from another is noted as a keyed hash, and forgotten after a while."""

import hmac
import secrets
from datetime import timedelta

from sqlalchemy import and_, delete, func, or_, update

from portfolio.evidence.witnesses import queries
from portfolio.evidence.witnesses.lifecycle import CORRECTING
from portfolio.evidence.witnesses.models import Trace, WitnessRequest
from portfolio.evidence.witnesses.operations.log_lines import record_request
from portfolio.foundation import sealing
from portfolio.foundation.clock import now
from portfolio.foundation.db import db
from portfolio.foundation.log.deeds import Deed

KEY = "trace key"
"""Name of the sealed value that keys the hashes of traces."""
RESTORED = "The records were restored from a backup. Ask anew, if it is still wanted."
KEPT = timedelta(days=90)
"""How long a trace is kept after it was seen last, and who was asked after a request ended without a signature."""


def mark_of(sort: str, seen: str) -> str:
    """The keyed hash of a device's cookie, or of a network's address. Raises as `sealing.kept` does."""
    key = sealing.kept(KEY, lambda: secrets.token_hex(32))
    return hmac.digest(key.encode(), f"{sort} {seen}".encode(), "sha256").hex()


def note(
    seen: dict[str, str], *, person_id: int | None = None, request_id: int | None = None, signing: bool = False
) -> None:
    """Note from which `device` and `network` a learner, or the holder of a link, came just now; of the holder whether
    they came for `signing`, for a link may be opened elsewhere.

    Raises as `sealing.kept` does.
    """
    for sort, what in seen.items():
        mark = mark_of(sort, what)
        known = queries.trace(sort, mark, person_id=person_id, request_id=request_id, signing=signing)
        if known:
            known.seen_at = now()
        else:
            whose = Trace(person_id=person_id, request_id=request_id, sort=sort, mark=mark, signing=signing)
            whose.seen_at = now()
            db.session.add(whose)
    db.session.flush()


def forget_traces() -> None:
    """Forget the traces that were seen last more than `KEPT` ago."""
    db.session.execute(delete(Trace).where(Trace.seen_at < now() - KEPT))


def end_restored() -> None:
    """End every request that waits in records that were restored: it was answered, or taken back, since the backup.

    Who asked asks anew; each line names them. What was typed is forgotten.
    """
    for request in queries.waiting(now()):
        request.taken_back_at, request.draft, request.reason = now(), {}, RESTORED
        record_request(Deed.REQUEST_TAKEN_BACK, request, by=request.by, reason="restored")


def forget_witnesses() -> None:
    """Forget who was asked by a request that ended more than `KEPT` ago without a signature, and what was said."""
    ended = func.coalesce(WitnessRequest.taken_back_at, WitnessRequest.declined_at, WitnessRequest.expires_at)
    over = update(WitnessRequest).where(ended < now() - KEPT, WitnessRequest.signed_at.is_(None))
    said = {"name": "", "relation": "", "email": "", "note": "", "reason": ""}
    db.session.execute(over.where(WitnessRequest.name != "").values(**said))


def forget_drafts() -> None:
    """Forget what was typed into requests whose link has expired, and to correct what can be corrected no more."""
    expired = and_(WitnessRequest.expires_at <= now(), WitnessRequest.signed_at.is_(None))
    over = or_(expired, WitnessRequest.signed_at <= now() - CORRECTING)
    rows = update(WitnessRequest).where(over, WitnessRequest.saved > 0)
    db.session.execute(rows.values(draft={}, saved=0))
