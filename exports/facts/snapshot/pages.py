"""Pages of documents in which places are claimed, as they were drawn when the claim was made, and stills of films."""

import json
from collections import defaultdict
from collections.abc import Iterable, Mapping

from exports.facts.frozen import EventFacts, ShownPageFacts
from portfolio.assessment.models import HandedClaim
from portfolio.evidence.models import Claim, File, Version
from portfolio.evidence.pages.stills import films
from portfolio.evidence.places import within
from portfolio.evidence.places.locators import Page, Span
from portfolio.evidence.printed import printed_page
from portfolio.foundation.log.deeds import Deed

Claimed = Mapping[tuple[int, int], set[int]]
"""Id of a version and of a file among its files → numbers of the pages, or stills, that are told of."""


def claimed(
    claims: Iterable[Claim | HandedClaim], versions: Mapping[int, Version], events: Iterable[EventFacts]
) -> Claimed:
    """The pages in which places of these `claims` lie, of those claims whose lines bind what is shown of the page; and
    the stills over which their rectangles lie, which the line of the film's copies binds.
    """
    bound, found = _bound(events), defaultdict[tuple[int, int], set[int]](set)
    for claim in claims:
        version = versions[claim.version_id]
        place = within.found(claim.locator, version)
        id = claim.claim_id if isinstance(claim, HandedClaim) else claim.id
        document = version.document(place.file) if isinstance(place, Page) and id in bound else None
        if document and isinstance(place, Page):
            found[version.id, document.id].add(place.page)
        if isinstance(place, Span):
            for film in films(place, version):
                found[version.id, film.id].add(place.still)
    return found


def pages(file: File, version: Version, told: Claimed) -> tuple[ShownPageFacts, ...]:
    """Those of a file's pages, or stills, that are told of."""
    numbers = told.get((version.id, file.id), set())
    drawn = [page for page in file.drawn if page.number in numbers and page.picture_sha256]
    return tuple(ShownPageFacts(**printed_page(page)) for page in drawn)  # type: ignore[arg-type]


def _bound(events: Iterable[EventFacts]) -> set[int]:
    """The claims whose lines give a hash over the page."""
    lines = (json.loads(event.facts) for event in events if event.deed == Deed.PLACE_CLAIMED)
    return {id for said in lines if "page_sha256" in said for id in said["claims"]}
