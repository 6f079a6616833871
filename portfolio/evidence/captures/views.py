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
from portfolio.foundation.errors import Conflict, Refused
from portfolio.foundation.requests.sent import SavedBefore
from portfolio.foundation.words import display
from portfolio.people import gate
from portfolio.people.models import Person
from portfolio.people.offline.keeping import always, keep
from portfolio.units import queries as units
from portfolio.units.likeness.queries import siblings

SENT_BEFORE = (
    "It was sent already, as it was before you changed it last. Open it in your evidence and change it there; "
    "then throw it away here."
)

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
        "evidence/captures/record.html", form=CaptureForm(), editions=editions, siblings=siblings(editions),
        held=held(Kind.RECORDING),
    )  # fmt: skip


@bp.post("")
@gate.allow(policy.may_gather)
def add() -> ResponseReturnValue:
    """Make the item of what a device sent; the answer leads to it.

    Refused where an answer is wrong, with its sentence, or the file is not there. Raises `Conflict` where the same
    capture came before with other words.
    """
    form = CaptureForm()
    if not form.validate():
        raise Refused(next(iter(form.errors.values()))[0])
    added: list[Evidence] = []
    try:
        with transaction():
            added.append(_add(form))
    except SavedBefore as before:
        raise Conflict(SENT_BEFORE) from before
    return redirect(url_for("evidence.show", id=added[0].id))


def _add(form: CaptureForm) -> Evidence:
    file_id = form.file.data or 0
    day = form.happened_on.data
    day = min(day, display.today()) if day else None  # the clock of a device may be ahead
    content = compose(Draft(form.title.data or "", happened_on=day, files=(file_id,)))
    hashes = [file.sha256 for file in queries.files((file_id,), owner=g.person)]
    own, claimed = units.points_of(g.person.id), form.claimed()
    _ensure_own({id for one in claimed for id in one.points} - {point.id for point in own})
    claims = [(_place(one, *hashes[:1]), [point for point in own if point.id in one.points]) for one in claimed]
    return operations.add_captured(KINDS[form.sort.data], content, claims, by=g.person)


def _ensure_own(others: set[int]) -> None:
    """Refuse points that are not the learner's, or not any more since the device kept them."""
    if others:
        said = "One point that you ticked is" if len(others) == 1 else f"{len(others)} points that you ticked are"
        raise Refused(
            f"{said} not among yours any more: your units changed meanwhile. Go on with it, look which points are "
            "ticked, tick at least one marking point for each place, and save it again."
        )


def _place(claimed: CapturedPlace, sha256: str = "") -> Locator:
    if claimed.begins is None or claimed.ends is None:
        return Whole()
    return Span(claimed.begins, claimed.ends, sha256)
