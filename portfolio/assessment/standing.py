"""On what verdicts rest: which points are met by what their judge observed or discussed with the learner alone."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import Protocol

from portfolio.assessment import queries
from portfolio.assessment.models import Assessment, Round
from portfolio.assessment.rules import Verdict, falls, resting_on_own
from portfolio.evidence.rules import MINUTED


class Saved(Protocol):
    """A version, as far as it is told of which kind it is and who saved it."""

    @property
    def kind(self) -> str:
        """The kind of its item."""

    @property
    def saved_by_id(self) -> int | None:
        """Who saved it."""


def own_points(found: Iterable[tuple[str, str, int, Sequence[Saved]]]) -> tuple[str, ...]:
    """Refs of the points that rest on their judge's own records alone; `found` gives of each point its ref, verdict,
    the id of who gave it, and the versions in which it is claimed.
    """
    return resting_on_own(
        (ref, [one.kind in MINUTED and one.saved_by_id == judge for one in versions])
        for ref, verdict, judge, versions in found
        if verdict == Verdict.MET
    )


def resting(assessment: Assessment, round: Round) -> tuple[str, ...]:
    """Refs of the points that by now rest on their judge's own records alone, by what the round froze."""
    sheets = {sheet.id: sheet for sheet in queries.sheets(round)}
    claims = queries.claimed_in(round)
    standing = queries.standing(queries.judgements(assessment))
    return own_points(
        (
            point.ref, standing[point.id].verdict or "", standing[point.id].by_id,
            [sheets[claim.version_id] for claim in claims if claim.point_id == point.id],
        )
        for point in assessment.enrolment.edition.points
        if point.id in standing
    )  # fmt: skip


def fallen_points(assessment: Assessment, round: Round) -> tuple[str, ...]:
    """Refs of the points of which every place that is claimed by now lies in flawed evidence."""
    flawed = queries.in_force(queries.flaws(assessment))
    places = defaultdict[int, list[bool]](list)
    for claim in queries.claimed_in(round):
        places[claim.point_id].append(claim.version_id in flawed)
    return tuple(point.ref for point in assessment.enrolment.edition.points if falls(places[point.id]))
