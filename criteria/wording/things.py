"""Takes as parts what is named in one list: “the hoist, the sling and the battery”."""

import re
from itertools import takewhile

from criteria.wording.beginnings import beginning
from criteria.wording.clauses import Clause
from criteria.wording.joints import PREPOSITION, JoinedForm, Segment, form_of, is_one_list
from criteria.wording.words import ADJECTIVE, PREPOSITIONS, QUESTIONS, REPORTING, VERBS

_CONDITION = re.compile(
    r",?\s+(?:when|whenever|(?<!place )(?<!area )(?<!point )(?<!room )where|if|unless|until|so that|"
    r"in order to|before|after|while|because|rather than|"
    r"instead of|"
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
_STATED = re.compile(
    r"^(?!that\b|who\b|which\b)(?:(?!\b(?:that|who|which|how|what|where|when)\b).)+ "
    r"(?:is|are|was|were|has|have|must|can) ",
    re.IGNORECASE,
)
_SUBORDINATE = re.compile(r"\b(?:so that|because|when|whenever|if|unless|until|while|in order to)\b", re.IGNORECASE)
_DONE = re.compile(r"(?:ed|ing|kept|held|made|done|put|set|shown|written)\Z")


def things(clause: Clause, pieces: list[Segment], first: JoinedForm | None) -> list[str]:
    """Things named: “the hoist, the sling and the battery”, and what is asked for beside them (“with reasons”)."""
    pieces = [piece for piece in pieces if not piece.is_contrast]
    heads = [pieces[0], *takewhile(lambda piece: not piece.is_beside, pieces[1:])]
    beside = pieces[len(heads) :]
    listed = _listed(clause, heads, first)
    if listed is None or any(piece.joint == "or" for piece in beside):
        return []
    if beside and form_of(beside[0].mask) is JoinedForm.GERUND:
        return [*listed, clause.cut(beside[0].start).text]
    return [*listed, *(clause.cut(piece.start, piece.end).text for piece in beside)]


def _listed(clause: Clause, heads: list[Segment], first: JoinedForm | None) -> list[str] | None:
    """The items of the one list that `heads` make; None where it is not plainly one."""
    heads = _whole(heads)
    if (len(heads) == 2 and heads[0].is_joined) or (len(heads) > 1 and _SUBORDINATE.search(heads[0].mask)):
        return None
    if len(heads) == 1:
        return [clause.cut(heads[0].start, heads[0].end).text]
    if not is_one_list(heads) or any(_breaks(piece, heads, first) for piece in heads[1:]):
        return None
    texts = [_after_same(heads[0], clause.cut(piece.start, piece.end)) for piece in heads]
    texts[-1] = texts[-1].cut(0, _end(texts[0], texts[-1]))
    if len(texts) == 2 and _is_doubtful(texts[1].mask):
        return None
    if all(_STATED.search(text.mask) for text in texts):
        return [text.text for text in texts]
    cut = beginning(texts[0].mask, heads, [text.mask for text in texts[1:]], verb=first is not None)
    return [texts[0].cut(cut).text, *(text.text for text in texts[1:])]


def _whole(heads: list[Segment]) -> list[Segment]:
    """`heads`, where those that a bare “or” or “and” joins inside one item of a list with commas are one again."""
    if len(heads) < 3 or not any(piece.comma for piece in heads):
        return heads
    whole, last = [heads[0]], len(heads) - 1
    for place, piece in enumerate(heads[1:], start=1):
        inner = not piece.comma and piece.joint in ("and", "or")
        if inner and (
            (place < last and heads[last].comma)
            or (piece.joint == "or" and place < last)
            or _is_in_phrase(heads, place)
        ):
            before = whole.pop()
            piece = Segment(
                before.start, piece.end, before.joint, before.comma, f"{before.mask} {piece.joint} {piece.mask}", True
            )
        whole.append(piece)
    return whole


def _is_in_phrase(heads: list[Segment], place: int) -> bool:
    """Whether a second “and” joins what a preposition of the last item governs (“A, B and tact with X and Y”)."""
    before = heads[place - 1]
    return before.joint == "and" and not before.comma and re.search(rf" (?:{PREPOSITIONS}) ", before.mask) is not None


def _breaks(piece: Segment, heads: list[Segment], first: JoinedForm | None) -> bool:
    """Whether `piece` is no item of the list, but qualifies one, or may as well say what is done beside it."""
    if piece.is_question or _same(heads[0], piece):
        return False
    if first is JoinedForm.BASE and _may_be_done(piece, heads[0]):
        return True
    return piece.is_condition or (piece.is_qualifier and len(heads) == 2)


def _may_be_done(piece: Segment, first: Segment) -> bool:
    """Whether `piece` may tell to do something (“Check deliveries, record shortages”) and is no thing to tell of."""
    return len(piece.words) > 1 and piece.words[0] in VERBS and first.words[0] not in REPORTING


def _same(first: Segment, piece: Segment) -> bool:
    """Whether `piece` begins with a preposition that `first` has too (“the role of rest and of food”)."""
    word = PREPOSITION.match(piece.mask)
    return word is not None and f" {word['word'].lower()} " in f" {first.mask.lower()} "


def _after_same(first: Segment, text: Clause) -> Clause:
    """`text` without the preposition that it shares with the first item."""
    word = PREPOSITION.match(text.mask)
    return text.cut(word.end()) if word and f" {word['word'].lower()} " in f" {first.mask.lower()} " else text


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
