"""Links that are sent by mail: one, or those of a class, and what came of them."""

from typing import cast

from flask import Flask, flash, g, jsonify, redirect, render_template, request, url_for
from flask.blueprints import BlueprintSetupState
from flask.typing import ResponseReturnValue

from portfolio.foundation import paging
from portfolio.foundation.db import transaction
from portfolio.foundation.mail import outbox
from portfolio.foundation.mail import queries as mails
from portfolio.foundation.requests import numbers
from portfolio.foundation.settings import current
from portfolio.foundation.work import alive, chores
from portfolio.people import gate, mailing, operations, policy, queries
from portfolio.people.models import Person
from portfolio.people.rules import LINK
from portfolio.people.views.blueprint import bp


@bp.record_once
def _install(state: BlueprintSetupState) -> None:
    mailing.install()
    chores.once_restored(cast("Flask", state.app), outbox.close_restored)


NOBODY = "Nothing is being sent just now: no worker is running. Whoever runs this installation starts it."


@bp.get("/people/mail")
@gate.allow(policy.may_administer)
def mailed() -> ResponseReturnValue:
    """What was sent by mail, the last first, and what was not, with why and what can be done."""
    centre = g.person.centre_id
    page = paging.page_of(mails.last_of_each(centre, LINK), numbers.page())
    done, total = mails.how_far(centre, LINK)
    return render_template(
        "people/mailed.html", page=page, done=done, total=total, held_up=held_up() if total else "",
        people=queries.people_by_id([mail.person_id for mail in page.rows]),
        links=queries.open_among([mail.about for mail in page.rows]),
    )  # fmt: skip


@bp.get("/people/mail/progress")
@gate.allow(policy.may_administer)
def mail_progress() -> ResponseReturnValue:
    """How far the links are that are being sent, or those of one person, for the page that waits."""
    done, total = mails.how_far(g.person.centre_id, LINK, person_id=numbers.asked("person"))
    state = "running" if total else "done"
    return jsonify(state=state, done=done, total=total, step="Sending by mail", still=held_up())


@bp.post("/people/<int:id>/mail")
@gate.allow(policy.may_change, queries.person)
def mail_link(person: Person) -> ResponseReturnValue:
    """Send the link that was made with this key to its person."""
    with transaction():
        operations.mail_links([person], key=request.form.get("key", "")[:64], by=g.person)
    flash(f"The link goes to {person.email} by mail.", "info")
    return redirect(url_for(".show", id=person.id))


def held_up() -> str:
    """That no worker breathes, so that nothing is sent; empty where one does."""
    return "" if alive.breathes(current().instance) else NOBODY
