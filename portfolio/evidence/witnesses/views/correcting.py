"""What was signed by a link is corrected, for some days, by the same link."""

from flask import flash, redirect, url_for
from flask.typing import ResponseReturnValue

from portfolio.evidence.signatures import queries as signatures
from portfolio.evidence.signatures.rules import Signer
from portfolio.evidence.witnesses import operations
from portfolio.evidence.witnesses.composing import ComposedAnswer
from portfolio.evidence.witnesses.forms import form_about
from portfolio.evidence.witnesses.lifecycle import RequestDeed, ensure_allowed
from portfolio.evidence.witnesses.models import WitnessRequest
from portfolio.evidence.witnesses.views import tracing
from portfolio.evidence.witnesses.views.blueprints import asked, holder, ration
from portfolio.evidence.witnesses.views.filling import (
    MOST_SIGNED,
    answer_page,
    correction_page,
    done,
    saved,
    version_of,
)
from portfolio.foundation.clock import now
from portfolio.people import gate

CORRECTED = "The correction is signed. What you signed before is kept beside it."
UNCHANGED = (
    "You changed nothing of what you wrote, so it stands as you signed it, as “{}”. If that name is mistyped, say so "
    "in your words and sign them again."
)


@holder.get("/<token>/correct")
@gate.open_to_all
def mend(token: str) -> ResponseReturnValue:
    """The form with what was signed, to be corrected. Raises as `ensure_allowed` does."""
    ensure_allowed(RequestDeed.CORRECT, asked(), now())
    return correction_page(token)


@holder.post("/<token>/correct/draft")
@gate.open_to_all
def save_correction(token: str) -> ResponseReturnValue:
    """Keep what was typed of a correction so far, as `save` does."""
    return saved(RequestDeed.CORRECT, url_for(".mend", token=token))


@holder.post("/<token>/correct")
@gate.open_to_all
def correct(token: str) -> ResponseReturnValue:
    """Sign a correction. Raises as `ensure_allowed` and `ration` do."""
    one = asked()
    ensure_allowed(RequestDeed.CORRECT, one, now())
    ration("sign", MOST_SIGNED)
    form, before = form_about(one), version_of(one)
    seen = form.version.data or 0
    if not done(form, lambda answer: _corrected(one, answer, seen)):
        return answer_page(form, token, correcting=True), form.status
    if version_of(one).number > before.number:
        flash(CORRECTED, "done")
    else:
        signature = signatures.signature(before, Signer.WITNESS)
        flash(UNCHANGED.format(signature.name if signature else ""), "done")
    return redirect(url_for(".show", token=token))


def _corrected(one: WitnessRequest, answer: ComposedAnswer, seen: int) -> None:
    operations.note(tracing.seen(), request_id=one.id, signing=True)
    elsewhere = operations.went_elsewhere(one, tracing.device_mark())
    operations.correct(one, answer, based_on=seen, elsewhere=elsewhere)
