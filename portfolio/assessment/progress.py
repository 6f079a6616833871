"""How far a learner is: coverage of each unit, and the next step, from the queries of one page."""

from collections.abc import Sequence
from dataclasses import dataclass

from criteria.qualification import Reached, UnitGroup, reached, reached_in
from portfolio.assessment import queries
from portfolio.assessment.lifecycle import State, Step
from portfolio.assessment.models import Assessment, Judgement, StepTaken
from portfolio.assessment.rules import OPEN, Verdict, tally
from portfolio.evidence import queries as evidence
from portfolio.evidence.models import Claim
from portfolio.units import queries as units
from portfolio.units.models import EditionPoint, Enrolment
from portfolio.units.qualifications import queries as qualifications
from portfolio.units.qualifications.models import Programme


@dataclass(frozen=True, slots=True)
class Progress:
    """One unit of a learner: what is claimed, what was found, what comes next."""

    enrolment: Enrolment
    assessment: Assessment | None
    claims: tuple[Claim, ...]
    judgements: dict[int, Judgement]
    """The decided judgement that stands, by point."""
    step: StepTaken | None = None
    """The last step that was taken for a reason, where one was."""

    @property
    def state(self) -> State:
        """Where the unit stands."""
        return State(self.assessment.state) if self.assessment else State.GATHERING

    @property
    def points(self) -> Sequence[EditionPoint]:
        """The points of the edition."""
        return self.enrolment.edition.points

    @property
    def bare(self) -> list[EditionPoint]:
        """Points without a claim."""
        claimed = {claim.point_id for claim in self.claims}
        return [point for point in self.points if point.id not in claimed]

    def verdict(self, point: EditionPoint) -> str:
        """The decided verdict on a point; empty while open."""
        found = self.judgements.get(point.id)
        return (found.verdict or "") if found else ""

    @property
    def tally(self) -> dict[str, int]:
        """How many points stand where: verdicts once there are any, else claimed and open."""
        if self.judgements:
            return tally(self.verdict(point) for point in self.points)
        return {"claimed": len(self.points) - len(self.bare), OPEN: len(self.bare)}

    @property
    def to_do(self) -> list[EditionPoint]:
        """After a referral: the points that were not met."""
        return [point for point in self.points if self.judgements and self.verdict(point) != Verdict.MET]

    @property
    def asked(self) -> list[tuple[EditionPoint, Judgement]]:
        """What a referral asks for: each point that was not met, with what was found on it."""
        asked = self.to_do if self.state is State.REFERRED else []
        return [(point, found) for point in asked if (found := self.judgements.get(point.id))]

    @property
    def reopened(self) -> bool:
        """Whether the award was opened again, and nothing is handed in since."""
        opened = self.step is not None and self.step.step == Step.REOPEN
        return opened and self.state is State.REFERRED and not self.to_do

    @property
    def explained(self) -> StepTaken | None:
        """The step by which the unit stands where it stands, to be told with its reason."""
        return self.step if self.state is State.WITHDRAWN or self.reopened else None

    @property
    def next_step(self) -> str:
        """One sentence: what the learner does next."""
        nobodys = self.state is State.HANDED_IN and self.enrolment.assessor_now is None
        if said := NOBODYS if nobodys else REOPENED if self.reopened else _SAID.get(self.state, ""):
            return said
        if self.state is State.REFERRED:
            return f"Read the feedback on {_points(len(self.to_do))}, improve your evidence, and hand in again."
        if not self.claims:
            return "Open your evidence, choose a place in it, and say which marking point it proves."
        if self.bare:
            return f"{_points(len(self.bare)).capitalize()} {'has' if len(self.bare) == 1 else 'have'} no evidence yet."
        return "Every point has evidence. Read it through once more and hand in."


NOBODYS = "Handed in. Nobody can judge it at the moment: it stands in the queue of your centre's administrator."
"""What a learner is told whose unit nobody can judge now."""
REOPENED = "Your unit was opened again. Read why, improve your evidence where it is asked for, and hand in again."
"""What a learner is told whose award is looked at again."""
_SAID = {
    State.ACHIEVED: "Achieved. Nothing more to do for this unit.",
    State.HANDED_IN: "Handed in. Your assessor is marking it.",
    State.WITHDRAWN: "You were withdrawn from this unit.",
}


@dataclass(frozen=True, slots=True)
class Towards:
    """How far a learner is towards a qualification."""

    programme: Programme
    reached: Reached
    groups: tuple[tuple[UnitGroup, Reached], ...]
    enough: bool
    """Whether the units that were chosen, once achieved, complete it."""


def towards(learner_id: int, units: Sequence[Progress]) -> list[Towards]:
    """Every programme of a learner, given all of their units."""
    achieved = {unit.enrolment.id for unit in units if unit.state is State.ACHIEVED}
    return [_towards(one, one.done(achieved)) for one in qualifications.programmes_of(learner_id)]


def _towards(programme: Programme, achieved: set[str]) -> Towards:
    content = programme.qualification.content
    groups = tuple((group, reached_in(group, achieved)) for group in content.groups)
    return Towards(programme, reached(content, achieved), groups, reached(content, programme.codes).complete)


def of_learner(learner_id: int) -> list[Progress]:
    """Every unit of a learner."""
    claims = evidence.claims_of(learner_id)
    assessments, steps = queries.assessments_of(learner_id), queries.last_steps(learner_id)
    found = ((enrolment, assessments.get(enrolment.id)) for enrolment in units.enrolments_of(learner_id))
    return [of_unit(enrolment, one, claims, step=steps.get(one.id) if one else None) for enrolment, one in found]


def of_unit(
    enrolment: Enrolment, assessment: Assessment | None, claims: Sequence[Claim], *, step: StepTaken | None = None
) -> Progress:
    """One unit, given all of the learner's claims and the last step that was taken on it for a reason."""
    own = tuple(claim for claim in claims if claim.point.edition_id == enrolment.edition_id and not claim.loose)
    told = queries.told(assessment) if assessment else []
    standing = {id: one for id, one in queries.standing(told).items() if one.verdict}
    return Progress(enrolment, assessment, own, standing, step)


def states(learner_ids: Sequence[int]) -> dict[int, State]:
    """The state of every enrolment of several learners, by enrolment; those without an assessment are left out."""
    return {id: State(state) for id, state in queries.states_of(learner_ids).items()}


def _points(count: int) -> str:
    return "one point" if count == 1 else f"{count} points"
