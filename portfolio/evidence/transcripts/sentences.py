"""Words with their times → cues: a sentence each, or as much of a long one as is read at once."""

from collections.abc import Iterable, Iterator

from portfolio.evidence.transcripts.rules import SHORTEST, Cue, TimedWord, lined
from portfolio.foundation.words.text import cleaned

LONGEST = 160
"""Characters after which a sentence is divided."""
PAUSE = 2.0
"""Seconds of silence that end a sentence."""
_ENDS = (".", "?", "!", "…")


def cues(words: Iterable[tuple[float, float, str]], lasts: float) -> list[Cue]:
    """The words of a recording that `lasts` so many seconds as cues in the order of their times.

    Each word brings the space that stands before it. What is said at once, or beyond the end, is moved into it.
    """
    return [_cue(sentence) for sentence in _sentences(_orderly(words, lasts))]


def _orderly(words: Iterable[tuple[float, float, str]], lasts: float) -> Iterator[TimedWord]:
    last = 0.0
    for begins, ends, word in words:
        begins = min(max(begins, last), max(lasts - SHORTEST, last))
        last = begins
        if said := cleaned(word).replace("\n", " "):
            yield TimedWord(begins, max(min(ends, lasts), round(begins + SHORTEST, 3)), said)


def _sentences(words: Iterable[TimedWord]) -> Iterator[list[TimedWord]]:
    held = list[TimedWord]()
    for word in words:
        length = sum(len(one.word) for one in held)
        if held and (
            word.begins - held[-1].ends > PAUSE
            or held[-1].word.rstrip().endswith(_ENDS)
            or (length + len(word.word) > LONGEST and word.word.startswith(" "))
        ):
            yield held
            held = []
        held.append(word)
    if held:
        yield held


def _cue(sentence: list[TimedWord]) -> Cue:
    timed = tuple(TimedWord(one.begins, one.ends, one.word.strip()) for one in sentence)
    words = lined("".join(one.word for one in sentence))
    return Cue(sentence[0].begins, max(one.ends for one in sentence), words, timed)
