"""What a unit lacks before it can be handed in: all of it at once, each with the place where it is mended."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from portfolio.assessment.rules import LONGEST_REASON
from portfolio.evidence import queries as evidence
from portfolio.evidence.models import Claim
from portfolio.evidence.places import within
from portfolio.evidence.places.locators import Astray
from portfolio.evidence.rules import MINUTED
from portfolio.foundation.words.text import is_blank
from portfolio.units.models import Enrolment

NOBODY = "No assessor is allocated to this unit yet. Ask your centre's administrator to allocate one."
NOTHING = "Nothing is claimed for this unit yet. Claim at least one place in your evidence."
NOT_AGREED = (
    "Places are claimed in {}, which you have not signed or do not agree with. Sign it, or take the claim back."
)


@dataclass(frozen=True, slots=True)
class Lack:
    """One thing that is wanting, as a sentence."""

    sentence: str
    evidence: int | None = None
    """Id of the item in which it is mended."""
    points: tuple[tuple[int, str], ...] = ()
    """Id and `ref` of the points that it is about."""
    blocks: bool = False
    """Whether the form of the hand-in cannot mend it."""


def lacks(enrolment: Enrolment, claims: Sequence[Claim], gaps: Mapping[int, str]) -> list[Lack]:
    """Everything that is wanting but the declaration; `gaps` says by point why it has no claim."""
    found = [] if enrolment.assessor_id else [Lack(NOBODY, blocks=True)]
    found += _unplaced(claims)
    found += _unagreed(claims)
    claimed = {claim.point_id for claim in claims}
    bare = [point for point in enrolment.edition.points if point.id not in claimed]
    silent = tuple((point.id, point.ref) for point in bare if is_blank(gaps.get(point.id, "")))
    if silent:
        found.append(
            Lack(
                "Before you hand in, claim a place for each marking point or say why there is none. "
                f"Missing: {', '.join(ref for _, ref in silent)}.",
                points=silent,
            )
        )
    long = tuple((point.id, point.ref) for point in bare if len(gaps.get(point.id, "")) > LONGEST_REASON)
    if long:
        refs = ", ".join(ref for _, ref in long)
        sentence = f"Say in at most {LONGEST_REASON} characters why there is no claim. Too long: {refs}."
        found.append(Lack(sentence, points=long))
    if not claims:
        found.append(Lack(NOTHING, blocks=True))
    return found


def _unagreed(claims: Sequence[Claim]) -> list[Lack]:
    """Claims in records of meetings to which the learner has not agreed, a sentence for each item."""
    minuted = [claim for claim in claims if claim.evidence.kind in MINUTED]
    unagreed = evidence.unagreed({claim.version_id for claim in minuted})
    items = {claim.evidence_id: claim.evidence.ref for claim in minuted if claim.version_id in unagreed}
    return [Lack(NOT_AGREED.format(ref), evidence=id, blocks=True) for id, ref in items.items()]


def _unplaced(claims: Sequence[Claim]) -> list[Lack]:
    """Places that nobody could open, a sentence for each item."""
    waiting, stray = dict[int, str](), dict[int, list[str]]()
    for claim in claims:
        place, item = within.found(claim.locator, claim.version), claim.evidence
        if within.unmeasured(place, claim.version):
            waiting[item.id] = f"A file of {item.ref} is still being prepared. Try again in a moment."
        elif isinstance(place, Astray):
            stray.setdefault(item.id, []).append(f"{item.ref} for point {claim.point.ref}")
    found = [Lack(sentence, evidence=id, blocks=True) for id, sentence in waiting.items()]
    for id, named in stray.items():
        sentence = (
            f"A claimed place does not lie in the evidence: {', '.join(dict.fromkeys(named))}. Open the item, take the "
            "claim back and choose the place once more."
        )
        found.append(Lack(sentence, evidence=id, blocks=True))
    return found
