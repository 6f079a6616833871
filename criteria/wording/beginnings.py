"""Finds where in the first item of a list the words end that introduce them all (“Explain the role of”)."""

import re

from criteria.wording.joints import PREPOSITION, JoinedForm, Segment, form_of
from criteria.wording.words import ADJECTIVE, PREPOSITIONS, QUESTIONS, is_plural

_CUT = re.compile(
    rf"(?<![\w-])(?:{PREPOSITIONS}|including|is|are|was|were|be|been|as|(?:that|which|who)\s+\w+|that|"
    rf"{QUESTIONS})(?! (?:least|most|all|once)\b)\s+(?P<article>(?:the|an?|their)\s+)?|"
    rf"(?<=\s)(?:the|an?|their)\s+|(?<=\s)(?=(?:{PREPOSITIONS})\s|\w+ed\b)",
    re.IGNORECASE,
)
_DETERMINER = re.compile(r"(?:the|an|a|their|its)\s", re.IGNORECASE)
_QUALITY = re.compile(rf"(?:{ADJECTIVE.pattern}|\w+ed)\b", re.IGNORECASE)


def beginning(first: str, heads: list[Segment], others: list[str], *, verb: bool) -> int:
    """Where in the first item the words end that introduce them all (“Explain the role of”)."""
    opening = re.match(r"(?:\w+ly )?[\w-]+\s+", first) if verb else None
    after = opening.end() if opening else 0
    if any(piece.is_question for piece in heads[1:]):
        return after
    shared = [
        found.end()
        for piece in heads[1:]
        if (word := PREPOSITION.match(piece.mask))
        for found in re.finditer(rf"\b{word['word']}\s+", first, re.IGNORECASE)
    ]
    if shared:
        return shared[-1]
    ends = {
        end
        for match in _CUT.finditer(first)
        for end in (match.start(), match.end(), match.start("article"))
        if end >= after
    }
    if any(_gerund(other) for other in others):
        ends |= {match.start() for match in re.finditer(r"(?<=\s)\w{2,}ing\b", first)}
    if all(_quality(other) for other in others):
        ends |= {match.start() for match in re.finditer(rf"(?<=\s)(?:{ADJECTIVE.pattern})\Z", first, re.IGNORECASE)}
    return max(ends | {after}, key=lambda cut: (_likeness(first[cut:], others), cut))


def _likeness(first: str, others: list[str]) -> int:
    """How much `first` is like all `others`, by the marks by which the items of one list are known."""
    like = 8 * all(_article(other) == _article(first) for other in others)
    like += 8 * (_preposition(first) == any(_preposition(other) for other in others))
    like += 8 * (_gerund(first) == any(_gerund(other) for other in others))
    like += sum(weight * all(mark(text) for text in (first, *others)) for weight, mark in _MARKS)
    return like


def _article(text: str) -> str:
    article = _DETERMINER.match(text)
    return article[0].strip().replace("an", "a") if article else ""


def _preposition(text: str) -> bool:
    return PREPOSITION.match(text) is not None


def _gerund(text: str) -> bool:
    return form_of(text) is JoinedForm.GERUND


def _quality(text: str) -> bool:
    return _QUALITY.match(text) is not None


def _is_many(text: str) -> bool:
    """Whether the noun that `text` is about is in the plural."""
    words = re.split(rf"\b(?:{PREPOSITIONS}|that|which|who)\b", text.lower())[0].split()
    return any(is_plural(word) for word in words)


def _of(text: str) -> bool:
    return " of " in text


_MARKS = ((8, _quality), (2, _is_many), (2, _of))
