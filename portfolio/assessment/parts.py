"""The parts of a marking point: which are shown by now, and the words that say what is still needed."""

from collections.abc import Iterable, Sequence

from portfolio.assessment.models import Judgement
from portfolio.assessment.rules import Verdict
from portfolio.units.models import EditionPoint, MarkingPoint
from portfolio.units.phrases.rules import sentences_of

_OPENING = "Still needed: "


def shown_before(
    point: MarkingPoint, history: Sequence[Judgement], *, present: int, reopened: int | None
) -> frozenset[str]:
    """Refs of the parts that were shown in rounds before `present` (its id), since the award that was `reopened`.

    The last verdict of a round speaks for it. *Partly met* says it of every part; *not met* takes nothing back.
    """
    shown, last = frozenset[str](), {one.round_id: one for one in history}
    for id, one in last.items():
        if one.verdict == Verdict.PARTLY and (reopened or 0) < id != present:
            shown = frozenset(part["ref"] for part in point.parts) - set(one.missing)
    return shown


def texts(point: MarkingPoint | EditionPoint, refs: Iterable[str]) -> tuple[str, ...]:
    """The words of the parts of `point` that `refs` name, in the order of the point."""
    wanted = set(refs)
    return tuple(part["text"] for part in point.parts if part["ref"] in wanted)


def still_needed(point: MarkingPoint | EditionPoint, missing: Iterable[str]) -> str:
    """The sentence of feedback that names the `missing` parts (their refs); empty where none is.

    Where a point asks for so many of its parts it says how many more, unless so many are shown: then what is missing is
    something that it asks for besides.
    """
    lacking = texts(point, missing)
    if not lacking:
        return ""
    more = point.needed and point.needed - (len(point.parts) - len(lacking))
    return f"{_OPENING}{f'{more} of these: ' if more > 0 else ''}{'; '.join(lacking)}."


def words_beyond(point: MarkingPoint | EditionPoint, found: Judgement) -> list[str]:
    """The sentences of its feedback but for the one that names the parts which `found` misses."""
    typed = found.feedback.removeprefix(still_needed(point, found.missing))
    return [one for one in sentences_of(typed) if not one.startswith(_OPENING)]


def unsaid(point: MarkingPoint | EditionPoint, found: Judgement) -> str:
    """The sentence that names the parts which `found` misses; empty where its feedback begins with one already."""
    return "" if found.feedback.startswith(_OPENING) else still_needed(point, found.missing)
