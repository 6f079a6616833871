"""The parts of a report: a unit and an item of evidence, each with all that the report says about it."""

from collections import defaultdict
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from functools import cached_property

from markupsafe import Markup

from exports.document import diagrams, places
from exports.document.fit_html import Unfit, fitted
from exports.document.language import ENGLISH, Language
from exports.facts.frozen import (
    TICKED,
    ClaimFacts,
    EvidenceFacts,
    Facts,
    FlawFacts,
    GroundFacts,
    JudgementFacts,
    PointFacts,
    StepFacts,
    UnitFacts,
)
from portfolio.assessment.lifecycle import State, Step
from portfolio.assessment.rules import CLAIMED, SUFFICIENT, VACSR, Verdict, tally
from portfolio.evidence.places.locators import Locator
from portfolio.foundation.words.marks import annotate

_LEVEL = 4
"""Heading level at which a learner's own headings begin."""


def failing(judgement: JudgementFacts) -> tuple[str, ...]:
    """Which of VACSR a judgement denies: what the assessor said, and *sufficient* where the verdict does."""
    insufficient = judgement.vacsr_form != TICKED and judgement.verdict != Verdict.MET
    return tuple(word for word in VACSR if word in judgement.fails or (insufficient and word == SUFFICIENT))


@dataclass(frozen=True)
class ItemPart:
    """One item of evidence with all that the report says about it."""

    evidence: EvidenceFacts
    claims: tuple[ClaimFacts, ...]
    judgements: tuple[JudgementFacts, ...]
    """Those in force on the points it is claimed for."""
    flaws: tuple[FlawFacts, ...] = ()
    """What is said against this version, in every unit."""
    withheld: bool = False
    """True where its text is not to be typeset."""
    language: Language = ENGLISH

    @classmethod
    def of(
        cls, evidence: EvidenceFacts, facts: Facts, *, withheld: Collection[str] = (), language: Language = ENGLISH
    ) -> "ItemPart":
        """One item of these facts; `withheld` holds the refs of those whose text is not to be typeset."""
        claims = tuple(claim for claim in facts.claims if claim.evidence == evidence.ref)
        points = {(claim.unit, claim.point) for claim in claims}
        judgements = tuple(j for j in facts.judgements if j.current and (j.unit, j.point) in points)
        return cls(evidence, claims, judgements, facts.flaws_of(evidence), evidence.ref in withheld, language)

    @cached_property
    def text(self) -> Markup:
        """Its words with the claimed passages marked; empty where it has none or they could not be typeset."""
        return Markup() if self.unfit else self._fitted[0]

    @property
    def unfit(self) -> str:
        """Why its words are not shown; empty where they are."""
        return self.language.say("Its layout would not come to an end.") if self.withheld else self._fitted[1]

    @cached_property
    def _fitted(self) -> tuple[Markup, str]:
        if self.withheld:
            return Markup(), ""
        try:
            marked = annotate(self.evidence.html, places.marks(self.evidence, self.claims))
            return Markup(fitted(marked, level=_LEVEL)), ""  # noqa: S704 (cleaned by nh3 before it was frozen)
        except Unfit as reason:
            return Markup(), self.language.say(reason.phrase, **reason.numbers)

    @property
    def diagrams(self) -> list[diagrams.Diagram]:
        """What its words tell as a diagram."""
        return diagrams.found(self.evidence.html)

    @property
    def points(self) -> str:
        """The marking points it is offered for, each once; a dash where there are none."""
        return places.points(f"{claim.unit}/{claim.point}" for claim in self.claims) or "–"

    @property
    def offers(self) -> list[places.Offer]:
        """Its places, and what each is offered for."""
        return places.offers(self.claims)

    @property
    def vacsr(self) -> tuple[tuple[str, bool], ...]:
        """What was recorded of the five: found by every judgement in force, or denied by one; the rest is left out."""
        denied = {word for one in self.judgements for word in failing(one)}
        denied |= {word for one in self.flaws for word in one.fails}
        held = set(VACSR).intersection(*(one.vacsr for one in self.judgements)) if self.judgements else set()
        return tuple((word, word not in denied) for word in VACSR if word in held or word in denied)


@dataclass(frozen=True, slots=True)
class Ground:
    """A place on which a judgement rests."""

    fact: GroundFacts
    number: int
    """Of the claim that it is in the report; 0 for what the assessor marked, and for claims that are not shown."""


