"""Places in evidence: what a claim points at, as W3C Web Annotation selectors.

Offsets count Unicode code points in the *plain text* of a version (the text content of its rendered HTML),
as the Web Annotation Data Model (W3C Recommendation, 23 February 2017, §4.2.5) asks.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from portfolio.evidence.places import areas, calling

CONTEXT = 32
"""Code points of context kept on each side of a quote."""
MOST = 2**31 - 1
"""The largest number that a place may name: seconds, pages, code points."""
MEDIA_FRAGMENTS = "http://www.w3.org/TR/media-frags/"
PDF_FRAGMENTS = "http://tools.ietf.org/rfc/rfc3778"


@dataclass(frozen=True, slots=True)
class Whole:
    """The whole item of evidence."""


@dataclass(frozen=True, slots=True)
class Passage:
    """A run of text: quote with context, and position. `start` ≤ `end`, code points of the plain text."""

    exact: str
    start: int
    end: int
    prefix: str = ""
    suffix: str = ""


@dataclass(frozen=True, slots=True)
class Span:
    """Seconds of a recording, `start` < `end`, to a tenth of a second (Media Fragments URI 1.0, `t=from,to`)."""

    start: float
    end: float
    file: str = ""
    """SHA-256 of the file it plays in; empty means the only one."""
    region: str = ""
    """A rectangle of a film's picture during these seconds, `percent:x,y,w,h`; empty means the whole picture."""

    @property
    def area(self) -> areas.Area | None:
        """Left, top, width and height of its rectangle in per cent; None where it has none."""
        return areas.read(self.region)

    @property
    def part(self) -> str:
        """Where its rectangle lies, in English; empty where it has none."""
        return areas.told(self.area) if self.area else ""

    @property
    def still(self) -> int:
        """The tenth of a second of which the picture is printed under its rectangle."""
        return round(self.start * 10)


@dataclass(frozen=True, slots=True)
class Page:
    """A page of a document, counted from 1 (RFC 8118, `page=`), perhaps a region of it, or words on it."""

    page: int
    file: str = ""
    region: str = ""
    """A rectangle of the page, `percent:x,y,w,h`; empty means all of it."""
    quote: Passage | None = None
    """Words of the page as read by machine; offsets count in what was read of that page."""
    label: str = field(default="", compare=False)
    """What the document calls it, where that is not its number; no part of the place, and never written down."""

    @property
    def called(self) -> str:
        """What it is called, in English, within a sentence: `page 3`, `slide 3`."""
        return calling.told(self.label, self.page)

    @property
    def area(self) -> areas.Area | None:
        """Left, top, width and height of its rectangle in per cent; None where it has none."""
        return areas.read(self.region)

    @property
    def part(self) -> str:
        """Where its rectangle lies, in English; empty where it has none."""
        return areas.told(self.area) if self.area else ""


@dataclass(frozen=True, slots=True)
class Region:
    """A rectangle of a picture: `percent:x,y,w,h` (Media Fragments URI 1.0, `xywh=`)."""

    xywh: str
    file: str = ""

    @property
    def area(self) -> areas.Area | None:
        """Left, top, width and height in per cent; None where it is none."""
        return areas.read(self.xywh)

    @property
    def part(self) -> str:
        """Where it lies, in English; empty where it is no rectangle."""
        return areas.told(self.area) if self.area else ""


@dataclass(frozen=True, slots=True)
class Astray:
    """A place that was kept and does not lie in its version (see `within`): it is told in words and never drawn."""

    phrase: str
    """What is wrong, in English, as the tables of words have it; `said` and `there` belong into it."""
    said: str
    there: str = ""

    @property
    def told(self) -> str:
        """The whole sentence in English."""
        return self.phrase % {"said": self.said, "there": self.there}


Locator = Whole | Passage | Span | Page | Region | Astray


