"""What is typed about an item of evidence, with what its kind states besides: who testifies, a source, minutes."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from portfolio.evidence.rules import MOST_FILES
from portfolio.foundation.errors import Incomplete
from portfolio.foundation.words.lengths import ensure_fits
from portfolio.foundation.words.text import alike, is_blank

STILL_TO_COME = "The date is still to come. Give the day on which it happened."
TOO_MANY = f"One item holds at most {MOST_FILES} files. Make a second item of the others."
LENGTHS = {"title": 200, "context": 500, "confirmer": 300, "third_parties": 500}
"""Characters of what is said about an item; of its text: `prose.LONGEST`."""
WITNESS_LENGTHS = {
    "witness": 200, "job": 200, "employer": 200, "relationship": 200, "contact": 200, "interest": 500,
}  # fmt: skip
"""Characters of what witnesses say of themselves."""
NO_TITLE = "Give it a title, for example: What I did about the late delivery."
NO_PLACE = (
    "Choose some words first, or mark where in the recording or picture it is. "
    "A part of a photo or of a page needs all four numbers."
)
NO_DAY = "Give the day, for example 14 10 2026."
NO_WORDS = "Write down what the witness said."
WITNESSED = {
    "witness": "Give the witness's name.",
    "job": "Say what the witness does, for example: shift supervisor.",
    "relationship": "Say how they know the learner's work, for example: line manager.",
    "contact": "Give a telephone number or an address, so that the testimony can be checked.",
}
"""What witnesses have to say of themselves."""
THEMSELVES = "A learner cannot be their own witness. Ask somebody who saw the work."
UNTIL_BEFORE = "The last day is before the first. Give both anew."
TIES = {"": "not asked", "none": "none", "family": "family", "other": "another interest"}
"""Whether family or another interest ties a witness to the learner."""


@dataclass(frozen=True, slots=True)
class Statement:
    """What a witness states about themselves; what they saw is the text of the item."""

    witness: str
    job: str
    employer: str
    relationship: str
    contact: str
    expert: bool = False
    """An expert in the occupation."""
    knows_standards: bool = False
    until: str = ""
    """The last day on which they saw it, in ISO 8601, where it was more than one."""
    tie: str = ""
    """One of `TIES`."""
    interest: str = ""
    """Which family or interest it is, in their words."""
    points: tuple[tuple[str, str], ...] = ()
    """Code of the unit and ref of each marking point that they wrote words of its own about."""


@dataclass(frozen=True, slots=True)
class OutsideSource:
    """Where an item comes from that stands outside the portfolio: a web page, or a policy or procedure."""

    address: str = ""
    """Of a web page."""
    title: str = ""
    version: str = ""
    clause: str = ""
    """Title and version of a procedure in the centre's register, and the clause that is meant."""


@dataclass(frozen=True, slots=True)
class MinutesEntry:
    """One entry of minutes: a step that was seen, a question, something that was produced, a part of a discussion."""

    sort: str
    """`step`, `question`, `product` or `topic`."""
    words: str
    answer: str = ""
    """To a question."""
    at: str = ""
    """Time of the day at the centre, `10:42`."""
    start: float | None = None
    end: float | None = None
    """Seconds in the recording `file`."""
    file: str = ""
    """SHA-256 of the recording."""
    points: tuple[tuple[str, str], ...] = ()
    """Code of the unit and ref of each marking point that it is about."""


@dataclass(frozen=True, slots=True)
class Minutes:
    """What is written down of an observation or a professional discussion."""

    starts: str = ""
    ends: str = ""
    """Times of the day at the centre, `10:42`."""
    medium: str = ""
    """How people met: face to face, by telephone, by video."""
    present: str = ""
    """Who else was there."""
    planned: str = ""
    """What was planned and agreed before."""
    agreed: tuple[tuple[str, str], ...] = ()
    """Code of the unit and ref of each marking point that was agreed before."""
    entries: tuple[MinutesEntry, ...] = ()
    conclusion: str = ""


@dataclass(frozen=True, slots=True)
class Draft:
    """What somebody typed about an item of evidence."""

    title: str
    happened_on: date | None = None
    context: str = ""
    confirmer: str = ""
    third_parties: str = ""
    text: str = ""
    """As it was typed."""
    files: tuple[int, ...] = ()
    """Ids of files received before."""
    statement: Statement | None = None
    source: OutsideSource | None = None
    minutes: Minutes | None = None


def ensure_told(draft: Draft, *, today: date) -> None:
    """Raise `Incomplete` for a draft without a title that can be seen, of a day after the centre's `today`, with too
    many files, or with words that are too long.
    """
    if is_blank(draft.title):
        raise Incomplete(NO_TITLE, ("title",))
    if draft.happened_on and draft.happened_on > today:
        raise Incomplete(STILL_TO_COME, ("happened_on",))
    if len(draft.files) > MOST_FILES:
        raise Incomplete(TOO_MANY, ("received",))
    ensure_fits(draft, LENGTHS)


def ensure_witnessed(draft: Draft, statement: Statement, learner: str) -> None:
    """Raise `Incomplete` for a testimony without day or words, or whose `statement` lacks what cannot be missing, has
    words that are too long, or is by somebody with the learner's own name.
    """
    ensure_of_witness(statement, WITNESSED, learner=learner)
    if draft.happened_on is None:
        raise Incomplete(NO_DAY, ("happened_on",))
    if is_blank(draft.text):
        raise Incomplete(NO_WORDS, ("text",))


def ensure_of_witness(statement: Statement, wanted: Mapping[str, str], *, learner: str) -> None:
    """Raise `Incomplete` for what is `wanted` of a witness and blank, each with the sentence that says so, for words
    that are too long, and for a witness with the `learner`'s own name.
    """
    for name, sentence in wanted.items():
        if is_blank(getattr(statement, name)):
            raise Incomplete(sentence, (name,))
    if alike(statement.witness) == alike(learner):
        raise Incomplete(THEMSELVES, ("witness",))
    ensure_fits(statement, WITNESS_LENGTHS)
