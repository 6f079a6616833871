"""Takes as parts what is done one thing after another: “checks the load and reports damage”."""

from criteria.wording.clauses import Clause
from criteria.wording.joints import ASKED, JoinedForm, Segment, form_of, is_one_list
from criteria.wording.words import DETERMINERS, OTHERWISE, REPORTING


def actions(clause: Clause, pieces: list[Segment], first: JoinedForm | None) -> list[str]:
    """Things done: “checks the load and reports damage”; conditions stay with what they are conditions of."""
    if first is None:
        return []
    does = [_does(piece, first, pieces[0]) for piece in pieces]
    last = _last_of_list(pieces, does, first)
    items, verbs = [(pieces[0].start, pieces[0].end)], 0
    for place, piece in enumerate(pieces[1:], start=1):
        doing = does[place] or place <= last
        verbs += doing
        if doing or piece.joint == "with" or piece.is_beside:
            items.append((piece.start, piece.end))
        elif not piece.is_contrast:
            items[-1] = (items[-1][0], piece.end)
    if not verbs and not (len(items) > 1 and first is not JoinedForm.GERUND and _is_single(pieces)):
        return []
    if not verbs and (asked := ASKED.search(pieces[0].mask)) and pieces[0].words[0] in REPORTING:
        items[0] = (pieces[0].start + asked.start(), items[0][1])
    return [clause.cut(start, end).text for start, end in items]


def _last_of_list(pieces: list[Segment], does: list[bool], first: JoinedForm) -> int:
    """The place of the last of several things done one after another, even by verbs not known; 0 where none."""
    if (
        len(pieces) > 2
        and first is JoinedForm.THIRD
        and is_one_list(pieces)
        and all(_may_be_third(piece) for piece in pieces[1:])
    ):
        return len(pieces) - 1
    if is_one_list(pieces) and len(pieces[-1].words) > 1 and (_alone(pieces) or (len(pieces) > 2 and all(does[1:-1]))):
        return len(pieces) - 1
    lists = (place for place in range(2, len(pieces)) if does[place] and is_one_list(pieces[: place + 1]))
    return max(lists, default=0)


def _may_be_third(piece: Segment) -> bool:
    word, then = (*piece.words, "")[:2]
    return len(word) > 3 and word.endswith("s") and then not in ("", "of", "for")


def _does(piece: Segment, first: JoinedForm, opening: Segment) -> bool:
    """Whether `piece` begins with a verb as the clause does."""
    form = form_of(piece.mask)
    if piece.joint == "or" or form is None or piece.is_question:
        return False
    if form is not first:
        return form is JoinedForm.THIRD and first is JoinedForm.GERUND and piece.second in DETERMINERS
    if first is JoinedForm.BASE and opening.words[0] in REPORTING:
        return piece.words[0] in REPORTING or piece.second in DETERMINERS or piece.words[0] not in OTHERWISE
    return True


def _alone(pieces: list[Segment]) -> bool:
    """Whether the first of several verbs stands alone (“wash, peel and trim carrots”)."""
    return len(pieces[0].words) == 1 and all(len(piece.words) == 1 for piece in pieces[:-1])


def _is_single(pieces: list[Segment]) -> bool:
    """Whether nothing but what is done beside it follows what is done first."""
    beside = [place for place, piece in enumerate(pieces) if piece.is_beside]
    at_once = beside == [1] and pieces[1].comma
    after_two = len(pieces) == 3 and beside == [2] and pieces[2].joint == ","
    return (at_once or after_two) and all(piece.joint != "or" for piece in pieces)
