"""The page of whoever holds a link: it tells who asks and why, takes what they saw, and shows what was signed."""

from collections.abc import Callable

from flask import flash, jsonify, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from portfolio.evidence import queries as gathered
from portfolio.evidence.models import Version
from portfolio.evidence.places.grouping import drawn
from portfolio.evidence.signatures import queries as signatures
from portfolio.evidence.signatures.rules import Signer
from portfolio.evidence.witnesses import operations
from portfolio.evidence.witnesses.composing import ComposedAnswer, composed
from portfolio.evidence.witnesses.forms import AnswerForm, DeclineForm, begun_form, corrected_form, form_about
from portfolio.evidence.witnesses.lifecycle import (
    CORRECTING,
    OVER,
    RequestDeed,
    RequestState,
    can_correct,
    ensure_allowed,
    is_shown,
    state_of,
)
from portfolio.evidence.witnesses.models import WitnessRequest
from portfolio.evidence.witnesses.views import tracing
from portfolio.evidence.witnesses.views.blueprints import asked, holder, ration
from portfolio.foundation.clock import now
from portfolio.foundation.db import db, transaction
from portfolio.foundation.errors import Incomplete, TooBig
from portfolio.foundation.requests import sent
from portfolio.people import gate

MOST_SIGNED = "30 per hour"
"""Tries to sign with one link, or to correct what was signed."""
MOST_SAVED = "60 per minute"
"""Drafts that are sent with one link."""
SIGNED = "Thank you. It is signed, and nobody can change a word of it."
CORRECTED = "The correction is signed. What you signed before is kept beside it."
UNCHANGED = "You changed nothing, so it stands as you signed it before."
SAVED = "Saved. Open the same link when you want to go on."


@holder.get("/<token>")
@gate.open_to_all
def show(token: str) -> ResponseReturnValue:
    """The page as it is in the state of the request: to be filled in, signed, or that it is over; nothing is written.

    What was typed before is shown on the device alone on which it was.
    """
    one = asked()
    state = state_of(one, now())
    if state in OVER:
        return render_template("evidence/witness/over.html", sentence=OVER[state], asked=one), 410
    if state is RequestState.SIGNED and not is_shown(one, now()):
        return render_template("evidence/witness/long_signed.html", asked=one)
    if state is RequestState.SIGNED:
        return _signed_page(one, token)
    return _begun_page(token)


@holder.post("/<token>/opened")
@gate.open_to_all
def opened(**_address: str) -> ResponseReturnValue:
    """Put on record that somebody has the page before them, as its script says. Raises as `ensure_allowed` does."""
    with transaction():
        operations.open_link(asked())
    return "", 204


@holder.post("/<token>/here")
@gate.open_to_all
def go_on(token: str) -> ResponseReturnValue:
    """Go on with words that were begun on another device. Raises as `ensure_allowed` does."""
    one = asked()
    with transaction():
        _come(one)
        operations.go_on(one, tracing.device_mark())
    return _page(begun_form(one), token)


@holder.post("/<token>")
@gate.open_to_all
def sign(token: str) -> ResponseReturnValue:
    """Sign what was typed; the same form sent again is shown what was signed.

    Raises as `ensure_allowed` and `ration` do.
    """
    one = asked()
    if one.signed_at:
        return redirect(url_for(".show", token=token))
    ensure_allowed(RequestDeed.OPEN, one, now())
    ration("sign", MOST_SIGNED)
    form = form_about(one)
    if _done(form, lambda answer: _signed(one, answer)):
        flash(SIGNED, "done")
        return redirect(url_for(".show", token=token))
    db.session.refresh(one)
    if one.signed_at:  # the same form came twice at once
        return redirect(url_for(".show", token=token))
    return _page(form, token), form.status


@holder.post("/<token>/draft")
@gate.open_to_all
def save(token: str) -> ResponseReturnValue:
    """Keep what was typed so far: asked for by a script, or by the button for later.

    Raises as `write_draft` and `ration` do, `Incomplete` for more than a field can hold.
    """
    return _saved(RequestDeed.WRITE, url_for(".show", token=token))


@holder.post("/<token>/decline")
@gate.open_to_all
def decline(token: str) -> ResponseReturnValue:
    """Decline, with a reason or without. Raises as `ensure_allowed` does."""
    one, form = asked(), DeclineForm()
    if not form.validate() or not form.attempt(lambda: _declined(one, form.reason.data or "")):
        ensure_allowed(RequestDeed.DECLINE if one.opened_at else RequestDeed.OPEN, one, now())
        return _begun_page(token, declining=form), form.status
    return redirect(url_for(".show", token=token))


