"""The parts of a marking point: which are shown by now, and the words that say what is still needed."""

from collections.abc import Iterable, Sequence

from portfolio.assessment.models import Judgement
from portfolio.assessment.rules import Verdict
from portfolio.units.models import EditionPoint, MarkingPoint


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
    """The sentence of feedback that names the `missing` parts (their refs); empty where none is."""
    lacking = texts(point, missing)
    if not lacking:
        return ""
    more = point.needed - (len(point.parts) - len(lacking))
    return f"Still needed: {f'{more} of these: ' if point.needed else ''}{'; '.join(lacking)}."


def unsaid(point: MarkingPoint | EditionPoint, found: Judgement) -> str:
    """The sentence that names the parts which `found` misses, where its feedback does not say it itself; else empty."""
    sentence = still_needed(point, found.missing)
    return "" if sentence in found.feedback else sentence
