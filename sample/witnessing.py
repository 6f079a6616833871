"""What witnesses and assessors do in the story: witnesses are asked and answer; assessors watch, discuss and sign."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial

from portfolio.evidence import queries
from portfolio.evidence.arrivals import operations as arrivals
from portfolio.evidence.drafts import MinutesEntry, Statement
from portfolio.evidence.meetings import drafting
from portfolio.evidence.meetings import operations as meetings
from portfolio.evidence.meetings.models import Meeting
from portfolio.evidence.meetings.rules import Circumstances, MeetingPlan
from portfolio.evidence.rules import Kind
from portfolio.evidence.witnesses import operations as witnesses
from portfolio.evidence.witnesses.composing import composed
from portfolio.evidence.witnesses.models import WitnessRequest
from portfolio.evidence.witnesses.rules import Asking, Checked, How, WitnessAnswer
from portfolio.foundation.mail import closing
from portfolio.foundation.mail import queries as mails
from portfolio.people.models import Person
from sample.cast import Cast, DatedDeed
from sample.media.making import SCRIPTS
from sample.media.scripts import script
from sample.story.facts import SampleLearner
from sample.story.others import SampleAnswer, SampleCheck, SampleEntry, SampleMeeting, SampleRequest
from sample.story.points import BrokenStory, PointRef


def deeds(learner: SampleLearner, cast: Cast) -> Iterator[DatedDeed]:
    """All that others do about a learner's work."""
    for request in learner.requests:
        yield from _Asked(request, learner, cast).deeds()
    for meeting in learner.meetings:
        yield from _Met(meeting, learner, cast).deeds()


@dataclass(slots=True)
class _Asked:
    """One request, from the asking to the check."""

    told: SampleRequest
    learner: SampleLearner
    cast: Cast
    row: WitnessRequest | None = None

    def deeds(self) -> Iterator[DatedDeed]:
        """What the story tells of it."""
        told = self.told
        yield DatedDeed(told.asked_at, self._ask)
        if told.opened_at:
            yield DatedDeed(told.opened_at, lambda: witnesses.open_link(self._request))
        if told.declined_at:
            yield DatedDeed(told.declined_at, partial(self._decline, told.reason))
        if told.answer:
            yield DatedDeed(told.answer.at, partial(self._sign, told.answer))
        if told.answer and told.answer.check:
            yield DatedDeed(told.answer.check.at, partial(self._check, told.answer.check))

    @property
    def _request(self) -> WitnessRequest:
        if self.row is None:
            raise BrokenStory(f"{self.told.name} answers before anybody asks.")
        return self.row

    def _ask(self) -> None:
        told, learner = self.told, self.cast.people[self.learner.key]
        asking = Asking(Kind(told.kind), told.name, told.relation, told.email, told.note)
        self.row = witnesses.ask(asking, self.cast.points(told.points), learner=learner, by=learner)
        if not told.email:
            witnesses.show_link(self.row, by=learner)
        if told.opened_at:
            _take(f"request {self.row.id}")

    def _decline(self, reason: str) -> None:
        witnesses.decline(self._request, reason)
        _take(f"request {self._request.id}")

    def _sign(self, said: SampleAnswer) -> None:
        told = self.told
        statement = Statement(
            told.name, said.job, said.employer, told.relation, said.contact, said.expert, said.knows_standards,
            tie="none",
        )  # fmt: skip
        answer = WitnessAnswer(
            statement, said.happened_on, context=said.context, whole=said.text, name=told.name, accepts=True
        )
        witnesses.sign_answer(self._request, composed(self._request, answer))
        _take(f"request {self._request.id}")

    def _check(self, said: SampleCheck) -> None:
        item = self._request.evidence
        if item is None:
            raise BrokenStory(f"{self.told.name} is checked before they sign.")
        checked = Checked(How(said.how), said.on, said.means, said.words)
        witnesses.check(queries.latest(item), checked, by=self.cast.people[said.by])


@dataclass(slots=True)
class _Met:
    """One observation or discussion, from the plan to both signatures."""

    told: SampleMeeting
    learner: SampleLearner
    cast: Cast
    row: Meeting | None = None

    def deeds(self) -> Iterator[DatedDeed]:
        """The plan, the record with the assessor's signature, and the learner's."""
        yield DatedDeed(self.told.planned_at, self._plan)
        yield DatedDeed(self.told.signed_at, self._sign)
        yield DatedDeed(self.told.learner_signed_at, self._answer)

    @property
    def _meeting(self) -> Meeting:
        if self.row is None:
            raise BrokenStory(f"“{self.told.title}” is signed before it is planned.")
        return self.row

    @property
    def _assessor(self) -> Person:
        return self.cast.people[self.told.assessor]

    def _plan(self) -> None:
        told = self.told
        plan = MeetingPlan(
            told.title, told.held_on, told.place, told.medium, told.planned, told.prepare, told.third_parties,
            _pairs(told.agreed),
        )  # fmt: skip
        learner = self.cast.people[self.learner.key]
        self.row = meetings.plan(Kind(told.kind), plan, learner=learner, by=self._assessor)

    def _sign(self) -> None:
        told, meeting, recording = self.told, self._meeting, self._received()
        for entry in told.entries:
            meetings.write(meeting, self._entry(entry, recording))
        said = Circumstances(told.starts, told.ends, told.present, told.third_parties, told.conclusion)
        meetings.describe(meeting, said, based_on=meeting.saved)
        content = drafting.composed(meeting)
        meetings.sign_as_assessor(meeting, content, self._assessor.name, based_on=meeting.saved, by=self._assessor)
        _take(f"meeting {meeting.id}")

    def _answer(self) -> None:
        learner = self.cast.people[self.learner.key]
        seen = self._meeting.evidence.latest if self._meeting.evidence else 0
        meetings.sign_as_learner(
            self._meeting, learner.name, agrees=True, comment=self.told.comment, seen=seen, by=learner
        )

    def _received(self) -> str:
        """The recording, attached; its hash, or nothing where there is none. Its length was known when it was used."""
        if not self.told.media:
            return ""
        original = self.cast.originals[self.told.media]
        file = arrivals.keep(original.stored, self.told.media, original.kind, by=self._assessor)
        file.duration = original.seconds
        meetings.attach(self._meeting, [file.id], by=self._assessor)
        return file.sha256

    def _entry(self, told: SampleEntry, recording: str) -> MinutesEntry:
        span = told.span(script(SCRIPTS[self.told.media])) if recording else None
        start, end = span or (None, None)
        return MinutesEntry(
            told.sort, told.words, told.answer, told.at, start, end, recording if span else "", _pairs(told.points)
        )


def _pairs(points: tuple[PointRef, ...]) -> tuple[tuple[str, str], ...]:
    return tuple((one.unit, one.ref) for one in points)


def _take(about: str) -> None:
    """The mail about it was sent then: the Outbox of the demo has that alone which still waits to be read."""
    for mail in mails.waiting():
        if mail.about == about:
            closing.close(mail, "sent")
