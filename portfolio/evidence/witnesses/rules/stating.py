"""What a witness states when they answer: what cannot be missing, by kind, and how their words become one text."""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from portfolio.evidence.drafts import (
    LENGTHS,
    NO_DAY,
    STILL_TO_COME,
    THEMSELVES,
    TIES,
    UNTIL_BEFORE,
    Statement,
    ensure_of_witness,
)
from portfolio.evidence.rules import Kind
from portfolio.foundation.errors import Incomplete
from portfolio.foundation.words.lengths import ensure_short
from portfolio.foundation.words.prose import LONGEST
from portfolio.foundation.words.text import alike, is_blank

LONGEST_WORDS = 8_000
"""Characters of all that a witness tells, as a whole and for points together."""
TOO_LONG = (
    f"All that you write may have {LONGEST_WORDS:,} characters together. This has {{0:,}}: leave out what the points "
    "do not ask for."
)
LONGEST_REASON = 500
"""Characters of why somebody declines."""
LONGEST_OTHERS = 4_000
"""Characters of all other fields of a witness's form, and of their names."""
TRUTH: Mapping[str, str] = {
    Kind.TESTIMONY: "What I have written is true. I saw it myself, and these are my own words.",
    Kind.SUPERVISOR: "What I have written is true. I supervise this work, and these are my own words.",
    Kind.CUSTOMER: "What I have written is true. It is my own experience, and these are my own words.",
}
"""By kind, the sentence that a witness accepts. A sentence that was signed is kept with its signature."""
HEADINGS = ("What was done for you", "How it was for you", "Anything else")
"""Over the answers of a customer."""
NOT_TICKED = "Tick the statement: it is what you sign."
_JOB = "Say what your job or role is, for example: shift supervisor."
_CONTACT = "Give a telephone number or an address at work, so that your words can be checked."
_REACHED = "Give a telephone number or an e-mail address, so that your words can be checked."
_RELATION = "Say how you know each other, for example: line manager."
_NAME = "Give your full name."
_TIE = "Say whether family or another interest ties you to the learner."
_EXPERT = "Say whether you are an expert in this occupation."
_STANDARDS = "Say whether you are familiar with the standards."
_WORDS = "Write down what you saw, as a whole or for one of the points."
_QUESTION = "Answer this question in a sentence or two."
WANTED: Mapping[str, Mapping[str, str]] = {
    Kind.TESTIMONY: {
        "witness": _NAME, "job": _JOB, "relationship": _RELATION, "contact": _CONTACT, "tie": _TIE, "expert": _EXPERT,
        "knows_standards": _STANDARDS,
    },
    Kind.SUPERVISOR: {
        "witness": _NAME, "job": _JOB, "relationship": _RELATION, "contact": _CONTACT, "tie": _TIE,
        "knows_standards": _STANDARDS,
    },
    Kind.CUSTOMER: {"witness": _NAME, "contact": _REACHED, "tie": _TIE},
}  # fmt: skip
"""By kind, what cannot be missing, each with the sentence that says so."""
WHICH_INTEREST = "Say in a few words what ties you, for example: we are cousins."
AS_CUSTOMER = "customer"
"""How a customer knows the learner, where nothing else is said."""


def is_customer(kind: str) -> bool:
    """Whether somebody who was served is asked, and neither about points nor about standards."""
    return kind == Kind.CUSTOMER


@dataclass(frozen=True, slots=True)
class WitnessAnswer:
    """What a witness typed, to be signed."""

    statement: Statement
    happened_on: date | None = None
    until: date | None = None
    context: str = ""
    whole: str = ""
    """What they saw, as a whole; of a customer: anything else."""
    by_point: tuple[tuple[int, str], ...] = ()
    """What they saw for each point, by the point's id."""
    answers: tuple[str, ...] = ()
    """Of a customer, to the two questions."""
    name: str = ""
    """As they signed."""
    accepts: bool = False
    """Whether the statement was ticked."""


