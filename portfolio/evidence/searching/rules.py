"""Which texts hold the words that somebody looks for, and how much of a text is shown."""

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from urllib.parse import quote

from portfolio.foundation.words.text import alike

MOST_WORDS = 8
"""Of what somebody looks for."""
AROUND = 12
"""Words that are shown before the first one that was found, and after it."""
_WORD = re.compile(r"\S+")
_EDGES = re.compile(r"^\W+|\W+$")


@dataclass(frozen=True, slots=True)
class Text:
    """Words that stand at one place of an item."""

    words: str
    where: str = ""
    """How the place is called, within a sentence: `page 3 of notes.pdf`; empty for the text of the item itself."""
    note: str = ""
    """What is said of these words wherever they are shown."""
    file: int = 0
    """Id of the document on whose page they stand."""
    page: int = 0


@dataclass(frozen=True, slots=True)
class Hit:
    """A text in which something was found."""

    text: Text
    words: frozenset[str]
    """Which of the words that were looked for stand in it."""
    pieces: tuple[tuple[str, bool], ...]
    """The words around the first that was found, as they are written, and whether each was looked for."""

    @property
    def fragment(self) -> str:
        """The end of an address at which browsers show the first word that was found (URL Fragment Text Directives)."""
        first = next(text for text, is_found in self.pieces if is_found)
        return ":~:text=" + quote(_EDGES.sub("", first) or first, safe="").replace("-", "%2D")


def wanted(question: str) -> tuple[str, ...]:
    """The words of a question, as they are compared."""
    return tuple(dict.fromkeys(alike(question).split()))[:MOST_WORDS]


def hit(text: Text, words: Iterable[str], same: Callable[[str], str] = alike) -> Hit | None:
    """What of the `words` stands in a text, also within longer words; None where none does.

    `same` gives of a word what is compared; one that remembers is faster where many texts are looked through.
    """
    found = {each: held for each in set(text.words.split()) if (held := _held(same(each), words))}
    if not found:
        return None
    written = _WORD.findall(text.words)
    first = next(at for at, each in enumerate(written) if each in found)
    shown = written[max(first - AROUND, 0) : first + AROUND + 1]
    cut = ("…", False)
    pieces = [(each, each in found) for each in shown]
    before, after = [cut] * (first > AROUND), [cut] * (first + AROUND + 1 < len(written))
    return Hit(text, frozenset().union(*found.values()), (*before, *pieces, *after))


def _held(word: str, words: Iterable[str]) -> frozenset[str]:
    return frozenset(one for one in words if one in word)
