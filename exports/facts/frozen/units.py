"""A unit as it is frozen: its points, what was handed in and how it was answered, every verdict."""

from dataclasses import dataclass

from portfolio.evidence.places.locators import Locator

TICKED, BY_EXCEPTION, BY_ITEM = "ticked in advance", "by exception", "by item"
"""How VACSR was asked for: all five, to be unticked; on each verdict what fails; of each item what it fails in."""


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
    fails: tuple[str, ...] = ()
    """Which of VACSR the assessor said do not hold. Of what is neither in `vacsr` nor here nothing was recorded."""
    vacsr_form: str = TICKED
    """`by item`; before the ninth format `by exception`, and before the fourth `ticked in advance`."""
    flaws: tuple[int, ...] = ()
    """Ids of the flaws that held then of the evidence that is claimed for the point."""


@dataclass(frozen=True, slots=True)
class GroundFacts:
    """A place on which a verdict rests."""

    judgement: int
    unit: str
    point: str
    evidence: str
    """Of the item, as it is called by now: `E3`."""
    version: int
    locator: Locator
    lies: str
    """`claimed` for the learner's own; what the assessor marked is `narrower` or `wider` than one of those, or `added`.
    """
    kept: str = ""
    """The place as it is kept, in canonical JSON, where it does not lie in its version."""


@dataclass(frozen=True, slots=True)
class FlawFacts:
    """What a version of evidence fails in, for every point that it is claimed for in a unit."""

    id: int
    unit: str
    evidence: str
    version: int
    round: int
    fails: tuple[str, ...]
    """Which of valid, authentic, current, reliable do not hold."""
    reason: str
    assessor: str
    at: str
    current: bool
    """False when it was taken back or superseded."""


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
    authenticity: str = ""
    """How the assessor made sure that the work is the learner's own, in their words."""


@dataclass(frozen=True, slots=True)
class StepFacts:
    """A step that was taken for a reason, beside hand-ins and decisions."""

    step: str
    """`withdraw`, `reinstate` or `reopen`."""
    at: str
    by: str
    reason: str


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
    steps: tuple[StepFacts, ...] = ()
    """In their order."""
