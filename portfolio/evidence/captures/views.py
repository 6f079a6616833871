"""The page on which a learner records, and where the device sends what became of it."""

from flask import Blueprint, g, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from portfolio.evidence import policy, queries
from portfolio.evidence.captures import operations
from portfolio.evidence.captures.forms import KINDS, CapturedPlace, CaptureForm
from portfolio.evidence.content import compose
from portfolio.evidence.drafts import Draft
from portfolio.evidence.models import Evidence
from portfolio.evidence.places.locators import Locator, Span, Whole
from portfolio.evidence.rules import Kind, held
from portfolio.foundation.db import transaction
from portfolio.foundation.errors import Refused
from portfolio.foundation.words import display
from portfolio.people import gate
from portfolio.people.models import Person
from portfolio.people.offline.keeping import always, keep
from portfolio.units import queries as units

bp = Blueprint("captures", __name__, url_prefix="/evidence/record")


def _page(person: Person) -> list[str]:
    return [url_for("captures.page")] if policy.may_gather(person) else []


@bp.get("")
@gate.allow(policy.may_gather)
@keep(always, _page)
def page() -> ResponseReturnValue:
    """Record, name it, claim places in it: one page for all of it."""
    editions = [enrolment.edition for enrolment in units.enrolments_of(g.person.id)]
    return render_template(
        "evidence/captures/record.html", form=CaptureForm(), editions=editions, siblings=units.siblings(editions),
        held=held(Kind.RECORDING),
    )  # fmt: skip


@bp.post("")
@gate.allow(policy.may_gather)
def add() -> ResponseReturnValue:
    """Make the item of what a device sent; the answer leads to it.

    Refused where an answer is wrong, with its sentence, or the file is not there.
    """
    form = CaptureForm()
    if not form.validate():
        raise Refused(next(iter(form.errors.values()))[0])
    added: list[Evidence] = []
    with transaction():
        added.append(_add(form))
    return redirect(url_for("evidence.show", id=added[0].id))


def _add(form: CaptureForm) -> Evidence:
    file_id = form.file.data or 0
    day = form.happened_on.data
    day = min(day, display.today()) if day else None  # the clock of a device may be ahead
    content = compose(Draft(form.title.data or "", happened_on=day, files=(file_id,)))
    hashes = [file.sha256 for file in queries.files((file_id,), owner=g.person)]
    own = units.points_of(g.person.id)
    claims = [
        (_place(claimed, *hashes[:1]), [point for point in own if point.id in claimed.points])
        for claimed in form.claimed()
    ]
    return operations.add_captured(KINDS[form.sort.data], content, claims, by=g.person)


def _place(claimed: CapturedPlace, sha256: str = "") -> Locator:
    if claimed.begins is None or claimed.ends is None:
        return Whole()
    return Span(claimed.begins, claimed.ends, sha256)
