"""The text of minutes: what was planned, every entry as a stretch of its own, the conclusion; all as it was typed."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from portfolio.evidence.drafts import Minutes, MinutesEntry
from portfolio.evidence.meetings.rules import Sort
from portfolio.evidence.places.locators import Locator, Span, passage
from portfolio.evidence.rules import LONGEST_REASON, Kind
from portfolio.foundation.words import prose
from portfolio.foundation.words.display import clock
from portfolio.foundation.words.marks import plain

JOINER = "\u2060"
"""WORD JOINER: neither seen nor broken at; what stands before it or after it is no mark of `prose`."""
_BEGINS = re.compile(r"^([ \t]*)(?=[-#|])")
_STARS = re.compile(r"\*+")
_HEADINGS = {Kind.OBSERVATION: "What was seen", Kind.DISCUSSION: "What was discussed"}
_NAMES = {Sort.STEP: "", Sort.TOPIC: "", Sort.QUESTION: "Question", Sort.PRODUCT: "Produced"}


@dataclass(frozen=True, slots=True)
class ComposedMinutes:
    """The text of minutes, and where in its plain text each entry stands."""

    text: str
    stretches: tuple[tuple[int, int], ...]
    """First and last code point of each entry, in the order of the entries."""


@dataclass(frozen=True, slots=True)
class PlaceOffered:
    """A place that becomes claims for these points once both have signed."""

    points: tuple[tuple[str, str], ...]
    place: Locator
    reason: str


def compose_minutes(kind: str, minutes: Minutes, recordings: Mapping[str, str]) -> ComposedMinutes:
    """Minutes as text with the marks of `prose`; whatever people typed stands there as words. `recordings` are the
    names, by SHA-256, that stand beside the seconds of an entry.

    Converts each piece by itself: blocks do not depend on one another, so that their plain texts stand one below
    another in that of the whole.
    """
    pieces, entries = _pieces(kind, minutes, recordings)
    return ComposedMinutes(_joined(pieces), _stretches(pieces, entries))


def text_of(kind: str, minutes: Minutes, recordings: Mapping[str, str]) -> str:
    """The text of `compose_minutes` alone: nothing is converted."""
    return _joined(_pieces(kind, minutes, recordings)[0])


def _joined(pieces: Iterable[str]) -> str:
    return "\n\n".join(pieces)


def _pieces(kind: str, minutes: Minutes, recordings: Mapping[str, str]) -> tuple[list[str], list[int]]:
    """The blocks of the text, and which of them are entries."""
    pieces = list[str]()
    entries = list[int]()
    if minutes.planned.strip():
        pieces += ["## What was planned and agreed", literal(minutes.planned)]
    if minutes.entries:
        pieces.append(f"## {_HEADINGS[Kind(kind)]}")
        entries = [len(pieces) + number for number in range(len(minutes.entries))]
        pieces += [_piece(entry, recordings) for entry in minutes.entries]
    if minutes.conclusion.strip():
        pieces += ["## Conclusion", literal(minutes.conclusion)]
    return pieces, entries


def _stretches(pieces: list[str], entries: list[int]) -> tuple[tuple[int, int], ...]:
    lengths = [len(plain(prose.to_html(piece))) for piece in pieces]
    starts = [sum(lengths[:number]) + number for number in entries]
    return tuple((start, start + lengths[number]) for start, number in zip(starts, entries, strict=True))


def _piece(entry: MinutesEntry, recordings: Mapping[str, str]) -> str:
    head = " ".join(filter(None, [_time(entry, recordings), _NAMES[Sort(entry.sort)]]))
    words = (f"**{head}** " if head else "") + literal(entry.words)
    return f"{words}\nAnswer: {literal(entry.answer)}" if entry.answer.strip() else words


def _time(entry: MinutesEntry, recordings: Mapping[str, str]) -> str:
    if entry.start is None or entry.end is None:
        return entry.at
    name = recordings.get(entry.file, "")
    return f"{clock(entry.start)}–{clock(entry.end)}" + (f" ({literal(name)})" if name else "")


def literal(text: str) -> str:
    """Words as `prose` shows them just as they were typed: no heading, list, table, bold or italics."""
    lines = (_BEGINS.sub(rf"\1{JOINER}", line) for line in text.strip().splitlines())
    return "\n".join(_STARS.sub(lambda found: found[0] + JOINER, line) for line in lines)


def offers(minutes: Minutes, composed: ComposedMinutes, words: str) -> list[PlaceOffered]:
    """Where each entry that names points stands: its seconds where it has some, else its stretch of the text `words`.

    An entry with seconds gives its own words as the reason, cut where they are longer than a reason may be.
    """
    found = list[PlaceOffered]()
    for entry, (start, end) in zip(minutes.entries, composed.stretches, strict=True):
        if entry.points and entry.start is not None and entry.end is not None:
            found.append(PlaceOffered(entry.points, Span(entry.start, entry.end, entry.file), _short(entry.words)))
        elif entry.points:
            found.append(PlaceOffered(entry.points, passage(words, start, end), ""))
    return found


def _short(words: str) -> str:
    return words if len(words) <= LONGEST_REASON else words[: LONGEST_REASON - 1] + "…"
