"""Pages about one's own account: the password, and the sign-ins of late."""

from flask import Blueprint, flash, g, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_security import hash_password

from portfolio.foundation.db import transaction
from portfolio.people import gate
from portfolio.people.entering import operations, queries
from portfolio.people.entering.forms import PasswordForm
from portfolio.people.entering.rules import lasts
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
    return render_template("people/password.html", form=PasswordForm(person=g.person))


@bp.post("/password")
@gate.allow(_oneself)
def change_password() -> ResponseReturnValue:
    """Change one's own password; other devices are signed out."""
    form = PasswordForm(person=g.person)
    if not form.validate():
        return render_template("people/password.html", form=form), 422
    hashed = hash_password(form.password.data)
    with transaction():
        operations.change_password(g.person, hashed, stays=g.sign_in)
    flash("Your password is changed. Wherever else you were signed in, you are signed out.", "done")
    return redirect(url_for(".sign_ins"))


@bp.get("/sign-ins")
@gate.allow(_oneself)
def sign_ins() -> ResponseReturnValue:
    """When one signed in of late, and who made links to the account."""
    found = queries.sign_ins_of(g.person, limit=SHOWN)
    until = {one.id: one.begun_at + lasts(staff=g.person.is_staff, remembered=one.remembered) for one in found}
    news = queries.news_of(g.person)
    return render_template("people/sign_ins.html", sign_ins=found, until=until, news=news, present=g.sign_in)


@bp.post("/sign-ins/end")
@gate.allow(_oneself)
def end_others() -> ResponseReturnValue:
    """Sign out on all other devices."""
    with transaction():
        operations.sign_out_elsewhere(g.person, stays=g.sign_in)
    flash("You are signed out on all other devices.", "done")
    return redirect(url_for(".sign_ins"))
