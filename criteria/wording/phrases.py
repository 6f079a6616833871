"""Takes the parts of a clause from what is joined in it: things done, or things named; nothing where it is not sure."""

import re
from itertools import takewhile

from criteria.wording.clauses import Clause
from criteria.wording.joints import Form, Segment, form_of, segments
from criteria.wording.words import (
    ADJECTIVE,
    DETERMINERS,
    OTHERWISE,
    PERSON,
    PREPOSITIONS,
    QUESTIONS,
    REPORTING,
    is_plural,
)

_STEM = re.compile(
    rf"(?:.*?\b(?:how|that|where|when) )?(?:{PERSON}) (?:who )?(?:(?:can|has|have|had|is|are) )?(?=\w+(?:ing|ed|s)\b|\w+ (?:a|the|their)\b)|"
    r"(?:(?:the|an|a|their) )?(?:ability|capacity|skills?) to |(?:\w+ )?how to |demonstrat(?:ing|ion of) (?=\w+ing\b)|(?:[a-z]+ )?evidence (?:of|that) ",
    re.IGNORECASE,
)
_CONDITION = re.compile(
    r",?\s+(?:when|whenever|(?<!place )(?<!area )(?<!point )(?<!room )where|if|unless|until|so that|in order to|before|after|while|because|rather than|instead of|"
    r"in line with|at all times|in accordance with|according to|"
    r"(?:to|for) \w+ing)\s|\s+(?:in|by|through)\s+\w+\s*(?:or|__)|"
    r"\s+(?!family\b|supply\b|assembly\b)(?:\w{3,}ly(?: ___ \w+ly)?|throughout|at all times)\Z",
    re.IGNORECASE,
)
_PREDICATE = re.compile(
    r"\s+(?:can|may|might|could|will|would|should|must|is|are|was|were|has|have|do|does|"
    r"affects?|influences?|causes?|helps?|improves?|supports?|contributes?|impacts?|leads? to|var(?:y|ies)|differs?|"
    r"relates?|interacts?|works?|changes?)\b",
    re.IGNORECASE,
)
_QUALITY = re.compile(rf"(?:{ADJECTIVE.pattern}|\w+ed)\b", re.IGNORECASE)
_STATED = re.compile(
    r"^(?!that\b|who\b|which\b)(?:(?!\b(?:that|who|which|how|what|where|when)\b).)+ (?:is|are|was|were|has|have|must|can) ",
    re.IGNORECASE,
)
_CUT = re.compile(
    rf"(?<![\w-])(?:{PREPOSITIONS}|including|is|are|was|were|be|been|as|(?:that|which|who)\s+\w+|that|{QUESTIONS})(?! (?:least|most|all|once)\b)\s+(?P<article>(?:the|an?|their)\s+)?|"
    rf"(?<=\s)(?:the|an?|their)\s+|(?<=\s)(?=(?:{PREPOSITIONS})\s|\w+ed\b)",
    re.IGNORECASE,
)
_DONE = re.compile(r"(?:ed|ing|kept|held|made|done|put|set|shown|written)\Z")
_DETERMINER = re.compile(r"(?:the|an|a|their|its)\s", re.IGNORECASE)
_PREPOSITION = re.compile(rf"(?P<word>{PREPOSITIONS})\s", re.IGNORECASE)
_WHY = re.compile(rf"\b(?:(?:by|for|to|with|from) (?=wh(?:om|ich|at|ose)))?(?:{QUESTIONS})\b", re.IGNORECASE)
_TO = re.compile(r"\bto (?=\w)", re.IGNORECASE)
_THAT = re.compile(r"\bthat\b", re.IGNORECASE)


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
    first = Form.BASE if base else _opening(pieces, told=stem is not None)
    return _asked(clause, pieces) or _done(clause, pieces, first) or _named(clause, pieces, first)


def _opening(pieces: list[Segment], *, told: bool) -> Form | None:
    """How the clause begins; a word in -s that is not known is a verb where another follows (“Knocks, then enters the”)."""
    form = form_of(pieces[0].mask, opening=True)
    form = None if form is Form.PAST and not told else form
    opening = pieces[0].words
    unknown = form is None and pieces[0].mask[0].isupper() and is_plural(opening[0]) and len(opening) > 1
    if unknown and not re.match(rf"(?:{PREPOSITIONS}|is|are|can|may|must|should|have)\Z", opening[1]):
        return Form.THIRD
    later = {form_of(piece.mask) for piece in pieces[1:]}
    if form is None and Form.THIRD in later and is_plural(pieces[0].words[0]):
        return Form.THIRD
    return Form.BASE if form is None and Form.BASE in later and pieces[0].mask[0].isupper() else form


