"""Ways back: a decision is retracted, a withdrawal ended, an award opened again, an enrolment taken off."""

from collections.abc import Callable

from flask import flash, g, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from portfolio.assessment import operations, policy, queries
from portfolio.assessment.forms import ReasonForm
from portfolio.assessment.lifecycle import State, Step
from portfolio.assessment.models import Assessment
from portfolio.assessment.views.blueprint import bp
from portfolio.foundation.db import transaction
from portfolio.foundation.errors import OutOfTurn
from portfolio.foundation.requests import numbers
from portfolio.people import gate
from portfolio.people import queries as people
from portfolio.people.models import Person
from portfolio.people.policy import may_change
from portfolio.units import operations as enrolling
from portfolio.units import queries as units
from portfolio.units.models import Edition, Enrolment
from portfolio.units.policy import may_enrol

bp.add_app_template_global(operations.may_be_removed)


def _may_enrol(person: Person, pair: tuple[Person, Edition]) -> bool:
    return may_enrol(person, pair[0])


def _pair(id: int, edition: int, *, viewer: Person) -> tuple[Person, Edition] | None:
    """A learner and an edition of the viewer's centre."""
    found = people.person(id, viewer=viewer), units.edition(edition, viewer=viewer)
    return found if found[0] and found[1] else None  # type: ignore[return-value]


@bp.post("/marking/<int:id>/retract")
@gate.allow(policy.may_judge, queries.assessment)
def retract(assessment: Assessment) -> ResponseReturnValue:
    """Undo a decision that nobody has read; what was typed with it stands in the form."""
    with transaction():
        operations.retract(assessment, by=g.person)
    flash("The decision is retracted. Nobody has read it. What you wrote stands below.", "done")
    return redirect(url_for(".decision", id=assessment.id))


@bp.get("/enrolments/<int:id>/reopen")
@gate.allow(policy.may_reopen, units.enrolment)
def ask_why_reopened(enrolment: Enrolment) -> ResponseReturnValue:
    """Ask why an award is to be opened again."""
    return _page(Step.REOPEN, enrolment, ReasonForm(formdata=None))


@bp.post("/enrolments/<int:id>/reopen")
@gate.allow(policy.may_reopen, units.enrolment)
def reopen(enrolment: Enrolment) -> ResponseReturnValue:
    """Let an award be looked at again."""
    said = f"{enrolment.edition.code} of {enrolment.learner.name} is open again. They can read why."
    return _taken(Step.REOPEN, enrolment, operations.reopen, said=said, to=url_for(".unit", id=enrolment.id))


@bp.get("/enrolments/<int:id>/reinstate")
@gate.allow(policy.may_allocate, units.enrolment)
def ask_why_reinstated(enrolment: Enrolment) -> ResponseReturnValue:
    """Ask why a withdrawal is to be ended."""
    return _page(Step.REINSTATE, enrolment, ReasonForm(formdata=None))


@bp.post("/enrolments/<int:id>/reinstate")
@gate.allow(policy.may_allocate, units.enrolment)
def reinstate(enrolment: Enrolment) -> ResponseReturnValue:
    """End a withdrawal."""
    said = f"{enrolment.learner.name} is on {enrolment.edition.code} again, where they left off."
    to = url_for(".learner", id=enrolment.learner_id)
    return _taken(Step.REINSTATE, enrolment, operations.reinstate, said=said, to=to)


@bp.post("/enrolments/<int:id>/take-off")
@gate.allow(policy.may_allocate, units.enrolment)
def take_off(enrolment: Enrolment) -> ResponseReturnValue:
    """Remove an enrolment on which nobody worked."""
    learner, edition = enrolment.learner, enrolment.edition
    undo = url_for(
        ".put_on", id=learner.id, edition=edition.id, assessor=enrolment.assessor_id, iqa=enrolment.iqa_id
    )  # fmt: skip
    with transaction():
        operations.take_off(enrolment, by=g.person)
    flash({"text": f"{learner.name} is not enrolled on {edition.code} any more.", "url": undo, "label": "Undo"}, "done")  # type: ignore[arg-type]
    return redirect(url_for(".learner", id=learner.id))


@bp.post("/learners/<int:id>/units/<int:edition>")
@gate.allow(_may_enrol, _pair)
def put_on(pair: tuple[Person, Edition]) -> ResponseReturnValue:
    """Undo that somebody was taken off."""
    learner, edition = pair
    named = [people.person(numbers.asked(role) or 0, viewer=g.person) for role in ("assessor", "iqa")]
    with transaction():
        enrolling.enrol(learner, edition, assessor=named[0], iqa=named[1], by=g.person)
    flash(f"{learner.name} is enrolled on {edition.code} again.", "done")
    return redirect(url_for(".learner", id=learner.id))


@bp.post("/people/<int:id>/remove")
@gate.allow(may_change, people.person)
def remove_person(person: Person) -> ResponseReturnValue:
    """Remove somebody who was registered by mistake."""
    with transaction():
        operations.remove_person(person, by=g.person)
    flash(f"{person.name} is removed. Nothing was lost: if it was a slip, register them once more.", "done")
    return redirect(url_for("people.index"))


def _assessment(enrolment: Enrolment) -> Assessment:
    """The assessment of an enrolment. Raises `OutOfTurn` where nobody worked on it yet."""
    found = queries.assessment_of(enrolment)
    if found is None:
        raise OutOfTurn("Nothing was handed in or withdrawn for this unit yet.")
    return found


def _taken(step: Step, enrolment: Enrolment, deed: Callable[..., None], *, said: str, to: str) -> ResponseReturnValue:
    """Take a step for the reason that was sent, or show what its form lacks."""
    form = ReasonForm()
    if form.validate() and form.attempt(lambda: deed(_assessment(enrolment), form.reason.data or "", by=g.person)):
        flash(said, "done")
        return redirect(to)
    return _page(step, enrolment, form), form.status


def _page(step: Step, enrolment: Enrolment, form: ReasonForm) -> str:
    found = queries.assessment_of(enrolment)
    state = State(found.state) if found else State.GATHERING
    return render_template("assessment/centre/step.html", form=form, enrolment=enrolment, step=step, state=state)
