"""Gaps: where nothing of a track of a recording could be read, and how that is said."""

from collections.abc import Iterator
from dataclasses import dataclass

from portfolio.foundation.words.display import clock
from portfolio.foundation.words.text import listed, plural

LONG = 1.0
"""Seconds of a gap that is said wherever it is; shorter ones are when they add up to more, and to a hundredth."""
MOST = 5
"""Gaps that are listed; the others are counted."""


@dataclass(frozen=True, slots=True)
class GapWords:
    """How people say where a track is not to be had."""

    what: str
    begins: str
    lacks: str
    ends: str
    never: str


SOUND = GapWords("Its sound", "begins", "is interrupted", "ends", "Nothing of its sound could be read.")
PICTURES = GapWords("Its pictures", "begin", "stand still", "end", "None of its pictures could be read.")


class Gaps:
    """Where nothing of a track was read, longer than `least` seconds; times are those of the recording."""

    def __init__(self, least: float) -> None:
        self._least = least
        self._gaps: list[tuple[float, float]] = []
        self.end = 0.0

    def read(self, start: float, end: float) -> None:
        """Something was read that lasts from `start` to `end`."""
        if start - self.end > self._least:
            self._gaps.append((self.end, start))
        self.end = max(self.end, end)

    def said(self, words: GapWords, seconds: float) -> Iterator[str]:
        """A sentence on the gaps of a recording that lasts so many seconds; none where nothing much is missing."""
        gaps = [*self._gaps, *([(self.end, seconds)] if seconds - self.end > self._least else [])]
        long = [gap for gap in gaps if gap[1] - gap[0] >= LONG]
        lack = sum(end - start for start, end in gaps)
        if not self.end:
            yield words.never
        elif long:
            yield _sentence(words, [_place(words, gap, seconds) for gap in long[:MOST]], len(long) - MOST)
        elif lack > max(LONG, seconds / 100):
            yield _sentence(words, [f"{words.lacks} at {plural(len(gaps), 'place')}, for {clock(lack)} in all"])


def _place(words: GapWords, gap: tuple[float, float], seconds: float) -> str:
    begin, end = map(clock, gap)
    if not gap[0]:
        return f"{words.begins} at {end}"
    return f"{words.ends} at {begin}" if gap[1] >= seconds else f"{words.lacks} from {begin} to {end}"


def _sentence(words: GapWords, places: list[str], others: int = 0) -> str:
    """`Its sound begins at 0:03, is interrupted from 0:10 to 0:14 and ends at 0:40.`"""
    told = [*places, f"{words.lacks} at {plural(others, 'other place')}"] if others > 0 else places
    return f"{words.what} {listed(told)}."
