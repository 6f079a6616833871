"""Kinds of evidence and the limits of what one item holds."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from criteria.unit import Method
from portfolio.foundation.errors import Incomplete
from portfolio.foundation.words.lengths import ensure_fits
from portfolio.foundation.words.text import alike, is_blank, with_article


class Kind(StrEnum):
    """What an item of evidence is."""

    ACCOUNT = "account"
    RECORDING = "recording"
    WORK_PRODUCT = "work product"
    TESTIMONY = "witness testimony"


LEARNERS_KINDS = (Kind.ACCOUNT, Kind.RECORDING, Kind.WORK_PRODUCT, Kind.TESTIMONY)
"""What a learner may add; a testimony of theirs is an uploaded document, the assessor's is typed."""

KIND_NAMES = {
    Kind.ACCOUNT: "Reflective account",
    Kind.RECORDING: "Recording",
    Kind.WORK_PRODUCT: "Work product",
    Kind.TESTIMONY: "Witness testimony",
}

HOLDS: Mapping[str, tuple[str, ...]] = {
    Kind.ACCOUNT: (Method.ACCOUNT,),
    Kind.RECORDING: (Method.RECORDING, Method.ROLE_PLAY, Method.DISCUSSION, Method.OBSERVATION),
    Kind.WORK_PRODUCT: (Method.WORK_PRODUCT,),
    Kind.TESTIMONY: (Method.TESTIMONY,),
}
"""Methods that an item of each kind can hold: a recording may be of a role-play or a discussion."""


def held(kind: str) -> tuple[str, ...]:
    """The methods that an item of `kind` can hold; of a kind that is no `Kind`, the method of its own name."""
    return HOLDS.get(kind, (kind,))


def misfit(ref: str, methods: Collection[str], kind: str) -> str:
    """What to tell of evidence of `kind` at the point `ref`, which names `methods`; empty where one of them fits."""
    first, *_ = held(kind)
    if not methods or set(held(kind)) & set(methods):
        return ""
    return f"Point {ref} asks for {' or '.join(methods)}; this is {with_article(first)}. Ask your assessor."


MOST_CLAIMS = 2_000
"""Claims on one item: a hundred places, each for twenty points, are more than anybody reads."""
STILL_TO_COME = "The date is still to come. Give the day on which it happened."


MOST_FILES = 100
"""Files of one item."""
TOO_MANY = f"One item holds at most {MOST_FILES} files. Make a second item of the others."
LENGTHS = {"title": 200, "context": 500, "confirmer": 300, "third_parties": 500}
"""Characters of what is said about an item; of its text: `prose.LONGEST`."""
WITNESS_LENGTHS = {"witness": 200, "job": 200, "employer": 200, "relationship": 200, "contact": 200}
"""Characters of what witnesses say of themselves."""
LONGEST_REASON = 500
"""Characters of why a place proves a point."""
NO_TITLE = "Give it a title, for example: What I did about the late delivery."
NO_DAY = "Give the day, for example 14 10 2026."
NO_WORDS = "Write down what the witness said."
WITNESSED = {
    "witness": "Give the witness's name.",
    "job": "Say what the witness does, for example: shift supervisor.",
    "relationship": "Say how they know the learner's work, for example: line manager.",
    "contact": "Give a telephone number or an address, so that the testimony can be checked.",
}
"""What witnesses have to say of themselves."""


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
    for name, sentence in WITNESSED.items():
        if is_blank(getattr(statement, name)):
            raise Incomplete(sentence, (name,))
    if draft.happened_on is None:
        raise Incomplete(NO_DAY, ("happened_on",))
    if is_blank(draft.text):
        raise Incomplete(NO_WORDS, ("text",))
    if alike(statement.witness) == alike(learner):
        raise Incomplete("A learner cannot be their own witness.", ("witness",))
    ensure_fits(statement, WITNESS_LENGTHS)


MEDIA = ("image", "audio", "video", "document", "other")
"""Kinds of file."""

PREPARED = ("waiting", "ready", "failed")
"""Whether the copies to show were made from an original."""
