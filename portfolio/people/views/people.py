"""The start page, the list of people, one person, and the one-time link by which a person joins."""

from typing import Any

from flask import current_app, flash, g, jsonify, redirect, render_template, request, url_for
from flask.blueprints import BlueprintSetupState
from flask.typing import ResponseReturnValue
from flask_security import login_user, logout_user
from flask_wtf.csrf import generate_csrf

from portfolio.foundation import paging
from portfolio.foundation.db import transaction
from portfolio.foundation.errors import Missing, TooOften
from portfolio.foundation.mail import outbox
from portfolio.foundation.mail import queries as mails
from portfolio.foundation.requests import numbers, sent
from portfolio.foundation.settings import current
from portfolio.foundation.work import alive
from portfolio.people import gate, operations, policy, queries, signing_in
from portfolio.people.codes import drawn
from portfolio.people.entering.forms import JoinForm, retry_after
from portfolio.people.entering.trying import address, counter
from portfolio.people.forms import PersonForm, SearchForm
from portfolio.people.models import Person
from portfolio.people.rules import DEMO_PASSWORD, LINK, NAMES, Role
from portfolio.people.views.blueprint import bp

STARTS = (
    ((Role.LEARNER,), "assessment.portfolio"),
    ((Role.ASSESSOR, Role.IQA), "assessment.queue"),
    ((Role.ADMINISTRATOR,), "office.index"),
)
"""Where somebody of these roles begins; the first line that fits counts."""


@bp.record_once
def _show_who_can_sign_in(state: BlueprintSetupState) -> None:
    """In the demo the sign-in page lists everybody with a password."""
    state.app.extensions["security"].login_context_processor(_demo)


def _demo() -> dict[str, Any]:
    if not current_app.extensions["markwell"].demo:
        return {}
    return {"guests": queries.who_can_sign_in(), "demo_password": DEMO_PASSWORD, "role_names": NAMES}


@bp.get("/")
@gate.open_to_all
def home() -> ResponseReturnValue:
    """To where this person's work begins."""
    if g.person is None:
        return redirect(url_for("security.login"))
    return redirect(url_for(next(endpoint for roles, endpoint in STARTS if g.person.has(*roles))))


@bp.get("/saved")
@gate.allow(policy.may_ask_what_was_saved)
def saved() -> ResponseReturnValue:
    """For a script that keeps words: what was saved, since when that is known, whose sign-in this is, and its token.

    And the records that were merged into theirs, whose words on this device are theirs as well.
    """
    keys = sent.saved(g.person.id, request.args.getlist("key")[:100])
    since = sent.known_since().strftime("%Y-%m-%dT%H:%M:%S.000Z")
    merged = [str(one.person_id) for one in queries.merged_into(g.person.id)]
    return jsonify(saved=keys, since=since, person=str(g.person.id), token=generate_csrf(), records=merged)


@bp.get("/people")
@gate.allow(policy.may_administer)
def index() -> ResponseReturnValue:
    """Everybody at the centre."""
    form = SearchForm(request.args)
    form.validate()
    query = queries.people(g.person, words=(form.words.data or "")[:200], role=form.role.data or "")
    page = paging.page_of(query, numbers.page())
    return render_template("people/index.html", form=form, page=page, role_names=NAMES)


@bp.get("/people/new")
@gate.allow(policy.may_administer)
def new() -> ResponseReturnValue:
    """An empty form about a person."""
    return render_template("people/new.html", form=PersonForm(roles=request.args.getlist("role")))


@bp.post("/people/new")
@gate.allow(policy.may_administer)
def register() -> ResponseReturnValue:
    """Register a person; the next step is to give them their link, or to register another with the same roles."""
    form, made = PersonForm(), list[Person]()
    sure = bool(form.another.data)
    deed = lambda: made.append(  # noqa: E731
        operations.register(form.registration(), g.person.centre, by=g.person, sure=sure)
    )
    if not form.validate() or not form.attempt(deed):
        alike = queries.namesakes(form.registration(), g.person.centre) if form.form_errors else []
        return render_template("people/new.html", form=form, namesakes=alike), form.status
    flash(f"{made[0].name} is registered. Make a link, so that they can choose a password.", "done")
    if "more" in request.form:
        return redirect(url_for(".new", role=form.roles.data))
    return redirect(url_for(".show", id=made[0].id))


@bp.get("/people/<int:id>")
@gate.allow(policy.may_see, queries.stays)
def show(person: Person) -> ResponseReturnValue:
    """One person; the address of a record that was merged leads to the one that has its work."""
    if request.view_args != {"id": person.id}:
        return redirect(url_for(".show", id=person.id))
    may_change = policy.may_change(g.person, person)
    mail = mails.last_to(person.id, LINK) if may_change else None
    return render_template(
        "people/show.html", person=person, role_names=NAMES, may_change=may_change, mail=mail,
        mail_is_open=mail is not None and operations.is_open_link(person, mail.about),
        held_up=alive.held_up() if mail and mail.is_waiting else "", merged=queries.merged_into(person.id),
    )  # fmt: skip


