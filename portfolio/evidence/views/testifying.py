"""The witness testimony that an assessor types in."""

from flask import flash, g, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from wtforms import SelectChoice

from portfolio.evidence import operations, policy
from portfolio.evidence.content import compose
from portfolio.evidence.forms import TestimonyForm
from portfolio.evidence.views.blueprint import bp
from portfolio.people import gate
from portfolio.people import queries as people
from portfolio.people.models import Person
from portfolio.units import queries as units
from portfolio.units.models import EditionPoint


@bp.get("/testimonies/<int:id>/new")
@gate.allow(policy.may_testify_for, people.person)
def testimony(learner: Person) -> ResponseReturnValue:
    """An empty testimony for the assessor to type."""
    return _testimony_page(_testimony_form(learner), learner)


@bp.post("/testimonies/<int:id>/new")
@gate.allow(policy.may_testify_for, people.person)
def testify(learner: Person) -> ResponseReturnValue:
    """Add what a witness said to the learner's portfolio."""
    form = _testimony_form(learner)
    if not form.validate():
        return _testimony_page(form, learner), form.status
    content = compose(form.draft())
    if not form.attempt(lambda: operations.testify(content, _points(learner, form), learner=learner, by=g.person)):
        return _testimony_page(form, learner), form.status
    flash(f"The testimony is in {learner.name}'s portfolio.", "done")
    return redirect(url_for("assessment.learner", id=learner.id))


def _testimony_form(learner: Person) -> TestimonyForm:
    form = TestimonyForm()
    points = units.points_of(learner.id)
    form.points.choices = [SelectChoice(str(one.id), f"{one.edition.code} · {one.ref} · {one.text}") for one in points]
    return form


def _points(learner: Person, form: TestimonyForm) -> list[EditionPoint]:
    return [point for point in units.points_of(learner.id) if point.id in set(form.points.data or ())]


def _testimony_page(form: TestimonyForm, learner: Person) -> str:
    return render_template("evidence/testimony.html", form=form, learner=learner)
