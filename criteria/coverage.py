"""Lays marking points against evidence: which claim covers what, what is still open, which method does not fit."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from criteria.unit import Method

Ref = tuple[str, str]
"""Code of a unit and `ref` of a point."""


@dataclass(frozen=True, slots=True)
class Claim:
    """An item of evidence, by its id, offered for a marking point."""

    evidence: int
    code: str
    ref: str

    @property
    def point(self) -> Ref:
        """The point that it is offered for."""
        return self.code, self.ref


@dataclass(frozen=True, slots=True)
class Row:
    """One marking point of the matrix."""

    point: Ref
    counts: tuple[int, ...]
    """How many claims each item of evidence has for it, in the order of `Matrix.evidence`."""

    @property
    def total(self) -> int:
        """All claims for the point."""
        return sum(self.counts)


@dataclass(frozen=True, slots=True)
class Matrix:
    """Marking points × evidence."""

    evidence: tuple[int, ...]
    rows: tuple[Row, ...]
    strays: tuple[Claim, ...]
    """Claims for a point that is not among the points, e.g. of another edition."""

    @property
    def without_claim(self) -> tuple[Ref, ...]:
        """The points that nothing is offered for, in their order."""
        return tuple(row.point for row in self.rows if not row.total)

    @property
    def covered(self) -> int:
        """How many points have a claim."""
        return len(self.rows) - len(self.without_claim)

    @property
    def unused(self) -> tuple[int, ...]:
        """Evidence that is offered for none of these points."""
        used = (any(row.counts[column] for row in self.rows) for column in range(len(self.evidence)))
        return tuple(item for item, is_used in zip(self.evidence, used, strict=True) if not is_used)


@dataclass(frozen=True, slots=True)
class MethodWarning:
    """A claim whose kind of evidence the point does not name among its methods; it may still convince."""

    claim: Claim
    sentence: str


def matrix(points: Iterable[Ref], claims: Iterable[Claim], evidence: Iterable[int] = ()) -> Matrix:
    """The matrix of `points` and `claims`, with a column for each of `evidence` and for what else is claimed.

    Each in the order given; what is given twice counts once, but for claims, which are all counted.
    """
    rows, listed = dict.fromkeys(points), list(claims)
    columns = tuple(dict.fromkeys([*evidence, *(claim.evidence for claim in listed)]))
    counts: dict[tuple[Ref, int], int] = {}
    for claim in listed:
        cell = claim.point, claim.evidence
        counts[cell] = counts.get(cell, 0) + 1
    return Matrix(
        evidence=columns,
        rows=tuple(Row(point, tuple(counts.get((point, item), 0) for item in columns)) for point in rows),
        strays=tuple(claim for claim in listed if claim.point not in rows),
    )


def method_warnings(
    claims: Iterable[Claim], kinds: Mapping[int, Method], permitted: Mapping[Ref, tuple[Method, ...]]
) -> tuple[MethodWarning, ...]:
    """What to tell the learner about claims whose evidence is of another kind than the point permits.

    `kinds` gives the method behind each item of evidence, `permitted` those of each point (none: any).
    """
    return tuple(
        MethodWarning(claim, warning(claim.ref, kinds[claim.evidence], permitted[claim.point]))
        for claim in claims
        if claim.evidence in kinds
        and permitted.get(claim.point)
        and kinds[claim.evidence] not in permitted[claim.point]
    )


def warning(ref: str, kind: Method, permitted: tuple[Method, ...]) -> str:
    """The sentence that warns of evidence of a `kind` at the point `ref`, which asks for one of `permitted`."""
    return f"Point {ref} asks for {' or '.join(permitted)}; this is {_article(kind)} {kind}. Ask your assessor."


def _article(kind: Method) -> str:
    return "an" if kind.value[0] in "aeiou" else "a"