@bp.get("/people/<int:id>/change")
@gate.allow(policy.may_change, queries.person)
def correct(person: Person) -> ResponseReturnValue:
    """The form with what is stated about a person."""
    return _change_page(person, PersonForm.about(person))


@bp.post("/people/<int:id>/change")
@gate.allow(policy.may_change, queries.person)
def change(person: Person) -> ResponseReturnValue:
    """Correct what is stated about a person."""
    form = PersonForm()
    if not form.validate() or not form.attempt(lambda: operations.change(person, form.registration(), by=g.person)):
        return _change_page(person, form), form.status
    flash("Saved.", "done")
    return redirect(url_for(".show", id=person.id))


def _change_page(person: Person, form: PersonForm) -> str:
    return render_template("people/change.html", person=person, form=form, role_names=NAMES)


@bp.post("/people/<int:id>/invite")
@gate.allow(policy.may_change, queries.person)
def invite(person: Person) -> ResponseReturnValue:
    """Make a new one-time link; the form sent twice makes one."""
    key = sent.key_of_request()
    with transaction():
        operations.invite(person, key=key, by=g.person)
    return redirect(url_for(".invited", id=person.id, key=key))


@bp.get("/people/<int:id>/invited")
@gate.allow(policy.may_change, queries.person)
def invited(person: Person) -> ResponseReturnValue:
    """The link that was made with this key, until it is used."""
    key = request.args.get("key", "")
    token = operations.token_of(person, key)
    if not operations.is_open(person, token):
        flash("That link has ended. Make another one, if it is still wanted.", "warning")
        return redirect(url_for(".show", id=person.id))
    link = current().address + url_for(".join", token=token)
    mail = mails.last_about([about := operations.token_hash(token)], LINK).get(about)
    return render_template(
        "people/invited.html", person=person, link=link, code=drawn(link), lasts=operations.INVITATION_LASTS.days,
        key=key, mail=mail, has_mail=outbox.has_server(),
    )  # fmt: skip


@bp.post("/people/<int:id>/shut")
@gate.allow(policy.may_change, queries.person)
def shut(person: Person) -> ResponseReturnValue:
    """Shut an account; the message undoes it."""
    with transaction():
        operations.close(person, by=g.person)
    undo = url_for(".reopen", id=person.id)
    flash({"text": f"The account of {person.name} is closed.", "url": undo, "label": "Undo"}, "done")  # type: ignore[arg-type]
    return redirect(url_for(".show", id=person.id))


@bp.post("/people/<int:id>/open")
@gate.allow(policy.may_change, queries.person)
def reopen(person: Person) -> ResponseReturnValue:
    """Open a shut account; the message undoes it."""
    with transaction():
        operations.reopen(person, by=g.person)
    undo = url_for(".shut", id=person.id)
    flash({"text": f"The account of {person.name} is open.", "url": undo, "label": "Undo"}, "done")  # type: ignore[arg-type]
    return redirect(url_for(".show", id=person.id))


@bp.get("/join/<token>")
@gate.open_to_all
def join(token: str) -> ResponseReturnValue:
    """Whom the link is for, and a form for their password.

    Raises `Missing` for a link that was used or has expired, `TooOften` after too many of them from one address.
    """
    person = _invited(token)
    return _join_page(person, JoinForm(person=person))


@bp.post("/join/<token>")
@gate.open_to_all
def choose_password(token: str) -> ResponseReturnValue:
    """Let the person sign in with the password, end the link, sign them in. Raises as `join` does."""
    person = _invited(token)
    form = JoinForm(person=person)
    if not form.validate():
        return _join_page(person, form), form.status
    opened, hashed = form.opened(), signing_in.hashed(form.password.data)
    with transaction():
        person = operations.join(token, hashed, opened=opened)
    if g.person is not None:  # pages that are open belong to somebody else, and are not taken any more
        logout_user()
    login_user(person)
    welcome = f"Welcome, {person.name}. From now on you sign in with {person.email} and this password."
    if queries.counterparts(person):
        welcome += " Beside your name above you change between your centres."
    flash(welcome, "done")
    return redirect(url_for(".home"))


def _join_page(person: Person, form: JoinForm) -> str:
    """The same for everybody, whether their address is known at another centre or not."""
    return render_template("people/join.html", invited=person, form=form, several=len(queries.centres()) > 1)


def _invited(token: str) -> Person:
    """Whom `token` was given to. Links that are none are counted at the address, so that nobody tries many."""
    if seconds := counter().wait(address()):
        retry_after(seconds)
        raise TooOften(seconds)
    try:
        return operations.invited(token)
    except Missing:
        counter().failed(address())
        raise
