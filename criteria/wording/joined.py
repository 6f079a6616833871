"""Takes the parts of a clause from what is joined in it: questions, things done, or things named."""

import re

from criteria.wording.actions import actions
from criteria.wording.clauses import Clause
from criteria.wording.joints import ASKED, JoinedForm, Segment, form_of, segments
from criteria.wording.things import things
from criteria.wording.words import PERSON, PREPOSITIONS, is_plural

_STEM = re.compile(
    rf"(?:(?:(?!,| and ).)*?\b(?:how|that|where|when) )?(?:{PERSON}) (?:who )?(?:(?:can|has|have|had|is|are) )?"
    r"(?=\w+(?:ing|ed|s)\b|\w+ (?:a|the|their)\b)|"
    r"(?:(?:the|an|a|their) )?(?:ability|capacity|skills?) to |(?:\w+ )?how to (?!.*\bhow\b)|"
    r"demonstrat(?:ing|ion of) (?=\w+ing\b)|(?:[a-z]+ )?evidence (?:of|that) ",
    re.IGNORECASE,
)
_THAT = re.compile(r"\bthat\b", re.IGNORECASE)
_TO = re.compile(r"\bto (?!(?:a|an|the|their|its|each|every|all|any)\b)(?=\w)", re.IGNORECASE)


def joined(clause: Clause, *, base: bool = False) -> list[str]:
    """What is joined in `clause`, each a slice of its text; empty where that is one thing, or cannot be told surely.

    `base` says that the words before the clause make its first word a verb (“Learners must”).
    """
    stem = _STEM.match(clause.mask)
    base = base or (stem is not None and stem[0].endswith(" to "))
    clause = clause.cut(stem.end()) if stem else clause
    pieces = segments(clause)
    if len(pieces) < 2 or (len(pieces[0].words) == 1 and pieces[1].joint == "with"):
        return []
    if not base and _TO.match(pieces[-1].mask) and (ends := list(_TO.finditer(pieces[0].mask))):
        return joined(clause.cut(ends[-1].end()), base=True)
    first = JoinedForm.BASE if base else _opening(pieces, told=stem is not None)
    return _asked(clause, pieces) or actions(clause, pieces, first) or things(clause, pieces, first)


def _opening(pieces: list[Segment], *, told: bool) -> JoinedForm | None:
    """How the clause begins; an unknown word is a verb where it looks like one, or one that is known follows."""
    form = form_of(pieces[0].mask, opening=True)
    form = None if form is JoinedForm.PAST and not told else form
    opening = pieces[0].words
    unknown = form is None and pieces[0].mask[0].isupper() and is_plural(opening[0]) and len(opening) > 1
    if unknown and not re.match(rf"(?:{PREPOSITIONS}|is|are|can|may|must|should|have)\Z", opening[1]):
        return JoinedForm.THIRD
    later = {form_of(piece.mask) for piece in pieces[1:]}
    if form is None and JoinedForm.THIRD in later and is_plural(pieces[0].words[0]):
        return JoinedForm.THIRD
    return JoinedForm.BASE if form is None and JoinedForm.BASE in later and pieces[0].mask[0].isupper() else form


def _asked(clause: Clause, pieces: list[Segment]) -> list[str]:
    """Questions: “why two are needed, who leads and what is said”."""
    is_that = any(_THAT.match(piece.mask) for piece in pieces[1:])
    asked = (_THAT if is_that else ASKED).search(pieces[0].mask)
    if not asked or not (is_that or any(piece.is_question for piece in pieces[1:])):
        return []
    items = [(pieces[0].start + asked.start(), pieces[0].end)]
    for piece in pieces[1:]:
        if (_THAT.match(piece.mask) if is_that else piece.is_question) and piece.joint != "or":
            items.append((piece.start, piece.end))
        else:
            items[-1] = (items[-1][0], piece.end)
    return [clause.cut(start, end).text for start, end in items]
