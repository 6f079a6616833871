"""One item with its claimed places, and the deeds that claim a place, take a claim back and restore it."""

from collections.abc import Iterable

from flask import flash, g, jsonify, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from criteria.suggestions import SHOWN
from portfolio.evidence import operations, policy, queries
from portfolio.evidence.forms import ClaimForm
from portfolio.evidence.models import Claim, Evidence
from portfolio.evidence.opening import noting
from portfolio.evidence.places.anchoring import Anchors
from portfolio.evidence.places.grouping import Place, drawn, grouped
from portfolio.evidence.places.within import found
from portfolio.evidence.rules import KIND_NAMES, MINUTED, Kind, held
from portfolio.evidence.transcripts.said import said_at
from portfolio.evidence.views.blueprint import bp
from portfolio.evidence.witnesses import standing
from portfolio.foundation.db import transaction
from portfolio.foundation.errors import Conflict, Refused
from portfolio.people import gate
from portfolio.units import queries as units
from portfolio.units.likeness import queries as likeness


@bp.get("/<int:id>")
@gate.allow(policy.may_see, queries.evidence)
def show(evidence: Evidence) -> ResponseReturnValue:
    """One item with its claimed places; the learner chooses places here."""
    noting.opened(evidence, by=g.person)
    return render_template("evidence/show.html", **_shown(evidence))


@bp.post("/<int:id>/claims")
@gate.allow(policy.may_change, queries.evidence)
def claim(evidence: Evidence) -> ResponseReturnValue:
    """Offer one place for several points; answers with the changed pieces of the page.

    Raises `Conflict` where a newer version was saved since the page was opened. Refused where the form does not hold.
    """
    form = ClaimForm()
    if not form.validate():
        raise Refused(next(iter(form.errors.values()))[0])
    chosen = set(form.points.data or ())
    with transaction():
        version = queries.latest(evidence)
        if version.number != form.version.data:
            raise Conflict("This item was changed since you opened it. Open it again and choose the place once more.")
        points = [point for point in units.points_of(g.person.id) if point.id in chosen]
        operations.claim(version, form.chosen(version), points, reason=form.reason.data or "", by=g.person)
    return _after_claim(evidence)


@bp.get("/<int:id>/suggestions")
@gate.allow(policy.may_change, queries.evidence)
def suggest(evidence: Evidence) -> ResponseReturnValue:
    """The points that the words of a place may serve best, with those of its words that speak for them.

    The place is named as in the form of a claim. None where it has no words, where nobody confirmed them, and where
    the item was changed since.
    """
    form = ClaimForm(request.args, meta={"csrf": False})
    version = queries.latest(evidence)
    is_there = form.validate() and version.number == form.version.data
    words = said_at(form.chosen(version), version) if is_there else ""
    editions = [enrolment.edition for enrolment in units.enrolments_of(evidence.learner_id)] if words else []
    found = likeness.suggested(editions, words, SHOWN) if editions else []
    return jsonify([{"point": point.id, "because": one.because} for point, one in found])


@bp.post("/claims/<int:id>/remove")
@gate.allow(policy.may_change_claim, queries.claim)
def remove_claim(claim: Claim) -> ResponseReturnValue:
    """Take a claim back."""
    with transaction():
        operations.remove_claim(claim, by=g.person)
    undo = {
        "text": f"The claim for point {claim.point.ref} is taken back.",
        "url": url_for(".restore_claim", id=claim.id),
    }
    return _after_claim(claim.evidence, undo)


@bp.post("/claims/<int:id>/restore")
@gate.allow(policy.may_change_claim, queries.claim)
def restore_claim(claim: Claim) -> ResponseReturnValue:
    """Put a claim back."""
    anchors = Anchors(queries.latest(claim.evidence).plain, [found(claim.locator, claim.version)])
    with transaction():
        operations.restore_claim(claim, by=g.person, anchors=anchors)
    return _after_claim(claim.evidence)


def _shown(evidence: Evidence) -> dict[str, object]:
    version = queries.latest(evidence)
    claims = queries.claims_on(evidence.id)
    here = [claim for claim in claims if claim.version_id == version.id and not claim.loose]
    places = grouped(here, version)
    own = policy.may_change(g.person, evidence) and evidence.removed_at is None
    minuted = evidence.kind in MINUTED
    claimable = own and not (minuted and queries.unagreed([version.id]))
    editions = [enrolment.edition for enrolment in units.enrolments_of(evidence.learner_id)] if claimable else []
    return {
        "evidence": evidence,
        "version": version,
        "html": drawn(version.html, places, choosable=claimable),
        "places": places,
        "loose": _each(claim for claim in claims if claim.loose),
        "before": _each(claim for claim in claims if not claim.loose and claim not in here),
        "own": own,
        "claimable": claimable,
        "removable": own and not (minuted and queries.is_signed(evidence)),
        "editable": policy.may_edit(g.person, evidence),
        "editions": editions,
        "siblings": likeness.siblings(editions),
        "point_of": {claim.point_id: claim.point for claim in claims},
        "kind_name": KIND_NAMES[Kind(evidence.kind)],
        "held": held(evidence.kind),
        **standing.shown(version, viewer=g.person, claims=claims),
    }


def _each(claims: Iterable[Claim]) -> list[tuple[Claim, Place]]:
    """Each of these claims with its place in the version into which it points."""
    return [(claim, grouped([claim], claim.version)[0]) for claim in claims]


def _after_claim(evidence: Evidence, undo: dict[str, str] | None = None) -> ResponseReturnValue:
    """The changed pieces of the page for a script; the whole page again for a browser without."""
    if request.headers.get("X-Piece"):
        return render_template("evidence/_claimed.html", undo=undo, **_shown(evidence))
    if undo:
        flash(undo, "undo")  # type: ignore[arg-type]
    return redirect(url_for(".show", id=evidence.id))
