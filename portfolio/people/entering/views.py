"""Pages about one's own account: the password, the sign-ins of late, and the way from one centre to another."""

from flask import Blueprint, flash, g, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_security import hash_password, login_user, logout_user

from portfolio.foundation.db import transaction
from portfolio.people import gate, policy
from portfolio.people import queries as people
from portfolio.people.entering import operations, queries
from portfolio.people.entering.forms import PasswordForm
from portfolio.people.entering.rules import Opened, lasts
from portfolio.people.models import Person

bp = Blueprint("entering", __name__)
SHOWN = 10
"""Sign-ins that are shown."""


def _oneself(person: Person) -> bool:
    """Everybody who is signed in sees their own."""
    return person.active


@bp.get("/password")
@gate.allow(_oneself)
def password() -> ResponseReturnValue:
    """An empty form for another password."""
    return _password_page(PasswordForm(person=g.person))


@bp.post("/password")
@gate.allow(_oneself)
def change_password() -> ResponseReturnValue:
    """Change the password of one's account; other devices are signed out, at each of its centres."""
    form = PasswordForm(person=g.person)
    if not form.validate():
        return _password_page(form), 422
    opened, hashed = form.opened(), hash_password(form.password.data)
    with transaction():
        operations.change_password(g.person, hashed, stays=g.sign_in, opened=opened)
    flash("Your password is changed. Wherever else you were signed in, you are signed out.", "done")
    return redirect(url_for(".sign_ins"))


def _password_page(form: PasswordForm) -> str:
    return render_template("people/password.html", form=form, several=len(people.centres()) > 1)


@bp.get("/sign-ins")
@gate.allow(_oneself)
def sign_ins() -> ResponseReturnValue:
    """When one signed in of late, at all one's centres, and who of this one made links to the account."""
    whose = {one.id: one for one in (g.person, *people.counterparts(g.person))}
    found = queries.sign_ins_of(*whose.values(), limit=SHOWN)
    until = {
        one.id: one.begun_at + lasts(staff=whose[one.person_id].is_staff, remembered=one.remembered) for one in found
    }
    news = queries.news_of(g.person)
    return render_template(
        "people/sign_ins.html", sign_ins=found, until=until, news=news, present=g.sign_in, whose=whose
    )


@bp.post("/sign-ins/end")
@gate.allow(_oneself)
def end_others() -> ResponseReturnValue:
    """Sign out on all other devices, at all one's centres."""
    with transaction():
        operations.sign_out_elsewhere(g.person, stays=g.sign_in)
    flash("You are signed out on all other devices.", "done")
    return redirect(url_for(".sign_ins"))


@bp.post("/centres/<int:id>")
@gate.allow(policy.may_become, people.counterpart)
def switch(other: Person) -> ResponseReturnValue:
    """Go on as one's person of another centre: this sign-in ends, and one of that person begins."""
    remembered = g.sign_in.remembered and not other.is_staff
    g.opened = [Opened(one.id, one.password) for one in queries.accounts_of([g.person])]
    logout_user()
    login_user(other, remember=remembered)
    flash(f"You are at {other.centre.name} now.", "done")
    return redirect(url_for("people.home"))
