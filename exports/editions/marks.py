"""Marks in an item of evidence: its texts without the words that are withheld, and its places where they are now."""

import re
from collections.abc import Callable, Sequence
from dataclasses import replace
from html import unescape

from exports.editions.masking import WITHHELD, Mask, Stretch, moved
from exports.editions.withholding import Seconds
from exports.facts.frozen import EvidenceFacts, FileFacts
from portfolio.evidence.places.locators import CONTEXT, Locator, Passage
from portfolio.foundation.words.marks import plain

_MARK_UP = re.compile(r"<[^>]*>|[*_`~\\\[\]!]")
Masked = Callable[[EvidenceFacts, Mask], EvidenceFacts]


def masked_evidence(item: EvidenceFacts, mask: Mask, masked: Masked) -> EvidenceFacts:
    """The item with marks; where its words changed, they stand as they are shown, without the author's mark-up.

    A name may be written with mark-up inside it (`Mrs *Okoro*`), and only in the shown text is it one name.
    """
    gaps = mask.gaps(item.plain)
    hidden = mask.hidden(item.html) or _written(item.text, mask)
    shown = masked(replace(item, text="", html="", plain=""), mask)
    if not gaps and not hidden:
        shown = replace(shown, text=item.text, html=item.html, plain=item.plain)
    else:
        mask.counts.update(number for gap in gaps for number in gap.numbers)
        html = mask.html(item.html, gaps)
        shown = replace(shown, text=plain(html), html=html, plain=plain(html))
    return shown if shown == item else without_hash(shown)


def without_hash(item: EvidenceFacts) -> EvidenceFacts:
    """The item without the hash of its version, under its signatures, too: a guess could be tried out with it."""
    signatures = tuple(replace(one, sha256=WITHHELD) for one in item.signatures)
    return replace(item, sha256=WITHHELD, signatures=signatures)


def _written(text: str, mask: Mask) -> bool:
    """Whether the words stand in the Markdown, whatever marks it up, also where they are not shown."""
    return any(mask.gaps(each) for each in (text, unescape(text), _MARK_UP.sub("", unescape(text))))


def masked_place(place: Locator, gaps: Sequence[Stretch], text: str) -> Locator:
    """The place in the item as it is now, with the words of `text` or the marks that stand for them.

    `gaps` are those of the text as it was.
    """
    if not isinstance(place, Passage) or not gaps:
        return place
    start, end = moved(place.start, gaps), moved(place.end, gaps, end=True)
    return Passage(text[start:end], start, end, text[max(start - CONTEXT, 0) : start], text[end : end + CONTEXT])


def ending(name: str) -> str:
    """`.jpg`, so that readers know what kind of file it was."""
    found = re.search(r"\.[A-Za-z0-9]{1,5}$", name)
    return found.group().lower() if found else ""


def silenced(file: FileFacts, each: Seconds) -> tuple[float, ...]:
    """The waveform of a recording of which these seconds are withheld."""
    step = (file.duration or 0) / max(len(file.peaks), 1)
    return tuple(
        0.0 if at * step < each.end and each.start < (at + 1) * step else peak for at, peak in enumerate(file.peaks)
    )
