"""Evidence as it is frozen: a version with its files and who testifies, and the places claimed in it."""

from dataclasses import dataclass

from exports.facts.frozen.transcripts import TranscriptFacts
from portfolio.evidence.places.locators import Locator


@dataclass(frozen=True, slots=True)
class PictureFacts:
    """A picture that we made (thumbnail or poster frame), never the original."""

    sha256: str
    media_type: str
    width: int
    height: int
    alt: str


@dataclass(frozen=True, slots=True)
class ShownPageFacts:
    """A page of a document in which a place is claimed, as it was drawn when the place was claimed; of a film, what it
    shows where a claimed rectangle begins.
    """

    number: int
    """Counts from 1 up to `of`, the pages of the document; of a film, tenths of a second from 0 up to its end."""
    of: int
    sha256: str
    """Of its picture, a JPEG."""
    size: int
    crc32: int
    width: int
    height: int
    text: str
    """Its words as read by machine; offsets of quotes count in it."""


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
    pages: tuple[ShownPageFacts, ...] = ()
    """Of a document, the pages in which places are claimed, by number, as far as they were drawn then; of a film, its
    stills."""
    transcript: TranscriptFacts | None = None
    """Of a recording, the words that are said in it, where somebody uploaded or confirmed them."""


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
    """Who of the centre typed it in; empty where the witness wrote it themselves."""
    signed_at: str = ""
    """When the witness signed this version."""
    until: str = ""
    """The last day on which they saw it, where it was more than one."""
    tie: str = ""
    """`none`, `family` or `other`; empty where they were not asked."""
    interest: str = ""
    """Which family or interest ties them to the learner."""
    points: tuple[tuple[str, str], ...] = ()
    """Code of the unit and ref of each marking point that they wrote words of its own about."""


@dataclass(frozen=True, slots=True)
class SourceFacts:
    """Where an item comes from that stands outside the portfolio."""

    address: str
    """Of a web page."""
    title: str
    """Of a policy or procedure in the centre's register, with its version and the clause that is meant."""
    version: str
    clause: str


@dataclass(frozen=True, slots=True)
class EntryFacts:
    """One entry of minutes."""

    sort: str
    """`step`, `question`, `product` or `topic`."""
    words: str
    answer: str
    at: str
    """Time of the day at the centre, `10:42`; empty where none was written down."""
    start: float | None
    end: float | None
    """Seconds in the recording `file`."""
    file: str
    points: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class MinutesFacts:
    """What was written down of an observation or a professional discussion."""

    starts: str
    ends: str
    medium: str
    present: str
    planned: str
    agreed: tuple[tuple[str, str], ...]
    """Code of the unit and ref of each marking point that was agreed before."""
    entries: tuple[EntryFacts, ...]
    conclusion: str


@dataclass(frozen=True, slots=True)
class SignatureFacts:
    """That somebody signed the version that is told."""

    id: int
    signer: str
    """`witness`, `learner` or `assessor`."""
    name: str
    """As it was typed."""
    at: str
    sha256: str
    """Hash of the version that was signed."""
    words: str
    """The sentence that was accepted."""
    agrees: bool
    comment: str
    reached: str
    """How a witness was reached; empty for people with an account."""
    request: int
    """To which a witness answered; 0 for none."""


@dataclass(frozen=True, slots=True)
class CheckFacts:
    """That an assessor made sure of a witness."""

    id: int
    how: str
    """`known` or `contacted`."""
    on: str
    means: str
    words: str
    by: str
    at: str


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
    """Hash of the version; of what, says `hash_format`."""
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
    """1: over title, happened_on, context, confirmer, third_parties, text, statement, name and hash of each file.

    2: the same, with source, minutes, and all that a witness states.
    """
    record: int = 0
    """Id of the merged record that it came from; 0 for the learner's own."""
    record_ref: str = ""
    """Its `ref` in that record."""
    source: SourceFacts | None = None
    minutes: MinutesFacts | None = None
    signatures: tuple[SignatureFacts, ...] = ()
    """Under this version, in the order in which they were given."""
    checks: tuple[CheckFacts, ...] = ()
    """Of the witness, in their order."""


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
