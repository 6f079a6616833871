"""Witnesses are asked, reminded and listed: pages of the learner, their assessors, and the office."""

from flask import flash, g, make_response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from portfolio.evidence import policy as evidence_policy
from portfolio.evidence import queries as gathered
from portfolio.evidence.models import Evidence, Version
from portfolio.evidence.rules import KIND_NAMES, Kind
from portfolio.evidence.witnesses import operations, policy, queries, standing
from portfolio.evidence.witnesses.forms import AskForm
from portfolio.evidence.witnesses.lifecycle import ALLOWED, RequestDeed, RequestState, rests_until, state_of
from portfolio.evidence.witnesses.models import WitnessRequest
from portfolio.evidence.witnesses.operations.notifying import subject_of
from portfolio.evidence.witnesses.rules.asking import ASKED_MAIL, REMINDED_MAIL
from portfolio.evidence.witnesses.views import tracing
from portfolio.evidence.witnesses.views.blueprints import bp
from portfolio.foundation import paging
from portfolio.foundation.clock import now
from portfolio.foundation.db import transaction
from portfolio.foundation.mail import outbox
from portfolio.foundation.mail import queries as mails
from portfolio.foundation.mail.models import Mail
from portfolio.foundation.requests import numbers
from portfolio.foundation.settings import current
from portfolio.people import gate
from portfolio.people import queries as people
from portfolio.people.models import Person
from portfolio.units import queries as units
from portfolio.units.models import EditionPoint

MARKS = {
    RequestState.ASKED: "gathering", RequestState.OPENED: "gathering", RequestState.WRITING: "claimed",
    RequestState.SIGNED: "met", RequestState.DECLINED: "not-met", RequestState.EXPIRED: "withdrawn",
    RequestState.TAKEN_BACK: "withdrawn",
}  # fmt: skip
"""By the state of a request, the symbol that stands before its words."""


@bp.app_template_global()
def witnessing(version_ids: list[int]) -> dict[int, standing.Witnessing]:
    """What whoever looks may know of the witnesses of these versions."""
    return standing.witnessing(version_ids, viewer=g.person)


@bp.get("")
@gate.allow(policy.may_see_all)
def index() -> ResponseReturnValue:
    """The witness status list of the centre."""
    page = paging.page_of(queries.testimonies_at(g.person.centre_id), numbers.page())
    return render_template("evidence/witnesses/centre.html", page=page, rows=standing.listed(page.rows))


@bp.get("/learners/<int:id>")
@gate.allow(policy.may_see_requests, people.person)
def listed(learner: Person) -> ResponseReturnValue:
    """The requests about a learner with how far they are, and the witness status list."""
    own = g.person.id == learner.id
    _trace(learner)
    asked = [(one, state_of(one, now()), policy.may_open(g.person, one)) for one in queries.requests_of(learner.id)]
    answer = make_response(render_template(
        "evidence/witnesses/learner.html", learner=learner, own=own, asked=asked, marks=MARKS, kinds=KIND_NAMES,
        rows=standing.listed(queries.testimonies_of(learner.id)), may_ask=policy.may_ask(g.person, learner),
    ))  # fmt: skip
    return tracing.remembered(answer)


@bp.get("/learners/<int:id>/ask")
@gate.allow(policy.may_ask, people.person)
def ask(learner: Person) -> ResponseReturnValue:
    """An empty form; the points of the item, or the point, from which one comes are ticked."""
    form, about = AskForm(formdata=None, data={"kind": Kind.TESTIMONY.value}), _about(learner)
    claimed = [claim.point_id for claim in gathered.claims_on(about.id)] if about else []
    form.points.data = [*claimed, *filter(None, [numbers.asked("point")])]
    return _ask_page(form, learner)


@bp.post("/learners/<int:id>/ask")
@gate.allow(policy.may_ask, people.person)
def send(learner: Person) -> ResponseReturnValue:
    """Ask; where the link is not sent it is shown at once."""
    _trace(learner)  # before the deed, whose commit waits for the answer
    form, made = AskForm(), list[WitnessRequest]()
    form.offer(_points(learner))
    about = _about(learner)

    def deed() -> None:
        chosen = [point for point in _points(learner) if point.id in set(form.points.data or ())]
        made.append(operations.ask(form.asking(), chosen, learner=learner, by=g.person, about=about))

    if not form.validate() or not form.attempt(deed):
        return tracing.remembered(make_response(_ask_page(form, learner), form.status))
    flash(f"{made[0].name} is asked.", "done")
    return tracing.remembered(make_response(redirect(url_for(".show", id=made[0].id))))


