"""Siblings of a centre's units, against reading the texts of these units; and what a chosen sentence waits for."""

import random
import time
from collections.abc import Callable, Iterator
from typing import TypeVar

from bench.table import Line, judged
from criteria import catalogue, reader
from criteria.likeness import model
from criteria.likeness.meaning import Meaning
from criteria.likeness.points import Points
from criteria.siblings import siblings, texts
from criteria.suggestions import SHOWN, suggestions
from criteria.unit import Unit
from criteria.writer import write

T = TypeVar("T")
MOST_SECONDS = 2.0
MOST_MILLISECONDS = 50.0
SENTENCE = "A repair would cost eight pounds and take two days, and I told him so before he chose."
WORKED_ON = 5
"""Units of one learner."""


def measured(many: int) -> Iterator[Line]:
    """The lines of both ways; by meaning only where the model is installed."""
    written = [_shuffled(n) for n in range(many)]
    reading, units = _timed(lambda: [reader.read(text) for text in written])
    yield from _lines("by letters", units, [], reading)
    if model.is_there():
        yield from _lines("by meaning", units, model.meanings(texts(units)), reading)


def _lines(how: str, units: list[Unit], meanings: list[Meaning], reading: float) -> Iterator[Line]:
    took, found = _timed(lambda: siblings(units, meanings))
    yield Line(
        f"siblings, {how}", f"{len(units)} units, {len(found):,} points", f"{took:.2f} s, once per edition",
        f"{took / reading:.2f} × reading them", f"≤ {MOST_SECONDS:.0f} s", judged(took <= MOST_SECONDS),
    )  # fmt: skip
    own = texts(units[:WORKED_ON])
    points = Points(own, meanings[: len(own)])
    waits = sorted(_timed(lambda: _suggested(points, by_meaning=bool(meanings)))[0] for _ in range(9))[4] * 1000
    yield Line(
        f"suggestions, {how}", f"a sentence, {len(own)} points", f"{waits:.1f} ms", "",
        f"≤ {MOST_MILLISECONDS:.0f} ms", judged(waits <= MOST_MILLISECONDS),
    )  # fmt: skip


def _suggested(points: Points, *, by_meaning: bool) -> list[int]:
    meaning = model.meanings([SENTENCE])[0] if by_meaning else None
    return [one.number for one, _ in zip(suggestions(points, SENTENCE, meaning), range(SHOWN), strict=False)]


def _timed(deed: Callable[[], T]) -> tuple[float, T]:
    began = time.perf_counter()
    result = deed()
    return time.perf_counter() - began, result


def _shuffled(number: int) -> str:
    """The text of a unit of six points, in words of those that ship."""
    drawn = random.Random(number)  # noqa: S311 (no secret)
    said = [word for unit in catalogue.units() for point in unit.points for word in point.text.split()]
    points = "\n".join(f"- Award credit for {' '.join(drawn.sample(said, 18))}." for _ in range(6))
    return write(reader.read(f"Title: Unit {number}\nCode: U-{number}\n\nMarking points\n{points}\n"))
