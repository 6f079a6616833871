"""What assessor and learner say at a place: beside the evidence on the desk, and on a page of the unit."""

from collections.abc import Mapping
from typing import Any

from flask import Blueprint, flash, g, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from portfolio.assessment import desk as desks
from portfolio.assessment import policy as judging
from portfolio.assessment import queries as assessments
from portfolio.assessment.conversations import operations, policy, queries, showing
from portfolio.assessment.conversations.forms import CommentForm, SayingForm
from portfolio.assessment.conversations.models import Comment, Conversation
from portfolio.assessment.conversations.showing import Talk
from portfolio.assessment.desk import Desk
from portfolio.assessment.models import Assessment, Round
from portfolio.assessment.panes import Pane
from portfolio.assessment.views.by_point import after
from portfolio.assessment.views.showing import late, looked_at
from portfolio.assessment.views.stops import stop_of, walks
from portfolio.evidence.models import Version
from portfolio.evidence.opening import noting
from portfolio.evidence.pointing.forms import every_field
from portfolio.evidence.policy import HELD_ELSEWHERE, SHOWN_ELSEWHERE
from portfolio.foundation.db import transaction
from portfolio.foundation.errors import Missing, OutOfTurn, Refused
from portfolio.foundation.requests import numbers
from portfolio.people import gate
from portfolio.people.models import Person
from portfolio.units import queries as units
from portfolio.units.models import Enrolment
from portfolio.units.policy import may_see_enrolment

bp = Blueprint("conversations", __name__)
bp.add_app_template_global(every_field)
SHOWN_ELSEWHERE.append(policy.may_hear)
HELD_ELSEWHERE.append(policy.may_hear_own)


@bp.app_template_global()
def talked(desk: Desk) -> Mapping[int, list[Talk]]:
    """The conversations about what a desk shows, by version."""
    return showing.talks(desk.round, desk.panes, viewer=g.person)


@bp.app_template_global()
def talked_before(desk: Desk, pane: Pane) -> list[Talk]:
    """What was said of an item in the round in which it was handed in before."""
    return showing.said_before(desk.assessment, pane.before, viewer=g.person) if pane.before else []


def _handed(id: int, version_id: int, *, viewer: Person) -> tuple[Assessment, Version] | None:
    """The assessment and one of the versions that its present round froze."""
    assessment = assessments.assessment(id, viewer=viewer)
    round = assessments.present_round(assessment) if assessment else None
    version = assessments.handed_version(round, version_id) if round else None
    return (assessment, version) if assessment and version else None


def _may_comment(person: Person, handed: tuple[Assessment, Version]) -> bool:
    return judging.may_judge(person, handed[0])


@bp.post("/marking/<int:id>/evidence/<int:version_id>/comments")
@gate.allow(_may_comment, _handed)
def comment(handed: tuple[Assessment, Version]) -> ResponseReturnValue:
    """Say something at a place. Raises `OutOfTurn` where the round waits no more; nothing that was typed goes."""
    assessment, version = handed
    form = CommentForm()
    _ensure_valid(form)
    try:
        with transaction():
            place, words = form.chosen(version), form.words.data or ""
            said = operations.comment(
                assessment, version.id, place, words, by=g.person, spoken=form.spoken(), looked_at=looked_at()
            )
    except OutOfTurn as refusal:
        raise late(assessment, refusal) from refusal
    return _answer(said.conversation, "Said. The learner can read it now.", "section")


@bp.post("/conversations/<int:id>")
@gate.allow(policy.may_answer, queries.conversation)
def answer(conversation: Conversation) -> ResponseReturnValue:
    """Say something more; what the other side said counts as read. Raises as `comment` does."""
    form, assessment = SayingForm(), conversation.round.assessment
    _ensure_valid(form)
    try:
        with transaction():
            operations.answer(conversation, form.words.data or "", by=g.person, spoken=form.spoken())
    except OutOfTurn as refusal:
        raise late(assessment, refusal) from refusal
    to = "Your assessor" if _learns(assessment) else "The learner"
    return _answer(conversation, f"Said. {to} can read it now.")


