"""Places in evidence: what a claim points at, as W3C Web Annotation selectors, and how a place survives an edit.

Offsets count Unicode code points in the *plain text* of a version (the text content of its rendered HTML),
as the Web Annotation Data Model (W3C Recommendation, 23 February 2017, §4.2.5) asks.
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from rapidfuzz import fuzz

CONTEXT = 32
"""Code points of context kept on each side of a quote."""
LIKE_ENOUGH = 75.0
"""A rewritten passage counts as the same at this likeness (normalised indel similarity, per cent) and above."""
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


@dataclass(frozen=True, slots=True)
class Page:
    """A page of a document, counted from 1 (RFC 8118, `page=`), perhaps a region of it."""

    page: int
    file: str = ""
    region: str = ""


@dataclass(frozen=True, slots=True)
class Region:
    """A rectangle of a picture: `percent:x,y,w,h` (Media Fragments URI 1.0, `xywh=`)."""

    xywh: str
    file: str = ""


Locator = Whole | Passage | Span | Page | Region


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
        quote = {
            "type": "TextQuoteSelector",
            "exact": place.exact,
            "prefix": place.prefix,
            "suffix": place.suffix,
        }
        position = {
            "type": "TextPositionSelector",
            "start": place.start,
            "end": place.end,
        }
        return {"selector": [quote, position]}
    if isinstance(place, Span):
        return _fragment(f"t={place.start:.1f},{place.end:.1f}", place.file)
    if isinstance(place, Page):
        region = f"&viewrect={place.region}" if place.region else ""
        return _fragment(f"page={place.page}{region}", place.file, PDF_FRAGMENTS)
    if isinstance(place, Region):
        return _fragment(f"xywh={place.xywh}", place.file)
    return {}


def read(written: Mapping[str, Any]) -> Locator:
    """The place that `write` wrote. Raises `ValueError` for anything else."""
    selector = written.get("selector")
    if selector is None:
        return Whole()
    try:
        if isinstance(selector, list):
            quote, position = selector
            context = (quote.get("prefix", ""), quote.get("suffix", ""))
            return Passage(quote["exact"], position["start"], position["end"], *context)
        name, _, value = selector["value"].partition("=")
        return _PLACES[name](value, written.get("file", ""))
    except (KeyError, TypeError, AttributeError) as error:
        raise ValueError("not a place that we know") from error


def reanchor(place: Passage, plain: str) -> Passage | None:
    """Where the passage stands in the edited text `plain`, or None when it came loose.

    The same words are looked for first, those in the likest context before others; then words that are much alike.
    """
    found = [match.start() for match in re.finditer(re.escape(place.exact), plain)]
    if found:
        start = max(found, key=lambda at: (_context(place, plain, at), -abs(at - place.start)))
        return passage(plain, start, start + len(place.exact))
    return _alike(place, plain)


def _fragment(value: str, file: str, standard: str = MEDIA_FRAGMENTS) -> dict[str, Any]:
    selector = {"type": "FragmentSelector", "conformsTo": standard, "value": value}
    return {"selector": selector, "file": file} if file else {"selector": selector}


def _span(value: str, file: str) -> Span:
    start, _, end = value.partition(",")
    return Span(float(start), float(end), file)


def _page(value: str, file: str) -> Page:
    page, _, region = value.partition("&viewrect=")
    return Page(int(page), file, region)


_PLACES: dict[str, Callable[[str, str], Locator]] = {"t": _span, "page": _page, "xywh": Region}


def _context(place: Passage, plain: str, at: int) -> float:
    end = at + len(place.exact)
    before, after = plain[max(at - CONTEXT, 0) : at], plain[end : end + CONTEXT]
    return fuzz.ratio(place.prefix, before) + fuzz.ratio(place.suffix, after)


def _alike(place: Passage, plain: str) -> Passage | None:
    alignment = fuzz.partial_ratio_alignment(place.exact, plain, score_cutoff=LIKE_ENOUGH * 0.8)
    if alignment is None or alignment.dest_end <= alignment.dest_start:
        return None
    start, end = _grown(place.exact, plain, alignment.dest_start, alignment.dest_end)
    if fuzz.ratio(place.exact, plain[start:end]) < LIKE_ENOUGH:
        return None
    return passage(plain, start, end)


def _grown(exact: str, plain: str, start: int, end: int) -> tuple[int, int]:
    """The window moved to the borders of words, whichever give the best likeness."""
    reach = max(len(exact) // 2, CONTEXT)
    borders = [match.span() for match in re.finditer(r"\S+", plain)]
    starts = [begin for begin, _ in borders if abs(begin - start) <= reach] or [start]
    ends = [finish for _, finish in borders if abs(finish - end) <= reach] or [end]
    start = max(
        starts,
        key=lambda at: (
            fuzz.ratio(exact, plain[at:end]) if at < end else 0,
            -abs(at - start),
        ),
    )
    end = max(
        ends,
        key=lambda at: (
            fuzz.ratio(exact, plain[start:at]) if at > start else 0,
            -abs(at - end),
        ),
    )
    return start, end