@dataclass(frozen=True)
class UnitPart:
    """One unit with its claims and judgements."""

    unit: UnitFacts
    claims: tuple[ClaimFacts, ...]
    judgements: tuple[JudgementFacts, ...]
    flaws: Mapping[int, FlawFacts]
    """By id."""
    grounds: tuple[GroundFacts, ...]
    shown: Mapping[tuple[str, int], str]
    """Refs under which versions are shown, by item and number."""

    @classmethod
    def of(cls, unit: UnitFacts, facts: Facts) -> "UnitPart":
        """One unit of these facts."""
        claims = tuple(claim for claim in facts.claims if claim.unit == unit.code)
        flaws = {one.id: one for one in facts.flaws if one.unit == unit.code}
        judgements = tuple(j for j in facts.judgements if j.unit == unit.code)
        grounds = tuple(one for one in facts.grounds if one.unit == unit.code)
        shown = {(item.ref.split()[0], item.version): item.ref for item in facts.evidence}
        return cls(unit, claims, judgements, flaws, grounds, shown)

    def grounds_of(self, judgement: JudgementFacts) -> list[Ground]:
        """The places on which a judgement rests; the learner's own with their number, where the report shows them."""
        numbers = {(claim.evidence, claim.point, claim.locator): claim.number for claim in self.claims}
        on = [one for one in self.grounds if one.judgement == judgement.id]
        return [Ground(one, numbers.get(self._shown(one), 0) if one.lies == CLAIMED else 0) for one in on]

    def _shown(self, one: GroundFacts) -> tuple[str, str, Locator]:
        ref = self.shown.get((one.evidence, one.version), "")
        return ref, one.point, one.locator

    def marked_for(self, point: PointFacts) -> list[GroundFacts]:
        """The places that the assessor marked for the verdict that is in force on a point."""
        judgement = self.in_force(point)
        return [one.fact for one in self.grounds_of(judgement) if one.fact.lies != CLAIMED] if judgement else []

    def unrelied(self, point: PointFacts) -> list[int]:
        """Numbers of the claims on which the verdict in force on a point does not rest, though it says on what.

        A verdict of an earlier round says nothing of the claims of this one.
        """
        judgement = self.in_force(point)
        present = self.unit.rounds[-1].number if self.unit.rounds else 0
        on = self.grounds_of(judgement) if judgement and judgement.round == present else []
        relied = {one.number for one in on}
        return [claim.number for claim in self.claims_of(point) if on and claim.number not in relied]

    def flaws_of(self, judgement: JudgementFacts) -> list[FlawFacts]:
        """What was said against the evidence on which a judgement rests, as it held then."""
        return [self.flaws[id] for id in judgement.flaws if id in self.flaws]

    @property
    def tally(self) -> dict[str, int]:
        """How many points stand at each verdict."""
        return tally(point.verdict for point in self.unit.points)

    @property
    def assessors(self) -> dict[str, bool]:
        """Who judged or decided, the first first, and who is allocated → whether they did anything yet."""
        acted = [one.assessor for one in self.judgements] + [one.decided_by for one in self.unit.rounds]
        names = dict.fromkeys(filter(None, [*acted, self.unit.assessor]))
        return {name: name in acted for name in names}

    @property
    def evidence(self) -> tuple[str, ...]:
        """Refs of the evidence that is offered for it, each once."""
        return tuple(dict.fromkeys(claim.evidence for claim in self.claims))

    @property
    def answered(self) -> list[tuple[PointFacts, JudgementFacts]]:
        """Points that were judged and are not met; none of a unit that was withdrawn."""
        judged = ((point, self.in_force(point)) for point in self.unit.points if point.verdict != Verdict.MET)
        return [(point, judgement) for point, judgement in judged if judgement and self.unit.state != "withdrawn"]

    @property
    def reopened(self) -> StepFacts | None:
        """Why the award is looked at again, until the learner hands in once more."""
        if not self.unit.steps or self.unit.state != State.REFERRED:
            return None
        last, round = self.unit.steps[-1], self.unit.rounds[-1]
        return last if last.step == Step.REOPEN and round.decided_at < last.at else None

    @property
    def waiting(self) -> dict[str, list[PointFacts]]:
        """What is still awaited, in English → the points without a verdict that wait for it."""
        waiting: dict[str, list[PointFacts]] = defaultdict(list)
        for point in self.unit.points:
            if not point.verdict and self.unit.state != "withdrawn":
                waiting[self._awaits(point)].append(point)
        return waiting

    def _awaits(self, point: PointFacts) -> str:
        if point.ref in dict(self.unit.gaps):
            return "Handed in without a place, for the reason in the location sheet"
        if not self.claims_of(point):
            return "No place in the evidence is offered yet"
        return "With the assessor" if self.unit.state == "handed in" else "Offered, and not handed in yet"

    def claims_of(self, point: PointFacts) -> list[ClaimFacts]:
        """The places offered for one point, in the order of the report."""
        return [claim for claim in self.claims if claim.point == point.ref]

    def round(self, number: int) -> list[JudgementFacts]:
        """Judgements of one round in the order of the points."""
        order = {point.ref: place for place, point in enumerate(self.unit.points)}
        return sorted(
            (j for j in self.judgements if j.round == number), key=lambda j: (order.get(j.point, 0), j.at, j.id)
        )

    def words_of(self, ref: str) -> str:
        """The words of one point; empty where the unit has none of this ref."""
        return next((point.text for point in self.unit.points if point.ref == ref), "")

    def in_force(self, point: PointFacts) -> JudgementFacts | None:
        """The judgement that holds for one point."""
        return next((j for j in self.judgements if j.point == point.ref and j.current), None)
