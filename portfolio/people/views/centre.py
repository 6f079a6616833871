"""The centre's own page: what reports say of it, its clocks, and with what its learners begin."""

from flask import flash, g, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from portfolio.people import gate, operations, policy
from portfolio.people.forms import CentreForm, LogoForm
from portfolio.people.views.blueprint import bp


@bp.get("/centre")
@gate.allow(policy.may_administer)
def describe_centre() -> ResponseReturnValue:
    """What is stated about the centre."""
    return render_template("people/centre.html", form=CentreForm(obj=g.person.centre), logo=LogoForm())


@bp.post("/centre")
@gate.allow(policy.may_administer)
def change_centre() -> ResponseReturnValue:
    """Correct it; the log keeps what was said before."""
    form = CentreForm()
    if not form.validate() or not form.attempt(
        lambda: operations.change_centre(g.person.centre, by=g.person, **form.stated())
    ):
        return render_template("people/centre.html", form=form, logo=LogoForm(formdata=None)), form.status
    flash("Saved. Reports and packs that are made from now on say it.", "done")
    return redirect(url_for(".describe_centre"))
