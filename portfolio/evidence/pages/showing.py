"""What is shown of a document: some of its pages at a time, or those in which places are claimed, with their marks."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from math import ceil

from markupsafe import Markup, escape

from portfolio.evidence.media import MOST_PAGES
from portfolio.evidence.models import File, FilePage
from portfolio.evidence.pages import queries
from portfolio.evidence.places.grouping import CHOOSABLE, Place
from portfolio.evidence.places.locators import Page, Passage
from portfolio.foundation.words.marks import Mark, annotate, sentences

AT_ONCE = 10
"""Pages below one another on one page of the application."""
MOST_CLAIMED = 40
"""Pages of one document that are shown because something is claimed in them."""


@dataclass(frozen=True, slots=True)
class ClaimedPage:
    """A page that is done, with the places that are claimed in it."""

    page: FilePage
    places: tuple[Place, ...]
    words: Markup
    """Its words with those marked that are claimed; as HTML."""

    @property
    def number(self) -> int:
        """Counts the pages of the document from 1."""
        return self.page.number

    @property
    def areas(self) -> list[Place]:
        """Those of the places that are areas of the page."""
        return [place for place in self.places if page_of(place).area]


@dataclass(frozen=True, slots=True)
class ShownPages:
    """The pages of a document that are shown together."""

    pages: tuple[ClaimedPage, ...]
    first: int
    last: int
    """Numbers between which they lie; of those, the pages that are done are shown."""
    done: int
    """How many pages of it are done."""
    most: int
    """How many pages of it are drawn at all."""

    @property
    def before(self) -> int:
        """A page of those that are shown before these; 0 where there are none."""
        return max(self.first - AT_ONCE, 0)

    @property
    def after(self) -> int:
        """A page of those that are shown after these; 0 where there are none."""
        return self.last + 1 if self.last < self.most else 0


def shown(file: File, page: int, here: Sequence[Place] = (), *, choosable: bool = False) -> ShownPages:
    """The pages of `file` among which that of the number `page` is, with the places that lie in it.

    `choosable` makes each sentence of their words one thing to choose.
    """
    most = min(file.pages or 0, MOST_PAGES)
    page = min(max(page, 1), max(most, 1))
    first = (ceil(page / AT_ONCE) - 1) * AT_ONCE + 1
    last = min(first + AT_ONCE - 1, most)
    pages = tuple(_marked(one, here, choosable=choosable) for one in queries.between(file.id, first, last))
    return ShownPages(pages, first, last, queries.done(file.id), most)


def claimed_pages(file: File, here: Sequence[Place]) -> list[ClaimedPage]:
    """The pages of `file` in which these places lie; the first `MOST_CLAIMED`."""
    numbers = sorted({page_of(place).page for place in here})[:MOST_CLAIMED]
    return [_marked(page, here) for page in queries.chosen(file.id, numbers)] if numbers else []


def places_in(file: File, files: Sequence[File], places: Iterable[Place]) -> list[Place]:
    """Those of the places in a version with these `files` that lie in pages of `file`."""
    only = len([one for one in files if one.kind == "document" and one.pages]) == 1
    pages = [place for place in places if isinstance(place.locator, Page)]
    return [one for one in pages if page_of(one).file == file.sha256 or (only and not page_of(one).file)]


def page_of(place: Place) -> Page:
    """The page, an area or words of it, that a place of a document is."""
    assert isinstance(place.locator, Page)
    return place.locator


def _marked(page: FilePage, places: Iterable[Place], *, choosable: bool = False) -> ClaimedPage:
    here = tuple(one for one in places if page_of(one).page == page.number)
    html = str(escape(page.text))
    if choosable:
        html = annotate(html, [_sentence(*ends) for ends in sentences(html)[:CHOOSABLE]], tag="span")
    marks = [_mark(one, quote) for one in here if (quote := page_of(one).quote)]
    return ClaimedPage(page, here, Markup(annotate(html, marks) if marks else html))  # noqa: S704 escaped above


def _sentence(start: int, end: int) -> Mark:
    return Mark(start, end, {"class": "sentence", "data-from": str(start), "data-to": str(end)})


def _mark(place: Place, quote: Passage) -> Mark:
    points = " ".join(map(str, place.point_ids))
    return Mark(quote.start, quote.end, {"class": "passage", "data-n": str(place.number), "data-points": points})
