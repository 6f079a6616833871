"""Handing in freezes what is claimed; taking back undoes it while nobody has judged."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict
from typing import Any

from portfolio.assessment import lifecycle, queries
from portfolio.assessment.lifecycle import State, Step
from portfolio.assessment.models import Assessment, Gap, HandedClaim, HandedVersion, Round
from portfolio.assessment.operations.log_lines import begun, present, record
from portfolio.assessment.readiness import Lack, lacks
from portfolio.assessment.rules import Declaration, ensure_declared
from portfolio.evidence import queries as evidence
from portfolio.evidence.models import Claim, Version
from portfolio.foundation.clock import now, stamp
from portfolio.foundation.db import db
from portfolio.foundation.errors import Incomplete, OutOfTurn
from portfolio.foundation.log.audit import hash_of
from portfolio.foundation.log.deeds import Deed
from portfolio.foundation.words.text import is_blank
from portfolio.people.models import Person
from portfolio.units.models import Enrolment


def hand_in(
    enrolment: Enrolment,
    declaration: Declaration,
    gaps: Mapping[int, str],
    *,
    by: Person,
) -> Assessment:
    """Freeze what is claimed for a unit and give it to the assessor; `gaps` says why a point has no claim.

    Raises `Incomplete` with everything that is wanting at once (`readiness.lacks`, and the declaration), `OutOfTurn`
    where its state does not allow it.
    """
    assessment = begun(enrolment)
    state = State(assessment.state)
    after = lifecycle.after(state, Step.HAND_IN, by=by)
    claims = claims_for(enrolment)
    _ensure_ready(lacks(enrolment, claims, gaps), declaration, by=by)
    number = assessment.round + 1
    round = _frozen(assessment, number, declaration, claims)
    round.gaps = [Gap(point_id=id, reason=reason) for id, reason in gaps.items() if not is_blank(reason)]
    assessment.state, assessment.round, assessment.handed_in_at = (
        after,
        number,
        round.handed_in_at,
    )
    record(
        Deed.HANDED_IN, assessment, by=by, round=number, attempt=round.attempt, manifest_sha256=round.manifest_sha256,
        versions=[handed.sha256 for handed in round.versions], claims=len(claims),
        declaration_sha256=hash_of(asdict(declaration)), handed_in_at=stamp(round.handed_in_at),
        gaps_sha256=hash_of(_gaps(enrolment, round)),
    )  # fmt: skip
    return assessment


def take_back(assessment: Assessment, *, by: Person) -> None:
    """Undo a hand-in. Raises `OutOfTurn` where a point of it was judged, or where the unit is not handed in."""
    queries.locked(assessment)
    after = lifecycle.after(State(assessment.state), Step.TAKE_BACK, by=by, round=assessment.round)
    round = present(assessment)
    if queries.judged_in(round):
        raise OutOfTurn("Your assessor has begun to judge this hand-in, so it cannot be taken back now.")
    round.taken_back_at = now()
    assessment.state, assessment.round = after, assessment.round - 1
    assessment.handed_in_at = None
    record(Deed.TAKEN_BACK, assessment, by=by, round=round.number, attempt=round.attempt)


def claims_for(enrolment: Enrolment) -> list[Claim]:
    """The learner's live claims on the points of one unit. What came loose proves nothing until it is placed anew."""
    return [
        claim
        for claim in evidence.claims_of(enrolment.learner_id)
        if claim.point.edition_id == enrolment.edition_id and not claim.loose
    ]


def _ensure_ready(wanting: Sequence[Lack], declaration: Declaration, *, by: Person) -> None:
    """Raise `Incomplete` with every sentence; what it lacks are the declaration's fields, or else refs of points."""
    sentences, named = [one.sentence for one in wanting], tuple(ref for one in wanting for _, ref in one.points)
    try:
        ensure_declared(declaration, by.name)
    except Incomplete as refusal:
        sentences.append(refusal.sentence)
        named = refusal.lacks if not wanting else named
    if sentences:
        raise Incomplete(" ".join(sentences), named)


def _frozen(
    assessment: Assessment,
    number: int,
    declaration: Declaration,
    claims: Sequence[Claim],
) -> Round:
    """A new round that holds copies of the claims and the hashes of the versions they point into."""
    versions: dict[int, Version] = {claim.version_id: claim.version for claim in claims}
    round = Round(
        assessment_id=assessment.id,
        number=number,
        attempt=queries.attempts(assessment, number) + 1,
        handed_in_at=now(),
        declaration=declaration.words,
        declared_by=declaration.name,
        sources=declaration.sources,
        help=declaration.help,
        ai_use=declaration.ai_use,
        manifest_sha256=manifest((one.sha256 for one in versions.values()), map(_told, claims)),
    )
    round.versions = [
        HandedVersion(version_id=version.id, sha256=version.sha256, position=at)
        for at, version in enumerate(sorted(versions.values(), key=lambda one: (one.evidence.number, one.number)))
    ]
    round.claims = [
        HandedClaim(
            claim_id=claim.id,
            version_id=claim.version_id,
            point_id=claim.point_id,
            locator=claim.locator,
            reason=claim.reason,
        )
        for claim in claims
    ]
    db.session.add(round)
    db.session.flush()
    return round


def _gaps(enrolment: Enrolment, round: Round) -> list[list[str]]:
    """Why points have no claim, by the points' `ref`."""
    refs = {point.id: point.ref for point in enrolment.edition.points}
    return sorted([refs[gap.point_id], gap.reason] for gap in round.gaps)


def _told(claim: Claim) -> list[Any]:
    return [claim.id, claim.version.sha256, claim.point.ref, claim.locator, claim.reason]


def manifest(versions: Iterable[str], claims: Iterable[Sequence[Any]]) -> str:
    """Hash over what is handed in: the versions' hashes, and each claim in the order in which they were frozen.

    A claim is its id, its version's hash, the point's `ref`, the place as it is kept, and the reason.
    """
    return hash_of({"versions": sorted(versions), "claims": [list(claim) for claim in claims]})
