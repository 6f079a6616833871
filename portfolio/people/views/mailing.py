"""Links that are sent by mail: one, or those of a class, and what came of them."""

from typing import cast

from flask import Flask, flash, g, jsonify, redirect, render_template, request, url_for
from flask.blueprints import BlueprintSetupState
from flask.typing import ResponseReturnValue

from portfolio.foundation import paging
from portfolio.foundation.db import transaction
from portfolio.foundation.mail import kinds, outbox
from portfolio.foundation.mail import queries as mails
from portfolio.foundation.mail.models import Mail
from portfolio.foundation.requests import numbers
from portfolio.foundation.work import alive, chores
from portfolio.people import gate, mailing, operations, policy, queries
from portfolio.people.models import Person
from portfolio.people.rules import LINK
from portfolio.people.views.blueprint import bp


@bp.record_once
def _install(state: BlueprintSetupState) -> None:
    mailing.install()
    chores.once_restored(cast("Flask", state.app), outbox.close_restored)


STATES = {"": "All", "waiting": "Waiting", "not sent": "Not sent, or not known", "sent": "Sent"}
"""Of mails that are listed: state → how the tab is called."""


@bp.get("/people/mail")
@gate.allow(policy.may_administer)
def mailed() -> ResponseReturnValue:
    """What was sent by mail, the last first, and what was not, with why and what can be done."""
    centre, state = g.person.centre_id, request.args.get("state", "")
    state = state if state in STATES else ""
    page = paging.page_of(mails.last_of_each(centre, state), numbers.page())
    done, total = mails.how_far(centre)
    counts = mails.counts(centre)
    return render_template(
        "people/mailed.html", page=page, addressees=kinds.addressees(page.rows), kinds=kinds.KINDS, state=state,
        done=done, total=total, held_up=alive.held_up() if total else "",
        tabs=[(label, one, counts.get(one, 0) if one else sum(counts.values())) for one, label in STATES.items()],
    )  # fmt: skip


@bp.get("/people/mail/progress")
@gate.allow(policy.may_administer)
def mail_progress() -> ResponseReturnValue:
    """How far the mail is that is being sent, or one person's link, for the page that waits."""
    asked = numbers.asked("person")
    done, total = mails.how_far(g.person.centre_id, LINK if asked else "", person_id=asked)
    state = "running" if total else "done"
    return jsonify(state=state, done=done, total=total, step="Sending by mail", still=alive.held_up())


@bp.post("/people/mail/<int:id>/again")
@gate.allow(policy.may_see_mail, mails.mail)
def mail_again(mail: Mail) -> ResponseReturnValue:
    """Send once more what was not sent."""
    with transaction():
        outbox.send_again(mail, by=g.person)
    flash("It is sent again.", "info")
    return redirect(url_for(".mailed"))


@bp.post("/people/<int:id>/mail")
@gate.allow(policy.may_change, queries.person)
def mail_link(person: Person) -> ResponseReturnValue:
    """Send the link that was made with this key to its person."""
    with transaction():
        operations.mail_links([person], key=request.form.get("key", "")[:64], by=g.person)
    flash(f"The link goes to {person.email} by mail.", "info")
    return redirect(url_for(".show", id=person.id))
