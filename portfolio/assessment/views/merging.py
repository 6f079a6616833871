"""Somebody was registered twice: the other record is looked for, what merging does is shown, and they are merged."""

from typing import Any

from flask import flash, g, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from portfolio.assessment import operations
from portfolio.assessment.forms import DoubleForm, MergeForm
from portfolio.assessment.merging import plan
from portfolio.assessment.views.blueprint import bp
from portfolio.evidence import queries as evidence
from portfolio.foundation import paging
from portfolio.foundation.requests import numbers
from portfolio.foundation.words.display import day
from portfolio.people import gate
from portfolio.people import operations as registering
from portfolio.people import queries as people
from portfolio.people.models import Person
from portfolio.people.policy import may_change
from portfolio.people.rules import NAMES

Pair = tuple[Person, Person]
"""The record that stays, and its double."""


def _may_merge(person: Person, pair: Pair) -> bool:
    return all(may_change(person, one) for one in pair)


def _pair(id: int, double: int, *, viewer: Person) -> Pair | None:
    """Two records of the viewer's centre."""
    found = people.person(id, viewer=viewer), people.person(double, viewer=viewer)
    return (found[0], found[1]) if found[0] and found[1] and id != double else None


@bp.get("/people/<int:id>/merge")
@gate.allow(may_change, people.person)
def choose_double(person: Person) -> ResponseReturnValue:
    """Which other record is of the same person: those of the same name, or those that are looked for."""
    form = DoubleForm(request.args)
    words = (form.words.data or "") if form.validate() else ""
    named = people.namesakes(registering.stated(person), person.centre)
    page = paging.page_of(people.people(g.person, words=words or person.name), numbers.page())
    found = {one.id: one for one in (*([] if words else named), *page.rows) if one.id != person.id}
    return render_template(
        "assessment/centre/double.html", person=person, form=form, found=found.values(), page=page, words=words,
        role_names=NAMES,
    )  # fmt: skip


@bp.get("/people/<int:id>/merge/<int:double>")
@gate.allow(_may_merge, _pair)
def ask_to_merge(pair: Pair) -> ResponseReturnValue:
    """Both records, what would move, and what hinders it."""
    return _page(pair, _offered(MergeForm(formdata=None), pair))


@bp.post("/people/<int:id>/merge/<int:double>")
@gate.allow(_may_merge, _pair)
def merge(pair: Pair) -> ResponseReturnValue:
    """Merge the double into the record that stays."""
    (stays, double), form = pair, _offered(MergeForm(), pair)
    was = double.name
    deed = lambda: operations.merge(  # noqa: E731
        double, stays, form.kept(stays, double), form.reason.data or "", by=g.person
    )
    if not form.validate() or not form.attempt(deed):
        return _page(pair, form), form.status
    flash(f"The record of {was} is merged into this one. The log tells what came from where.", "done")
    return redirect(url_for("people.show", id=stays.id))


def _offered(form: MergeForm, pair: Pair) -> MergeForm:
    form.offer(*pair, shown=_shown)
    return form


def _shown(value: Any) -> str:
    """What is stated, as a choice; a word where nothing is."""
    return str(value) if isinstance(value, str) and value else day(value) if value else "nothing"


def _page(pair: Pair, form: MergeForm) -> str:
    stays, double = pair
    amounts = [evidence.amount(one.id) for one in pair]
    planned = plan(double, stays, by=g.person)
    return render_template(
        "assessment/centre/merge.html", stays=stays, double=double, form=form, plan=planned, amounts=amounts,
        role_names=NAMES,
    )  # fmt: skip
