"""Which texts hold the words that somebody looks for, and how much of a text is shown."""

from collections.abc import Callable, Collection
from dataclasses import dataclass
from urllib.parse import quote

from portfolio.foundation.words.text import alike

AROUND = 12
"""Words that are shown before the first one that was found, and after it."""
BESIDE = 2
"""Words on either side of it, of the same line, by which an address tells it from others that are alike."""


@dataclass(frozen=True, slots=True)
class Text:
    """Words that are looked through together: a line that somebody wrote, a page, a cue."""

    words: str
    where: str = ""
    """Where they stand, within a sentence: `page 3 of notes.pdf`; empty for the text of the item itself."""
    note: str = ""
    """What is said of these words wherever they are shown."""
    file: int = 0
    """Id of the document on whose page they stand."""
    page: int = 0


@dataclass(frozen=True, slots=True)
class Hit:
    """A text in which something was found."""

    text: Text
    pieces: tuple[tuple[str, bool], ...]
    """The words around the first that was found, as they are written, and whether each was looked for."""
    phrase: str
    """The first that was found with the words beside it."""

    @property
    def fragment(self) -> str:
        """The end of an address at which browsers show the phrase (URL Fragment Text Directives)."""
        return ":~:text=" + quote(self.phrase, safe="").replace("-", "%2D")


def wanted(words: str) -> tuple[str, ...]:
    """Words that somebody looks for, as they are compared."""
    return tuple(dict.fromkeys(alike(words).split()))


def held(text: Text, words: Collection[str], same: Callable[[str], str] = alike) -> frozenset[str]:
    """Those of the `words` that stand in a text, also within longer words.

    `same` gives of a word what is compared; one that remembers is faster where many texts are looked through.
    """
    found = (_within(same(each), words) for each in set(text.words.split()))
    return frozenset[str]().union(*found)


def hit(text: Text, words: Collection[str]) -> Hit:
    """How a text is shown that holds some of the `words`. Raises `StopIteration` for one that holds none."""
    written = text.words.split()
    found = {each for each in written if _within(alike(each), words)}
    first = next(at for at, each in enumerate(written) if each in found)
    shown = written[max(first - AROUND, 0) : first + AROUND + 1]
    cut = ("…", False)
    before, after = [cut] * (first > AROUND), [cut] * (first + AROUND + 1 < len(written))
    pieces = (*before, *((each, each in found) for each in shown), *after)
    line = next(line for line in map(str.split, text.words.splitlines()) if found.intersection(line))
    at = next(at for at, each in enumerate(line) if each in found)
    return Hit(text, pieces, " ".join(line[max(at - BESIDE, 0) : at + BESIDE + 1]))


def _within(word: str, words: Collection[str]) -> frozenset[str]:
    return frozenset(one for one in words if one in word)
