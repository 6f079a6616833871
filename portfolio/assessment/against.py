"""What is said against the evidence of a round: in this unit and in others, of these versions and of earlier ones."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from portfolio.assessment.models import Flaw, Round
from portfolio.assessment.queries import NotedFlaw, Sheet
from portfolio.assessment.rules import is_told


@dataclass(frozen=True, slots=True)
class Against:
    """What is said against one version that was handed in."""

    flaw: Flaw | None = None
    """What holds of it in this unit."""
    seen: int = 0
    """Number of its last flaw in this unit: what a save is based on."""
    elsewhere: tuple[NotedFlaw, ...] = ()
    """What holds of it in other units, and of other versions of its item in any."""


def against(
    round: Round, sheets: Sequence[Sheet], noted: Iterable[NotedFlaw], *, to_learner: bool
) -> Mapping[int, Against]:
    """What is said against each of the versions of a round that are shown, by version, of all that was `noted`.

    What was said in a later round of this unit is left out; for its learner what they are not told yet, and what was
    found in other units.
    """
    shown = [one for one in noted if _is_shown(one.flaw, round, to_learner=to_learner)]
    last = {(one.flaw.assessment_id, one.flaw.version_id): one for one in shown}
    by_item = defaultdict[int, list[NotedFlaw]](list)
    for one in last.values():
        by_item[one.item].append(one)
    return {sheet.id: _against(sheet, by_item[sheet.item], round) for sheet in sheets}


def _is_shown(flaw: Flaw, round: Round, *, to_learner: bool) -> bool:
    if flaw.assessment_id != round.assessment_id:
        return not to_learner
    return flaw.round_id <= round.id and (not to_learner or is_told(flaw.round.decision))


def _against(sheet: Sheet, noted: list[NotedFlaw], round: Round) -> Against:
    here = next(
        (one.flaw for one in noted if (one.flaw.assessment_id, one.flaw.version_id) == (round.assessment_id, sheet.id)),
        None,
    )
    elsewhere = tuple(one for one in noted if one.flaw is not here and one.flaw.fails)
    return Against(here if here and here.fails else None, here.number if here else 0, elsewhere)
