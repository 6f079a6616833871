"""Places in evidence: what a claim points at, as W3C Web Annotation selectors, and how a place survives an edit.

Offsets count Unicode code points in the *plain text* of a version (the text content of its rendered HTML),
as the Web Annotation Data Model (W3C Recommendation, 23 February 2017, §4.2.5) asks.
"""

from dataclasses import dataclass


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
