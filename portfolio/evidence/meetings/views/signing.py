"""Both read what was written down, and sign it."""

from flask import flash, g, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from markupsafe import Markup

from portfolio.evidence import queries as evidence
from portfolio.evidence.content import Content
from portfolio.evidence.meetings import drafting, operations, policy, queries
from portfolio.evidence.meetings.forms import AssessorsSignatureForm, LearnersSignatureForm
from portfolio.evidence.meetings.models import Meeting
from portfolio.evidence.meetings.rules import ASSESSORS_WORDS, minutes_of
from portfolio.evidence.meetings.views.blueprint import bp, point_words
from portfolio.evidence.rules import KIND_NAMES, Kind
from portfolio.foundation.db import transaction
from portfolio.foundation.errors import Missing, TooBig
from portfolio.foundation.words.text import plural
from portfolio.people import gate

OBJECTED = "Signed. It is on record that you do not agree, and with what. Nothing is claimed."
NOTHING_CLAIMED = "Nothing is claimed: none of its points is of a unit on which you are enrolled."


@bp.get("/<int:id>/sign")
@gate.allow(policy.may_lead, queries.meeting)
def review(meeting: Meeting) -> ResponseReturnValue:
    """The whole as it will stand, and the assessor's signature."""
    form = AssessorsSignatureForm(formdata=None)
    form.based_on.data = str(meeting.saved)
    try:
        content = drafting.composed(meeting)
    except TooBig as refusal:
        return _to_shorten(meeting, refusal)
    return _review_page(meeting, form, content)


@bp.post("/<int:id>/sign")
@gate.allow(policy.may_lead, queries.meeting)
def sign(meeting: Meeting) -> ResponseReturnValue:
    """Sign as the assessor: what is written down becomes evidence, or its next version."""
    form = AssessorsSignatureForm()
    try:
        content = drafting.composed(meeting)
    except TooBig as refusal:
        return _to_shorten(meeting, refusal)
    if form.validate():
        if form.attempt(
            lambda: operations.sign_as_assessor(
                meeting, content, form.name.data or "", based_on=form.seen(), by=g.person
            )
        ):
            flash(f"Signed. It waits for {meeting.learner.name} now, who reads it and signs.", "done")
            return redirect(url_for(".show", id=meeting.id))
        form.based_on.data = str(meeting.saved)
        content = drafting.composed(meeting)
    return _review_page(meeting, form, content), form.status


@bp.post("/<int:id>/leave")
@gate.allow(policy.may_leave, queries.meeting)
def leave(meeting: Meeting) -> ResponseReturnValue:
    """Let go of what was changed since it was signed, or let a record to which the learner does not agree stay so."""
    with transaction():
        operations.leave(meeting, by=g.person)
    flash("It stands as it was signed.", "done")
    return redirect(url_for(".show", id=meeting.id))


@bp.get("/<int:id>/answer")
@gate.allow(policy.may_answer, queries.meeting)
def read(meeting: Meeting) -> ResponseReturnValue:
    """What the assessor signed, and the learner's answer. Raises `Missing` where nothing is signed yet."""
    form = LearnersSignatureForm(formdata=None)
    if meeting.evidence is None:
        raise Missing
    form.based_on.data = str(meeting.evidence.latest)
    return _answer_page(meeting, form)


@bp.post("/<int:id>/answer")
@gate.allow(policy.may_answer, queries.meeting)
def answer(meeting: Meeting) -> ResponseReturnValue:
    """Sign as the learner, who agrees or does not. Raises `Missing` where nothing is signed yet."""
    if meeting.evidence is None:
        raise Missing
    form, item = LearnersSignatureForm(), meeting.evidence
    if form.validate():
        before = len(evidence.claims_on(item.id))
        agrees, comment = form.answer.data == "agree", (form.comment.data or "").replace("\r\n", "\n")
        if form.attempt(
            lambda: operations.sign_as_learner(
                meeting, form.name.data or "", agrees=agrees, comment=comment, seen=form.seen(), by=g.person
            )
        ):
            flash(_signed(len(evidence.claims_on(item.id)) - before) if agrees else OBJECTED, "done")
            return redirect(url_for("evidence.show", id=item.id))
    return _answer_page(meeting, form), form.status


def _signed(claims: int) -> str:
    claimed = f"It makes {plural(claims, 'claim')}, at the steps that show them." if claims else NOTHING_CLAIMED
    return f"Signed. {claimed}"


def _to_shorten(meeting: Meeting, refusal: TooBig) -> ResponseReturnValue:
    """The record, where entries can be changed and removed, with why it cannot be signed."""
    flash(refusal.sentence, "warning")
    return redirect(url_for(".record", id=meeting.id))


def _review_page(meeting: Meeting, form: AssessorsSignatureForm, content: Content) -> str:
    return render_template(
        "evidence/meetings/review.html", form=form, meeting=meeting,
        minutes=minutes_of(meeting.minutes), html=Markup(content.html),  # noqa: S704 - nh3 cleaned it
        point_words=point_words(meeting.learner_id), files=queries.files_of(meeting), course=queries.course(meeting),
        statement=ASSESSORS_WORDS[meeting.kind],
    )  # fmt: skip


def _answer_page(meeting: Meeting, form: LearnersSignatureForm) -> str:
    assert meeting.evidence is not None, "who reads it is told first that there is nothing"
    version = evidence.latest(meeting.evidence)
    return render_template(
        "evidence/meetings/answer.html", form=form, meeting=meeting, version=version, course=queries.course(meeting),
        minutes=minutes_of(version.minutes or {}), html=Markup(version.html),  # noqa: S704 - nh3 cleaned it
        point_words=point_words(meeting.learner_id), kind_name=KIND_NAMES[Kind(meeting.kind)],
    )  # fmt: skip
