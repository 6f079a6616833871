"""Places in evidence: what a claim points at, as W3C Web Annotation selectors, and how a place survives an edit.

Offsets count Unicode code points in the *plain text* of a version (the text content of its rendered HTML),
as the Web Annotation Data Model (W3C Recommendation, 23 February 2017, §4.2.5) asks.
"""

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from rapidfuzz import fuzz

CONTEXT = 32
"""Code points of context kept on each side of a quote."""
EDGE = 256
"""Code points of a long passage's beginning and end by which it is found again: the work stays bounded."""
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
    if not place.exact.strip():
        return None
    found = list(_occurrences(place, plain))
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


def _occurrences(place: Passage, plain: str) -> Iterator[int]:
    """Where the very words stand, first of all where they stood; long words that overlap themselves not every time."""
    if plain.startswith(place.exact, place.start):
        yield place.start
    at, step = plain.find(place.exact), max(len(place.exact) // 64, 1)
    while at >= 0:
        yield at
        at = plain.find(place.exact, at + step)


def _context(place: Passage, plain: str, at: int) -> float:
    end = at + len(place.exact)
    before, after = plain[max(at - CONTEXT, 0) : at], plain[end : end + CONTEXT]
    return fuzz.ratio(place.prefix, before) + fuzz.ratio(place.suffix, after)


def _alike(place: Passage, plain: str) -> Passage | None:
    found = _window(place.exact, plain)
    if found is None:
        return None
    start, end = _grown(place.exact, plain, *found)
    if fuzz.ratio(place.exact, plain[start:end]) < LIKE_ENOUGH:
        return None
    return passage(plain, start, end)


def _window(exact: str, plain: str) -> tuple[int, int] | None:
    """Roughly where words much like `exact` stand; of a long passage only its two ends are looked for."""
    if len(exact) <= 2 * EDGE:
        return _aligned(exact, plain)
    head, tail = _aligned(exact[:EDGE], plain), _aligned(exact[-EDGE:], plain)
    if head is None and tail is None:
        return None
    start = head[0] if head else max(tail[1] - len(exact), 0) if tail else 0
    end = tail[1] if tail else min(start + len(exact), len(plain))
    return (start, end) if start < end else None


def _aligned(words: str, plain: str) -> tuple[int, int] | None:
    alignment = fuzz.partial_ratio_alignment(words, plain, score_cutoff=LIKE_ENOUGH * 0.8)
    if alignment is None or alignment.dest_end <= alignment.dest_start:
        return None
    return alignment.dest_start, alignment.dest_end


def _grown(exact: str, plain: str, start: int, end: int) -> tuple[int, int]:
    """The window moved to the borders of words, whichever give the best likeness at that end."""
    reach = min(max(len(exact) // 2, CONTEXT), EDGE)
    head, tail = exact[:EDGE], exact[-EDGE:]
    starts = [at for at in _near(r"(?<!\S)\S", plain, start, reach) if at < end] or [start]
    start = max(starts, key=lambda at: (fuzz.ratio(head, plain[at : min(at + EDGE, end)]), -abs(at - start)))
    ends = [at + 1 for at in _near(r"\S(?!\S)", plain, end - 1, reach) if at >= start] or [end]
    end = max(ends, key=lambda at: (fuzz.ratio(tail, plain[max(at - EDGE, start) : at]), -abs(at - end)))
    return start, end


def _near(border: str, plain: str, at: int, reach: int) -> list[int]:
    """Where `border` matches at most `reach` code points away from `at`."""
    found = re.compile(border).finditer(plain, max(at - reach, 0), min(at + reach + 1, len(plain)))
    return [match.start() for match in found]
