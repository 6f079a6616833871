"""Finds the marking points that ask for nearly the same: one place in the evidence is offered to all of them."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from criteria.likeness.asked import asked
from criteria.likeness.meaning import Meaning
from criteria.likeness.points import Points
from criteria.unit import Point, Unit

Ref = tuple[str, str]
"""Code of a unit and `ref` of a point."""


@dataclass(frozen=True, slots=True)
class Bounds:
    """How like two points have to be; docs/likeness.md says how the numbers were found."""

    least: float
    """Likeness from which on points are siblings,"""
    nearest: int
    """where each is among so many that are nearest to the other, or comes as near as the last of them."""


MOST = 4_000
"""Points that are compared; what comes after them has no siblings."""
BY_MEANING, BY_LETTERS = Bounds(0.26, 4), Bounds(0.19, 2)


def siblings(
    units: Iterable[Unit], meanings: Sequence[Meaning] | None = None, *, bounds: Bounds | None = None
) -> Mapping[Ref, tuple[Ref, ...]]:
    """For each point its siblings inside and across `units`, nearest first, then in the order of the text.

    `meanings` are those of `texts(units)`; without them letters alone count. A point without siblings has an empty
    tuple. Same units, same answer.
    """
    units = tuple(units)
    refs = [(unit.code, point.ref) for unit, point in _each(units)]
    points = Points(texts(units)[:MOST], meanings and meanings[:MOST])
    near = _nearest(points, len(refs[:MOST]), bounds or (BY_MEANING if meanings else BY_LETTERS))
    sets = [frozenset(each) for each in near]
    found = {refs[one]: tuple(refs[other] for other in others if one in sets[other]) for one, others in enumerate(near)}
    return dict.fromkeys(refs, ()) | found


def texts(units: Iterable[Unit]) -> list[str]:
    """What each point of `units` asks for."""
    return [asked(point) for _, point in _each(units)]


def _each(units: Iterable[Unit]) -> list[tuple[Unit, Point]]:
    return [(unit, point) for unit in units for point in unit.points]


def _nearest(points: Points, many: int, bounds: Bounds) -> list[list[int]]:
    """For each point those that are like enough and among the nearest, nearest first."""
    found = []
    for one in range(many):
        likeness = points.own(one)
        likeness[one] = -1
        least = max(bounds.least, np.sort(likeness)[-bounds.nearest :][0])
        like = np.flatnonzero(likeness >= least)
        found.append(like[np.argsort(-likeness[like], kind="stable")].tolist())
    return found