def _done(clause: Clause, pieces: list[Segment], first: Form | None) -> list[str]:
    """Things done: “checks the load and reports damage”; conditions stay with what they are conditions of."""
    if first is None:
        return []
    does = [_does(piece, first, pieces[0]) for piece in pieces]
    last = _last_of_list(pieces, does, first)
    items, verbs = [(pieces[0].start, pieces[0].end)], 0
    for place, piece in enumerate(pieces[1:], start=1):
        doing = does[place] or place <= last
        verbs += doing
        if doing or piece.joint == "with" or _is_beside(piece):
            items.append((piece.start, piece.end))
        elif not piece.is_contrast:
            items[-1] = (items[-1][0], piece.end)
    if not verbs and not (len(items) > 1 and first is not Form.GERUND and _is_single(pieces)):
        return []
    if not verbs and (asked := _WHY.search(pieces[0].mask)) and pieces[0].words[0] in REPORTING:
        items[0] = (pieces[0].start + asked.start(), items[0][1])
    return [clause.cut(start, end).text for start, end in items]


def _may_be_third(piece: Segment) -> bool:
    word, then = (*piece.words, "")[:2]
    return len(word) > 3 and word.endswith("s") and then not in ("", "of", "for")


def _last_of_list(pieces: list[Segment], does: list[bool], first: Form) -> int:
    """The place of the last of several things done one after another, some by verbs that are not known; 0 where none."""
    if len(pieces) > 2 and first is Form.THIRD and _is_uniform(pieces) and all(_may_be_third(piece) for piece in pieces[1:]):
        return len(pieces) - 1
    if _is_uniform(pieces) and len(pieces[-1].words) > 1 and (_alone(pieces) or (len(pieces) > 2 and all(does[1:-1]))):
        return len(pieces) - 1
    lists = (place for place in range(2, len(pieces)) if does[place] and _is_uniform(pieces[: place + 1]))
    return max(lists, default=0)


def _does(piece: Segment, first: Form, opening: Segment) -> bool:
    """Whether `piece` begins with a verb as the clause does."""
    form = form_of(piece.mask)
    if piece.joint == "or" or form is None or piece.is_question:
        return False
    if form is not first:
        return form is Form.THIRD and first is Form.GERUND and piece.words[1] in DETERMINERS
    if first is Form.BASE and opening.words[0] in REPORTING:
        return piece.words[0] in REPORTING or piece.words[1] in DETERMINERS or piece.words[0] not in OTHERWISE
    return True


def _is_uniform(pieces: list[Segment]) -> bool:
    """Whether the joints are those of one list: commas, and “and” before the last."""
    joints = [piece.joint for piece in pieces[1:]]
    return joints[-1] == "and" and all(joint == "," for joint in joints[:-1])


def _alone(pieces: list[Segment]) -> bool:
    """Whether the first of several verbs stands alone (“wash, peel and trim carrots”)."""
    return len(pieces[0].words) == 1 and all(len(piece.words) == 1 for piece in pieces[:-1])


def _is_single(pieces: list[Segment]) -> bool:
    """Whether nothing but what is done beside it follows what is done first."""
    return all(piece.comma and (piece.joint in ("with", ",")) for piece in pieces[1:2]) and all(
        piece.joint != "or" for piece in pieces
    )


def _asked(clause: Clause, pieces: list[Segment]) -> list[str]:
    """Questions: “why two are needed, who leads and what is said”."""
    is_that = any(_THAT.match(piece.mask) for piece in pieces[1:])
    asked = (_THAT if is_that else _WHY).search(pieces[0].mask)
    if not asked or not (is_that or any(piece.is_question for piece in pieces[1:])):
        return []
    items = [(pieces[0].start + asked.start(), pieces[0].end)]
    for piece in pieces[1:]:
        if (_THAT.match(piece.mask) if is_that else piece.is_question) and piece.joint != "or":
            items.append((piece.start, piece.end))
        else:
            items[-1] = (items[-1][0], piece.end)
    return [clause.cut(start, end).text for start, end in items]


def _named(clause: Clause, pieces: list[Segment], first: Form | None) -> list[str]:
    """Things named: “the hoist, the sling and the battery”, and what is asked for beside them (“with reasons”)."""
    pieces = [piece for piece in pieces if not piece.is_contrast]
    heads = [pieces[0], *takewhile(lambda piece: not _is_beside(piece), pieces[1:])]
    beside = pieces[len(heads) :]
    listed = _listed(clause, heads, first)
    if listed is None or any(piece.joint == "or" for piece in beside):
        return []
    if beside and form_of(beside[0].mask) is Form.GERUND:
        return [*listed, clause.cut(beside[0].start).text]
    return [*listed, *(clause.cut(piece.start, piece.end).text for piece in beside)]


def _is_beside(piece: Segment) -> bool:
    return piece.joint == "with" or (piece.joint == "," and len(piece.words) > 1 and form_of(piece.mask) is Form.GERUND)


