"""The assessor's pages: the queue, the marking view in one request, verdicts saved as they are given, the decision."""

from datetime import datetime
from functools import partial

from flask import flash, g, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from portfolio.assessment import lifecycle, operations, policy, queries
from portfolio.assessment.desk import Desk
from portfolio.assessment.forms import DecisionForm, VerdictForm
from portfolio.assessment.lifecycle import State, Step
from portfolio.assessment.models import Assessment, Round
from portfolio.assessment.operations import Superseded
from portfolio.assessment.rows import DeskRow
from portfolio.assessment.rules import RETRACTED_WITHIN, TakenOver
from portfolio.assessment.together.clash import Clash, merge
from portfolio.assessment.views.blueprint import bp
from portfolio.assessment.views.by_point import after, drawn_for
from portfolio.assessment.views.showing import (
    desk_of,
    late,
    looked_at,
    may_judge_pair,
    pair_of,
    shown_of,
    told_of,
    worded_now,
)
from portfolio.assessment.views.telling import told
from portfolio.evidence.meetings import queries as meetings
from portfolio.evidence.models import Version
from portfolio.evidence.opening import noting
from portfolio.foundation.clock import now
from portfolio.foundation.db import transaction
from portfolio.foundation.errors import OutOfTurn, Refused
from portfolio.foundation.requests import numbers
from portfolio.people import gate
from portfolio.people.models import Person
from portfolio.people.rules import Role
from portfolio.units import queries as units
from portfolio.units.models import MarkingPoint


def _assures(person: Person) -> bool:
    return person.has(Role.IQA, Role.ADMINISTRATOR)


@bp.get("/marking")
@gate.allow(policy.may_mark)
def queue() -> ResponseReturnValue:
    """Who waits, how long, in which round."""
    state = request.args.get("state", State.HANDED_IN)
    words, code = request.args.get("q", "").strip()[:100], request.args.get("unit", "")
    counts = queries.counts(g.person)
    page = queries.page(g.person, queries.Wanted(state, words, code), numbers.page(), counted=counts)
    return render_template(
        "assessment/queue.html", page=page, state=state, words=words, code=code, counts=counts,
        states=list(State)[1:], codes=units.codes(g.person.centre_id),
        noted=queries.noted([line.id for line in page.rows]) if _assures(g.person) else {},
        meetings=meetings.open_by(g.person.id) if g.person.has(Role.ASSESSOR) else (),
    )  # fmt: skip


@bp.get("/marking/<int:id>")
@gate.allow(policy.may_see_marking, queries.assessment)
def mark(assessment: Assessment) -> ResponseReturnValue:
    """Points, the evidence opened at the claimed places, verdicts: all in one page.

    Raises `Missing` where no round stands, here as on every page of the desk.
    """
    noting.work_opened(f"assessment {assessment.id}", assessment.enrolment.learner, by=g.person)
    taken = worded_now(assessment)
    shown = desk_of(assessment)
    row = shown.row(numbers.asked("point"))
    told([shown.round], assessment.enrolment.learner_id, by=g.person)
    facts = shown_of(shown, row) | {"taken": taken, "until": _retractable(assessment, shown.round)}
    return render_template("assessment/mark.html", **facts)


@bp.post("/marking/<int:id>/points/<int:point_id>")
@gate.allow(may_judge_pair, pair_of)
def judge(pair: tuple[Assessment, int]) -> ResponseReturnValue:
    """Save a verdict as it is given; a refusal is answered with the point and its sentence.

    Raises `OutOfTurn` where the round waits no more: nothing on the page is drawn anew, so that no word goes.
    """
    assessment, point_id = pair
    form = VerdictForm()
    if not form.validate():
        return _answer(assessment, point_id, sentence=next(iter(form.errors.values()))[0], status=422, typed=form)
    point, seen, inserted = _point(assessment, point_id), form.seen.data or 0, form.phrases.data or ""
    try:
        with transaction():
            operations.judge(
                assessment, point, form.finding(point, partial(_handed, assessment)),
                seen=seen, by=g.person, looked_at=looked_at(), inserted=inserted,
            )  # fmt: skip
    except OutOfTurn as refusal:
        raise late(assessment, refusal) from refusal
    except Refused as refusal:
        return _answer(assessment, point_id, sentence=refusal.sentence, status=form.status_of(refusal), typed=form)
    return _answer(assessment, point_id)


