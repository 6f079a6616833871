"""On which places a verdict rests: those of the learner's claims that were chosen, and what the assessor marked."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from portfolio.assessment import queries
from portfolio.assessment.models import HandedClaim, Judgement, Round
from portfolio.assessment.rules import CLAIMED, MOST_MARKED, Finding, Marked, Verdict, lies
from portfolio.evidence.places.locators import Astray, Locator, read, write
from portfolio.evidence.places.within import found, unmeasured
from portfolio.foundation.errors import Incomplete, Refused
from portfolio.foundation.log.audit import hash_of

NOWHERE = "One of the places that you marked does not lie in this evidence. Mark it once more."


@dataclass(frozen=True, slots=True)
class Grounds:
    """The places on which a verdict rests, as its judgement keeps them."""

    relied: list[int]
    places: list[dict[str, Any]]
    versions: list[int]
    """Ids of the versions that they lie in, one for each."""
    told: str
    """What the log tells of them: SHA-256 over item, version, its hash, place, and how it lies, of each in order."""


def chosen(round: Round, claims: Sequence[HandedClaim], finding: Finding) -> Grounds:
    """What `finding` rests on, of the `claims` of its point in a round and of what was marked.

    A place that is marked just as it is claimed is that claim. Raises `Incomplete` for *met* by none of the places that
    are claimed. Refused for a claim of another point, for too many places, or for one that does not lie in a version
    that was handed in.
    """
    relied = {claim.id for claim in claims} if finding.relied is None else set(finding.relied)
    if not relied <= {claim.id for claim in claims}:
        raise Refused("What is claimed for this point is not what this page shows. Load it again.")
    if len(finding.marked) > MOST_MARKED:
        raise Refused(f"Mark at most {MOST_MARKED} places for one verdict.")
    places = list[dict[str, Any]]()
    for one in dict.fromkeys(finding.marked):
        there = [claim for claim in claims if claim.version_id == one.version_id]
        how = lies(one.place, [read_again(claim) for claim in there])
        if how == CLAIMED:
            relied |= {claim.id for claim in there if lies(one.place, [read_again(claim)]) == CLAIMED}
        else:
            _ensure_within(one, round)
            places.append({"version": one.version_id, "locator": write(one.place), "lies": how})
    if finding.verdict is Verdict.MET and claims and not relied and not places:
        raise Incomplete("Met rests on a place: choose one of those that are claimed, or mark one.", ("relied",))
    return _grounds(round, claims, sorted(relied), places)


def again(round: Round, claims: Sequence[HandedClaim], before: Judgement | None) -> Grounds:
    """What a verdict rests on that stands again, or none at all: as it did in this round.

    One of an earlier round rests on all that is claimed in this one, and on what was marked for it that is still there.
    """
    if before is None or before.round_id != round.id:
        return _grounds(round, claims, [claim.id for claim in claims], _still_there(round, before))
    return _grounds(round, claims, before.relied, before.places or [])


def _still_there(round: Round, before: Judgement | None) -> list[dict[str, Any]]:
    """What was marked for a verdict of an earlier round, as far as it lies in what is handed in by now."""
    if before is None or not before.places:
        return []
    frozen = queries.frozen_in(round)
    return [place for place in before.places if place["version"] in frozen]


def read_again(claim: HandedClaim) -> Locator:
    """The place of a claim, without a look at its version; one that cannot be read lies nowhere."""
    try:
        return read(claim.locator)
    except ValueError:
        return Astray("", "")


def _grounds(
    round: Round, claims: Sequence[HandedClaim], relied: Sequence[int], places: list[dict[str, Any]]
) -> Grounds:
    of = {claim.id: claim for claim in claims}
    lying = [(of[id].version_id, of[id].locator, CLAIMED) for id in relied if id in of]
    lying += [(place["version"], place["locator"], place["lies"]) for place in places]
    frozen = queries.frozen_in(round) if lying else {}
    told = [_said(frozen[id], locator, how) for id, locator, how in lying]
    return Grounds(list(relied), places, [id for id, _, _ in lying], hash_of(told))


def _ensure_within(marked: Marked, round: Round) -> None:
    """Refused for a place that does not lie in a version that was handed in, or of which nobody can tell yet."""
    version = queries.handed_version(round, marked.version_id)
    if version is None or unmeasured(marked.place, version) or isinstance(found(write(marked.place), version), Astray):
        raise Refused(NOWHERE)


def _said(frozen: tuple[int, int, str], locator: dict[str, Any], how: str) -> list[Any]:
    item, number, sha256 = frozen
    return [f"evidence {item}", number, sha256, hash_of(locator), how]
