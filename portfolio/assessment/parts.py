"""The parts of a marking point: which are shown by now, and the words that say what is still needed."""

from collections.abc import Iterable, Sequence

from portfolio.assessment.models import Judgement
from portfolio.assessment.rules import Verdict
from portfolio.units.models import MarkingPoint


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


def still_needed(point: MarkingPoint, missing: Iterable[str]) -> str:
    """The sentence of feedback that names the `missing` parts (their refs); empty where none is."""
    lacking = [part["text"] for part in point.parts if part["ref"] in set(missing)]
    if not lacking:
        return ""
    more = point.needed - (len(point.parts) - len(lacking))
    return f"Still needed: {f'{more} of these: ' if point.needed else ''}{'; '.join(lacking)}."
