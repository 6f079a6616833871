"""Writes about captures: an item is made of a file that a device sent, and places in it are claimed with it."""

from collections.abc import Sequence

from portfolio.evidence import operations as evidence
from portfolio.evidence import queries
from portfolio.evidence.content import Content
from portfolio.evidence.models import Evidence
from portfolio.evidence.places.locators import Locator
from portfolio.evidence.rules import Kind
from portfolio.people.models import Person
from portfolio.units.models import EditionPoint


def add_captured(
    kind: Kind, content: Content, claims: Sequence[tuple[Locator, Sequence[EditionPoint]]], *, by: Person
) -> Evidence:
    """Add an item to `by`'s own portfolio with `claims`, each a place and the points that it is offered for.

    A span may lie in a recording that is not measured yet; it comes loose if it proves to lie beyond its end, now or
    when that is measured. Raises what `evidence.add` and `evidence.claim` raise.
    """
    item = evidence.add(kind, content, learner=by, by=by)
    version = queries.latest(item)
    for place, points in claims:
        evidence.claim(version, place, points, reason="", by=by, measured=False)
    for file in version.files:
        if file.prepared != "waiting":
            evidence.loosen(file)
    return item