@holder.get("/<token>/correct")
@gate.open_to_all
def mend(token: str) -> ResponseReturnValue:
    """The form with what was signed, to be corrected. Raises as `ensure_allowed` does."""
    ensure_allowed(RequestDeed.CORRECT, asked(), now())
    return _page(corrected_form(asked(), _version(asked())), token, correcting=True)


@holder.post("/<token>/correct/draft")
@gate.open_to_all
def save_correction(token: str) -> ResponseReturnValue:
    """Keep what was typed of a correction so far, as `save` does."""
    return _saved(RequestDeed.CORRECT, url_for(".mend", token=token))


@holder.post("/<token>/correct")
@gate.open_to_all
def correct(token: str) -> ResponseReturnValue:
    """Sign a correction. Raises as `ensure_allowed` and `ration` do."""
    one = asked()
    ensure_allowed(RequestDeed.CORRECT, one, now())
    ration("sign", MOST_SIGNED)
    form, before = form_about(one), _version(one)
    if not _done(form, lambda answer: _corrected(one, answer)):
        return _page(form, token, correcting=True), form.status
    flash(CORRECTED if _version(one).number > before.number else UNCHANGED, "done")
    return redirect(url_for(".show", token=token))


def _saved(deed: RequestDeed, page: str) -> ResponseReturnValue:
    """Keep what was typed, then go on at `page`."""
    one = asked()
    ration("save", MOST_SAVED)
    form = form_about(one)
    with transaction():
        _come(one)
        saved = operations.write_draft(
            one, form.typed(), sitting=sent.key_of_request(), turn=form.turn.data or 1,
            based_on=form.based_on.data or 0, device=tracing.device_mark(), deed=deed,
        )  # fmt: skip
    if request.headers.get("X-Piece"):
        return jsonify(saved=saved)
    flash(SAVED, "done")
    return redirect(page)


def _come(one: WitnessRequest, *, signing: bool = False) -> None:
    """Note from where something is sent; with the first of it the link counts as opened."""
    operations.open_link(one)
    operations.note(tracing.seen(), request_id=one.id, signing=signing)


def _declined(one: WitnessRequest, reason: str) -> None:
    operations.open_link(one)
    operations.decline(one, reason)


def _signed(one: WitnessRequest, answer: ComposedAnswer) -> None:
    _come(one, signing=True)
    operations.sign_answer(one, answer, elsewhere=operations.went_elsewhere(one, tracing.device_mark()))


def _corrected(one: WitnessRequest, answer: ComposedAnswer) -> None:
    operations.note(tracing.seen(), request_id=one.id, signing=True)
    operations.correct(one, answer)


def _done(form: AnswerForm, deed: Callable[[ComposedAnswer], object]) -> bool:
    """Whether what was typed holds and the deed was done with it; the text is converted before, while nobody waits."""
    if not form.validate():
        return False
    one, answered = asked(), form.answer()
    try:
        operations.ensure_answered(one, answered)
        answer = composed(one, answered)
    except (Incomplete, TooBig) as refusal:
        form.refuse(refusal)
        return False
    return form.attempt(lambda: deed(answer))


def _version(one: WitnessRequest) -> Version:
    assert one.evidence is not None, "what was signed is an item"
    return gathered.latest(one.evidence)


def _signed_page(one: WitnessRequest, token: str) -> str:
    version = _version(one)
    signature = signatures.signature(version, Signer.WITNESS)
    assert one.signed_at is not None
    until = one.signed_at + CORRECTING if can_correct(one, now()) else None
    return render_template(
        "evidence/witness/signed.html",
        asked=one,
        version=version,
        signature=signature,
        token=token,
        until=until,
        html=drawn(version.html, ()),
    )


def _begun_page(token: str, *, declining: DeclineForm | None = None) -> str:
    """The form as it was left; on another device than that on which it was, whether to go on there."""
    if operations.is_elsewhere(asked(), tracing.device_mark()):
        return render_template("evidence/witness/elsewhere.html", asked=asked(), token=token)
    return _page(begun_form(asked()), token, declining=declining)


def _page(
    form: AnswerForm, token: str, *, declining: DeclineForm | None = None, correcting: bool = False
) -> str:  # fmt: skip
    return render_template(
        "evidence/witness/answer.html", form=form, asked=asked(), token=token, correcting=correcting,
        declining=declining or DeclineForm(formdata=None),
    )  # fmt: skip
