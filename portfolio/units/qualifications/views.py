"""Pages about qualifications: what an edition says, publishing one, and which units a learner works on for it."""

from collections.abc import Collection

from flask import Blueprint, flash, g, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from criteria.qualification import GroupUnit
from portfolio.foundation.db import transaction
from portfolio.foundation.words.text import plural
from portfolio.people import gate
from portfolio.people import queries as people
from portfolio.people.models import Person
from portfolio.people.rules import Role
from portfolio.units import policy as enrolling
from portfolio.units import queries as units
from portfolio.units.qualifications import forms, operations, policy, queries
from portfolio.units.qualifications.models import Programme, QualificationEdition
from portfolio.units.qualifications.rules import amount, asked_for

bp = Blueprint("qualifications", __name__)
bp.add_app_template_filter(asked_for)
bp.add_app_template_filter(amount)


@bp.get("/qualifications/<int:id>")
@gate.allow(policy.may_see_qualification, queries.qualification)
def show(qualification: QualificationEdition) -> ResponseReturnValue:
    """One edition: its groups, their rules and units."""
    editions = [one for one in queries.editions(qualification.centre_id) if one.number == qualification.number]
    return render_template(
        "units/qualifications/show.html",
        qualification=qualification,
        content=qualification.content,
        editions=editions,
        published={one.code: one.id for one in units.current_editions(qualification.centre_id)},
        learners=queries.learner_counts(qualification.centre_id).get(qualification.id, 0),
        may_change=policy.may_publish_again(g.person, qualification),
    )


@bp.get("/qualifications/new")
@gate.allow(enrolling.may_publish)
def new() -> ResponseReturnValue:
    """An empty form with room for two groups."""
    return _page(forms.qualification_form(_known(), 2))


@bp.get("/qualifications/<int:id>/change")
@gate.allow(policy.may_publish_again, queries.qualification)
def correct(qualification: QualificationEdition) -> ResponseReturnValue:
    """The form with what an edition says, to publish the next one."""
    content = qualification.content
    return _page(forms.qualification_form(_known(), len(content.groups), like=content), qualification)


@bp.post("/qualifications/new")
@gate.allow(enrolling.may_publish)
def publish() -> ResponseReturnValue:
    """Publish a qualification, or show the form with room for another group."""
    known, more = _known(), "more" in request.form
    form, made = forms.qualification_form(known, forms.places_sent(request.form, more=more)), list[int]()
    deed = lambda: made.append(  # noqa: E731
        operations.publish(form.qualification(known), g.person.centre, by=g.person, anew=form.anew.data).id
    )
    if more:
        return _page(form, queries.newest(g.person.centre_id, form.number.data or ""))
    if not form.validate() or not form.attempt(deed):
        return _page(form, queries.newest(g.person.centre_id, form.number.data or "")), form.status
    flash(f"{form.title.data} is published.", "done")
    return redirect(url_for(".show", id=made[0]))


def _known() -> dict[str, GroupUnit]:
    """The units that the centre has published, by code, with the credit that their texts state."""
    editions = units.current_editions(g.person.centre_id)
    return {one.code: GroupUnit(one.code, one.title, units.unit_of(one).credit) for one in editions}


def _page(form: forms.QualificationForm, existing: QualificationEdition | None = None) -> str:
    return render_template("units/qualifications/form.html", form=form, existing=existing, named=forms.named)


def _pair(id: int, *, edition: int, viewer: Person) -> tuple[Person, QualificationEdition] | None:
    learner, qualification = people.person(id, viewer=viewer), queries.qualification(edition, viewer=viewer)
    return (learner, qualification) if learner and qualification else None


def _may_begin(person: Person, pair: tuple[Person, QualificationEdition]) -> bool:
    return enrolling.may_enrol(person, pair[0])


@bp.get("/learners/<int:id>/qualifications/<int:edition>")
@gate.allow(_may_begin, _pair)
def choose(pair: tuple[Person, QualificationEdition]) -> ResponseReturnValue:
    """The units of a qualification, those that everybody needs ticked."""
    learner, qualification = pair
    return _choosing(learner, qualification, _form(learner, qualification, forms.mandatory(qualification.content)))


@bp.post("/learners/<int:id>/qualifications/<int:edition>")
@gate.allow(_may_begin, _pair)
def begin(pair: tuple[Person, QualificationEdition]) -> ResponseReturnValue:
    """Enrol a learner on a qualification with the units chosen."""
    learner, qualification = pair
    form = _form(learner, qualification, ())
    deed = lambda: operations.begin(learner, qualification, form.codes(), **form.staff(g.person), by=g.person)  # noqa: E731
    if not form.validate() or not form.attempt(deed):
        return _choosing(learner, qualification, form), form.status
    flash(f"{learner.name} works towards {qualification.title}.", "done")
    return redirect(url_for("assessment.learner", id=learner.id))


