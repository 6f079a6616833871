"""The panes of the desk: versions that were handed in, with the places claimed in them."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import lru_cache

from markupsafe import Markup

from criteria.canonical import canonical
from portfolio.assessment.against import Against
from portfolio.assessment.queries import Before, Sheet
from portfolio.evidence.places.grouping import Claimed, Place, drawn, grouped


@dataclass(frozen=True, slots=True)
class Pane:
    """One version that was handed in, with the places claimed in it."""

    version: Sheet
    places: tuple[Place, ...]
    html: Markup
    against: Against
    before: Before | None
    """What was handed in of the same item in the round before, where it was another version."""


def pane_of(version: Sheet, claims: Sequence[Claimed], said: Against, before: Before | None) -> Pane:
    """A version with the claims that lie in it drawn into its text."""
    places = grouped((claim for claim in claims if claim.version_id == version.id), version)
    before = before if before and before.version_id != version.id else None
    return Pane(version, places, _text(version.html, _Places.of(places)), said, before)


@dataclass(frozen=True, slots=True)
class _Places:
    """Places that compare by what is drawn of them, so that the same text is marked once."""

    places: tuple[Place, ...] = field(compare=False)
    drawn_as: str
    """What tells them apart."""

    @classmethod
    def of(cls, places: tuple[Place, ...]) -> "_Places":
        """The places of one version."""
        facts = [[one.number, one.claims[0].version_id, repr(one.locator), one.point_ids] for one in places]
        return cls(places, canonical(facts))


@lru_cache(maxsize=512)
def _text(html: str, marked: _Places) -> Markup:
    return drawn(html, marked.places)


def where_claimed(panes: Sequence[Pane]) -> dict[int, list[tuple[Pane, Place]]]:
    """The places of all panes by the points that they are claimed for."""
    found: dict[int, list[tuple[Pane, Place]]] = defaultdict(list)
    for pane in panes:
        for place in pane.places:
            for point_id in dict.fromkeys(place.point_ids):
                found[point_id].append((pane, place))
    return found
