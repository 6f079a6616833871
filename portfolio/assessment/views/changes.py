"""What changed of an item since the round before: in its pane for a script, as a page for a browser without."""

from dataclasses import replace

from flask import g, render_template, request
from flask.typing import ResponseReturnValue

from portfolio.assessment import policy, queries
from portfolio.assessment.models import Assessment
from portfolio.assessment.since import since
from portfolio.assessment.views.blueprint import bp
from portfolio.assessment.views.by_point import after
from portfolio.assessment.views.showing import desk_of
from portfolio.assessment.views.stops import stop_of, walks
from portfolio.evidence.opening import noting
from portfolio.foundation.errors import Missing
from portfolio.foundation.requests import numbers
from portfolio.people import gate
from portfolio.people.models import Person


def _may_see_pair(person: Person, pair: tuple[Assessment, int]) -> bool:
    return policy.may_see_marking(person, pair[0])


def _pair(id: int, version_id: int, *, viewer: Person) -> tuple[Assessment, int] | None:
    """The assessment, and the id of what may be one of its versions."""
    assessment = queries.assessment(id, viewer=viewer)
    return (assessment, version_id) if assessment else None


@bp.get("/marking/<int:id>/evidence/<int:version_id>/changes")
@gate.allow(_may_see_pair, _pair)
def changes(pair: tuple[Assessment, int]) -> ResponseReturnValue:
    """What changed of a version since it was handed in before.

    Raises `Missing` where it is none of the round that is asked for, or nothing else was handed in of it before.
    """
    assessment, version_id = pair
    shown, back = desk_of(assessment), ""
    if walks():
        stop = stop_of(assessment)
        shown, back = replace(shown, called=stop.hidden), after(assessment, numbers.asked("point") or 0)
    pane = next((one for one in shown.panes if one.version.id == version_id), None)
    if pane is None or pane.before is None:
        raise Missing("Nothing else of this was handed in before.")
    noting.work_opened(f"assessment {assessment.id}", assessment.enrolment.learner, by=g.person)
    page = "assessment/changes/_text.html" if "X-Piece" in request.headers else "assessment/changes/page.html"
    return render_template(page, desk=shown, pane=pane, since=since(pane, queries.earlier(pane.before)), back=back)
