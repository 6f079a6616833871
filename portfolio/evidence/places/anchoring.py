"""How a passage survives an edit: it is found again in the new text, or it comes loose. The work is bounded."""

import re
from collections.abc import Iterable, Iterator

from rapidfuzz import fuzz

from portfolio.evidence.places.locators import CONTEXT, Locator, Passage, passage

EDGE = 256
"""Code points of a long passage's beginning and end by which it is found again."""
NEAR = 64
"""Places on each side of the old one at which the same words are looked at."""
SEARCHES = 150
"""Passages of one text whose words are gone and that are looked for by their likeness; others come loose."""
LIKE_ENOUGH = 75.0
"""A rewritten passage counts as the same at this likeness (normalised indel similarity, per cent) and above."""


class Anchors:
    """Where passages stand in one text. Each is looked for once, and may be looked for before a transaction begins."""

    def __init__(self, plain: str, wanted: Iterable[Locator] = ()) -> None:
        self.plain = plain
        self.searched = 0
        self._found: dict[Passage, Passage | None] = {}
        for place in wanted:
            if isinstance(place, Passage):
                self.of(place)

    def of(self, place: Passage) -> Passage | None:
        """The place in the text, or None where it came loose."""
        if place not in self._found:
            self._found[place] = self._looked_for(place)
        return self._found[place]

    def _looked_for(self, place: Passage) -> Passage | None:
        if not place.exact.strip():
            return None
        if start := _start(place, self.plain):
            return passage(self.plain, start[0], start[0] + len(place.exact))
        self.searched += 1
        return _alike(place, self.plain) if self.searched <= SEARCHES else None


def reanchor(place: Passage, plain: str) -> Passage | None:
    """Where the passage stands in the edited text `plain`, or None when it came loose.

    The same words are looked for first, those in the likest context before others; then words that are much alike.
    """
    return Anchors(plain).of(place)


def _start(place: Passage, plain: str) -> tuple[int] | None:
    """Where the very words begin, in the likest context and then nearest to where they stood."""
    if _is_in_its_context(place, plain):
        return (place.start,)
    found = dict.fromkeys(_occurrences(place, plain))
    if not found:
        return None
    return (max(found, key=lambda at: (_context(place, plain, at), -abs(at - place.start))),)


def _is_in_its_context(place: Passage, plain: str) -> bool:
    """Whether nothing changed at the place and around it."""
    before, end = place.start - len(place.prefix), place.start + len(place.exact) + len(place.suffix)
    return before >= 0 and plain[before:end] == place.prefix + place.exact + place.suffix


def _occurrences(place: Passage, plain: str) -> Iterator[int]:
    """Where the very words stand: in their old context, then the nearest on each side, then the first of all."""
    whole = plain.find(place.prefix + place.exact + place.suffix)
    if whole >= 0:
        yield whole + len(place.prefix)
    step, at = max(len(place.exact) // NEAR, 1), plain.find(place.exact, place.start)
    for _ in range(NEAR):
        if at < 0:
            break
        yield at
        at = plain.find(place.exact, at + step)
    key, at = place.exact[:NEAR], min(place.start, len(plain))
    for _ in range(NEAR):
        at = plain.rfind(key, 0, max(at + len(key) - step, 0))
        if at < 0:
            break
        if plain.startswith(place.exact, at):
            yield at
    first = plain.find(place.exact)
    if first >= 0:
        yield first


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
