"""Splits a clause where “and”, “or”, commas, “with” and their like join what stands in it."""

import re
from dataclasses import dataclass
from enum import Enum

from criteria.wording.clauses import Clause
from criteria.wording.words import (
    ADJECTIVE,
    DETERMINERS,
    OTHERWISE,
    PAST,
    PREPOSITIONS,
    QUESTIONS,
    THIRD,
    THIRD_OTHERWISE,
    VERBS,
    is_gerund,
    is_plural,
)

_JOINT = re.compile(
    r"\s*[,;]\s+(?:(?P<and>and then|and also|and|then|plus)\s+|(?P<or>and/or|or)\s+|"
    r"(?P<with>as well as|along with|together with|with|supported by|while(?=\s+(?:not\s+)?\w+ing\b)|"
    r"whilst(?=\s+(?:not\s+)?\w+ing\b))\s+)?|"
    r"\s+(?:(?P<bare_and>and then|and also|and|&|plus)|(?P<bare_or>and/or|or)|"
    r"(?P<bare_with>as well as|along with|together with|while(?=\s+(?:not\s+)?\w+ing\b)|"
    r"whilst(?=\s+(?:not\s+)?\w+ing\b)))\s+",
    re.IGNORECASE,
)
_ADVERBS = re.compile(
    r"\A(?:(?:\w{2,}ly|not|never|also|then|always|only|do not|did not|has|have|had|can|will|must|to)\s+)*",
    re.IGNORECASE,
)
_WORD = re.compile(r"[\w’'-]+")
_QUALIFIER = re.compile(
    r"(?P<contrast>not (?:just|only|merely|simply)|rather than|instead of|but not)\b|"
    r"(?:when|whenever|where|which|who|if|unless|until|before|after|once|because|although|though|"
    r"even (?:if|when|though)|so|so that|in order to|to|as (?:appropriate|required|needed|the|long|far|soon|"
    r"it|they)|according to|in accordance|in line|"
    r"thereby|thus|leading to|resulting in|for example|that|without|at|by|on|for|from|in|of|within|during|through)\b",
    re.IGNORECASE,
)
_CONDITION = re.compile(r"\b(?:when|whenever|where|if|unless|until|before|after|while)\b", re.IGNORECASE)
_SMALL = re.compile(rf"{PREPOSITIONS}|{'|'.join(DETERMINERS)}|is|are|as|than|and|or|not")
_PHRASE = re.compile(rf"(?!in line|in accordance|before|after|until)(?:{PREPOSITIONS})\b", re.IGNORECASE)
PREPOSITION = re.compile(rf"(?P<word>{PREPOSITIONS})\s", re.IGNORECASE)
"""A preposition at the start."""
ASKED = re.compile(rf"\b(?:(?:by|for|to|with|from) (?=wh(?:om|ich|at|ose)))?(?:{QUESTIONS})\b", re.IGNORECASE)
"""A question word, and the preposition that belongs to it."""
_QUESTION = re.compile(rf"(?:(?:by|for|to|with|in|from|of|at) )?(?:{QUESTIONS})\b", re.IGNORECASE)


class JoinedForm(Enum):
    """How a phrase begins that says what somebody does."""

    GERUND = "checking"
    THIRD = "checks"
    BASE = "check"
    PAST = "checked"


@dataclass(frozen=True, slots=True)
class Segment:
    """What stands between two joints."""

    start: int
    end: int
    joint: str
    """What joins it to the one before: `and`, `or`, `,`, `with`; empty for the first."""
    comma: bool
    mask: str
    is_joined: bool = False
    """Whether it was made of several, joined by “or” or “and” within one item."""

    @property
    def words(self) -> list[str]:
        """Its words in lower case."""
        return _WORD.findall(self.mask.lower())

    @property
    def is_question(self) -> bool:
        """Whether it opens with a question word (“when …”, “by whom …”)."""
        return _QUESTION.match(self.mask) is not None

    @property
    def is_qualifier(self) -> bool:
        """Whether it only says when, why or to what end the words before it hold."""
        return _QUALIFIER.match(self.mask) is not None

    @property
    def is_condition(self) -> bool:
        """Whether it is such a qualifier, and no phrase with a preposition that may be an item of a list."""
        return self.is_qualifier and not _PHRASE.match(self.mask)

    @property
    def is_beside(self) -> bool:
        """Whether it says what is done or shown beside the rest (“with reasons”, “, using a tool”)."""
        gerund = self.joint == "," and len(self.words) > 1 and form_of(self.mask) is JoinedForm.GERUND
        return self.joint == "with" or gerund

    @property
    def second(self) -> str:
        """Its second word in lower case; empty where it has but one."""
        return (*self.words, "")[1]

    @property
    def is_contrast(self) -> bool:
        """Whether it says what is not meant (“not just …”)."""
        match = _QUALIFIER.match(self.mask)
        return match is not None and match["contrast"] is not None


def is_one_list(pieces: list[Segment]) -> bool:
    """Whether the joints of `pieces`, two or more, are those of one list: commas, and “and” before the last."""
    joints = [piece.joint for piece in pieces[1:]]
    return joints[-1] == "and" and all(joint == "," for joint in joints[:-1])


def segments(clause: Clause) -> list[Segment]:
    """The segments of `clause` in their order; together they are all of it but the joints."""
    found, start, joint, comma = list[Segment](), 0, "", False
    for match in _JOINT.finditer(clause.mask):
        if (match["or"] or match["bare_or"]) and _CONDITION.search(clause.mask, start, match.start()):
            continue
        found.append(Segment(start, match.start(), joint, comma, clause.mask[start : match.start()]))
        kinds = {name.removeprefix("bare_") for name, value in match.groupdict().items() if value}
        joint, comma, start = (kinds.pop() if kinds else ","), match[0].lstrip()[0] in ",;", match.end()
    found.append(Segment(start, len(clause.mask), joint, comma, clause.mask[start:]))
    return [segment for segment in found if segment.words]


def form_of(mask: str, *, opening: bool = False) -> JoinedForm | None:
    """The form of the verb that begins the words `mask`; None where none does, or it may as well be a noun.

    `opening` says that the words open a point: a base form is then taken more readily.
    """
    word, then = (*_WORD.findall(_ADVERBS.sub("", mask, count=1).lower()), "", "")[:2]
    if word == "does" and then == "not":
        return JoinedForm.THIRD
    if is_gerund(word):
        return JoinedForm.GERUND
    if (word in THIRD and (word not in THIRD_OTHERWISE or then not in ("", "of", "for", "in", "on", "from", "at"))) or (
        is_plural(word) and then in DETERMINERS
    ):
        return JoinedForm.THIRD
    if word in PAST or (word.endswith("ed") and len(word) > 4 and then not in ("", "by", "in", "with", "on")):
        return JoinedForm.PAST
    known = word in VERBS and (word not in OTHERWISE or (opening and then not in ("of", "for")))
    known = known and not (opening and ADJECTIVE.fullmatch(word) and then not in DETERMINERS)
    if known or (then in DETERMINERS and word.isalpha() and not _SMALL.fullmatch(word) and not is_plural(word)):
        return JoinedForm.BASE if opening or then else None
    return None
