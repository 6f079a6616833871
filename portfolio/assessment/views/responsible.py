"""Work is handed over when somebody cannot do it any more; what is nobody's is allocated, many units in one step."""

from flask import flash, g, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from portfolio.assessment import operations, queries
from portfolio.assessment.forms import HandOverForm, TakeUpForm
from portfolio.assessment.views.blueprint import bp
from portfolio.foundation.errors import Incomplete
from portfolio.foundation.words.text import plural
from portfolio.people import gate
from portfolio.people import operations as registering
from portfolio.people import policy as people_policy
from portfolio.people import queries as people
from portfolio.people.models import Person
from portfolio.people.rules import NAMES, Registration, Role

FIELDS = {"assessor": Role.ASSESSOR, "iqa": Role.IQA}


@bp.app_template_global()
def duties_of(person: Person) -> dict[Role, tuple[int, int]]:
    """What a person answers for, for pages of the storeys below."""
    return queries.duties(person)


@bp.app_template_global()
def nobodys_work() -> int:
    """How many units of the viewer's centre are nobody's, for an administrator's pages; 0 for others."""
    return queries.nobodys_count(g.person.centre_id) if people_policy.may_administer(g.person) else 0


@bp.get("/people/<int:id>/hand-over")
@gate.allow(people_policy.may_change, people.person)
def hand_over(person: Person) -> ResponseReturnValue:
    """What a person answers for, and who may take over."""
    form = _hand_over_form(person)
    wanted = request.args.get("then", "stay")
    form.then.data = wanted if wanted in {value for value, *_ in form.then.iter_choices()} else "stay"
    return _hand_over_page(form, person)


@bp.post("/people/<int:id>/hand-over")
@gate.allow(people_policy.may_change, people.person)
def pass_on(person: Person) -> ResponseReturnValue:
    """Hand over, and shut the account or take roles away, in one step."""
    form, done = _hand_over_form(person), list[int]()
    if form.validate() and form.attempt(lambda: done.append(_pass_on(person, form))):
        left = nobodys_work()
        more = f" {plural(left, 'unit')} at your centre {'is' if left == 1 else 'are'} nobody's now." if left else ""
        flash(f"{plural(done[0], 'unit')} handed over.{more}", "warning" if left else "done")
        return redirect(url_for("people.show", id=person.id))
    return _hand_over_page(form, person), form.status


def _pass_on(person: Person, form: HandOverForm) -> int:
    held = queries.duties(person)
    count = 0
    for name, role in FIELDS.items():
        to = people.person(form.chosen(name), viewer=g.person)
        count += operations.hand_over(person, role, to, by=g.person) if role in held else 0
    if form.then.data == "shut":
        registering.close(person, by=g.person)
    if form.then.data == "roles":
        kept = tuple(Role(name) for name in person.role_names if name not in held)
        registering.change(
            person, Registration(person.name, person.email, kept, person.number, person.work), by=g.person
        )
    return count


@bp.get("/marking/nobodys")
@gate.allow(people_policy.may_administer)
def nobodys() -> ResponseReturnValue:
    """The units for which nobody can answer now."""
    return _nobodys_page(_take_up_form())


@bp.post("/marking/nobodys")
@gate.allow(people_policy.may_administer)
def take_up() -> ResponseReturnValue:
    """Name who answers for the units chosen; without a name the form is shown again."""
    form = _take_up_form()
    if form.validate() and form.attempt(lambda: _take_up(form)):
        flash(f"{plural(len(form.enrolments.data or ()), 'unit')} allocated.", "done")
        return redirect(url_for(".nobodys"))
    return _nobodys_page(form), form.status


def _take_up(form: TakeUpForm) -> None:
    assessor = people.person(form.assessor.data or 0, viewer=g.person)
    iqa = people.person(form.iqa.data or 0, viewer=g.person)
    if assessor is None and iqa is None:
        raise Incomplete("Choose who takes these units.", ("assessor",))
    for enrolment, _ in queries.nobodys(g.person.centre_id, ids=form.enrolments.data or []):
        operations.take_up(enrolment, assessor=assessor, iqa=iqa, by=g.person)


def _staff() -> dict[Role, list[Person]]:
    return {role: people.having(role, centre_id=g.person.centre_id) for role in FIELDS.values()}


def _hand_over_form(person: Person) -> HandOverForm:
    form = HandOverForm()
    form.offer(person, queries.duties(person), _staff())
    return form


def _hand_over_page(form: HandOverForm, person: Person) -> str:
    duties = queries.duties(person)
    return render_template(
        "assessment/centre/hand_over.html", form=form, person=person, duties=duties, role_names=NAMES
    )


def _take_up_form() -> TakeUpForm:
    form = TakeUpForm()
    form.offer([one.id for one, _ in queries.nobodys(g.person.centre_id)], _staff())
    return form


def _nobodys_page(form: TakeUpForm) -> str:
    return render_template(
        "assessment/centre/nobodys.html",
        form=form,
        found=queries.nobodys(g.person.centre_id),
        counts=queries.counts(g.person),
    )
