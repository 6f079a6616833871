"""What follows a signature: the assessor checks the witness, the learner claims the places that the witness offers."""

from collections.abc import Iterator

from flask import flash, g, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from portfolio.evidence import operations as evidence_operations
from portfolio.evidence import queries as gathered
from portfolio.evidence.models import Evidence, Version
from portfolio.evidence.places.locators import Locator
from portfolio.evidence.witnesses import operations, policy, queries, standing
from portfolio.evidence.witnesses.forms import CheckForm
from portfolio.evidence.witnesses.views.blueprints import bp
from portfolio.foundation.db import transaction
from portfolio.foundation.errors import Incomplete
from portfolio.foundation.requests import numbers
from portfolio.foundation.words import display
from portfolio.foundation.words.text import plural
from portfolio.people import gate
from portfolio.units.models import EditionPoint

NOTHING = "Tick at least one point that this testimony proves."


@bp.get("/versions/<int:id>/check")
@gate.allow(policy.may_check, queries.version)
def consider(version: Version) -> ResponseReturnValue:
    """Who the witness is, what is asked about it, earlier checks, and a form for another one."""
    return _page(CheckForm(formdata=None, data={"on": display.today()}), version)


@bp.post("/versions/<int:id>/check")
@gate.allow(policy.may_check, queries.version)
def check(version: Version) -> ResponseReturnValue:
    """Put a check on record."""
    form = CheckForm()
    if not form.validate() or not form.attempt(lambda: operations.check(version, form.checked(), by=g.person)):
        return _page(form, version), form.status
    flash("The check is on record.", "done")
    return redirect(url_for(".consider", id=version.id))


@bp.post("/items/<int:id>/claims")
@gate.allow(policy.may_claim_offers, gathered.evidence)
def claim_offers(evidence: Evidence) -> ResponseReturnValue:
    """Claim the ticked points at the places where the witness told of them; each place once for all its points.

    Raises `Incomplete` for none.
    """
    chosen = {numbers.number(value) for value in request.form.getlist("points")}
    with transaction():
        version = gathered.latest(evidence)
        offers = [one for one in standing.offers_of(version) if one.point.id in chosen]
        if not offers:
            raise Incomplete(NOTHING, ("points",))
        for place, points in _by_place(offers):
            evidence_operations.claim(version, place, points, reason="", by=g.person)
    flash(f"Claimed for {plural(len(offers), 'point')}.", "done")
    return redirect(url_for("evidence.show", id=evidence.id))


def _by_place(offers: list[standing.OfferedPlace]) -> Iterator[tuple[Locator, list[EditionPoint]]]:
    for place in dict.fromkeys(one.place for one in offers):
        yield place, [one.point for one in offers if one.place == place]


def _page(form: CheckForm, version: Version) -> str:
    known = standing.witnessing([version.id], viewer=g.person)[version.id]
    return render_template("evidence/witnesses/check.html", form=form, version=version, known=known)