def longest_form(kind: str, points: int) -> int:
    """Bytes of the largest form of this kind that can be signed, as browsers send it: nine bytes for a character."""
    boxes = {Kind.CUSTOMER: 3, Kind.SUPERVISOR: 1}.get(Kind(kind), 1 + points)
    return 9 * (min(boxes * LONGEST_WORDS, LONGEST) + LONGEST_OTHERS)


def title_of(kind: str, witness: str) -> str:
    """The title of what they state."""
    begins = {Kind.TESTIMONY: "Testimony", Kind.SUPERVISOR: "Statement", Kind.CUSTOMER: "Feedback"}[Kind(kind)]
    return f"{begins} of {witness}"[: LENGTHS["title"]]


def parts_of(answer: WitnessAnswer, names: Mapping[int, str]) -> Iterator[tuple[int, str, str]]:
    """The parts of the text in their order: the point's id (0 for none), the heading over it (or none), the words.

    `names` tells how each point is called, by its id; what was written about another one is left out.
    """
    for heading, words in zip(HEADINGS, answer.answers, strict=False):
        if not is_blank(words):
            yield 0, heading, words
    if not is_blank(answer.whole):
        yield 0, HEADINGS[-1] if answer.answers else "", answer.whole
    for id, words in answer.by_point:
        if id in names and not is_blank(words):
            yield id, names[id], words


def boxes_of(answer: WitnessAnswer) -> dict[str, str]:
    """What a witness told, by the names of the boxes of the form."""
    told = dict(zip(("first", "second"), answer.answers, strict=False)) | {"whole": answer.whole}
    return told | {f"point-{id}": words for id, words in answer.by_point}


def ensure_stated(kind: str, answer: WitnessAnswer, *, learner: str, today: date) -> None:
    """Raise `Incomplete` for what cannot be missing, a day after the centre's `today`, words that are too long, a
    statement that is not ticked, and for a witness with the `learner`'s own name.
    """
    statement = answer.statement
    texts = ("witness", "job", "relationship", "contact")
    wanted = {name: WANTED[kind][name] for name in texts if name in WANTED[kind]}
    ensure_of_witness(statement, wanted, learner=learner)
    _ensure_days(answer.happened_on, answer.until, today)
    _ensure_words(kind, answer)
    if statement.tie not in set(TIES) - {""}:
        raise Incomplete(_TIE, ("tie",))
    if statement.tie != "none" and is_blank(statement.interest):
        raise Incomplete(WHICH_INTEREST, ("interest",))
    if alike(answer.name) == alike(learner):
        raise Incomplete(THEMSELVES, ("name",))
    ensure_short("context", answer.context, LENGTHS["context"])
    if not answer.accepts:
        raise Incomplete(NOT_TICKED, ("accepts",))


def _ensure_days(first: date | None, last: date | None, today: date) -> None:
    if first is None:
        raise Incomplete(NO_DAY, ("happened_on",))
    if first > today:
        raise Incomplete(STILL_TO_COME, ("happened_on",))
    if last and last > today:
        raise Incomplete(STILL_TO_COME, ("until",))
    if last and last < first:
        raise Incomplete(UNTIL_BEFORE, ("until",))


def _ensure_words(kind: str, answer: WitnessAnswer) -> None:
    words = [answer.whole, *answer.answers, *(words for _, words in answer.by_point)]
    if is_customer(kind):
        for field, said in zip(("first", "second"), answer.answers, strict=True):
            if is_blank(said):
                raise Incomplete(_QUESTION, (field,))
    elif not _any(words):
        raise Incomplete(_WORDS, ("whole",))
    if (length := sum(map(len, words))) > LONGEST_WORDS:
        raise Incomplete(TOO_LONG.format(length), ("whole",))


def _any(texts: Collection[str]) -> bool:
    return not all(map(is_blank, texts))
