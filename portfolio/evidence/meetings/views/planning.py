"""A meeting is planned, shown to everybody concerned, changed and called off."""

from dataclasses import dataclass

from flask import flash, g, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from wtforms import SelectChoice

from portfolio.evidence.meetings import operations, policy, queries
from portfolio.evidence.meetings.forms import MeetingForm, fitting
from portfolio.evidence.meetings.models import Meeting
from portfolio.evidence.meetings.rules import minutes_of
from portfolio.evidence.meetings.views.blueprint import bp, named, points_of
from portfolio.evidence.rules import KIND_NAMES, MINUTED, Kind
from portfolio.foundation.db import transaction
from portfolio.people import gate
from portfolio.people import queries as people
from portfolio.people.models import Person


@dataclass(frozen=True, slots=True)
class MeetingWanted:
    """Of which kind a meeting is to be, and with whom."""

    kind: Kind
    learner: Person


def _wanted(kind: str, id: int, *, viewer: Person) -> MeetingWanted | None:
    """What an address names: `professional-discussion`, and a learner of the viewer's centre."""
    wanted = next((one for one in MINUTED if one.replace(" ", "-") == kind), None)
    learner = people.person(id, viewer=viewer)
    return MeetingWanted(wanted, learner) if wanted and learner else None


def _may_plan(person: Person, planned: MeetingWanted) -> bool:
    return policy.may_meet(person, planned.learner)


@bp.get("/new/<kind>/<int:id>")
@gate.allow(_may_plan, _wanted)
def new(planned: MeetingWanted) -> ResponseReturnValue:
    """An empty plan."""
    return _plan_page(MeetingForm(), planned)


@bp.post("/new/<kind>/<int:id>")
@gate.allow(_may_plan, _wanted)
def plan(planned: MeetingWanted) -> ResponseReturnValue:
    """Plan it; the learner sees it from now on."""
    form, made = MeetingForm(), list[Meeting]()
    if form.validate():
        said = form.plan(points_of(planned.learner.id))
        deed = lambda: made.append(operations.plan(planned.kind, said, learner=planned.learner, by=g.person))  # noqa: E731
        if form.attempt(deed):
            flash(f"Planned. {planned.learner.name} sees it on their portfolio page.", "done")
            return redirect(url_for(".show", id=made[0].id))
    return _plan_page(form, planned), form.status


@bp.get("/<int:id>")
@gate.allow(policy.may_see_meeting, queries.meeting)
def show(meeting: Meeting) -> ResponseReturnValue:
    """What is planned, where it stands, and what comes next; what is written down is shown once it is signed."""
    agreed = named(minutes_of(meeting.minutes).agreed, points_of(meeting.learner_id))
    return render_template(
        "evidence/meetings/show.html", meeting=meeting, course=queries.course(meeting), agreed=agreed,
        minutes=minutes_of(meeting.minutes), kind_name=KIND_NAMES[Kind(meeting.kind)],
    )  # fmt: skip


@bp.get("/<int:id>/plan")
@gate.allow(policy.may_lead, queries.meeting)
def edit_plan(meeting: Meeting) -> ResponseReturnValue:
    """The form with what is planned."""
    said, points = operations.plan_of(meeting), points_of(meeting.learner_id)
    form = MeetingForm(formdata=None, obj=said)
    form.points.data = [point.id for point in named(said.agreed, points)]
    form.based_on.data = str(meeting.saved)
    return _plan_page(form, MeetingWanted(Kind(meeting.kind), meeting.learner), meeting)


@bp.post("/<int:id>/plan")
@gate.allow(policy.may_lead, queries.meeting)
def change_plan(meeting: Meeting) -> ResponseReturnValue:
    """Change what is planned."""
    form = MeetingForm()
    if form.validate():
        said = form.plan(points_of(meeting.learner_id))
        if form.attempt(lambda: operations.change_plan(meeting, said, based_on=form.seen(), by=g.person)):
            flash("Saved. The learner sees the plan as it is now.", "done")
            return redirect(url_for(".show", id=meeting.id))
        form.based_on.data = str(meeting.saved)
    return _plan_page(form, MeetingWanted(Kind(meeting.kind), meeting.learner), meeting), form.status


@bp.post("/<int:id>/call-off")
@gate.allow(policy.may_call_off, queries.meeting)
def call_off(meeting: Meeting) -> ResponseReturnValue:
    """Let it not take place."""
    with transaction():
        operations.call_off(meeting, by=g.person)
    told = "Called off. The learner sees that it does not take place."
    flash({"text": told, "url": url_for(".resume", id=meeting.id)}, "undo")  # type: ignore[arg-type]
    return redirect(url_for("assessment.learner", id=meeting.learner_id))


@bp.post("/<int:id>/resume")
@gate.allow(policy.may_call_off, queries.meeting)
def resume(meeting: Meeting) -> ResponseReturnValue:
    """Let it take place after all."""
    with transaction():
        operations.resume(meeting, by=g.person)
    flash("It takes place after all. The learner sees the plan again.", "done")
    return redirect(url_for(".show", id=meeting.id))


def _plan_page(form: MeetingForm, planned: MeetingWanted, meeting: Meeting | None = None) -> str:
    offered = fitting(points_of(planned.learner.id), planned.kind)
    form.points.choices = [
        SelectChoice(str(one.point.id), f"{one.point.edition.code} · {one.point.ref} · {one.point.text}")
        for one in offered
    ]
    hints = {str(one.point.id): one.why for one in offered if one.why}
    return render_template(
        "evidence/meetings/plan.html", form=form, kind=planned.kind, learner=planned.learner, meeting=meeting,
        hints=hints, kind_name=KIND_NAMES[planned.kind],
    )  # fmt: skip
