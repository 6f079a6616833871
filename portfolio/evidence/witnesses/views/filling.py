"""What the pages of a witness's link share: the form as it was left, what is saved of it, and whether it holds."""

from collections.abc import Callable

from flask import flash, jsonify, redirect, render_template, request
from flask.typing import ResponseReturnValue

from portfolio.evidence import queries as gathered
from portfolio.evidence.models import Version
from portfolio.evidence.witnesses import operations
from portfolio.evidence.witnesses.composing import ComposedAnswer, composed
from portfolio.evidence.witnesses.forms import AnswerForm, DeclineForm, begun_form, corrected_form, form_about
from portfolio.evidence.witnesses.lifecycle import RequestDeed
from portfolio.evidence.witnesses.models import WitnessRequest
from portfolio.evidence.witnesses.views import tracing
from portfolio.evidence.witnesses.views.blueprints import asked, ration
from portfolio.foundation.db import transaction
from portfolio.foundation.errors import Incomplete, TooBig
from portfolio.foundation.requests import sent

MOST_SIGNED = "30 per hour"
"""Tries to sign with one link, or to correct what was signed."""
MOST_SAVED = "60 per minute"
"""Drafts that are sent with one link."""
MOST_TURNS = 1_000_000
"""Savings of one open page that are told apart."""
SAVED = "Saved. Open the same link when you want to go on."


def answer_page(
    form: AnswerForm, token: str, *, declining: DeclineForm | None = None, correcting: bool = False
) -> str:  # fmt: skip
    """The form to be filled in; `declining` is the other one, as it was sent."""
    return render_template(
        "evidence/witness/answer.html", form=form, asked=asked(), token=token, correcting=correcting,
        declining=declining or DeclineForm(formdata=None),
    )  # fmt: skip


def begun_page(token: str, *, declining: DeclineForm | None = None) -> str:
    """The form as it was left; on another device than that on which it was, whether to go on there."""
    if operations.is_elsewhere(asked(), tracing.device_mark()):
        return render_template("evidence/witness/elsewhere.html", asked=asked(), token=token)
    return answer_page(begun_form(asked()), token, declining=declining)


def correction_page(token: str) -> str:
    """The same of a correction of what was signed."""
    if operations.is_elsewhere(asked(), tracing.device_mark()):
        return render_template("evidence/witness/elsewhere.html", asked=asked(), token=token)
    return answer_page(corrected_form(asked(), version_of(asked())), token, correcting=True)


def saved(deed: RequestDeed, page: str) -> ResponseReturnValue:
    """Keep what was typed, then go on at `page`."""
    one = asked()
    ration("save", MOST_SAVED)
    form = form_about(one)
    with transaction():
        come(one)
        saved = operations.write_draft(
            one, form.typed(), sitting=sent.key_of_request(), turn=min(form.turn.data or 1, MOST_TURNS),
            based_on=form.based_on.data or 0, device=tracing.device_mark(), deed=deed,
        )  # fmt: skip
    if request.headers.get("X-Piece"):
        return jsonify(saved=saved)
    flash(SAVED, "done")
    return redirect(page)


def come(one: WitnessRequest, *, signing: bool = False) -> None:
    """Note from where something is sent; with the first of it the link counts as opened."""
    operations.open_link(one)
    operations.note(tracing.seen(), request_id=one.id, signing=signing)


def done(form: AnswerForm, deed: Callable[[ComposedAnswer], object]) -> bool:
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


def version_of(one: WitnessRequest) -> Version:
    """What was signed last."""
    assert one.evidence is not None, "what was signed is an item"
    return gathered.latest(one.evidence)
