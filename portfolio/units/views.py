"""Pages about units: what is published, reading a text and publishing it, and enrolling learners."""

from itertools import groupby
from typing import cast

from flask import Blueprint, Flask, flash, g, redirect, render_template, request, url_for
from flask.blueprints import BlueprintSetupState
from flask.typing import ResponseReturnValue

from criteria import catalogue, reader
from criteria.unit import Point, Unit
from criteria.wording.parts import needed
from portfolio.foundation.db import transaction
from portfolio.foundation.errors import Incomplete, Unreadable
from portfolio.foundation.work import chores
from portfolio.people import gate
from portfolio.people import queries as people
from portfolio.people.models import Person
from portfolio.people.offline.keeping import keep
from portfolio.people.rules import Role
from portfolio.units import forms, operations, policy, queries
from portfolio.units.likeness import queries as likeness
from portfolio.units.likeness.reading import catch_up
from portfolio.units.models import Edition, Enrolment
from portfolio.units.qualifications import queries as qualifications
from portfolio.units.rules import settle

bp = Blueprint("units", __name__)

TEXT_LIMIT = 2 * 1024**2
"""Bytes of form text that a page with a whole unit in it may send."""


@bp.url_value_preprocessor
def _take_whole_units(_endpoint: str | None, _values: dict[str, object] | None) -> None:
    """Before anything reads the form: a unit is longer than what Flask takes by default."""
    request.max_form_memory_size = TEXT_LIMIT
    request.max_form_parts = 20_000


@bp.record_once
def _install(state: BlueprintSetupState) -> None:
    chores.every_hour(cast("Flask", state.app), catch_up)


@bp.app_template_global()
def enrolments_of(learner: Person) -> list[Enrolment]:
    """What a learner is enrolled on, for pages of the storeys below."""
    return queries.enrolments_of(learner.id)


@bp.app_template_global()
def needed_of(point: Point) -> int:
    """How many of the parts of `point` its wording asks for; 0 where all are meant."""
    return needed(point.text, len(point.parts))


@bp.get("/units")
@gate.allow(policy.may_browse)
def index() -> ResponseReturnValue:
    """Everything that the centre has published."""
    editions = queries.editions(g.person.centre_id)
    codes = [(code, list(same)) for code, same in groupby(editions, key=lambda edition: edition.code)]
    return render_template(
        "units/index.html",
        codes=codes,
        learners=queries.enrolled_counts(g.person.centre_id),
        qualifications=qualifications.current(g.person.centre_id),
        working_towards=qualifications.learner_counts(g.person.centre_id),
        shipped=_not_yet_published({code for code, _ in codes}),
        may_publish=policy.may_publish(g.person),
    )


def _not_yet_published(codes: set[str]) -> list[Unit]:
    return [unit for unit in catalogue.units() if unit.code not in codes]


@bp.post("/units/shipped")
@gate.allow(policy.may_publish)
def shipped() -> ResponseReturnValue:
    """Publish the units that come with the product: the one of that code, or all that are not published yet."""
    code = request.form.get("code", "")
    published = {edition.code for edition in queries.current_editions(g.person.centre_id)}
    wanted = [unit for unit in _not_yet_published(published) if code in ("", unit.code)]
    with transaction():
        for unit in wanted:
            operations.publish(unit, g.person.centre, by=g.person)
    names = ", ".join(unit.code for unit in wanted)
    flash(f"Published: {names}." if wanted else "That is published already.", "done" if wanted else "info")
    return redirect(url_for(".index"))


def _without_learners(person: Person, _edition: Edition) -> bool:
    return not person.is_staff


def _enrolled(person: Person) -> list[str]:
    return [url_for("units.show", id=one.edition_id) for one in queries.enrolments_of(person.id)]


@bp.get("/units/<int:id>")
@gate.allow(policy.may_see_edition, queries.edition)
@keep(_without_learners, _enrolled)
def show(edition: Edition) -> ResponseReturnValue:
    """One edition: what it asks, and its guidance."""
    editions = queries.editions(edition.centre_id)
    others = [one for one in queries.current_editions(edition.centre_id) if one.code != edition.code]
    return render_template(
        "units/show.html",
        edition=edition,
        unit=queries.unit_of(edition),
        editions=[one for one in editions if one.code == edition.code],
        siblings=_siblings(edition, others),
        learners=queries.enrolled_on(edition.id) if g.person.is_staff else None,
    )


