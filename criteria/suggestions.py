"""Orders marking points by how well a learner's sentence may serve them, and says which of its words speak for it."""

from collections.abc import Iterable
from dataclasses import dataclass

from criteria.likeness.asked import LONGEST
from criteria.likeness.meaning import Meaning
from criteria.likeness.points import Points

SHOWN = 3
"""Points that are put first where one is chosen."""


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A point that a sentence may serve."""

    number: int
    """Which of the points."""
    because: tuple[str, ...]
    """Words of the sentence that speak for it, in their order; empty where none does."""


def suggestions(points: Points, sentence: str, meaning: Meaning | None = None) -> Iterable[Suggestion]:
    """All of `points`, the one that `sentence` may serve best first; `meaning` where those of the points are known."""
    sentence = sentence[:LONGEST]
    order = (-points.likeness(sentence, meaning)).argsort(kind="stable").tolist()
    return (Suggestion(number, points.because(sentence, number, meaning)) for number in order)