@bp.get("/qualifications/<int:id>/learners")
@gate.allow(policy.may_publish_again, queries.qualification)
def choose_learners(qualification: QualificationEdition) -> ResponseReturnValue:
    """Who is to begin a qualification, with which units; whoever has no unit yet is ticked."""
    return _choosing_learners(qualification, _class_form(qualification, forms.mandatory(qualification.content)))


@bp.post("/qualifications/<int:id>/learners")
@gate.allow(policy.may_publish_again, queries.qualification)
def begin_several(qualification: QualificationEdition) -> ResponseReturnValue:
    """Enrol several learners on a qualification with the same units, all of them or none."""
    form = _class_form(qualification, ())
    if not form.validate() or not form.attempt(lambda: _begin_several(qualification, form)):
        return _choosing_learners(qualification, form), form.status
    flash(f"{plural(len(form.learners.data), 'learner')} enrolled on {qualification.title}.", "done")
    return redirect(url_for(".show", id=qualification.id))


def _begin_several(qualification: QualificationEdition, form: forms.ProgrammeForm) -> None:
    chosen = set(form.learners.data)
    for learner in queries.not_working_towards(qualification):
        if learner.id in chosen:
            operations.begin(learner, qualification, form.codes(), **form.staff(g.person), by=g.person)


@bp.get("/programmes/<int:id>")
@gate.allow(policy.may_change_programme, queries.programme)
def programme(programme: Programme) -> ResponseReturnValue:
    """The units that a learner works on for a qualification, to be changed."""
    form = _form(programme.learner, programme.qualification, programme.codes)
    return _choosing(programme.learner, programme.qualification, form, programme)


@bp.post("/programmes/<int:id>")
@gate.allow(policy.may_change_programme, queries.programme)
def change(programme: Programme) -> ResponseReturnValue:
    """Choose other units for a programme."""
    form = _form(programme.learner, programme.qualification, ())
    deed = lambda: operations.change(programme, form.codes(), **form.staff(g.person), by=g.person)  # noqa: E731
    if not form.validate() or not form.attempt(deed):
        return _choosing(programme.learner, programme.qualification, form, programme), form.status
    flash("Saved.", "done")
    return redirect(url_for("assessment.learner", id=programme.learner_id))


@bp.post("/programmes/<int:id>/end")
@gate.allow(policy.may_change_programme, queries.programme)
def end(programme: Programme) -> ResponseReturnValue:
    """End a programme; the message undoes it."""
    with transaction():
        operations.end(programme, by=g.person)
    said = f"{programme.learner.name} works no longer towards {programme.qualification.title}. All work stays."
    flash({"text": said, "url": url_for(".resume", id=programme.id), "label": "Undo"}, "done")  # type: ignore[arg-type]
    return redirect(url_for("assessment.learner", id=programme.learner_id))


@bp.post("/programmes/<int:id>/resume")
@gate.allow(policy.may_change_programme, queries.programme)
def resume(programme: Programme) -> ResponseReturnValue:
    """Take an ended programme up again."""
    with transaction():
        operations.resume(programme, by=g.person)
    flash(f"{programme.learner.name} works towards {programme.qualification.title} again.", "done")
    return redirect(url_for("assessment.learner", id=programme.learner_id))


def _class_form(qualification: QualificationEdition, chosen: Collection[str]) -> forms.ProgrammeForm:
    return forms.programme_form(
        qualification.content,
        chosen,
        learners=queries.not_working_towards(qualification),
        assessors=people.having(Role.ASSESSOR, centre_id=qualification.centre_id),
        iqas=people.having(Role.IQA, centre_id=qualification.centre_id),
    )


def _choosing_learners(qualification: QualificationEdition, form: forms.ProgrammeForm) -> str:
    return render_template(
        "units/qualifications/learners.html", qualification=qualification, form=form, at_once=queries.AT_ONCE
    )


def _form(learner: Person, qualification: QualificationEdition, chosen: Collection[str]) -> forms.ProgrammeForm:
    return forms.programme_form(
        qualification.content,
        chosen,
        assessors=people.having(Role.ASSESSOR, centre_id=learner.centre_id),
        iqas=people.having(Role.IQA, centre_id=learner.centre_id),
        enrolled={one.edition.code for one in units.enrolments_of(learner.id)},
    )


def _choosing(
    learner: Person, qualification: QualificationEdition, form: forms.ProgrammeForm, programme: Programme | None = None
) -> str:
    return render_template(
        "units/qualifications/choose.html", learner=learner, qualification=qualification, form=form,
        programme=programme,
    )  # fmt: skip