@bp.post("/marking/<int:id>/points/<int:point_id>/undo")
@gate.allow(may_judge_pair, pair_of)
def unjudge(pair: tuple[Assessment, int]) -> ResponseReturnValue:
    """Take the last verdict on a point back."""
    assessment, point_id = pair
    seen = numbers.number(request.form.get("seen")) or 0
    point = _point(assessment, point_id)
    try:
        with transaction():
            operations.unjudge(assessment, point, seen=seen, by=g.person, looked_at=looked_at())
    except Superseded as refusal:
        return _answer(assessment, point_id, sentence=refusal.sentence, status=409)
    except OutOfTurn as refusal:
        raise late(assessment, refusal) from refusal
    return _answer(assessment, point_id)


DECIDING = {Step.REFER: operations.refer, Step.AWARD: operations.award}
"""What each way to decide does."""


@bp.get("/marking/<int:id>/decision")
@gate.allow(policy.may_judge, queries.assessment)
def decision(assessment: Assessment) -> ResponseReturnValue:
    """What stands on every point, and the two ways to decide; what was typed with a decision that was retracted."""
    taken = worded_now(assessment)
    form, round = DecisionForm(formdata=None), queries.present_round(assessment)
    if round:
        form.feedback.data, form.authenticity.data = round.feedback, round.authenticity
    return _decision_page(form, assessment, taken)


@bp.post("/marking/<int:id>/decision")
@gate.allow(policy.may_judge, queries.assessment)
def decide(assessment: Assessment) -> ResponseReturnValue:
    """Refer or award, in words that were shown: what the centre changed meanwhile is shown first."""
    form, taken = DecisionForm(), list[TakenOver]()
    if form.validate() and form.attempt(
        lambda: taken.append(DECIDING[Step(form.step.data)](assessment, form.decision(), by=g.person))
    ):
        undo = url_for(".retract", id=assessment.id)
        done = f"{assessment.enrolment.learner.name}: {assessment.state}. They can read it now."
        text = " ".join([done, *taken[0].told])
        flash({"text": text, "url": undo, "label": "Retract"}, "done")  # type: ignore[arg-type]
        following = queries.next_waiting(g.person, assessment)
        return redirect(url_for(".mark", id=following) if following else url_for(".queue"))
    return _decision_page(form, assessment, worded_now(assessment)), form.status


def _retractable(assessment: Assessment, round: Round) -> datetime | None:
    """Until when the viewer can retract the decision on a round; None where they cannot."""
    own = policy.may_judge(g.person, assessment) and round.decided_by_id == g.person.id and not round.read_at
    present = round.number == assessment.round and lifecycle.possible(
        State(assessment.state), Step.RETRACT, by=g.person
    )
    until = round.decided_at + RETRACTED_WITHIN if round.decided_at else None
    return until if own and present and until and until > now() else None


def _point(assessment: Assessment, point_id: int) -> MarkingPoint:
    return next(point for point in units.marking_points(assessment.enrolment.edition) if point.id == point_id)


def _handed(assessment: Assessment, version_id: int) -> Version | None:
    """A version that was handed in in the present round."""
    round = queries.present_round(assessment)
    return queries.handed_version(round, version_id) if round else None


def _answer(
    assessment: Assessment, point_id: int, *, sentence: str = "", status: int = 200, typed: VerdictForm | None = None
) -> ResponseReturnValue:
    """The point's piece for a script; for a browser without, the page at that point.

    Raises `OutOfTurn` where the round for which something was `typed` waits no more.
    """
    if typed and (told := told_of(assessment)):
        raise OutOfTurn(told)
    if not sentence and not request.headers.get("X-Piece"):
        return redirect(after(assessment, point_id))
    facts, page = drawn_for(assessment, point_id, piece="assessment/_judged.html")
    row = facts["current"]
    clash = _clash(facts["desk"], row, typed) if typed else None
    if clash:
        sentence, status = Superseded(row.history[-1]).sentence, 409
    return render_template(page, **facts, sentence=sentence, typed=typed, clash=clash), status


def _clash(shown: Desk, row: DeskRow, typed: VerdictForm) -> Clash | None:
    """What was typed against what somebody saved since; None where nobody did."""
    seen = row.seen if typed.seen.data is None else typed.seen.data
    return merge(shown.said_at(row, seen), row.said, typed.said()) if seen < row.seen else None


def _decision_page(form: DecisionForm, assessment: Assessment, taken: TakenOver) -> str:
    shown = desk_of(assessment)
    page = "assessment/deciding/_dialog.html" if "X-Piece" in request.headers else "assessment/deciding/page.html"
    return render_template(page, form=form, desk=shown, assessment=assessment, taken=taken)
