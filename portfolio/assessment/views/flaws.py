"""The forms in the evidence: what an item fails in, said once and taken back."""

from collections.abc import Callable

from flask import g, redirect, render_template, request
from flask.typing import ResponseReturnValue

from portfolio.assessment import operations, queries
from portfolio.assessment.forms import FlawForm
from portfolio.assessment.models import Assessment
from portfolio.assessment.views.blueprint import bp
from portfolio.assessment.views.by_point import after, drawn_for
from portfolio.assessment.views.showing import late, looked_at, may_judge_pair
from portfolio.foundation.db import transaction
from portfolio.foundation.errors import Conflict, Missing, OutOfTurn, Refused
from portfolio.foundation.forms import Form
from portfolio.foundation.requests import numbers
from portfolio.people import gate
from portfolio.people.models import Person


def in_round(id: int, version_id: int, *, viewer: Person) -> tuple[Assessment, int] | None:
    """The assessment and one of the versions that its present round froze."""
    assessment = queries.assessment(id, viewer=viewer)
    round = queries.present_round(assessment) if assessment else None
    if assessment is None or round is None or version_id not in {one.version_id for one in queries.handed(round)}:
        return None
    return assessment, version_id


@bp.post("/marking/<int:id>/evidence/<int:version_id>/flaw")
@gate.allow(may_judge_pair, in_round)
def note_flaw(pair: tuple[Assessment, int]) -> ResponseReturnValue:
    """Say what evidence fails in; what is refused is answered with its sentence, and the words come back."""
    assessment, version_id = pair
    form = FlawForm()
    if not form.validate():
        return _answer_about(pair, next(iter(form.errors.values()))[0], 422, form)
    fails, reason, seen = form.fails.data or (), form.reason.data or "", form.seen.data or 0
    refused = _refused(
        assessment,
        lambda: operations.note_flaw(
            assessment, version_id, fails, reason, seen=seen, by=g.person, looked_at=looked_at()
        ),
    )
    return _answer_about(pair, *refused, form)


@bp.post("/marking/<int:id>/evidence/<int:version_id>/flaw/undo")
@gate.allow(may_judge_pair, in_round)
def take_flaw_back(pair: tuple[Assessment, int]) -> ResponseReturnValue:
    """Take back what evidence was said to fail in."""
    assessment, version_id = pair
    seen = numbers.number(request.form.get("seen")) or 0
    refused = _refused(
        assessment,
        lambda: operations.take_flaw_back(assessment, version_id, seen=seen, by=g.person, looked_at=looked_at()),
    )
    return _answer_about(pair, *refused)


def _refused(assessment: Assessment, deed: Callable[[], object]) -> tuple[str, int]:
    """Why a deed is refused, and with which status; no sentence where it is done.

    Raises `OutOfTurn` where the round waits no more: the page is not drawn anew, so that no word goes.
    """
    try:
        with transaction():
            deed()
    except OutOfTurn as refusal:
        raise late(assessment, refusal) from refusal
    except Conflict as refusal:
        return refusal.sentence, 409
    except Refused as refusal:
        return refusal.sentence, Form.status_of(refusal)
    return "", 200


def _answer_about(
    pair: tuple[Assessment, int], sentence: str, status: int, form: FlawForm | None = None
) -> ResponseReturnValue:
    """What a flaw changes on the page, for a script; for a browser without, the page at the point it came from.

    Raises `Missing` where one point is shown and the evidence is not claimed for it.
    """
    assessment, version_id = pair
    point = numbers.number(request.form.get("point"))
    if not sentence and not request.headers.get("X-Piece"):
        return redirect(after(assessment, point or 0))
    facts, page = drawn_for(assessment, point or 0, piece="assessment/_flawed.html")
    pane = next((one for one in facts["desk"].panes if one.version.id == version_id), None)
    if pane is None:
        raise Missing("This evidence is not shown for this point.")
    facts |= {"pane": pane, "sentence_about": sentence, "flaw_form": form}
    return render_template(page, **facts), status
