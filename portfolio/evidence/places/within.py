"""Whether a place lies in a version: the one answer for claiming, handing in, preparing, showing and proving."""

import math
from collections.abc import Callable, Sequence
from typing import Any, Protocol

from portfolio.evidence.places.areas import inside
from portfolio.evidence.places.locators import Astray, Locator, Page, Passage, Region, Span, read

TOLERANCE = 1.0
"""Seconds that a span may end after its recording: players count its length in other ways. `exports/verify.py` too."""
RECORDING = "a place that does not lie in the recording (said %(said)s; it lasts %(there)s)"
WORDS = "a place that does not lie in the text (said characters %(said)s; it has %(there)s)"
OTHERS = "a place whose words do not stand in the text (said characters %(said)s)"
DOCUMENT = "a place that does not lie in the document (said page %(said)s; it has %(there)s)"
PAGE_WORDS = "words that are not read on page %(there)s of the document (said characters %(said)s)"
PICTURE = "a place that does not lie in the picture (said %(said)s)"
NOWHERE = "a place that does not lie in the evidence (said %(said)s)"


class Held(Protocol):
    """A file of a version, as far as places know it."""

    @property
    def sha256(self) -> str:
        """Its address in the store."""

    @property
    def kind(self) -> str:
        """`image`, `audio`, `video`, `document` or `other`."""

    @property
    def duration(self) -> float | None:
        """Seconds of a recording, once they are known."""

    @property
    def pages(self) -> int | None:
        """Pages of a document, once they are known."""

    @property
    def prepared(self) -> str:
        """`waiting` until its copies are made and it is measured."""

    def words_of(self, page: int) -> str | None:
        """The words of one page of a document, as read by machine; None while that page is not done."""


class Holding(Protocol):
    """A version, as far as places know it."""

    @property
    def plain(self) -> str:
        """Its text, in which passages count."""

    @property
    def files(self) -> Sequence[Held]:
        """Its files."""


def found(written: Any, version: Holding) -> Locator:
    """The place that was written down, as it lies in `version`; `Astray` where it does not, or is none."""
    try:
        place = read(written)
    except ValueError:
        return Astray(NOWHERE, _raw(written))
    return astray(place, version) or place


def astray(place: Locator, version: Holding) -> Astray | None:
    """What is wrong with a place that does not lie in `version`; None where it lies there, as far as is known."""
    wrong = _KINDS.get(type(place))
    return wrong(place, version) if wrong else None


def unmeasured(place: Locator, version: Holding) -> bool:
    """Whether nobody can tell yet if the place lies in its file: that is still being prepared."""
    if isinstance(place, Span):
        return any(file.duration is None for file in _playing(place, version))
    if not isinstance(place, Page):
        return False
    documents = _documents(place, version)
    return any(file.pages is None or (place.quote and file.words_of(place.page) is None) for file in documents)


def overshoots(place: Locator, version: Holding) -> bool:
    """Whether a span runs from a second to a later one, and its file proved to be shorter, or not to play at all.

    Whoever marked it on the device that recorded it could not know.
    """
    if not isinstance(place, Span) or place.region or not 0 <= place.start < place.end < math.inf:
        return False
    files = _chosen([file for file in version.files if file.kind not in ("image", "document")], place.file)
    return len(files) == 1 and astray(place, version) is not None


def _span(place: Span, version: Holding) -> Astray | None:
    said = f"{_clock(place.start)}–{_clock(place.end)}"
    playing = _playing(place, version)
    if len(playing) != 1 or not math.isfinite(place.start) or not math.isfinite(place.end):
        return Astray(NOWHERE, said)
    lasts = playing[0].duration
    if not 0 <= place.start < place.end or (lasts is not None and place.end > lasts + TOLERANCE):
        return Astray(NOWHERE, said) if lasts is None else Astray(RECORDING, said, _clock(lasts))
    if place.region and not (place.region.startswith("percent:") and inside(place.region) and _is_film(playing[0])):
        return Astray(PICTURE, f"{said} {place.region}"[:60])
    return None


def _passage(place: Passage, version: Holding) -> Astray | None:
    said = f"{place.start}–{place.end}"
    if not 0 <= place.start < place.end <= len(version.plain):
        return Astray(WORDS, said, str(len(version.plain)))
    return None if version.plain[place.start : place.end] == place.exact else Astray(OTHERS, said)


def _page(place: Page, version: Holding) -> Astray | None:
    documents = _documents(place, version)
    if len(documents) != 1 or place.page < 1 or (place.region and not inside(place.region)):
        return Astray(NOWHERE, f"{place.page} {place.region}"[:60].strip())
    pages = documents[0].pages
    if pages is not None and place.page > pages:
        return Astray(DOCUMENT, str(place.page), str(pages))
    return _quoted(place.page, place.quote, documents[0]) if place.quote else None


def _quoted(page: int, quote: Passage, document: Held) -> Astray | None:
    """What is wrong with words of a page; nobody can tell before that page is done."""
    there = document.words_of(page)
    lie = there is None or (quote.start < quote.end and there[quote.start : quote.end] == quote.exact)
    return None if lie else Astray(PAGE_WORDS, f"{quote.start}–{quote.end}", str(page))


def _region(place: Region, version: Holding) -> Astray | None:
    pictures = _chosen([file for file in version.files if file.kind == "image"], place.file)
    if len(pictures) != 1:
        return Astray(NOWHERE, place.xywh[:60])
    lies = place.xywh.startswith("percent:") and inside(place.xywh)
    return None if lies else Astray(PICTURE, place.xywh[:60])


_KINDS: dict[type, Callable[[Any, Holding], Astray | None]] = {
    Span: _span,
    Passage: _passage,
    Page: _page,
    Region: _region,
    Astray: lambda place, _: place,
}


def _playing(place: Span, version: Holding) -> list[Held]:
    """The recordings that a span may lie in: those that play, or that may prove to."""
    return _chosen([file for file in version.files if file.duration is not None or _may_play(file)], place.file)


def _is_film(file: Held) -> bool:
    """Whether it has moving pictures, as far as is known."""
    return file.kind == "video" or file.duration is None


def _may_play(file: Held) -> bool:
    return file.prepared == "waiting" and file.kind not in ("image", "document")


def _documents(place: Page, version: Holding) -> list[Held]:
    return _chosen(
        [f for f in version.files if f.kind == "document" and (f.pages or f.prepared == "waiting")], place.file
    )


def _chosen(files: Sequence[Held], sha256: str) -> list[Held]:
    """The file of that hash, once; without a hash all of them."""
    return [file for file in files if file.sha256 == sha256][:1] if sha256 else list(files)


def _clock(seconds: float) -> str:
    """`0:10`, `1:02:03.5`; what is no time as Python writes it."""
    if not math.isfinite(seconds) or not 0 <= seconds < 10**9:
        return f"{seconds:g}"
    hours, rest = divmod(round(seconds * 10), 36_000)
    minutes, tenths = divmod(rest, 600)
    tail = f".{tenths % 10}" if tenths % 10 else ""
    return (f"{hours}:{minutes:02}" if hours else f"{minutes}") + f":{tenths // 10:02}{tail}"


def _raw(written: Any) -> str:
    """What was written, short enough for a line, as far as it is text at all."""
    selector = written.get("selector") if isinstance(written, dict) else written
    value = selector.get("value") if isinstance(selector, dict) else selector
    return "".join(letter for letter in str(value)[:60] if letter.isprintable()) or "nothing"
