"""Claims grouped by the place they share, numbered for the margin, and drawn into the account's text."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, Protocol

from markupsafe import Markup

from criteria.canonical import canonical
from portfolio.evidence.places import within
from portfolio.evidence.places.locators import Locator, Passage, Region, Span
from portfolio.evidence.places.within import Held, Holding
from portfolio.foundation.words.marks import Mark, annotate, sentences

CHOOSABLE = 5_000
"""Sentences that are each one thing to choose; 10,000 words have some 700. Words further on can be selected."""


class Claimed(Protocol):
    """A claim, live or as handed in."""

    id: Any
    version_id: Any
    point_id: Any
    locator: Any
    reason: Any


@dataclass(frozen=True, slots=True)
class Place:
    """One place and all the claims that point at it."""

    number: int
    """Counts the places of one version, in the order of the text or of time."""
    locator: Locator
    claims: tuple[Any, ...]

    @property
    def point_ids(self) -> tuple[int, ...]:
        """The points that the place is offered for."""
        return tuple(claim.point_id for claim in self.claims)

    @property
    def reasons(self) -> tuple[str, ...]:
        """What the learner said about it, each sentence once."""
        return tuple(dict.fromkeys(claim.reason for claim in self.claims if claim.reason))

    def lies_over(self, file: Held) -> bool:
        """Whether it is a rectangle of the picture that `file` shows: of a photo, or of a film during its seconds."""
        place = self.locator
        if not isinstance(place, Region if file.kind == "image" else Span) or not place.area:
            return False
        return place.file in ("", file.sha256)


def grouped(claims: Iterable[Claimed], version: Holding) -> tuple[Place, ...]:
    """The places of the claims in `version`, numbered; those that do not lie in it are `Astray`."""
    same: dict[str, list[Claimed]] = {}
    for claim in claims:
        same.setdefault(canonical(claim.locator), []).append(claim)
    read = [(within.found(group[0].locator, version), tuple(group)) for group in same.values()]
    ordered = sorted(read, key=lambda one: _order(one[0]))
    return tuple(Place(number, locator, group) for number, (locator, group) in enumerate(ordered, start=1))


def drawn(
    html: str,
    places: Sequence[Place],
    *,
    choosable: bool = False,
    addressed: bool = True,
    extra: Mapping[int, str] | None = None,
) -> Markup:
    """An account's HTML with its claimed passages marked; `choosable` makes each sentence one thing to choose, and
    links lead to the passages that are `addressed`.

    `extra` gives the verdict by the number of a place.
    """
    if choosable:
        spans = [
            Mark(start, end, {"class": "sentence", "data-from": str(start), "data-to": str(end)})
            for start, end in sentences(html)[:CHOOSABLE]
        ]
        html = annotate(html, spans, tag="span")
    marks = [
        _mark(place, (extra or {}).get(place.number, "")) for place in places if isinstance(place.locator, Passage)
    ]
    marks = marks if addressed else [replace(mark, id="") for mark in marks]
    return Markup(annotate(html, marks) if marks else html)  # noqa: S704 - nh3 cleaned the text; annotate escapes what it adds


def _mark(place: Place, verdict: str) -> Mark:
    passage = place.locator
    assert isinstance(passage, Passage)
    attrs = {
        "class": "passage",
        "data-n": str(place.number),
        "data-points": " ".join(map(str, place.point_ids)),
    }
    return Mark(
        passage.start,
        passage.end,
        attrs | ({"data-verdict": verdict} if verdict else {}),
        id=f"place-{place.claims[0].version_id}-{place.number}",
    )


def _order(place: Locator) -> tuple[int, float, float]:
    if isinstance(place, Passage | Span):
        return (1, place.start, place.end)
    return (0, getattr(place, "page", 0), 0.0)
