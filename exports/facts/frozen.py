"""The frozen facts of one learner: all that an evidence report and a pack say, as plain values.

Times are ISO 8601 in UTC; hashes (and `certificate`) lower-case hexadecimal SHA-256; durations seconds; sizes bytes.
"""

from dataclasses import dataclass

from portfolio.evidence.places.locators import Locator


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


@dataclass(frozen=True, slots=True)
class PersonFacts:
    """A person as they were named when it happened."""

    id: int
    name: str
    role: str
    number: str = ""
    """Registration number, where they have one."""


@dataclass(frozen=True, slots=True)
class PictureFacts:
    """A picture that we made (thumbnail or poster frame), never the original."""

    sha256: str
    media_type: str
    width: int
    height: int
    alt: str


@dataclass(frozen=True, slots=True)
class FileFacts:
    """An original as it was received, kept byte for byte."""

    name: str
    kind: str
    """`image`, `audio`, `video`, `document` or `other`."""
    media_type: str
    size: int
    sha256: str
    crc32: int
    duration: float | None = None
    picture: PictureFacts | None = None
    peaks: tuple[float, ...] = ()
    """Loudness 0…1 at even steps over the duration; empty where there is no sound."""
    remarks: tuple[str, ...] = ()
    """What its copies do not show, or why there are none: English sentences."""
    id: int = 0


@dataclass(frozen=True, slots=True)
class TestimonyFacts:
    """What a witness stated about themselves and what they saw; the words seen are the evidence's text."""

    witness: str
    job: str
    employer: str
    relationship: str
    contact: str
    expert: bool
    """An expert in the occupation."""
    knows_standards: bool
    entered_by: str
    signed_at: str = ""


@dataclass(frozen=True, slots=True)
class EvidenceFacts:
    """One version of one item of evidence."""

    id: int
    ref: str
    """`E1`, `E2`, … within the report."""
    title: str
    kind: str
    """`account`, `recording`, `work product`, `witness testimony`, `observation`, `professional discussion`."""
    happened_on: str
    received_at: str
    context: str
    confirmer: str
    version: int
    sha256: str
    """Hash of the version: over canonical JSON of title, happened_on, context, confirmer, third_parties, text, the
    witness's statement (or null), and name and SHA-256 of each file."""
    text: str
    """As the learner typed it."""
    html: str
    """The same, converted and cleaned."""
    plain: str
    """Text content of `html`; the offsets of passages count in it."""
    files: tuple[FileFacts, ...] = ()
    testimony: TestimonyFacts | None = None
    third_parties: str = ""
    """Who else is in it, and how they consented, in the learner's words."""
    hash_format: int = 1
    """Which fields `sha256` covers: 1 those named there."""


@dataclass(frozen=True, slots=True)
class ClaimFacts:
    """This place in this version of this evidence is offered for this marking point."""

    id: int
    """Of the learner's own claim, whose frozen copy this may be."""
    number: int
    """Counted through the report; the number in the margin."""
    unit: str
    """Code of the unit."""
    point: str
    """`ref` of the marking point."""
    evidence: str
    """`ref` of the evidence."""
    locator: Locator
    reason: str = ""
    kept: str = ""  # the place as it is kept, in canonical JSON, where it does not lie in its version


@dataclass(frozen=True, slots=True)
class JudgementFacts:
    """One verdict on one marking point in one round, as given; a later one supersedes it."""

    id: int
    unit: str
    point: str
    round: int
    verdict: str
    """`met`, `partly met` or `not met`."""
    missing: tuple[str, ...]
    """Texts of the parts that are missing."""
    vacsr: tuple[str, ...]
    """Which of valid, authentic, current, sufficient, reliable hold."""
    reason: str
    """Why one of VACSR fails."""
    feedback: str
    assessor: str
    at: str
    current: bool
    """False when a later judgement supersedes it."""


@dataclass(frozen=True, slots=True)
class PointFacts:
    """A marking point of the edition that was judged."""

    ref: str
    text: str
    parts: tuple[str, ...]
    methods: tuple[str, ...]
    verdict: str
    """`met`, `partly met`, `not met`, or empty while open."""


@dataclass(frozen=True, slots=True)
class RoundFacts:
    """One hand-in and its answer."""

    number: int
    handed_in_at: str
    declaration: str
    """The declaration's words as the learner accepted them."""
    declared_by: str
    sources: str
    help: str
    ai_use: str
    decision: str
    """`achieved`, `referred`, or empty while waiting."""
    decided_at: str
    decided_by: str
    feedback: str
    versions: tuple[tuple[str, int, str], ...]
    """Frozen at hand-in: evidence ref, version number, hash."""


@dataclass(frozen=True, slots=True)
class UnitFacts:
    """One enrolment: the edition, who is responsible, where it stands."""

    code: str
    title: str
    level: str
    edition: int
    edition_sha256: str
    state: str
    assessor: str
    iqa: str
    points: tuple[PointFacts, ...]
    rounds: tuple[RoundFacts, ...]
    gaps: tuple[tuple[str, str], ...] = ()
    """Point ref → the reason the learner gave for handing in without a claim."""


@dataclass(frozen=True, slots=True)
class EventFacts:
    """A line of the audit log that concerns this learner."""

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
    format: int = 3
    """1 named no edition, no choice of units and no other lines; 2 not by which format versions are hashed."""
