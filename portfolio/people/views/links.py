"""Links for a class: one for each who has no password yet, on a sheet to print, with a code for a phone's camera."""

from flask import flash, g, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from portfolio.foundation.db import transaction
from portfolio.foundation.mail import outbox
from portfolio.foundation.requests import sent
from portfolio.foundation.settings import current
from portfolio.people import gate, operations, policy, queries
from portfolio.people.codes import drawn
from portfolio.people.forms import LinksForm
from portfolio.people.views.blueprint import bp


@bp.get("/people/links")
@gate.allow(policy.may_administer)
def choose_links() -> ResponseReturnValue:
    """Whom to give a link: everybody who has no password yet."""
    return _page(_offered(LinksForm(formdata=None)))


@bp.post("/people/links")
@gate.allow(policy.may_administer)
def make_links() -> ResponseReturnValue:
    """Make a link for each that was ticked, and send them by mail where that was asked; links given earlier end."""
    form, key = _offered(LinksForm()), sent.key_of_request()
    chosen = [one for one in queries.without_password(g.person.centre_id) if one.id in (form.people.data or ())]
    if not form.validate():
        return _page(form), form.status
    by_mail = request.form.get("mail") == "yes"
    with transaction():
        for person in chosen:
            operations.invite(person, key=key, by=g.person)
        if by_mail:
            operations.mail_links(chosen, key=key, by=g.person)
    if by_mail:
        return redirect(url_for(".mailed"))
    return redirect(url_for(".links", key=key))


@bp.get("/people/links/sheet")
@gate.allow(policy.may_administer)
def links() -> ResponseReturnValue:
    """The sheet: each link that was made with this key and is still open, to be cut apart and given out."""
    key, found, until = request.args.get("key", ""), list[dict[str, str]](), None
    for invitation in queries.open_invitations(g.person.centre_id):
        token = operations.token_of(invitation.person, key)
        if operations.token_hash(token) == invitation.token_sha256:
            address = current().address + url_for(".join", token=token)
            found.append({"name": invitation.person.name, "address": address, "code": drawn(address)})
            until = max(filter(None, (until, invitation.expires_at)))
    if not found:
        flash("These links have ended. Make others, if they are still wanted.", "warning")
        return redirect(url_for(".choose_links"))
    return render_template("people/sheet.html", links=found, until=until)


def _offered(form: LinksForm) -> LinksForm:
    form.offer(queries.without_password(g.person.centre_id))
    return form


def _page(form: LinksForm) -> str:
    return render_template(
        "people/links.html", form=form, lasts=operations.INVITATION_LASTS.days, has_mail=outbox.has_server()
    )
