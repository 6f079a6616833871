"""One point across learners: which points wait, and the desk that goes from one learner to the next at one of them."""

from typing import Any

from flask import g, render_template, request, url_for
from flask.typing import ResponseReturnValue

from portfolio.assessment import policy, queries
from portfolio.assessment.models import Assessment
from portfolio.assessment.queries import Waits
from portfolio.assessment.views.blueprint import bp
from portfolio.assessment.views.showing import desk_of, may_judge_pair, pair_of, piece_of, shown_of
from portfolio.assessment.views.stops import Stop, stop_of, walks
from portfolio.evidence.opening import noting
from portfolio.foundation.requests import numbers
from portfolio.people import gate
from portfolio.units import queries as units
from portfolio.units.models import EditionPoint

PAGE = "assessment/by_point/walk.html"


@bp.get("/marking/points")
@gate.allow(policy.may_judge_some)
def points() -> ResponseReturnValue:
    """The points that somebody waits for, by unit."""
    return render_template("assessment/by_point/points.html", points=queries.open_points(g.person))


@bp.get("/marking/points/<int:point_id>")
@gate.allow(policy.may_walk, units.point)
def walk(point: EditionPoint) -> ResponseReturnValue:
    """Everybody who waits for a verdict on a point: the one that is asked for, or the first, with the evidence opened
    at the claimed place; the others come as they are taken in hand.
    """
    facts = _walk(point)
    stops, id = facts["stops"], numbers.asked("learner")
    first = next((one for one in stops if not one.verdict), stops[0] if stops else None)
    current = next((one for one in stops if one.id == id), first)
    return render_template(PAGE, **facts | _opened(current, point.id))


@bp.get("/marking/<int:id>/points/<int:point_id>")
@gate.allow(may_judge_pair, pair_of)
def stop(pair: tuple[Assessment, int]) -> ResponseReturnValue:
    """One learner of a walk: the evidence and the panel, which replace the elements of their ids."""
    assessment, point_id = pair
    return render_template("assessment/by_point/_stop.html", **_laid(assessment, point_id, stop_of(assessment)))


def after(assessment: Assessment, point_id: int) -> str:
    """Where a browser without scripts goes on: at the point, or in a walk with whoever waits longest; without a point,
    0, at the first that is open.
    """
    if walks() and point_id:
        return url_for("assessment.walk", point_id=point_id, names=request.args.get("names"))
    return url_for("assessment.mark", id=assessment.id, point=point_id)


def drawn_for(assessment: Assessment, point_id: int, *, piece: str) -> tuple[dict[str, Any], str]:
    """What is shown after a deed on a point, and by which template: `piece` for a script, else its page."""
    facts = piece_of(assessment, point_id)
    if "X-Piece" in request.headers:
        return facts, piece
    point = units.point(point_id, viewer=g.person) if walks() else None
    if point is None:
        return facts, "assessment/mark.html"
    around = _walk(point)
    if facts["stop"].id not in {one.id for one in around["stops"]}:
        around["stops"].insert(0, facts["stop"])
    return around | facts, PAGE


def _walk(point: EditionPoint) -> dict[str, Any]:
    """Whoever waits for a verdict on a point, as the address asks for them."""
    given, names = request.args.get("given") == "y", request.args.get("names", "")
    waiting = queries.waiting_for(point.id, g.person, given=given)
    stops = [_stop(one, place, names) for place, one in enumerate(waiting, 1)]
    here = sum(not one.verdict for one in stops)
    more = queries.count_waiting(point.id, g.person) - here if len(stops) == queries.MOST_WAITING else 0
    lately = queries.lately(point.id, g.person)
    return {"point": point, "stops": stops, "given": given, "names": names, "more": more, "lately": lately}


def _stop(one: Waits, place: int, names: str) -> Stop:
    return Stop(one.id, place, one.learner, names, one.round, one.handed_in_at, one.verdict)


def _opened(stop: Stop | None, point_id: int) -> dict[str, Any]:
    """What the page shows of the learner in hand; nothing where nobody waits."""
    assessment = queries.assessment(stop.id, viewer=g.person) if stop else None
    return _laid(assessment, point_id, stop) if assessment and stop else {"stop": None, "desk": None}


def _laid(assessment: Assessment, point_id: int, stop: Stop) -> dict[str, Any]:
    noting.work_opened(f"assessment {assessment.id}", assessment.enrolment.learner, by=g.person)
    desk = desk_of(assessment).narrowed(point_id, stop.query, called=stop.hidden)
    return shown_of(desk, desk.rows[0]) | {"stop": stop}