def passage(plain: str, start: int, end: int) -> Passage:
    """The passage of `plain` from `start` to `end`, white space at its ends left out.

    Raises `ValueError` when the offsets are not in the text or nothing but white space lies between them.
    """
    if not 0 <= start < end <= len(plain) or not plain[start:end].strip():
        raise ValueError("no words between these offsets")
    start += len(plain[start:end]) - len(plain[start:end].lstrip())
    end = start + len(plain[start:end].rstrip())
    return Passage(
        plain[start:end],
        start,
        end,
        plain[max(start - CONTEXT, 0) : start],
        plain[end : end + CONTEXT],
    )


def write(place: Locator) -> dict[str, Any]:
    """The place as the `selector` of a Web Annotation's target, and the file it lies in where there may be several."""
    if isinstance(place, Passage):
        return {"selector": _words(place)}
    if isinstance(place, Span):
        region = f"&xywh={place.region}" if place.region else ""
        return _fragment(f"t={place.start:.1f},{place.end:.1f}{region}", place.file)
    if isinstance(place, Page):
        region = f"&viewrect={place.region}" if place.region else ""
        written = _fragment(f"page={place.page}{region}", place.file, PDF_FRAGMENTS)
        if place.quote:
            written["selector"]["refinedBy"] = _words(place.quote)
        return written
    if isinstance(place, Region):
        return _fragment(f"xywh={place.xywh}", place.file)
    assert isinstance(place, Whole), "a place that lies nowhere is not written down"
    return {}


def read(written: Mapping[str, Any]) -> Locator:
    """The place that `write` wrote. Raises `ValueError` for anything else, and for numbers that no place can have."""
    try:
        selector, file = written.get("selector"), written.get("file", "")
        if selector is None:
            return Whole()
        if isinstance(selector, list):
            return _read_words(selector)
        name, _, value = selector["value"].partition("=")
        place = _PLACES[name](value, "" + file)
        refined = selector.get("refinedBy")
        return place if refined is None else _refined(place, _read_words(refined))
    except (KeyError, TypeError, AttributeError, RecursionError) as error:
        raise ValueError("not a place that we know") from error


def _words(place: Passage) -> list[dict[str, Any]]:
    """The quote and the position of words, each as a selector."""
    quote = {"type": "TextQuoteSelector", "exact": place.exact, "prefix": place.prefix, "suffix": place.suffix}
    return [quote, {"type": "TextPositionSelector", "start": place.start, "end": place.end}]


def _read_words(selectors: Any) -> Passage:
    quote, position = selectors
    context = (quote.get("prefix", ""), quote.get("suffix", ""))
    return _passage(quote["exact"], position["start"], position["end"], context)


def _refined(place: Locator, words: Passage) -> Page:
    """A page with words of it. Raises `TypeError` for a place that has none."""
    if not isinstance(place, Page):
        raise TypeError("words of what has none")
    return replace(place, quote=words)


def _fragment(value: str, file: str, standard: str = MEDIA_FRAGMENTS) -> dict[str, Any]:
    selector = {"type": "FragmentSelector", "conformsTo": standard, "value": value}
    return {"selector": selector, "file": file} if file else {"selector": selector}


def _passage(exact: Any, start: Any, end: Any, context: tuple[Any, Any]) -> Passage:
    if not all(isinstance(word, str) for word in (exact, *context)) or {type(start), type(end)} != {int}:
        raise ValueError("not a passage")
    if not (0 <= start <= MOST and 0 <= end <= MOST):
        raise ValueError("not offsets of a text")
    return Passage(exact, start, end, *context)


def _span(value: str, file: str) -> Span:
    seconds, _, region = value.partition("&xywh=")
    start, end = map(float, seconds.split(","))
    if not all(0 <= second <= MOST for second in (start, end)):
        raise ValueError("not seconds of a recording")
    return Span(start, end, file, region)


def _page(value: str, file: str) -> Page:
    page, _, region = value.partition("&viewrect=")
    if not 1 <= int(page) <= MOST:
        raise ValueError("not a page of a document")
    return Page(int(page), file, region)


_PLACES: dict[str, Callable[[str, str], Locator]] = {"t": _span, "page": _page, "xywh": Region}
