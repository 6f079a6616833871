"""What learners do in the story: they add evidence, claim places in it, write new versions and hand in."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime
from functools import partial

from portfolio.assessment import operations as assessment
from portfolio.assessment.rules import WORDS, Declaration
from portfolio.evidence import operations, queries
from portfolio.evidence.arrivals import operations as arrivals
from portfolio.evidence.content import Content, compose
from portfolio.evidence.drafts import Draft, Statement
from portfolio.evidence.models import Version
from portfolio.evidence.places import locators
from portfolio.evidence.places.locators import Locator, Span, Whole
from portfolio.evidence.rules import Kind
from portfolio.people.models import Person
from sample.cast import Cast, DatedDeed
from sample.story import timetable
from sample.story.facts import (
    PassageClaim,
    RoundStory,
    SampleClaim,
    SampleEnrolment,
    SampleItem,
    SampleLearner,
    SpanClaim,
)
from sample.story.points import BrokenStory


def deeds(learner: SampleLearner, cast: Cast) -> Iterator[DatedDeed]:
    """All that a learner does."""
    for item in learner.items:
        yield from _Work(item, learner, cast).deeds()
    for enrolment in learner.enrolments:
        for round in enrolment.rounds:
            yield DatedDeed(round.handed_in_at, partial(_hand_in, learner, enrolment, round, cast=cast))


@dataclass(frozen=True, slots=True)
class _Work:
    """One item of evidence in a learner's hands."""

    item: SampleItem
    learner: SampleLearner
    cast: Cast

    def deeds(self) -> Iterator[DatedDeed]:
        """Every version when it was written, and its claims one after the other."""
        for number in range(1, self.item.versions + 1):
            at = self._written(number)
            yield DatedDeed(at, self._add if number == 1 else partial(self._save, number))
            claims = [claim for claim in self.item.claims if claim.version == number]
            for place, claim in enumerate(claims, start=1):
                yield DatedDeed(at + place * timetable.MAPPING, partial(self._claim, claim))

    def _written(self, number: int) -> datetime:
        if number == 1:
            return timetable.added(self.item, self.learner, self.cast.story)
        return timetable.saved(self.item, number, self.learner)

    @property
    def _author(self) -> Person:
        """The learner; for a testimony whoever types it in."""
        return self.cast.people[self.item.testimony.entered_by if self.item.testimony else self.learner.key]

    def _add(self) -> None:
        content = self._content(1, self._received())
        learner = self.cast.people[self.learner.key]
        row = operations.add(Kind(self.item.kind), content, learner=learner, by=self._author)
        self.cast.evidence[self.learner.key, self.item.key] = row

    def _save(self, number: int) -> None:
        row = self.cast.evidence[self.learner.key, self.item.key]
        held = tuple(file.id for file in queries.latest(row).files)
        operations.save(row, self._content(number, held), based_on=row.latest, by=self._author)

    def _received(self) -> tuple[int, ...]:
        return tuple(self._file(name) for name in self.item.media)

    def _file(self, name: str) -> int:
        """A file of the item; the learner had waited until its length was known, and claimed seconds of it then."""
        original = self.cast.originals[name]
        row = arrivals.keep(original.stored, name, original.kind, by=self._author)
        row.duration = original.seconds
        return row.id

    def _content(self, number: int, files: tuple[int, ...]) -> Content:
        item = self.item
        text, statement = item.texts[number - 1], _statement(item)
        draft = Draft(item.title, item.happened_on, item.context, item.confirmer, text=text)
        return compose(replace(draft, files=files, statement=statement))

    def _claim(self, claim: SampleClaim) -> None:
        version = queries.latest(self.cast.evidence[self.learner.key, self.item.key])
        points = self.cast.points(claim.points)
        operations.claim(version, _place(claim, version), points, reason=claim.reason, by=self._author)


def _statement(item: SampleItem) -> Statement | None:
    if item.testimony is None:
        return None
    said = item.testimony
    names = (said.witness, said.job, said.employer, said.relationship, said.contact)
    return Statement(*names, expert=said.expert, knows_standards=said.knows_standards)


def _place(claim: SampleClaim, version: Version) -> Locator:
    if isinstance(claim, PassageClaim):
        start = version.plain.find(claim.quote)
        if start < 0:
            raise BrokenStory(f"“{version.title}” does not say: {claim.quote}")
        return locators.passage(version.plain, start, start + len(claim.quote))
    return Span(claim.start, claim.end) if isinstance(claim, SpanClaim) else Whole()


def _hand_in(learner: SampleLearner, enrolment: SampleEnrolment, round: RoundStory, *, cast: Cast) -> None:
    row, person = cast.enrolments[learner.key, enrolment.unit], cast.people[learner.key]
    claimed = {claim.point_id for claim in assessment.claims_for(row)}
    reasons = {cast.point(ref).id: reason for ref, reason in enrolment.gaps}
    declaration = Declaration(WORDS, person.name, round.sources, round.help, round.ai_use)
    gaps = {id: reason for id, reason in reasons.items() if id not in claimed}
    assessment.hand_in(row, declaration, gaps, by=person)
