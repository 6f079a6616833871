"""What a sentence for feedback may say, and how a text is searched for it."""

import re
from collections.abc import Iterable
from html import escape

from portfolio.foundation.errors import Incomplete
from portfolio.foundation.words.lengths import ensure_short
from portfolio.foundation.words.marks import sentences
from portfolio.foundation.words.text import alike, is_blank

LONGEST = 500
"""Characters of a phrase."""
MOST_OWN = 300
"""Phrases that are kept of one person for one unit: those used last."""
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


def stands_in(words: str, text: str) -> bool:
    """Whether `text` holds these words to the letter, and not as a part of others."""
    return _standing(words).search(text) is not None


def is_said(words: str, text: str) -> bool:
    """Whether whole sentences of `text`, one after the other, are just these words."""
    said, wanted = sentences_of(text), sentences_of(words)
    return any(said[at : at + len(wanted)] == wanted for at in range(len(said) - len(wanted) + 1))


def reworded(text: str, changed: Iterable[tuple[str, str]]) -> str:
    """`text` with the first words of each pair replaced by the second, wherever they stand to the letter."""
    pairs = dict(changed)
    if not pairs:
        return text
    longest_first = sorted(pairs, key=len, reverse=True)
    any_of = re.compile("|".join(_standing(words).pattern for words in longest_first))
    return any_of.sub(lambda found: pairs[found[0]], text)


def counted(words: str) -> int:
    """How many words these are."""
    return len(words.split())


def not_known(found: Iterable[str], known: Iterable[str]) -> list[str]:
    """Those of the sentences `found` that nobody would take for one of `known`, each once."""
    said = {alike(one) for words in known for one in (words, *sentences_of(words))}
    return list({alike(one): one for one in found if alike(one) not in said}.values())


def _standing(words: str) -> re.Pattern[str]:
    return re.compile(rf"(?<!\w){re.escape(words)}(?!\w)")
