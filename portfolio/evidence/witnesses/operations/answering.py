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
from portfolio.evidence.witnesses.operations.notifying import mail_declined, mail_signed, subject_of
from portfolio.evidence.witnesses.rules import LONGEST_REASON, TRUTH, WitnessAnswer, boxes_of, ensure_stated
from portfolio.evidence.witnesses.rules.asking import ASKED_MAIL, REMINDED_MAIL
from portfolio.foundation.clock import now, today
from portfolio.foundation.db import db, hold
from portfolio.foundation.errors import Conflict
from portfolio.foundation.log.actors import Witness
from portfolio.foundation.log.audit import hash_of
from portfolio.foundation.log.deeds import Deed
from portfolio.foundation.mail import queries as mails
from portfolio.foundation.words.lengths import ensure_short

ELSEWHERE = (
    "You went on writing on another page or device meanwhile. What you typed here is still here: "
    "open the link again to see the other words, and take over what you need."
)


def open_link(request: WitnessRequest) -> None:
    """Put on record that the link was opened, the first time. Raises as `ensure_allowed` does."""
    hold(request.learner)  # as in every deed about a learner's work: learner, request, log
    hold(request.learner)  # as in every deed about a learner's work: learner, request, log
    hold(request)
    ensure_allowed(RequestDeed.OPEN, request, now())
    if request.opened_at is None:
        request.opened_at = now()
        record_request(Deed.REQUEST_OPENED, request, by=Witness(request.centre_id))


def write_draft(
    request: WitnessRequest, values: Mapping[str, list[str]], *, sitting: str, turn: int, based_on: int,
    device: str = "", deed: RequestDeed = RequestDeed.WRITE,
) -> int:  # fmt: skip
    """Keep what the witness typed so far; how often that was done by now. Nobody else sees it, no line tells of it.

    `deed` is `WRITE`, or `CORRECT` for what is typed to correct what was signed.

    `sitting` names one open page, `turn` counts its savings from 1: an earlier one that comes late changes nothing.
    `device` is the keyed hash of where it was typed. Raises as `ensure_allowed` does, and `Conflict` where another page
    saved after `based_on`.
    """
    hold(request)
    ensure_allowed(deed, request, now())
    before = request.draft
    if before.get("sitting") == sitting and before.get("turn", 0) >= turn:
        return request.saved
    if before.get("sitting") != sitting and request.saved != based_on:
        raise Conflict(ELSEWHERE)
    same = before.get("sitting") == sitting
    request.draft = {
        "values": dict(values), "sitting": sitting, "turn": turn,
        "device": before.get("device", device) if same else device,
        "elsewhere": went_elsewhere(request, device, same_page=same),
    }  # fmt: skip
    request.saved += 1
    request.begun_at = request.begun_at or now()
    return request.saved


def is_elsewhere(request: WitnessRequest, device: str) -> bool:
    """Whether words were begun, and not on the `device` with this keyed hash."""
    return bool(request.draft) and request.draft.get("device", "") != device


def went_elsewhere(request: WitnessRequest, device: str, *, same_page: bool = False) -> bool:
    """Whether the words were written on more than one device, were they gone on with on this one."""
    return bool(request.draft.get("elsewhere")) or (not same_page and is_elsewhere(request, device))


def go_on(request: WitnessRequest, device: str) -> None:
    """Give what was typed, at first or as a correction, to another device than that on which it was begun; who assesses
    is asked about it.

    Raises as `ensure_allowed` does.
    """
    hold(request)
    ensure_allowed(RequestDeed.CORRECT if request.signed_at else RequestDeed.WRITE, request, now())
    if is_elsewhere(request, device):
        request.draft = {**request.draft, "device": device, "elsewhere": True, "sitting": "", "turn": 0}


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


def sign_answer(request: WitnessRequest, composed: ComposedAnswer, *, elsewhere: bool = False) -> Signature:
    """Add what a witness wrote to the learner's portfolio, with their signature; it is frozen from then on.

    `elsewhere`: what was typed before was typed on another device than this.

    Raises as `ensure_allowed`, `ensure_answered`, `evidence.add` and `sign` do.
    """
    hold(request.learner)
    hold(request)
    ensure_allowed(RequestDeed.SIGN, request, now())
    ensure_answered(request, composed.answer)
    by = Witness(request.centre_id)
    item = evidence.add(Kind(request.kind), composed.content, learner=request.learner, by=by)
    request.evidence_id = item.id
    return _signed(request, composed, gathered.latest(item), elsewhere=elsewhere)


def correct(request: WitnessRequest, composed: ComposedAnswer, *, based_on: int, elsewhere: bool = False) -> Signature:
    """Save what was signed anew as another version, with a signature of its own; the one before stays.

    `based_on` is the version that was corrected, `elsewhere` is as for `sign_answer`. Words that are the same change
    nothing. Raises as `ensure_allowed`, `ensure_answered`, `evidence.save`, `sign` do.
    """
    hold(request.learner)
    hold(request)
    ensure_allowed(RequestDeed.CORRECT, request, now())
    ensure_answered(request, composed.answer)
    item = request.evidence
    assert item is not None, "what was signed is an item"
    version = evidence.save(item, composed.content, based_on=based_on, by=Witness(request.centre_id))
    request.draft = {}
    return signatures.signature(version, Signer.WITNESS) or _signed(request, composed, version, elsewhere=elsewhere)


def ensure_answered(request: WitnessRequest, answer: WitnessAnswer) -> None:
    """Hold an answer against what is wanted of it, which costs little. Raises as `ensure_stated` does."""
    learner = request.learner
    ensure_stated(request.kind, answer, learner=learner.name, today=today(learner.centre.timezone))


def _signed(request: WitnessRequest, composed: ComposedAnswer, version: Version, *, elsewhere: bool) -> Signature:
    signing = Signing(
        Signer.WITNESS, composed.answer.name, TRUTH[request.kind], reached=reached(request), request=request.id
    )
    signature = sign(version, signing, by=Witness(request.centre_id))
    request.signed_at, request.draft = request.signed_at or signature.at, {}
    request.offers, request.parts = [list(one) for one in composed.offers], boxes_of(composed.answer)
    asked = questions.raised(request, version, composed.likeness, elsewhere=elsewhere)
    request.questions = {**request.questions, str(version.number): asked}
    db.session.flush()
    questions.raise_anew(composed.likeness.echoes)
    mail_signed(request, anew=version.number > 1)
    return signature


def reached(request: WitnessRequest) -> str:
    """How the witness was reached, in words: where who asked has seen the link, nobody knows who opened it; that it
    went by mail is said where the mail server took it.
    """
    if request.shown_at:
        return f"by a link that {request.by.name} handed over"[:200]
    about = subject_of(request)
    sent = (mails.was_sent(about, kind) for kind in (ASKED_MAIL, REMINDED_MAIL))
    return f"by e-mail to an address that {request.by.name} gave"[:200] if any(sent) else "by a link"
