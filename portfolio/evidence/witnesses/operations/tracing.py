"""What tells one device or network from another is noted as a keyed hash, and forgotten after a while."""

import hmac
import secrets
from datetime import timedelta

from sqlalchemy import and_, delete, or_, update

from portfolio.evidence.witnesses import queries
from portfolio.evidence.witnesses.lifecycle import CORRECTING
from portfolio.evidence.witnesses.models import Trace, WitnessRequest
from portfolio.foundation import sealing
from portfolio.foundation.clock import now
from portfolio.foundation.db import db

KEY = "trace key"
"""Name of the sealed value that keys the hashes of traces."""
KEPT = timedelta(days=90)
"""How long a trace is kept after it was seen last."""


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


def forget_drafts() -> None:
    """Forget what was typed into requests whose link has expired, and to correct what can be corrected no more."""
    expired = and_(WitnessRequest.expires_at <= now(), WitnessRequest.signed_at.is_(None))
    over = or_(expired, WitnessRequest.signed_at <= now() - CORRECTING)
    rows = update(WitnessRequest).where(over, WitnessRequest.saved > 0)
    db.session.execute(rows.values(draft={}, saved=0))