@bp.get("/requests/<int:id>")
@gate.allow(policy.may_open, queries.request)
def show(one: WitnessRequest) -> ResponseReturnValue:
    """One request: how far it is, and the link once it was asked for."""
    state, about = state_of(one, now()), _item(one.about_id or 0, one.learner)
    mine = policy.may_handle(g.person, one)
    link, rests = "", rests_until(one)
    if mine and one.shown_at and RequestDeed.SHOW in ALLOWED[state]:
        link = current().address + url_for("witness.show", token=operations.link_token(one))
    _trace(one.learner)
    answer = make_response(render_template(
        "evidence/witnesses/request.html", asked=one, state=state, marks=MARKS, link=link, kinds=KIND_NAMES,
        own=g.person.id == one.learner_id, mine=mine, about=_latest(about),
        may_remind=policy.may_remind(g.person, one) and _can_be_reminded(one, state),
        may_take_back=RequestDeed.TAKE_BACK in ALLOWED[state], mails=_mails(one),
        rests_until=rests if rests > now() else None,
    ))  # fmt: skip
    return tracing.remembered(answer)


@bp.post("/requests/<int:id>/link")
@gate.allow(policy.may_handle, queries.request)
def show_link(one: WitnessRequest) -> ResponseReturnValue:
    """Show the link, to be handed over; it is on record from then on that it was. Raises as `ensure_allowed` does."""
    _trace(one.learner)  # before the deed, whose commit waits for the answer
    with transaction():
        operations.show_link(one, by=g.person)
    return tracing.remembered(make_response(redirect(url_for(".show", id=one.id))))


@bp.post("/requests/<int:id>/remind")
@gate.allow(policy.may_remind, queries.request)
def remind(one: WitnessRequest) -> ResponseReturnValue:
    """Send the link once more."""
    with transaction():
        operations.remind(one, by=g.person)
    flash(f"{one.name} is reminded.", "done")
    return redirect(url_for(".show", id=one.id))


@bp.post("/requests/<int:id>/take-back")
@gate.allow(policy.may_take_back, queries.request)
def take_back(one: WitnessRequest) -> ResponseReturnValue:
    """End the request."""
    with transaction():
        operations.take_back(one, by=g.person)
    flash("The request is taken back. Its link opens nothing any more.", "done")
    return redirect(url_for(".show", id=one.id))


def _trace(learner: Person) -> None:
    """Note from where a learner asks, hands over, or looks at their own requests."""
    if g.person.id == learner.id:
        tracing.note_learner(g.person)


def _mails(one: WitnessRequest) -> list[Mail]:
    """The last mails to the witness: of the request, and of a reminder."""
    about = subject_of(one)
    found = (mails.last_about([about], kind).get(about) for kind in (ASKED_MAIL, REMINDED_MAIL))
    return [mail for mail in found if mail]


def _can_be_reminded(one: WitnessRequest, state: RequestState) -> bool:
    return RequestDeed.REMIND in ALLOWED[state] and bool(one.email and outbox.has_server())


def _about(learner: Person) -> Evidence | None:
    """The item from which one comes, where it is the learner's and may be seen."""
    return _item(numbers.number(request.values.get("evidence")) or 0, learner)


def _item(id: int, learner: Person) -> Evidence | None:
    found = gathered.evidence(id, viewer=g.person)
    return found if found and found.learner_id == learner.id and evidence_policy.may_see(g.person, found) else None


def _latest(about: Evidence | None) -> Version | None:
    return gathered.latest(about) if about else None


def _points(learner: Person) -> list[EditionPoint]:
    return units.points_of(learner.id)


def _ask_page(form: AskForm, learner: Person) -> str:
    form.offer(_points(learner))
    return render_template(
        "evidence/witnesses/ask.html", form=form, learner=learner, own=g.person.id == learner.id,
        about=_latest(_about(learner)), days=learner.centre.witness_days,
    )  # fmt: skip
