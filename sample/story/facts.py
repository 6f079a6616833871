"""The frozen facts of the sample story: centres, the people in them, their work and what was said about it."""

from dataclasses import dataclass
from datetime import date, datetime

from criteria.qualification import Qualification
from sample.story.others import SampleMeeting, SampleRequest
from sample.story.points import BrokenStory, PointRef

STAGES = ("empty", "half mapped", "handed in", "referred", "second round", "achieved", "withdrawn")


@dataclass(frozen=True, slots=True)
class WholeClaim:
    """The whole item is offered for `points`. `version` is the version of the item the claim is first made in."""

    points: tuple[PointRef, ...]
    reason: str = ""
    version: int = 1


@dataclass(frozen=True, slots=True)
class PassageClaim:
    """`quote`, which occurs exactly once in the plain text of the version, is offered for `points`."""

    quote: str
    points: tuple[PointRef, ...]
    reason: str = ""
    version: int = 1


@dataclass(frozen=True, slots=True)
class SpanClaim:
    """The seconds `start`…`end` of the item's recording are offered for `points`."""

    start: float
    end: float
    points: tuple[PointRef, ...]
    reason: str = ""
    version: int = 1


SampleClaim = WholeClaim | PassageClaim | SpanClaim


@dataclass(frozen=True, slots=True)
class SampleTestimony:
    """Who the witness is; what they saw is the text of the item."""

    witness: str
    job: str
    employer: str
    relationship: str
    contact: str
    expert: bool
    knows_standards: bool
    entered_by: str
    """Key of the assessor who typed it in."""


@dataclass(frozen=True, slots=True)
class SampleItem:
    """One item of evidence.

    `texts` holds its versions in order, Markdown: version n is written for round n of the units it serves.
    `media` are file names that `sample.media.making.made` can make; every version carries them.
    """

    key: str
    kind: str
    title: str
    happened_on: date
    context: str
    confirmer: str
    texts: tuple[str, ...]
    media: tuple[str, ...] = ()
    claims: tuple[SampleClaim, ...] = ()
    testimony: SampleTestimony | None = None

    @property
    def versions(self) -> int:
        """How many versions the story tells; at least one."""
        return len(self.texts)


@dataclass(frozen=True, slots=True)
class SampleVerdict:
    """The assessor's verdict on one point; `missing` are part refs (`a`, `b`, …)."""

    point: PointRef
    verdict: str
    feedback: str
    missing: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class SampleFlaw:
    """What an item (its key) fails in, and why; said before the verdicts of its round."""

    item: str
    fails: tuple[str, ...]
    reason: str


@dataclass(frozen=True, slots=True)
class RoundStory:
    """One hand-in and its answer. `decision` is `achieved`, `referred`, or empty while the learner waits."""

    number: int
    handed_in_at: datetime
    sources: str
    help: str
    ai_use: str
    flaws: tuple[SampleFlaw, ...] = ()
    verdicts: tuple[SampleVerdict, ...] = ()
    decision: str = ""
    decided_at: datetime | None = None
    feedback: str = ""


@dataclass(frozen=True, slots=True)
class SampleEnrolment:
    """A learner on one unit. `gaps` are the reasons given for points handed in without a claim."""

    unit: str
    assessor: str
    iqa: str
    rounds: tuple[RoundStory, ...] = ()
    gaps: tuple[tuple[PointRef, str], ...] = ()
    withdrawn: str = ""
    """The administrator's reason, when the learner has left."""
    withdrawn_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class SampleLearner:
    """A learner, where they work, and everything they have made so far."""

    key: str
    name: str
    email: str
    number: str
    employer: str
    work: str
    """What they do there, in a line."""
    stage: str
    """One of `STAGES`, what this learner is here to show."""
    enrolments: tuple[SampleEnrolment, ...]
    qualifications: tuple[str, ...] = ()
    """Numbers of what they work towards, with every unit of it that they are enrolled on."""
    items: tuple[SampleItem, ...] = ()
    requests: tuple[SampleRequest, ...] = ()
    meetings: tuple[SampleMeeting, ...] = ()

    @property
    def media(self) -> tuple[str, ...]:
        """Names of all files in their work and of the recordings of their meetings."""
        return (
            *(name for item in self.items for name in item.media),
            *(one.media for one in self.meetings if one.media),
        )

    def claims_on(self, unit: str) -> set[PointRef]:
        """The points of `unit` that at least one claim is made for."""
        return {p for item in self.items for claim in item.claims for p in claim.points if p.unit == unit}


@dataclass(frozen=True, slots=True)
class Staff:
    """Somebody who works for the centre; `roles` of `assessor`, `iqa`, `administrator`."""

    key: str
    name: str
    email: str
    roles: tuple[str, ...]
    about: str = ""


@dataclass(frozen=True, slots=True)
class SampleCentre:
    """A centre with its people; nothing of it may be seen from another."""

    key: str
    name: str
    number: str
    timezone: str
    language: str
    qualification: str
    about: str
    staff: tuple[Staff, ...]
    learners: tuple[SampleLearner, ...]
    qualifications: tuple[Qualification, ...] = ()
    logo: str = ""
    """Name of its picture; empty for none."""

    def person(self, key: str) -> Staff:
        """The member of staff with this key. Raises `BrokenStory` when there is none."""
        for member in self.staff:
            if member.key == key:
                return member
        raise BrokenStory(f"{self.name} has nobody called “{key}”.")