def _siblings(edition: Edition, others: list[Edition]) -> dict[str, list[tuple[Edition, str]]]:
    """By `ref`: the edition and `ref` of the points that ask nearly the same."""
    by_code = {one.code: one for one in (edition, *others)}
    found = likeness.siblings([edition, *others])
    return {
        point.ref: [(by_code[code], ref) for code, ref in found.get((edition.code, point.ref), ())]
        for point in edition.points
    }


@bp.get("/units/new")
@gate.allow(policy.may_publish)
def new() -> ResponseReturnValue:
    """An empty form for a unit's text."""
    return render_template("units/new.html", form=forms.TextForm())


@bp.post("/units/new")
@gate.allow(policy.may_publish)
def read() -> ResponseReturnValue:
    """Show what was read of the text, to be settled before it is published."""
    form = forms.TextForm()
    if "again" in request.form:
        return render_template("units/new.html", form=form)
    try:
        words = form.words()
        unit = reader.read(words.text)
    except reader.Refusal as refusal:
        form.refuse(Incomplete(str(refusal), ("file" if form.file.data else "text",)))
        return render_template("units/new.html", form=form, line=refusal.line), form.status
    return _previewed(unit, forms.preview(unit, words.text, sent=False), warning=words.warning)


def _previewed(unit: Unit, form: forms.PreviewForm, *, warning: str = "") -> ResponseReturnValue:
    existing = queries.newest(g.person.centre_id, form.code.data or "")
    page = render_template("units/preview.html", unit=unit, form=form, existing=existing, warning=warning)
    return page, form.status if form.errors else 200


@bp.post("/units/publish")
@gate.allow(policy.may_publish)
def publish() -> ResponseReturnValue:
    """Publish what was previewed. Raises `Unreadable` where the text that came with the form holds no unit."""
    text = request.form.get("text", "")
    try:
        unit = reader.read(text)
    except reader.Refusal as refusal:
        raise Unreadable(str(refusal)) from refusal
    form, made = forms.preview(unit, text, sent=True), list[Edition]()
    if not form.validate() or not form.attempt(lambda: made.append(_publish(unit, form))):
        return _previewed(unit, form)
    flash(f"{made[0].code} is published, edition {made[0].number}.", "done")
    return redirect(url_for(".show", id=made[0].id))


def _publish(unit: Unit, form: forms.PreviewForm) -> Edition:
    return operations.publish(settle(unit, form.naming(unit)), g.person.centre, by=g.person, anew=form.anew.data)


@bp.get("/learners/<int:id>/enrol")
@gate.allow(policy.may_enrol, people.person)
def enrol(learner: Person) -> ResponseReturnValue:
    """What a learner is enrolled on, and a form for more."""
    return _enrolling(learner, _enrol_form(learner))


@bp.post("/learners/<int:id>/enrol")
@gate.allow(policy.may_enrol, people.person)
def begin(learner: Person) -> ResponseReturnValue:
    """Enrol a learner on the units chosen."""
    form = _enrol_form(learner)
    if not form.validate() or not form.attempt(lambda: _enrol(learner, form)):
        return _enrolling(learner, form)
    flash(f"{learner.name} is enrolled.", "done")
    return redirect(url_for("people.show", id=learner.id))


def _open_editions(learner: Person) -> list[Edition]:
    begun = {enrolment.edition.code for enrolment in queries.enrolments_of(learner.id)}
    return [edition for edition in queries.current_editions(learner.centre_id) if edition.code not in begun]


def _enrol_form(learner: Person) -> forms.EnrolForm:
    form = forms.EnrolForm()
    form.offer(_open_editions(learner))
    form.offer_staff(*(people.having(role, centre_id=learner.centre_id) for role in (Role.ASSESSOR, Role.IQA)))
    return form


def _enrol(learner: Person, form: forms.EnrolForm) -> None:
    for edition in _open_editions(learner):
        if edition.id in form.editions.data:
            operations.enrol(learner, edition, **form.staff(g.person), by=g.person)


def _enrolling(learner: Person, form: forms.EnrolForm) -> ResponseReturnValue:
    begun = {one.qualification.number for one in qualifications.programmes_of(learner.id)}
    page = render_template(
        "units/enrol.html",
        learner=learner,
        form=form,
        enrolments=queries.enrolments_of(learner.id),
        qualifications=[one for one in qualifications.current(learner.centre_id) if one.number not in begun],
    )
    return page, form.status if form.errors else 200
