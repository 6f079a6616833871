"""What assessors and administrators do with handed-in work in the story: judge, refer, award, withdraw."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial

from portfolio.assessment import operations, queries
from portfolio.assessment.models import Assessment
from portfolio.assessment.rules import Decision, Finding, Verdict
from sample.cast import Cast, DatedDeed
from sample.story import timetable
from sample.story.facts import RoundStory, SampleEnrolment, SampleFlaw, SampleLearner, SampleVerdict
from sample.story.points import BrokenStory

AUTHENTICITY = (
    "I went through the evidence with {name} and asked how each thing was done. The answers agree with the work, "
    "with the dates of the originals and with what others confirm."
)
"""How assessors in the story made sure that the work is the learner's own."""


def deeds(learner: SampleLearner, cast: Cast) -> Iterator[DatedDeed]:
    """All that is done with a learner's work."""
    for enrolment in learner.enrolments:
        yield from _Desk(learner, enrolment, cast).deeds()


@dataclass(frozen=True, slots=True)
class _Desk:
    """One unit of one learner on somebody's desk."""

    learner: SampleLearner
    enrolment: SampleEnrolment
    cast: Cast

    def deeds(self) -> Iterator[DatedDeed]:
        """Verdicts and decision of every round, and the end of it where the learner left."""
        for round in self.enrolment.rounds:
            for flaw in round.flaws:
                yield DatedDeed(timetable.judged(round, 0) - timetable.JUDGING, partial(self._note, flaw))
            for place, verdict in enumerate(round.verdicts):
                yield DatedDeed(timetable.judged(round, place), partial(self._judge, verdict))
            if round.decided_at:
                yield DatedDeed(round.decided_at, partial(self._decide, round))
        if self.enrolment.withdrawn_at:
            yield DatedDeed(self.enrolment.withdrawn_at, self._withdraw)

    def _note(self, flaw: SampleFlaw) -> None:
        assessment, item = self._assessment(), self.cast.evidence[self.learner.key, flaw.item]
        round = queries.present_round(assessment)
        handed = queries.handed(round) if round else []
        version = next((one.version_id for one in handed if one.version.evidence_id == item.id), None)
        if version is None:
            raise BrokenStory(f"“{flaw.item}” of {self.learner.name} is not in the round that says it fails.")
        by = self.cast.people[self.enrolment.assessor]
        operations.note_flaw(assessment, version, flaw.fails, flaw.reason, seen=0, by=by)

    def _judge(self, verdict: SampleVerdict) -> None:
        assessment, point = self._assessment(), self.cast.point(verdict.point)
        seen = sum(one.point_id == point.id for one in queries.judgements(assessment))
        finding = Finding(Verdict(verdict.verdict), verdict.missing, verdict.feedback)
        operations.judge(assessment, point, finding, seen=seen, by=self.cast.people[self.enrolment.assessor])

    def _decide(self, round: RoundStory) -> None:
        decide = {"achieved": operations.award, "referred": operations.refer}[round.decision]
        known = AUTHENTICITY.format(name=self.learner.name.split()[0]) if round.decision == "achieved" else ""
        by = self.cast.people[self.enrolment.assessor]
        decide(self._assessment(), Decision(round.feedback, known), by=by)

    def _withdraw(self) -> None:
        row = self.cast.enrolments[self.learner.key, self.enrolment.unit]
        operations.withdraw(row, self.enrolment.withdrawn, by=self.cast.administrator)

    def _assessment(self) -> Assessment:
        found = queries.assessment_of(self.cast.enrolments[self.learner.key, self.enrolment.unit])
        if found is None:
            raise BrokenStory(f"{self.learner.name} never handed in {self.enrolment.unit}.")
        return found
