"""Where a unit stands: its points and verdicts, its rounds, the claims of the present one, every judgement."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from criteria.canonical import canonical
from exports.facts import frozen
from portfolio.assessment import queries as assessments
from portfolio.assessment.models import Assessment, Flaw, HandedClaim, Judgement, Round, StepTaken
from portfolio.assessment.rules import CLAIMED, VACSR
from portfolio.evidence.models import Claim, Version
from portfolio.evidence.places import within
from portfolio.evidence.places.locators import Astray
from portfolio.foundation.clock import stamp
from portfolio.units.models import Enrolment


@dataclass(frozen=True, slots=True)
class Standing:
    """One enrolment with its rows read."""

    enrolment: Enrolment
    assessment: Assessment | None
    rounds: Sequence[Round]
    judgements: Sequence[Judgement]
    claims: Sequence[Claim | HandedClaim]
    """Those of the present round, or the live ones while nothing is handed in."""
    steps: Sequence[StepTaken] = ()
    flaws: Sequence[Flaw] = ()
    handed: Mapping[int, HandedClaim] = field(default_factory=dict)
    """What was claimed in every round, by the id of its frozen copy."""


def read(enrolment: Enrolment, live: Sequence[Claim]) -> Standing:
    """An enrolment with its rows; `live` are all the learner's claims."""
    assessment = assessments.assessment_of(enrolment)
    if assessment is None:
        return Standing(enrolment, None, (), (), _of_edition(live, enrolment))
    rounds = [round for round in assessments.rounds_of(assessment) if round.taken_back_at is None]
    claims = assessments.claims_in(rounds[-1]) if rounds else _of_edition(live, enrolment)
    return Standing(
        enrolment, assessment, rounds, assessments.judgements(assessment), claims, assessments.steps_of(assessment),
        assessments.flaws(assessment), assessments.claims_of(assessment),
    )  # fmt: skip


def _of_edition(claims: Sequence[Claim], enrolment: Enrolment) -> list[Claim]:
    return [claim for claim in claims if claim.point.edition_id == enrolment.edition_id]


def versions(unit: Standing) -> Iterable[Version]:
    """What the present round froze, or what is claimed while nothing is handed in."""
    if unit.rounds:
        return [handed.version for handed in assessments.handed(unit.rounds[-1])]
    return [claim.version for claim in unit.claims if isinstance(claim, Claim)]


def unit_fact(unit: Standing) -> frozen.UnitFacts:
    """The unit as `UnitFacts`: points, rounds, claims and judgements in the order of the edition."""
    edition, enrolment = unit.enrolment.edition, unit.enrolment
    standing = assessments.standing(unit.judgements)
    return frozen.UnitFacts(
        code=edition.code,
        title=edition.title,
        level=edition.level,
        edition=edition.number,
        edition_sha256=edition.sha256,
        state=unit.assessment.state if unit.assessment else "gathering",
        assessor=enrolment.assessor.name if enrolment.assessor else "",
        iqa=enrolment.iqa.name if enrolment.iqa else "",
        points=tuple(
            frozen.PointFacts(
                ref=point.ref,
                text=point.text,
                parts=tuple(part["text"] for part in point.parts),
                methods=tuple(point.methods),
                verdict=(standing[point.id].verdict or "") if point.id in standing else "",
            )
            for point in edition.points
        ),
        rounds=tuple(_round(round) for round in unit.rounds),
        gaps=tuple((gap.point.ref, gap.reason) for gap in unit.rounds[-1].gaps) if unit.rounds else (),
        steps=tuple(frozen.StepFacts(one.step, stamp(one.at), one.by_name, one.reason) for one in unit.steps),
    )


def _round(round: Round) -> frozen.RoundFacts:
    handed = assessments.handed(round)
    return frozen.RoundFacts(
        number=round.number,
        handed_in_at=stamp(round.handed_in_at),
        declaration=round.declaration,
        declared_by=round.declared_by,
        sources=round.sources,
        help=round.help,
        ai_use=round.ai_use,
        decision=round.decision,
        decided_at=stamp(round.decided_at) if round.decided_at else "",
        decided_by=round.decided_by.name if round.decided_by else "",
        feedback=round.feedback if round.decision else "",
        authenticity=round.authenticity if round.decision else "",
        versions=tuple((one.version.evidence.ref, one.version.number, one.sha256) for one in handed),
    )


def judgements(unit: Standing) -> Iterable[frozen.JudgementFacts]:
    """Every judgement that says something, superseded ones too."""
    standing = {one.id for one in assessments.standing(unit.judgements).values()}
    points = {point.id: point for point in unit.enrolment.edition.points}
    for one in unit.judgements:
        if one.verdict is None:
            continue
        point = points[one.point_id]
        yield frozen.JudgementFacts(
            id=one.id,
            unit=unit.enrolment.edition.code,
            point=point.ref,
            round=one.round.number,
            verdict=one.verdict,
            missing=tuple(part["text"] for part in point.parts if part["ref"] in one.missing),
            vacsr=tuple(one.vacsr),
            reason=one.reason,
            feedback=one.feedback,
            assessor=one.by_name,
            at=stamp(one.at),
            current=one.id in standing,
            fails=tuple(word for word in VACSR if word not in one.vacsr) if one.fails is None else tuple(one.fails),
            vacsr_form=_form(one),
            flaws=tuple(one.flaws or ()),
        )


def _form(one: Judgement) -> str:
    """How VACSR was asked for when a judgement was made."""
    if one.fails is None:
        return frozen.TICKED
    return frozen.BY_EXCEPTION if one.flaws is None else frozen.BY_ITEM


def grounds(unit: Standing) -> Iterable[frozen.GroundFacts]:
    """On which places every verdict rests, in the order in which its line of the log has them."""
    refs = {point.id: point.ref for point in unit.enrolment.edition.points}
    given = [one for one in unit.judgements if one.verdict is not None and one.places is not None]
    found = [(one, *place) for one in given for place in _grounds(one, unit.handed)]
    shown = assessments.versions_by_id({id for _, id, _, _ in found})
    for one, id, locator, lies in found:
        place = within.found(locator, shown[id])
        kept = canonical(locator) if isinstance(place, Astray) else ""
        yield frozen.GroundFacts(
            one.id, unit.enrolment.edition.code, refs[one.point_id], shown[id].evidence.ref, shown[id].number, place,
            lies, kept,
        )  # fmt: skip


def _grounds(one: Judgement, handed: Mapping[int, HandedClaim]) -> list[tuple[int, dict[str, Any], str]]:
    """The version, the place and how it lies, of each place that a judgement rests on."""
    claimed = [(handed[id].version_id, handed[id].locator, CLAIMED) for id in one.relied]
    return claimed + [(place["version"], place["locator"], place["lies"]) for place in one.places or ()]


def flaws(unit: Standing) -> Iterable[frozen.FlawFacts]:
    """Everything that was said against evidence, what was superseded or taken back, too."""
    holding = {one.id for one in assessments.in_force(unit.flaws).values()}
    for one in sorted(unit.flaws, key=lambda one: one.id):
        if one.fails:
            yield frozen.FlawFacts(
                id=one.id,
                unit=unit.enrolment.edition.code,
                evidence=one.version.evidence.ref,
                version=one.version.number,
                round=one.round.number,
                fails=tuple(one.fails),
                reason=one.reason,
                assessor=one.by_name,
                at=stamp(one.at),
                current=one.id in holding,
            )
