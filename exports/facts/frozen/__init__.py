"""The frozen facts of one learner: all that an evidence report and a pack say, as plain values.

Times are ISO 8601 in UTC; hashes (and `certificate`) lower-case hexadecimal SHA-256; durations seconds; sizes bytes.
"""

from dataclasses import dataclass

from exports.facts.frozen.evidence import (
    CheckFacts,
    ClaimFacts,
    EntryFacts,
    EvidenceFacts,
    FileFacts,
    MinutesFacts,
    PictureFacts,
    ShownPageFacts,
    SignatureFacts,
    SourceFacts,
    TestimonyFacts,
)
from exports.facts.frozen.programmes import ProgrammeFacts
from exports.facts.frozen.transcripts import CueFacts, TranscriptFacts
from exports.facts.frozen.units import (
    BY_EXCEPTION,
    BY_ITEM,
    TICKED,
    FlawFacts,
    GroundFacts,
    JudgementFacts,
    PointFacts,
    RoundFacts,
    StepFacts,
    UnitFacts,
)

__all__ = [
    "BY_EXCEPTION",
    "BY_ITEM",
    "TICKED",
    "CentreFacts",
    "CheckFacts",
    "ClaimFacts",
    "CueFacts",
    "EntryFacts",
    "EventFacts",
    "EvidenceFacts",
    "Facts",
    "FileFacts",
    "FlawFacts",
    "GroundFacts",
    "JudgementFacts",
    "LogHeadFacts",
    "MergedFacts",
    "MinutesFacts",
    "PersonFacts",
    "PictureFacts",
    "PointFacts",
    "ProgrammeFacts",
    "RoundFacts",
    "ShownPageFacts",
    "SignatureFacts",
    "SourceFacts",
    "StepFacts",
    "TestimonyFacts",
    "TranscriptFacts",
    "UnitFacts",
]


@dataclass(frozen=True, slots=True)
class CentreFacts:
    """The centre that answers for the proof."""

    id: int
    name: str
    number: str
    timezone: str
    """IANA name; every time on paper is shown in it."""
    language: str
    """BCP 47 tag of the documents, e.g. `en-GB`."""
    address: str = ""
    log: str = ""
    """What the lines of its log call it: the number with which it was opened, where it has another by now."""
    logo: str = ""
    """SHA-256 of the PNG that was made of its logo; empty for none."""


@dataclass(frozen=True, slots=True)
class PersonFacts:
    """A person as they were named when it happened."""

    id: int
    name: str
    role: str
    number: str = ""  # of registration, where they have one


@dataclass(frozen=True, slots=True)
class MergedFacts:
    """A second record of the learner whose work was taken over into the one that is told of."""

    id: int
    name: str
    number: str
    at: str
    by: str
    reason: str


@dataclass(frozen=True, slots=True)
class EventFacts:
    """A line of the audit log that concerns this learner, by whichever of their records."""

    seq: int
    at: str
    actor: str
    role: str
    deed: str
    subject: str
    facts: str  # canonical JSON
    hash: str
    actor_id: int | None = None
    centre: str = ""
    prev: str = ""


@dataclass(frozen=True, slots=True)
class LogHeadFacts:
    """The last line of the centre's log that the facts quote."""

    seq: int
    hash: str


@dataclass(frozen=True, slots=True)
class Facts:
    """Everything about one learner, as at one moment. Its canonical JSON and the hash of that name the report."""

    centre: CentreFacts
    learner: PersonFacts
    qualification: str
    """What the centre's learners work towards, in the centre's words; `programmes` say it of this learner."""
    units: tuple[UnitFacts, ...]
    evidence: tuple[EvidenceFacts, ...]
    claims: tuple[ClaimFacts, ...]
    judgements: tuple[JudgementFacts, ...]
    events: tuple[EventFacts, ...]
    head: LogHeadFacts
    as_at: str
    software: str
    other_lines: tuple[EventFacts, ...] = ()
    """About nobody or others, and binding what is told here: the centre, editions, names of staff, files they sent."""
    only: tuple[str, ...] = ()  # codes of the units that were asked for; empty for all
    edition: str = "full"
    certificate: str = ""
    merged: tuple[MergedFacts, ...] = ()
    """In the order in which it happened."""
    format: int = 10  # see docs/decisions/0021
    programmes: tuple[ProgrammeFacts, ...] = ()
    flaws: tuple[FlawFacts, ...] = ()
    """Those that were superseded and taken back, too."""
    grounds: tuple[GroundFacts, ...] = ()
    """Of each verdict in turn, as far as verdicts say on what they rest."""

    @property
    def aims(self) -> tuple[str, ...]:
        """Titles of what the learner works towards, or what the centre says of all its learners."""
        return tuple(one.qualification.title for one in self.programmes) or tuple(filter(None, [self.qualification]))

    def flaws_of(self, item: EvidenceFacts) -> tuple[FlawFacts, ...]:
        """What is said by now against this very version, in every unit."""
        ref = item.ref.split()[0]  # that of an older version beside a newer one names it
        return tuple(one for one in self.flaws if one.current and (one.evidence, one.version) == (ref, item.version))

    @property
    def by_ref(self) -> dict[str, EvidenceFacts]:
        """The learner's evidence by its ref in the report."""
        return {item.ref: item for item in self.evidence}