def _listed(clause: Clause, heads: list[Segment], first: Form | None) -> list[str] | None:
    """The items of the one list that `heads` make; None where it is not plainly one."""
    heads = _whole(heads)
    if len(heads) == 2 and heads[0].is_joined:
        return None
    if len(heads) == 1:
        return [clause.cut(heads[0].start, heads[0].end).text]
    if not _is_uniform(heads) or any(_breaks(piece, heads) for piece in heads[1:]):
        return None
    texts = [_after_same(heads[0], clause.cut(piece.start, piece.end)) for piece in heads]
    texts[-1] = texts[-1].cut(0, _end(texts[0], texts[-1]))
    if len(texts) == 2 and _is_doubtful(texts[1].mask):
        return None
    if all(_STATED.search(text.mask) for text in texts):
        return [text.text for text in texts]
    cut = _beginning(texts[0].mask, heads, [text.mask for text in texts[1:]], verb=first is not None)
    return [texts[0].cut(cut).text, *(text.text for text in texts[1:])]


def _after_same(first: Segment, text: Clause) -> Clause:
    """`text` without the preposition that it shares with the first item."""
    word = _PREPOSITION.match(text.mask)
    return text.cut(word.end()) if word and f" {word['word'].lower()} " in f" {first.mask.lower()} " else text


def _whole(heads: list[Segment]) -> list[Segment]:
    """`heads`, where those that a bare “or” or “and” joins inside one item of a list with commas are one again."""
    if len(heads) < 3 or not any(piece.comma for piece in heads):
        return heads
    whole, last = [heads[0]], len(heads) - 1
    for place, piece in enumerate(heads[1:], start=1):
        inner = not piece.comma and piece.joint in ("and", "or")
        if inner and (
            place < last and heads[last].comma or piece.joint == "or" and place < last or _is_in_phrase(heads, place)
        ):
            before = whole.pop()
            piece = Segment(
                before.start, piece.end, before.joint, before.comma, f"{before.mask} {piece.joint} {piece.mask}", True
            )
        whole.append(piece)
    return whole


def _is_in_phrase(heads: list[Segment], place: int) -> bool:
    """Whether a second “and” joins what a preposition of the last item governs (“A, B and tact with customers and staff”)."""
    before = heads[place - 1]
    return before.joint == "and" and not before.comma and re.search(rf" (?:{PREPOSITIONS}) ", before.mask) is not None


def _breaks(piece: Segment, heads: list[Segment]) -> bool:
    """Whether `piece` is no item of the list but qualifies one."""
    if piece.is_question or _same(heads[0], piece):
        return False
    return piece.is_condition or (piece.is_qualifier and len(heads) == 2)


def _same(first: Segment, piece: Segment) -> bool:
    """Whether `piece` begins with a preposition that `first` has too (“the role of rest and of food”)."""
    word = _PREPOSITION.match(piece.mask)
    return word is not None and f" {word['word'].lower()} " in f" {first.mask.lower()} "


def _end(first: Clause, last: Clause) -> int | None:
    """Where the last item ends: before a condition, and before what is said of all items together."""
    ends = [found.start() for found in _CONDITION.finditer(last.mask) if not _DONE.search(last.mask[: found.start()])][
        :1
    ]
    if re.search(rf"\b(?:{QUESTIONS}|that)\b", first.mask, re.IGNORECASE) and not _PREDICATE.search(first.mask):
        ends += [found.start() for found in (_PREDICATE.search(last.mask),) if found]
    return min(ends) if ends else None


def _is_doubtful(mask: str) -> bool:
    """Whether the second of two may be no thing: a lone word that tells how, or what is done."""
    words = mask.lower().split()
    return len(words) == 1 and (words[0].endswith(("ed", "ly")) or ADJECTIVE.fullmatch(words[0]) is not None)


def _beginning(first: str, heads: list[Segment], others: list[str], *, verb: bool) -> int:
    """Where in the first item the words end that introduce them all (“Explain the role of”)."""
    opening = re.match(r"(?:\w+ly )?[\w-]+\s+", first) if verb else None
    after = opening.end() if opening else 0
    if any(piece.is_question for piece in heads[1:]):
        return after
    shared = [
        found.end()
        for piece in heads[1:]
        if (word := _PREPOSITION.match(piece.mask))
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
    return _PREPOSITION.match(text) is not None


def _gerund(text: str) -> bool:
    return form_of(text) is Form.GERUND


def _quality(text: str) -> bool:
    return _QUALITY.match(text) is not None


def _is_many(text: str) -> bool:
    """Whether the noun that `text` is about is in the plural."""
    words = re.split(rf"\b(?:{PREPOSITIONS}|that|which|who)\b", text.lower())[0].split()
    return any(is_plural(word) for word in words)


def _of(text: str) -> bool:
    return " of " in text


_MARKS = ((8, _quality), (2, _is_many), (2, _of))
