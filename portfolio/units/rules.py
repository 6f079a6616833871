"""What a centre may settle of a unit before it is published: its name, and the parts and methods of its points."""

import dataclasses
import string
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from criteria.unit import Method, Part, Point, Unit, in_order
from portfolio.foundation.errors import Incomplete

LETTERS = string.ascii_lowercase
"""Refs of parts; a point with more parts than letters wants splitting."""


LENGTHS = {"title": 300, "code": 40, "level": 20}
"""Characters of what a unit is called."""


@dataclass(frozen=True, slots=True)
class Settled:
    """What is settled of one point."""

    parts: tuple[str, ...] = ()
    methods: tuple[Method, ...] = ()


@dataclass(frozen=True, slots=True)
class Naming:
    """What a unit is called; what is empty stays as the text has it."""

    title: str = ""
    code: str = ""
    level: str = ""
    points: Mapping[str, Settled] = field(default_factory=dict)
    """What is settled of points, by `ref`; the others stay as they were read."""


def settle(unit: Unit, naming: Naming) -> Unit:
    """`unit` as the centre wants it published. Raises `Incomplete` for a part that its point does not name.

    The words of the points are the awarding organisation's and never change.
    """
    return dataclasses.replace(
        unit,
        title=naming.title or unit.title,
        code=naming.code or unit.code,
        level=naming.level or unit.level,
        points=tuple(
            _settle_point(point, naming.points[point.ref]) if point.ref in naming.points else point
            for point in unit.points
        ),
    )


def _settle_point(point: Point, settled: Settled) -> Point:
    texts = tuple(" ".join(text.split()) for text in settled.parts if text.strip())
    strange = strangers(point, texts)
    if strange:
        raise Incomplete(f"Point {point.ref} does not say “{strange[0]}”. A part is words of its point, exactly.")
    if len(texts) > len(LETTERS):
        raise Incomplete(f"Point {point.ref} has {len(texts)} parts; {len(LETTERS)} is the most.")
    parts = tuple(Part(ref, text) for ref, text in zip(LETTERS, texts, strict=False))
    methods = in_order(settled.methods)
    return dataclasses.replace(
        point, parts=parts, methods=point.methods if methods == in_order(point.methods) else methods
    )


def strangers(point: Point, texts: Iterable[str]) -> Sequence[str]:
    """Those of `texts` that are neither words of the point nor a part that its source names."""
    known, words = {part.text for part in point.parts}, " ".join(point.text.split()).casefold()
    return [text for text in texts if text not in known and text.casefold() not in words]
