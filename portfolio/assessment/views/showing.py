"""What the pages of the desk share: whose it is, which round it shows, and what its templates ask for."""

from contextlib import suppress

from flask import g

from portfolio.assessment import desk, operations, policy, queries
from portfolio.assessment.desk import Desk, DeskRow
from portfolio.assessment.lifecycle import State
from portfolio.assessment.models import Assessment
from portfolio.assessment.rules import TakenOver
from portfolio.foundation.db import transaction
from portfolio.foundation.errors import Conflict, Missing
from portfolio.foundation.requests import numbers
from portfolio.people.models import Person
from portfolio.people.offline.keeping import fetched_ahead


def may_judge_pair(person: Person, pair: tuple[Assessment, int]) -> bool:
    """Whether `person` may judge the assessment of a pair: of it and one of its points or versions."""
    return policy.may_judge(person, pair[0])


def desk_of(assessment: Assessment) -> Desk:
    """The desk of the round that is asked for, or of the present one. Raises `Missing` where no round stands."""
    number = numbers.asked("round")
    rounds = queries.standing_rounds(assessment)
    round = next((one for one in rounds if one.number == number), rounds[-1] if rounds else None)
    if round is None:
        raise Missing("Nothing is handed in for this unit now.")
    return desk.laid_out(assessment, round)


def worded_now(assessment: Assessment) -> TakenOver:
    """What the centre changed in feedback that the viewer is still to decide on: it says it as it is from now on."""
    taken = TakenOver()
    if assessment.phrases_changed and policy.may_judge(g.person, assessment) and not fetched_ahead():
        with suppress(Conflict), transaction():
            taken = operations.take_over_words(assessment, by=g.person)
    return taken


def shown_of(shown: Desk, row: DeskRow) -> dict[str, object]:
    """What the templates of the desk ask for: `row` is the point in hand."""
    assessment = shown.assessment
    present = shown.round.number == assessment.round
    judging = policy.may_judge(g.person, assessment) and assessment.state == State.HANDED_IN and present
    return {"desk": shown, "current": row, "judging": judging}
