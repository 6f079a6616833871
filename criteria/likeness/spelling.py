"""Likeness by letters: pieces of three to five letters within words, the rarer the heavier (TF-IDF, cosine)."""

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from math import log, sqrt

import numpy as np

from criteria.likeness.asked import words
from criteria.likeness.meaning import Numbers

_WORD = re.compile(r"[^\W_]+")
_SHORTEST, _LONGEST = 3, 5


class Spelling:
    """Texts, to be compared by their letters with each other and with what is asked."""

    def __init__(self, texts: Sequence[str]) -> None:
        """Weigh the pieces of `texts`."""
        counts = [_pieces(text) for text in texts]
        among = Counter(piece for one in counts for piece in one)
        self._rare = {piece: log((1 + len(texts)) / (1 + many)) + 1 for piece, many in among.items()}
        self._place = {piece: at for at, piece in enumerate(among)}
        self._weights = [self._weighed(one) for one in counts]
        holders: list[list[int]] = [[] for _ in among]
        held: list[list[float]] = [[] for _ in among]
        for number, weights in enumerate(self._weights):
            for piece, weight in weights.items():
                holders[self._place[piece]].append(number)
                held[self._place[piece]].append(weight)
        self._many = np.array([len(one) for one in holders], dtype=np.intp)
        self._ends = np.cumsum(self._many)
        self._holders = np.fromiter((number for one in holders for number in one), dtype=np.intp)
        self._held = np.fromiter((weight for one in held for weight in one), dtype=np.float64)

    def own(self, number: int) -> Numbers:
        """How like each text is to the one of that number."""
        return self._likeness(self._weights[number])

    def likeness(self, text: str) -> Numbers:
        """How like each text is to `text`; pieces that none of them has say nothing."""
        return self._likeness(self._weighed(_pieces(text)))

    def because(self, text: str, number: int) -> list[tuple[float, tuple[int, int]]]:
        """The words of `text` that have something in common with the text of that number: how much, and where."""
        theirs = self._weights[number]
        shared = [
            (sum(self._rare[piece] * theirs[piece] for piece in _pieces(word) if piece in theirs), span)
            for word, span in words(text)
        ]
        return [(weight, span) for weight, span in shared if weight]

    def _likeness(self, weights: Mapping[str, float]) -> Numbers:
        """All holders of all pieces lie in one row, piece after piece: those of these pieces are added up at once."""
        pieces = np.array([self._place[piece] for piece in weights], dtype=np.intp)
        many, ends = self._many[pieces], self._ends[pieces]
        before = np.cumsum(many) - many
        at = np.arange(many.sum()) + np.repeat(ends - many - before, many)
        added = np.repeat(np.array(list(weights.values())), many) * self._held[at]
        return np.bincount(self._holders[at], added, minlength=len(self._weights)).astype(np.float32)

    def _weighed(self, counts: Mapping[str, int]) -> dict[str, float]:
        weights = {piece: (1 + log(n)) * self._rare[piece] for piece, n in counts.items() if piece in self._rare}
        length = sqrt(sum(weight * weight for weight in weights.values())) or 1.0
        return {piece: weight / length for piece, weight in weights.items()}


def _pieces(text: str) -> Counter[str]:
    return Counter(
        word[at : at + size]
        for word in (f" {found} " for found in _WORD.findall(text.lower()))
        for size in range(_SHORTEST, _LONGEST + 1)
        for at in range(len(word) - size + 1)
    )
