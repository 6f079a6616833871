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
    state_of,
)
from portfolio.evidence.witnesses.models import WitnessRequest
from portfolio.evidence.witnesses.views import tracing
from portfolio.evidence.witnesses.views.blueprints import asked, holder
from portfolio.foundation.clock import now
from portfolio.foundation.db import db, transaction
from portfolio.foundation.errors import TooBig
from portfolio.foundation.requests import sent
from portfolio.people import gate

SIGNED = "Thank you. It is signed, and nobody can change a word of it."
CORRECTED = "The correction is signed. What you signed before is kept beside it."
UNCHANGED = "You changed nothing, so it stands as you signed it before."
SAVED = "Saved. Open the same link when you want to go on."


@holder.get("/<token>")
@gate.open_to_all
def show(token: str) -> ResponseReturnValue:
    """The page as it is in the state of the request: to be filled in, signed, or that it is over."""
    one = asked()
    state = state_of(one, now())
    if state in OVER:
        return render_template("evidence/witness/over.html", sentence=OVER[state], asked=one), 410
    if state is RequestState.SIGNED:
        return _signed_page(one, token)
    with transaction():
        operations.open_link(one)
        operations.note(tracing.seen(), request_id=one.id)
    return _page(begun_form(one), token)


@holder.post("/<token>")
@gate.open_to_all
def sign(token: str) -> ResponseReturnValue:
    """Sign what was typed; the same form sent again is shown what was signed. Raises as `ensure_allowed` does."""
    one = asked()
    if one.signed_at:
        return redirect(url_for(".show", token=token))
    ensure_allowed(RequestDeed.SIGN, one, now())
    form = form_about(one)
    if _done(form, _from_here(one, operations.sign_answer)):
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

    Raises as `write_draft` does.
    """
    return _saved(RequestDeed.WRITE, url_for(".show", token=token))


@holder.post("/<token>/decline")
@gate.open_to_all
def decline(token: str) -> ResponseReturnValue:
    """Decline, with a reason or without. Raises as `ensure_allowed` does."""
    one, form = asked(), DeclineForm()
    if not form.validate() or not form.attempt(lambda: operations.decline(one, form.reason.data or "")):
        ensure_allowed(RequestDeed.DECLINE, one, now())
        return _page(begun_form(one), token, declining=form), form.status
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
    """Sign a correction. Raises as `ensure_allowed` does."""
    one = asked()
    ensure_allowed(RequestDeed.CORRECT, one, now())
    form, before = form_about(one), _version(one)
    if not _done(form, _from_here(one, operations.correct)):
        return _page(form, token, correcting=True), form.status
    flash(CORRECTED if _version(one).number > before.number else UNCHANGED, "done")
    return redirect(url_for(".show", token=token))


def _saved(deed: RequestDeed, page: str) -> ResponseReturnValue:
    """Keep what was typed, then go on at `page`."""
    one = asked()
    form = form_about(one)
    with transaction():
        saved = operations.write_draft(
            one, form.typed(), sitting=sent.key_of_request(), turn=form.turn.data or 1,
            based_on=form.based_on.data or 0, deed=deed,
        )  # fmt: skip
    if request.headers.get("X-Piece"):
        return jsonify(saved=saved)
    flash(SAVED, "done")
    return redirect(page)


def _from_here(
    one: WitnessRequest, sign: Callable[[WitnessRequest, ComposedAnswer], object]
) -> Callable[[ComposedAnswer], object]:
    """Note from where it is signed, then sign it."""
    seen = tracing.seen()

    def deed(answer: ComposedAnswer) -> None:
        operations.note(seen, request_id=one.id, signing=True)
        sign(one, answer)

    return deed


def _done(form: AnswerForm, deed: Callable[[ComposedAnswer], object]) -> bool:
    """Whether what was typed holds and the deed was done with it; the text is converted before, while nobody waits."""
    if not form.validate():
        return False
    one = asked()
    try:
        answer = composed(one.kind, form.answer(), one.points)
    except TooBig as refusal:
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


def _page(
    form: AnswerForm, token: str, *, declining: DeclineForm | None = None, correcting: bool = False
) -> str:  # fmt: skip
    return render_template(
        "evidence/witness/answer.html", form=form, asked=asked(), token=token, correcting=correcting,
        declining=declining or DeclineForm(formdata=None),
    )  # fmt: skip
