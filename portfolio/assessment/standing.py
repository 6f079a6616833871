"""On what verdicts rest: which points are met by what their judge observed or discussed with the learner alone."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from typing import Protocol

from portfolio.assessment import queries
from portfolio.assessment.models import Assessment, Judgement, Round
from portfolio.assessment.rules import Verdict, falls, resting_on_own
from portfolio.evidence.places.grouping import Claimed
from portfolio.evidence.rules import MINUTED
from portfolio.units.models import EditionPoint


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
    the id of who gave it, and the versions that it rests on.
    """
    return resting_on_own(
        (ref, [one.kind in MINUTED and one.saved_by_id == judge for one in versions])
        for ref, verdict, judge, versions in found
        if verdict == Verdict.MET
    )


def grounds_of(claims: Sequence[Claimed], judged: Judgement | None, round: Round) -> list[int]:
    """Ids of the versions that a point rests on, one for each place: what its verdict of this round says, of the
    `claims` of the point and of what was marked; without one all that is claimed.
    """
    if judged is None or judged.round_id != round.id or judged.places is None:
        return [claim.version_id for claim in claims]
    relied = [claim.version_id for claim in claims if claim.id in judged.relied]
    return relied + [place["version"] for place in judged.places]


def _by_point(assessment: Assessment, round: Round) -> Iterator[tuple[EditionPoint, Judgement | None, list[int]]]:
    """Each point with the judgement that stands on it, and the versions that it rests on."""
    claims = defaultdict[int, list[Claimed]](list)
    for claim in queries.claimed_in(round):
        claims[claim.point_id].append(claim)
    standing = queries.standing(queries.judgements(assessment))
    for point in assessment.enrolment.edition.points:
        judged = standing.get(point.id)
        yield point, judged, grounds_of(claims[point.id], judged, round)


def resting(assessment: Assessment, round: Round) -> tuple[str, ...]:
    """Refs of the points that by now rest on their judge's own records alone, by what the round froze."""
    sheets = {sheet.id: sheet for sheet in queries.sheets(round)}
    return own_points(
        (point.ref, judged.verdict or "", judged.by_id, [sheets[id] for id in versions])
        for point, judged, versions in _by_point(assessment, round)
        if judged
    )


def fallen_points(assessment: Assessment, round: Round) -> tuple[str, ...]:
    """Refs of the points of which every place that they rest on by now lies in flawed evidence."""
    flawed = queries.in_force(queries.flaws(assessment))
    found = _by_point(assessment, round)
    return tuple(point.ref for point, _, versions in found if falls([id in flawed for id in versions]))