@bp.post("/conversations/<int:id>/read")
@gate.allow(policy.may_answer, queries.conversation)
def read(conversation: Conversation) -> ResponseReturnValue:
    """Say that one read it."""
    with transaction():
        operations.mark_read(conversation, by=g.person)
    return _answer(conversation, "Marked as read.")


@bp.post("/comments/<int:id>/take-back")
@gate.allow(policy.may_take_back, queries.comment)
def take_back(comment: Comment) -> ResponseReturnValue:
    """Take back what one said last, while nobody read it. Raises `OutOfTurn` where it is too late."""
    try:
        with transaction():
            operations.take_comment_back(comment, by=g.person)
    except OutOfTurn as refusal:
        raise late(comment.conversation.round.assessment, refusal) from refusal
    return _answer(comment.conversation, "Taken back. Nobody is shown its words any more.")


@bp.get("/portfolio/<int:id>/comments")
@gate.allow(may_see_enrolment, units.enrolment)
def page(enrolment: Enrolment) -> ResponseReturnValue:
    """What was said in one round, beside the evidence: the round that is asked for, or in which something waits to be
    read, or the newest.

    Raises `Missing` where nothing was said.
    """
    assessment = assessments.assessment_of(enrolment)
    rounds = queries.rounds_with(assessment) if assessment else []
    if assessment is None or not rounds:
        raise Missing("Nothing was said about the evidence of this unit.")
    noting.work_opened(f"assessment {assessment.id}", enrolment.learner, by=g.person)
    wanted = numbers.asked("round") or queries.round_to_read(assessment, learns=_learns(assessment))
    round = next((one for one in rounds if one.id == wanted), rounds[0])
    panes = showing.panes_of(round)
    return render_template(
        "assessment/conversations/page.html", enrolment=enrolment, rounds=rounds, round=round, panes=panes,
        talks=showing.talks(round, panes, viewer=g.person), waits=showing.waits(round), learns=_learns(assessment),
        judges=judging.may_judge(g.person, assessment) and showing.waits(round),
    )  # fmt: skip


def _learns(assessment: Assessment) -> bool:
    return bool(g.person.id == assessment.enrolment.learner_id)


def _ensure_valid(form: SayingForm) -> None:
    """Refused where the form does not hold; its words stay where they were typed."""
    if not form.validate():
        raise Refused(next(iter(form.errors.values()))[0])


def _answer(conversation: Conversation, sentence: str, piece: str = "talk") -> ResponseReturnValue:
    """The conversation for a script, or all about its version; for a browser without, the page it came from."""
    assessment, round = conversation.round.assessment, conversation.round
    if request.headers.get("X-Piece"):
        return render_template(f"assessment/conversations/_{piece}.html", **_shown(conversation, round))
    flash(sentence, "done")
    here = f"conversation-{conversation.id}"
    if _learns(assessment) or request.args.get("on") == "comments":
        return redirect(url_for(".page", id=assessment.enrolment_id, round=round.id, _anchor=here))
    return redirect(f"{after(assessment, numbers.number(request.form.get('point')) or 0)}#{here}")


def _shown(conversation: Conversation, round: Round) -> dict[str, Any]:
    """What pieces show: the version of a conversation, with all that is said about it."""
    whole = desks.laid_out(round.assessment, round)
    pane = next(one for one in whole.panes if one.version.id == conversation.version_id)
    stop = stop_of(round.assessment) if walks() else None
    talks = showing.talks(round, [pane], viewer=g.person)[conversation.version_id]
    return {
        "version": pane.version, "talks": talks, "talk": next(one for one in talks if one.conversation is conversation),
        "query": stop.query if stop else "", "called": stop.hidden if stop else "",
    }  # fmt: skip
