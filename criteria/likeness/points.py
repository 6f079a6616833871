"""Points, compared with each other and with sentences: by meanings where these are given, else by letters alone."""

from collections import Counter
from collections.abc import Sequence
from math import log

import numpy as np

from criteria.likeness.meaning import Meaning, Numbers
from criteria.likeness.spelling import Spelling

LOOKED_AT = 20
"""Points that are compared word by word; those that come nearest in all."""
_WHOLE, _LETTERS = 0.6, 0.3
"""What likeness in all, and by letters, weigh beside likeness word by word."""
_SURE = 0.3
"""A word of which none of the point's words means so much the same is no reason."""


class Points:
    """Points by their words: `texts`, and what these mean where a model said so."""

    def __init__(self, texts: Sequence[str], meanings: Sequence[Meaning] | None = None) -> None:
        """Weigh the words of the points; as many meanings as texts."""
        self._spelling = Spelling(texts)
        self._sense = _Sense(meanings) if meanings and texts else None

    def own(self, number: int) -> Numbers:
        """How like each point is to that one; 1 is the same."""
        letters = self._spelling.own(number)
        return self._sense.likeness(self._sense.meanings[number], letters) if self._sense else letters

    def likeness(self, sentence: str, meaning: Meaning | None = None) -> Numbers:
        """How like each point is to `sentence`."""
        letters = self._spelling.likeness(sentence)
        return self._sense.likeness(meaning, letters) if self._sense and meaning else letters

    def because(self, sentence: str, number: int, meaning: Meaning | None = None, *, most: int = 3) -> tuple[str, ...]:
        """The words of `sentence` that speak most for a point, in their order."""
        if self._sense and meaning:
            found = self._sense.because(meaning, number)
        else:
            found = self._spelling.because(sentence, number)
        best: dict[tuple[int, int], float] = {}
        for weight, span in found:
            best[span] = max(weight, best.get(span, 0))
        chosen = sorted(best, key=best.__getitem__, reverse=True)[:most]
        return tuple(dict.fromkeys(sentence[start:end] for start, end in sorted(chosen)))


class _Sense:
    """Meanings of points, seen from their middle: what all of them share says nothing about any."""

    def __init__(self, meanings: Sequence[Meaning]) -> None:
        self.meanings = meanings
        self._among = Counter(word for one in meanings for word in set(one.words))
        self._middle = np.concatenate([one.vectors for one in meanings]).mean(axis=0)
        wholes = np.array([self._whole(one) for one in meanings])
        self._middle_of_wholes = wholes.mean(axis=0)
        self._wholes = _of_length_one(wholes - self._middle_of_wholes)
        self._rows = [_of_length_one(one.vectors - self._middle) for one in meanings]
        self._rare = [self._rarity(one) for one in meanings]

    def likeness(self, meaning: Meaning, letters: Numbers) -> Numbers:
        """How like each point is: word by word, in all, and by `letters`."""
        own = _of_length_one(self._whole(meaning) - self._middle_of_wholes)
        whole = np.einsum("ij,j->i", self._wholes, own)  # the threads of `@` would wait for each other
        found = _WHOLE * whole + _LETTERS * letters
        nearest = np.argpartition(-found, LOOKED_AT)[:LOOKED_AT] if len(found) > LOOKED_AT else np.arange(len(found))
        found[nearest] += self._word_by_word(meaning, nearest.tolist())
        likeness: Numbers = (found / (1 + _WHOLE + _LETTERS)).astype(np.float32)
        return likeness

    def because(self, meaning: Meaning, number: int) -> list[tuple[float, tuple[int, int]]]:
        """The words of `meaning` that mean much the same as a word of that point: how much, and where they stand."""
        nearest = (_of_length_one(meaning.vectors - self._middle) @ self._rows[number].T).max(axis=1)
        weights = nearest * self._rarity(meaning)
        found = zip(nearest.tolist(), weights.tolist(), meaning.spans, strict=True)
        return [(weight, span) for near, weight, span in found if near >= _SURE and any(span)]

    def _word_by_word(self, meaning: Meaning, numbers: list[int]) -> Numbers:
        """How well the words of each find one another, the rarer the heavier."""
        own, rare = _of_length_one(meaning.vectors - self._middle), self._rarity(meaning)
        pairs = np.concatenate([self._rows[at] @ own.T for at in numbers])  # each too small to be given to threads
        theirs = np.concatenate([self._rare[at] for at in numbers])
        starts = np.cumsum([0, *(len(self._rare[at]) for at in numbers[:-1])])
        there = np.maximum.reduceat(pairs, starts, axis=0) @ rare / rare.sum()
        back = np.add.reduceat(pairs.max(axis=1) * theirs, starts) / np.add.reduceat(theirs, starts)
        found: Numbers = (there + back) / 2
        return found

    def _whole(self, meaning: Meaning) -> Numbers:
        rare = self._rarity(meaning)
        whole: Numbers = rare @ meaning.vectors / rare.sum()
        return whole

    def _rarity(self, meaning: Meaning) -> Numbers:
        many = len(self.meanings) + 1
        return np.array([log(many / max(self._among[word], 1)) for word in meaning.words], dtype=np.float32)


def _of_length_one(rows: Numbers) -> Numbers:
    lengths = np.linalg.norm(rows, axis=-1, keepdims=True)
    of_one: Numbers = (rows / np.where(lengths, lengths, 1)).astype(np.float32)
    return of_one
