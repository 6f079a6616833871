"""What a sentence for feedback may say, and how a text is searched for it."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from html import escape
from unicodedata import category

from portfolio.foundation.errors import Incomplete
from portfolio.foundation.words.lengths import ensure_short
from portfolio.foundation.words.marks import sentences
from portfolio.foundation.words.text import alike, is_blank

LONGEST = 500
"""Characters of a phrase."""
MOST_OWN = 300
"""Phrases that are kept of one person for one unit: those used last."""
MOST_SHARED = 200
"""Sentences that are offered for one unit."""
NO_WORDS = "Write the sentence."
WHOLE_UNIT = ""
"""In place of the `ref` of a point: the phrase is for the unit as a whole."""


def as_phrase(words: str) -> str:
    """`words` in one line. Raises `Incomplete` where nothing of them can be seen, or for too many."""
    words = " ".join(words.split())
    if is_blank(words):
        raise Incomplete(NO_WORDS, ("words",))
    ensure_short("words", words, LONGEST)
    return words


def sentences_of(text: str) -> list[str]:
    """The sentences of what somebody typed, in their order; none runs across the end of a line."""
    return [line[start:end] for line in text.split("\n") for start, end in sentences(escape(line))]


@dataclass(frozen=True, slots=True)
class SaidStretch:
    """Where a text says words that it was searched for."""

    start: int
    end: int
    words: str
    whole: bool
    """Whether just these are sentences of the text: words that stand among others are not."""


def stretches(text: str, wordings: Iterable[str]) -> list[SaidStretch]:
    """Where `text` says one of `wordings`, in its order, none over another: what is longer is found first.

    Spaces and ends of lines count as one. Words that are whole sentences somewhere are said there alone: what holds
    them besides says something else.
    """
    found, (starts, ends) = list[SaidStretch](), _borders(text)
    for words in sorted(dict.fromkeys(wordings), key=len, reverse=True):
        for start, end in (one.span() for one in _standing(words).finditer(text)):
            if all(end <= other.start or other.end <= start for other in found):
                found.append(SaidStretch(start, end, words, start in starts and end in ends))
    said = {one.words for one in found if one.whole}
    return sorted((one for one in found if one.whole or one.words not in said), key=lambda one: one.start)


def stands_in(words: str, text: str) -> bool:
    """Whether `text` holds these words, and not as a part of others."""
    return _standing(words).search(text) is not None


def reworded(text: str, changed: Mapping[str, str]) -> str:
    """`text` with the words that `changed` names replaced where `stretches` finds them; what stays shields its own."""
    for one in reversed(stretches(text, changed)):
        if changed[one.words] != one.words:
            text = text[: one.start] + changed[one.words] + text[one.end :]
    return text


def counted(words: str) -> int:
    """How many words these are."""
    return len(words.split())


def not_known(found: Iterable[str], known: Iterable[str]) -> list[str]:
    """Those of the sentences `found` that nobody would take for one of `known`, each once."""
    said = {alike(one) for words in known for one in (words, *sentences_of(words))}
    return list({alike(one): one for one in found if alike(one) not in said}.values())


def naming_nobody(found: Iterable[str], name: str) -> list[str]:
    """Those of the sentences `found` in which no part of somebody's `name` is a word; single letters are none."""
    parts = {part for part in _words(name) if len(part) > 1}
    return [one for one in found if parts.isdisjoint(_words(one))]


def _words(text: str) -> list[str]:
    return "".join(sign if category(sign)[0] in "LMN" else " " for sign in alike(text)).split()


def _standing(words: str) -> re.Pattern[str]:
    spaced = r"\s+".join(map(re.escape, words.split()))
    return re.compile(rf"(?<!\w){spaced}(?!\w)")


def _borders(text: str) -> tuple[set[int], set[int]]:
    """Where sentences of `text` begin, and where they end."""
    starts, ends, at = set[int](), set[int](), 0
    for line in text.split("\n"):
        for start, end in sentences(escape(line)):
            starts.add(at + start)
            ends.add(at + end)
        at += len(line) + 1
    return starts, ends
