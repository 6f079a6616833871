"""The centre's logo on the centre's page: seen, changed, taken off, and put back. Whatever is sent is copied apart."""

from typing import cast

from flask import Blueprint, Response, flash, g, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from portfolio.evidence import logos
from portfolio.evidence.views import downloads
from portfolio.evidence.views.blueprint import FORM
from portfolio.foundation.db import transaction
from portfolio.foundation.errors import Missing, Refused
from portfolio.people import gate, operations, policy, queries
from portfolio.people.forms import CentreForm, LogoForm
from portfolio.people.rules import LOGO_BYTES

bp = Blueprint("logos", __name__, url_prefix="/centre/logo")


def _with_picture() -> int:
    """Bytes of a form with a picture: several times what is taken, so that what is too big is said at the field."""
    return 4 * LOGO_BYTES + FORM


@bp.get("")
@gate.allow(policy.may_administer)
def shown() -> Response:
    """The logo as it is printed. Raises `Missing` where there is none."""
    if not g.person.centre.logo_sha256:
        raise Missing
    return downloads.sent(g.person.centre.logo_sha256, "image/png")


@bp.post("")
@gate.allow(policy.may_administer, most=_with_picture)
def change() -> ResponseReturnValue:
    """Take another picture; the message offers to go back to what was there before."""
    form = LogoForm()
    if form.validate() and _changed(form):
        return _said("Saved. Reports that are made from now on bear this logo.")
    words = CentreForm(formdata=None, obj=g.person.centre)
    return render_template("people/centre.html", form=words, logo=form), form.status


@bp.post("/remove")
@gate.allow(policy.may_administer)
def remove() -> ResponseReturnValue:
    """Take it off; the message offers to undo it."""
    with transaction():
        _put("")
    return _said("The logo is off. Reports that are made from now on bear none.")


@bp.post("/back")
@gate.allow(policy.may_administer)
def put_back() -> ResponseReturnValue:
    """Go back to the logo before, or to none where there was none. Raises `Missing` where its file is gone."""
    before = queries.logo_before(g.person.centre)
    logos.ensure_kept(before)
    with transaction():
        _put(before)
    flash("The logo is as it was before.", "done")
    return redirect(url_for("people.describe_centre"))


def _changed(form: LogoForm) -> bool:
    """Whether the picture became the logo; where it did not, the form says why."""
    try:
        sha256 = logos.kept(form.picture.data.stream)
    except Refused as refusal:
        form.refuse(refusal)
        return False
    return form.attempt(lambda: _put(sha256))


def _put(sha256: str) -> None:
    operations.change_centre(g.person.centre, by=g.person, logo_sha256=sha256)


def _said(words: str) -> ResponseReturnValue:
    flash(cast("str", {"text": words, "url": url_for(".put_back")}), "undo")
    return redirect(url_for("people.describe_centre"))
