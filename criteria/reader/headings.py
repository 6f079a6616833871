"""Knows the headings of a unit text, whatever their case, numbering, decoration and synonyms."""

import re
from enum import Enum

from criteria.reader.lines import squeezed


class Section(Enum):
    """A stretch of a unit text under one heading."""

    PREAMBLE = "preamble"
    SYNOPSIS = "synopsis"
    CONCEPTS = "concepts"
    TIPS = "tips"
    MISCONCEPTIONS = "misconceptions"
    OUTCOMES = "outcomes"
    POINTS = "points"
    UNKNOWN = "unknown"


_CORES = {
    Section.SYNOPSIS: "synopsis|overview|summary|introduction|description|aim|aims|purpose|purpose aim|aim purpose",
    Section.CONCEPTS: "concepts|concept|principles|ideas|terms|concepts principles|principles concepts|ideas concepts|"
    "concepts ideas|concepts terms|terms concepts",
    Section.TIPS: "tips|hints|tips strategies|strategies|tips revision strategies|revision strategies|revision|"
    "hints tips|tips hints|tips advice|advice|revision tips|assessment tips|tips guidance|guidance tips",
    Section.MISCONCEPTIONS: "misconceptions|misconception|mistakes|errors|pitfalls|misconceptions mistakes|"
    "mistakes misconceptions|misconceptions errors|errors misconceptions|mistakes errors|errors mistakes|"
    "mistakes pitfalls|pitfalls mistakes|misconceptions pitfalls",
    Section.OUTCOMES: "learning outcomes|learning outcome|outcomes|learning objectives|objectives",
    Section.POINTS: "marking points|marking point|marking criteria|assessment criteria|assessment criterion|"
    "performance criteria|marking scheme|mark scheme|grading criteria|criteria|marking guidance points|marks points",
}
_WEAK = frozenset(
    {f"{before}requirement{s}" for before in ("", "assessment ", "competence ") for s in ("", "s")}
    | {f"what {looks}" for looks in ("looks", "looks at", "is looking", "is looked", "will look")}
    | {f"what {you}{must} {do}" for you in ("", "you ") for must in ("must", "need", "needs") for do in ("do", "show")}
)
"""They head the marking points where nothing else does, and what is no marking point where something else does."""
_KNOWN = {core: section for section, cores in _CORES.items() for core in cores.split("|")}
_WORDS_AROUND = """
the a an this of for to and your our unit units element elements topic topics subtopic module common key core main
top exam exams examiner examiners examiner's examiners' assessor assessors assessor's assessors' assessment's
essential important typical frequent avoid learner learners learner's learners' candidate candidates study about
useful general list portfolio evidence made by in
"""
_FILLERS = frozenset(_WORDS_AROUND.split())
_NUMBERING = re.compile(
    r"(?:(?:section|part)\s+)?(?:\d{1,2}(?:\.\d{1,2})*|[A-Z]|[IVX]{1,4})\s*[.):\-–]?\s+", re.IGNORECASE
)
_EDGE = re.compile(r"^[^\w]+|[^\w'’]+$")
_WORD = re.compile(r"[\w'’-]+|&")
_DECORATED = re.compile(r"#{1,6}\s+\S.*|#{2,6}[^\s#].*|(\*\*|__)[^*_]+\1:?|=+\s[^=]+\s=+", re.DOTALL)
_FURNITURE = re.compile(
    r"(?:page\s+)?\d{1,3}(?:\s*(?:of|/)\s*\d{1,3})?|(?:©|\(c\)\s*\d{4}|copyright\s+(?:©|\d{4})).*|(?:https?://|www\.)\S+",
    re.IGNORECASE,
)
_SMALL_WORDS = "a an and as at by for from in of on or the to with &"
_MID_HEADING = frozenset(_SMALL_WORDS.split())
_LONGEST = 90


def section_of(text: str, weak: Section = Section.UNKNOWN) -> Section | None:
    """The section that the heading `text` opens; None if it is not a heading that is known.

    `weak`: what a heading opens that heads the marking points only where nothing else does (“Evidence requirements”).
    """
    if len(text) > _LONGEST or text.endswith((".", ",", ";", "?", "!")):
        return None
    return _named(text, weak) or _named(_NUMBERING.sub("", text.strip("#*_=-–— "), count=1), weak)


def inline(text: str) -> tuple[Section, str] | None:
    """A known heading with its first words on the same line (`Topic synopsis: This unit …`), else None."""
    heading, colon, rest = text[: _LONGEST + 1].partition(":")
    if not colon or not rest or (len(heading.split()) < 2 and heading.strip("#* ").lower() != "synopsis"):
        return None
    section = section_of(heading)
    return (section, squeezed(text.partition(":")[2]).lstrip("*_ ")) if section else None


def is_decorated(text: str) -> bool:
    """Whether signs around the words make `text` a heading, known or not: `## …`, `**…**`."""
    return len(text) <= _LONGEST and _DECORATED.fullmatch(text) is not None


def resembles_heading(text: str) -> bool:
    """Whether a plain line has the looks of a heading that is not known: short, capitals, no end of sentence."""
    if len(text) > 60 or text.endswith((".", "!", "?", ";", ",")) or any(sign.isdigit() for sign in text):
        return False
    words = text.rstrip(":").split()
    if not words or len(words) > 8 or not words[0][0].isupper() or is_open(text) or set(text) & set(",()"):
        return False
    capitals = all(word[0].isupper() or word.lower() in _MID_HEADING for word in words)
    return text.endswith(":") or (capitals and len(words) > 1) or (text.isupper() and len(text) > 3)


def is_open(text: str) -> bool:
    """Whether `text` ends where no sentence can: after a comma, a dash, an opening bracket, a small word like “and”."""
    return text.endswith((",", "–", "—", "-", "(")) or text.rpartition(" ")[2].lower() in _MID_HEADING


def is_furniture(text: str) -> bool:
    """Whether a line belongs to the page it was copied from: a page number, a copyright line, an address."""
    return len(text) <= 200 and _FURNITURE.fullmatch(text) is not None


def _named(text: str, weak: Section) -> Section | None:
    words = [word.replace("’", "'").lower() for word in _WORD.findall(_EDGE.sub("", text))]
    core = [word for word in words if word not in _FILLERS and word != "&"]
    if len(words) > 9:
        return None
    if " ".join(core) in _WEAK:
        return weak
    return _KNOWN.get(" ".join(core)) or _KNOWN.get(" ".join(words))
