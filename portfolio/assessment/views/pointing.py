"""Evidence of the desk in which places can be marked: brought by a script in the stead of its pane."""

from flask import g, redirect, render_template, request
from flask.typing import ResponseReturnValue

from portfolio.assessment.models import Assessment
from portfolio.assessment.views.blueprint import bp
from portfolio.assessment.views.by_point import after
from portfolio.assessment.views.flaws import in_round
from portfolio.assessment.views.showing import desk_of, may_judge_pair
from portfolio.evidence.opening import noting
from portfolio.evidence.places.grouping import drawn
from portfolio.foundation.errors import Missing
from portfolio.foundation.requests import numbers
from portfolio.people import gate


@bp.get("/marking/<int:id>/evidence/<int:version_id>/places")
@gate.allow(may_judge_pair, in_round)
def places(pair: tuple[Assessment, int]) -> ResponseReturnValue:
    """A version with its sentences, seconds, pages and pictures to be chosen; a browser without scripts goes back.

    Raises `Missing` for evidence of another round than the one that is asked for.
    """
    assessment, version_id = pair
    if "X-Piece" not in request.headers:
        return redirect(after(assessment, numbers.asked("point") or 0))
    pane = next((one for one in desk_of(assessment).panes if one.version.id == version_id), None)
    if pane is None:
        raise Missing("This evidence is not of the round that is asked for.")
    noting.work_opened(f"assessment {assessment.id}", assessment.enrolment.learner, by=g.person)
    html = drawn(pane.version.html, pane.places, choosable=True, addressed=False)
    return render_template("assessment/grounds/_pointed.html", pane=pane, html=html)
