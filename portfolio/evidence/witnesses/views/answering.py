"""The page of whoever holds a link: it tells who asks and why, takes what they saw, and shows what was signed."""

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from portfolio.evidence.places.grouping import drawn
from portfolio.evidence.signatures import queries as signatures
from portfolio.evidence.signatures.rules import Signer
from portfolio.evidence.witnesses import operations
from portfolio.evidence.witnesses.composing import ComposedAnswer
from portfolio.evidence.witnesses.forms import DeclineForm, begun_form, form_about
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
from portfolio.evidence.witnesses.views.filling import (
    MOST_SIGNED,
    answer_page,
    begun_page,
    come,
    correction_page,
    done,
    saved,
    version_of,
)
from portfolio.foundation.clock import now
from portfolio.foundation.db import db, transaction
from portfolio.people import gate

SIGNED = "Thank you. It is signed, and nobody can change a word of it."
CORRECTED = "The correction is signed. What you signed before is kept beside it."
UNCHANGED = (
    "You changed nothing of what you wrote, so it stands as you signed it, as “{}”. If that name is mistyped, say so "
    "in your words and sign them again."
)


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
    return begun_page(token)


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
    """Go on with words that were begun on another device, at first or as a correction. Raises as `ensure_allowed`."""
    one = asked()
    with transaction():
        come(one)
        operations.go_on(one, tracing.device_mark())
    return correction_page(token) if one.signed_at else answer_page(begun_form(one), token)


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
    if done(form, lambda answer: _signed(one, answer)):
        flash(SIGNED, "done")
        return redirect(url_for(".show", token=token))
    db.session.refresh(one)
    if one.signed_at:  # the same form came twice at once
        return redirect(url_for(".show", token=token))
    return answer_page(form, token), form.status


@holder.post("/<token>/draft")
@gate.open_to_all
def save(token: str) -> ResponseReturnValue:
    """Keep what was typed so far: asked for by a script, or by the button for later.

    Raises as `write_draft` and `ration` do, `Incomplete` for more than a field can hold.
    """
    return saved(RequestDeed.WRITE, url_for(".show", token=token))


@holder.post("/<token>/decline")
@gate.open_to_all
def decline(token: str) -> ResponseReturnValue:
    """Decline, with a reason or without. Raises as `ensure_allowed` does."""
    one, form = asked(), DeclineForm()
    if not form.validate() or not form.attempt(lambda: _declined(one, form.reason.data or "")):
        ensure_allowed(RequestDeed.DECLINE if one.opened_at else RequestDeed.OPEN, one, now())
        return begun_page(token, declining=form), form.status
    return redirect(url_for(".show", token=token))


def _declined(one: WitnessRequest, reason: str) -> None:
    operations.open_link(one)
    operations.decline(one, reason)


def _signed(one: WitnessRequest, answer: ComposedAnswer) -> None:
    come(one, signing=True)
    operations.sign_answer(one, answer, elsewhere=operations.went_elsewhere(one, tracing.device_mark()))


def _signed_page(one: WitnessRequest, token: str) -> str:
    version = version_of(one)
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
