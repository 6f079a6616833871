"""The centre's pages: learners and how far they are, who is responsible for them, withdrawal."""

from flask import flash, g, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from portfolio.assessment import operations, policy, progress, queries
from portfolio.assessment.forms import AllocationForm, ReasonForm
from portfolio.assessment.lifecycle import State, Step, possible
from portfolio.assessment.views.blueprint import bp
from portfolio.assessment.views.telling import told
from portfolio.evidence import queries as evidence
from portfolio.evidence.meetings import queries as meetings
from portfolio.evidence.policy import may_see_work
from portfolio.evidence.searching.finding import searched
from portfolio.foundation import paging
from portfolio.foundation.requests import numbers
from portfolio.people import gate
from portfolio.people import queries as people
from portfolio.people.models import Person
from portfolio.people.rules import Role
from portfolio.units import queries as units
from portfolio.units.models import Enrolment
from portfolio.units.policy import may_browse
from portfolio.units.qualifications import queries as qualifications


@bp.get("/learners")
@gate.allow(may_browse)
def learners() -> ResponseReturnValue:
    """The learners whose work the person may see."""
    words = request.args.get("q", "").strip()[:100]
    query = people.people(g.person, words=words).where(units.who_learns())
    if not g.person.has(Role.IQA, Role.ADMINISTRATOR):
        query = query.where(Person.id.in_(units.learners_allocated_to(g.person.id)))
    found = paging.page_of(query, numbers.page())
    enrolments = units.enrolments_by_learner([one.id for one in found.rows])
    states = progress.states([one.id for one in found.rows])
    return render_template("assessment/learners.html", found=found, words=words, enrolments=enrolments, states=states)


@bp.get("/learners/<int:id>")
@gate.allow(may_see_work, people.stays)
def learner(learner: Person) -> ResponseReturnValue:
    """One learner: units, how far each is, evidence; of a record that was merged, the one that has its work."""
    if request.view_args != {"id": learner.id}:
        return redirect(url_for(".learner", id=learner.id, q=request.args.get("q")))
    looked_for = searched(learner.id, request.args.get("q", ""), by=g.person)
    told(queries.unread([learner.id]), learner.id, by=g.person)
    found = progress.of_learner(learner.id)
    return render_template(
        "assessment/learner.html", learner=learner, units=found, towards=progress.towards(learner.id, found),
        ended=qualifications.ended(learner.id) if g.person.has(Role.ADMINISTRATOR) else (),
        items=evidence.items_of(learner.id), claims=evidence.claims_of(learner.id),
        meetings=meetings.meetings_of(learner.id), **looked_for,
    )  # fmt: skip


@bp.get("/enrolments/<int:id>")
@gate.allow(policy.may_allocate, units.enrolment)
def allocation(enrolment: Enrolment) -> ResponseReturnValue:
    """Who judges and who verifies, and the way out."""
    form = _offered(AllocationForm(formdata=None), enrolment)
    form.assessor.data, form.iqa.data = enrolment.assessor_id or 0, enrolment.iqa_id or 0
    return _allocation_page(form, ReasonForm(formdata=None), enrolment)


@bp.post("/enrolments/<int:id>")
@gate.allow(policy.may_allocate, units.enrolment)
def allocate(enrolment: Enrolment) -> ResponseReturnValue:
    """Change who judges and who verifies."""
    form = _offered(AllocationForm(), enrolment)
    if form.validate():
        chosen = [
            people.person(id, viewer=g.person) if id else None for id in (form.assessor.data or 0, form.iqa.data or 0)
        ]
        if form.attempt(lambda: operations.allocate(enrolment, assessor=chosen[0], iqa=chosen[1], by=g.person)):
            flash("Saved.", "done")
            return redirect(url_for(".learner", id=enrolment.learner_id))
    return _allocation_page(form, ReasonForm(formdata=None), enrolment), form.status


@bp.post("/enrolments/<int:id>/withdraw")
@gate.allow(policy.may_allocate, units.enrolment)
def withdraw(enrolment: Enrolment) -> ResponseReturnValue:
    """End a learner's work on a unit."""
    form = ReasonForm()
    if form.validate() and form.attempt(lambda: operations.withdraw(enrolment, form.reason.data or "", by=g.person)):
        flash(f"{enrolment.learner.name} is withdrawn from {enrolment.edition.code}.", "done")
        return redirect(url_for(".learner", id=enrolment.learner_id))
    return _allocation_page(_offered(AllocationForm(formdata=None), enrolment), form, enrolment), form.status


def _offered(form: AllocationForm, enrolment: Enrolment) -> AllocationForm:
    form.offer(
        people.having(Role.ASSESSOR, centre_id=enrolment.centre_id),
        people.having(Role.IQA, centre_id=enrolment.centre_id),
    )
    return form


def _allocation_page(form: AllocationForm, leaving: ReasonForm, enrolment: Enrolment) -> str:
    assessment = queries.assessment_of(enrolment)
    state = State(assessment.state) if assessment else State.GATHERING
    return render_template(
        "assessment/centre/allocation.html", form=form, leaving=leaving, enrolment=enrolment,
        steps=[step for step in Step if possible(state, step, by=g.person)],
        untouched=operations.may_be_taken_off(enrolment),
    )  # fmt: skip
