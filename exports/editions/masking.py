"""Takes words out of texts, HTML and frozen facts and sets a numbered mark in their place."""

import re
import unicodedata
from bisect import bisect_right
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, fields, is_dataclass, replace
from html import escape, unescape
from itertools import islice, takewhile
from typing import TypeVar
from urllib.parse import unquote

from portfolio.foundation.words.marks import Token, tokens

T = TypeVar("T")
WITHHELD = "withheld"
"""Stands where a hash would let a guess at withheld words be tried out."""
CODES = frozenset({
    "id", "ref", "kind", "media_type", "sha256", "crc32", "timezone", "language", "happened_on", "received_at",
    "signed_at", "unit", "point", "evidence", "verdict", "vacsr", "fails", "vacsr_form", "state", "handed_in_at",
    "decision", "decided_at", "versions", "code", "edition_sha256", "at", "hash", "prev", "edition", "only", "as_at",
    "software", "locator", "rounds", "step", "centre", "certificate", "record_ref", "until", "tie", "agreed", "sort",
    "file", "signer", "how", "on",
})  # fmt: skip
"""Fields that hold no words of people, or are seen to by themselves."""
NAMING = frozenset({"TestimonyFacts", "EntryFacts"})
"""Records whose `points` are codes and refs alone."""
_UNSEEN = "[\u00ad\u200b-\u200d\u2060\ufeff]*"
"""Signs that nobody sees may stand inside a word."""
_BETWEEN = rf"{_UNSEEN}\s+{_UNSEEN}"
_BEGINS, _ENDS = r"(?<![^\W_])", "(?![^\\W_]|[\u0300-\u036f])"
_ALIKE = ("'’‘ʼ`´", "-‐‑‒–", '"“”„«»')


def mark(*numbers: int) -> str:
    """What stands in the place of things withheld. Its length tells nothing of theirs."""
    return f"■■\u00a0[withheld {', '.join(map(str, numbers))}]"


@dataclass(frozen=True, slots=True)
class Stretch:
    """A stretch of a text that is taken out: `start` < `end` in code points, and the numbers of what stood there."""

    start: int
    end: int
    numbers: tuple[int, ...]

    @property
    def mark(self) -> str:
        """What stands there instead."""
        return mark(*self.numbers)


@dataclass(slots=True)
class Mask:
    """Numbered words to be taken out, and how often each was."""

    words: Mapping[int, Sequence[str]]
    counts: Counter[int] = field(default_factory=Counter)
    _patterns: list[tuple[int, re.Pattern[str]]] = field(init=False)

    def __post_init__(self) -> None:
        self._patterns = [(number, _pattern(each)) for number, all_of in self.words.items() for each in all_of]

    def gaps(self, text: str) -> list[Stretch]:
        """Where the words stand; places that overlap are one, and what lies within longer words is not counted."""
        found = [
            (match.start(), -match.end(), number) for number, each in self._patterns for match in each.finditer(text)
        ]
        gaps: list[Stretch] = []
        for start, back, number in sorted(found):
            last = gaps[-1] if gaps else None
            if last is None or start >= last.end:
                gaps.append(Stretch(start, -back, (number,)))
            elif -back > last.end:
                gaps[-1] = Stretch(last.start, -back, tuple(sorted({*last.numbers, number})))
        return gaps

    def text(self, text: str) -> str:
        """The text with marks for the words."""
        gaps = self.gaps(text)
        self.counts.update(number for gap in gaps for number in gap.numbers)
        return cut(text, gaps)

    def html(self, html: str, gaps: Sequence[Stretch]) -> str:
        """Cleaned HTML with marks at `gaps` of its text content; a tag that hides the words loses its attributes."""
        out, at = [], 0
        for token in tokens(html):
            out.append(self._tag(token) if token.name else escape(cut(token.raw, gaps, at), quote=False))
            at += 0 if token.name else len(token.raw)
        return "".join(out)

    def hidden(self, html: str) -> bool:
        """Whether the words stand in a tag, in the address of a link."""
        return any(token.name and self._tag(token) != token.raw for token in tokens(html))

    def _tag(self, token: Token) -> str:
        plain = unescape(token.raw)
        shown = (token.raw, plain, unquote(plain), unquote(plain.replace("+", " ")))
        return f"<{token.name}>" if not token.closes and any(map(self.gaps, shown)) else token.raw


def masked(value: T, mask: Mask) -> T:
    """Frozen facts with marks in every field that holds people's words."""
    if isinstance(value, str):
        return mask.text(value)  # type: ignore[return-value]
    if isinstance(value, tuple):
        return tuple(masked(each, mask) for each in value)  # type: ignore[return-value]
    if not is_dataclass(value):
        return value
    codes = CODES | {"points"} if type(value).__name__ in NAMING else CODES
    named = {each.name: getattr(value, each.name) for each in fields(value) if each.name not in codes}
    return replace(value, **{name: masked(each, mask) for name, each in named.items()})  # type: ignore[type-var]


def cut(text: str, gaps: Sequence[Stretch], at: int = 0) -> str:
    """`text`, which begins at offset `at`, with a mark where a gap begins and nothing where it goes on."""
    out, here = [], at
    first = bisect_right(gaps, at, key=lambda gap: gap.end)
    for gap in takewhile(lambda gap: gap.start < at + len(text), islice(gaps, first, None)):
        out.append(text[here - at : max(gap.start, here) - at])
        out.append(gap.mark if gap.start >= at else "")
        here = min(gap.end, at + len(text))
    return "".join([*out, text[here - at :]])


def moved(offset: int, gaps: Sequence[Stretch], *, end: bool = False) -> int:
    """Where an offset of the text stands once the marks are set; one inside a gap goes to the border of its mark."""
    shift = 0
    for gap in gaps:
        if offset <= gap.start:
            break
        if offset < gap.end:
            return gap.start + shift + (len(gap.mark) if end else 0)
        shift += len(gap.mark) - (gap.end - gap.start)
    return offset + shift


def _pattern(words: str) -> re.Pattern[str]:
    """The words with any white space between them, composed or decomposed, never as a part of a longer word."""
    parts = (_UNSEEN.join(map(_sign, unicodedata.normalize("NFC", part))) for part in words.split())
    return re.compile(_BEGINS + _BETWEEN.join(parts) + _ENDS, re.IGNORECASE)


def _sign(sign: str) -> str:
    alike = next((each for each in _ALIKE if sign in each), sign)
    forms = {re.escape(each) for one in alike for each in (one, unicodedata.normalize("NFD", one))}
    return f"(?:{'|'.join(sorted(forms))})" if len(forms) > 1 else forms.pop()
