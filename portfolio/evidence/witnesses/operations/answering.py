"""The holder of a link opens it, writes, and signs or declines; what was signed may be corrected for some days."""

from collections.abc import Mapping

from portfolio.evidence import operations as evidence
from portfolio.evidence import queries as gathered
from portfolio.evidence.models import Version
from portfolio.evidence.rules import Kind
from portfolio.evidence.signatures import queries as signatures
from portfolio.evidence.signatures.models import Signature
from portfolio.evidence.signatures.operations import sign
from portfolio.evidence.signatures.rules import Signer, Signing
from portfolio.evidence.witnesses import questions
from portfolio.evidence.witnesses.composing import ComposedAnswer
from portfolio.evidence.witnesses.lifecycle import RequestDeed, ensure_allowed
from portfolio.evidence.witnesses.models import WitnessRequest
from portfolio.evidence.witnesses.operations.log_lines import record_request
from portfolio.evidence.witnesses.operations.notifying import mail_declined, mail_signed
from portfolio.evidence.witnesses.rules import LONGEST_REASON, TRUTH, ensure_stated
from portfolio.foundation.clock import now, today
from portfolio.foundation.db import db, hold
from portfolio.foundation.errors import Conflict
from portfolio.foundation.log.actors import Witness
from portfolio.foundation.log.audit import hash_of
from portfolio.foundation.log.deeds import Deed
from portfolio.foundation.words.lengths import ensure_short

ELSEWHERE = (
    "You went on writing on another page or device meanwhile. What you typed here is still here: "
    "open the link again to see the other words, and take over what you need."
)


def open_link(request: WitnessRequest) -> None:
    """Put on record that the link was opened, the first time. Raises as `ensure_allowed` does."""
    hold(request)
    ensure_allowed(RequestDeed.OPEN, request, now())
    if request.opened_at is None:
        request.opened_at = now()
        record_request(Deed.REQUEST_OPENED, request, by=Witness(request.centre_id))


def write_draft(
    request: WitnessRequest,
    values: Mapping[str, list[str]],
    *,
    sitting: str,
    turn: int,
    based_on: int,
    deed: RequestDeed = RequestDeed.WRITE,
) -> int:
    """Keep what the witness typed so far; how often that was done by now. Nobody else sees it, no line tells of it.

    `deed` is `WRITE`, or `CORRECT` for what is typed to correct what was signed.

    `sitting` names one open page, `turn` counts its savings from 1: an earlier one that comes late changes nothing.
    Raises as `ensure_allowed` does, and `Conflict` where another page saved after `based_on`.
    """
    hold(request)
    ensure_allowed(deed, request, now())
    before = request.draft
    if before.get("sitting") == sitting and before.get("turn", 0) >= turn:
        return request.saved
    if before.get("sitting") != sitting and request.saved != based_on:
        raise Conflict(ELSEWHERE)
    request.draft = {"values": dict(values), "sitting": sitting, "turn": turn}
    request.saved += 1
    request.begun_at = request.begun_at or now()
    return request.saved


def decline(request: WitnessRequest, reason: str) -> None:
    """End the request with a reason or without; what was typed is forgotten.

    Raises as `ensure_allowed` does, `Incomplete` for too long a reason.
    """
    hold(request)
    ensure_allowed(RequestDeed.DECLINE, request, now())
    ensure_short("reason", reason, LONGEST_REASON)
    request.declined_at, request.reason, request.draft = now(), reason, {}
    record_request(Deed.REQUEST_DECLINED, request, by=Witness(request.centre_id), reason_sha256=hash_of(reason))
    mail_declined(request)


def sign_answer(request: WitnessRequest, composed: ComposedAnswer) -> Signature:
    """Add what a witness wrote to the learner's portfolio, with their signature; it is frozen from then on.

    Raises as `ensure_allowed`, `ensure_stated`, `evidence.add` and `sign` do.
    """
    hold(request.learner)
    hold(request)
    ensure_allowed(RequestDeed.SIGN, request, now())
    _ensure_stated(request, composed)
    by = Witness(request.centre_id)
    item = evidence.add(Kind(request.kind), composed.content, learner=request.learner, by=by)
    request.evidence_id = item.id
    return _signed(request, composed, gathered.latest(item))


def correct(request: WitnessRequest, composed: ComposedAnswer) -> Signature:
    """Save what was signed anew as another version, with a signature of its own; the one before stays.

    Words that are the same change nothing. Raises as `ensure_allowed`, `ensure_stated`, `evidence.save` and `sign` do.
    """
    hold(request.learner)
    hold(request)
    ensure_allowed(RequestDeed.CORRECT, request, now())
    _ensure_stated(request, composed)
    item = request.evidence
    assert item is not None, "what was signed is an item"
    version = evidence.save(item, composed.content, based_on=item.latest, by=Witness(request.centre_id))
    request.draft = {}
    return signatures.signature(version, Signer.WITNESS) or _signed(request, composed, version)


def _ensure_stated(request: WitnessRequest, composed: ComposedAnswer) -> None:
    learner = request.learner
    day = today(learner.centre.timezone)
    ensure_stated(request.kind, composed.answer, learner=learner.name, today=day)


def _signed(request: WitnessRequest, composed: ComposedAnswer, version: Version) -> Signature:
    signing = Signing(
        Signer.WITNESS, composed.answer.name, TRUTH[request.kind], reached=reached(request), request=request.id
    )
    signature = sign(version, signing, by=Witness(request.centre_id))
    request.signed_at, request.draft = request.signed_at or signature.at, {}
    request.offers = [list(one) for one in composed.offers]
    request.questions = questions.raised(request, version)
    db.session.flush()
    for other in questions.echoed(request, version):
        assert other.evidence is not None, "what was signed is an item"
        other.questions = questions.raised_anew(other, gathered.latest(other.evidence))
    mail_signed(request, anew=version.number > 1)
    return signature


def reached(request: WitnessRequest) -> str:
    """How the witness was reached, in words: where who asked has seen the link, nobody knows who opened it."""
    if request.shown_at is None and request.email:
        return "by e-mail"
    return f"by a link that {request.by.name} handed over"[:200]
