"""What the pages of the desk share: whose it is, which round it shows, and what its templates ask for."""

from contextlib import suppress
from typing import Any

from flask import g, request

from portfolio.assessment import desk, operations, policy, queries
from portfolio.assessment.desk import Desk
from portfolio.assessment.models import Assessment
from portfolio.assessment.rows import DeskRow
from portfolio.assessment.rules import TakenOver
from portfolio.assessment.together.meanwhile import meanwhile
from portfolio.assessment.views.stops import stop_of, walks
from portfolio.foundation.db import transaction
from portfolio.foundation.errors import Conflict, Missing, OutOfTurn, Unavailable
from portfolio.foundation.requests import numbers
from portfolio.people.models import Person
from portfolio.people.offline.keeping import fetched_ahead
from portfolio.units import queries as units


def may_judge_pair(person: Person, pair: tuple[Assessment, int]) -> bool:
    """Whether `person` may judge the assessment of a pair: of it and one of its points or versions."""
    return policy.may_judge(person, pair[0])


def pair_of(id: int, point_id: int, *, viewer: Person) -> tuple[Assessment, int] | None:
    """The assessment and one of its unit's points; None for what the viewer may not know of."""
    assessment = queries.assessment(id, viewer=viewer)
    if assessment is None or point_id not in {point.id for point in units.marking_points(assessment.enrolment.edition)}:
        return None
    return assessment, point_id


def looked_at() -> int | None:
    """The id of the round that the page showed from which a form comes; None where it does not say."""
    return numbers.number(request.form.get("round"))


def desk_of(assessment: Assessment) -> Desk:
    """The desk of the round that is asked for, or of the present one. Raises `Missing` where no round stands."""
    number = numbers.asked("round")
    rounds = queries.standing_rounds(assessment)
    round = next((one for one in rounds if one.number == number), rounds[-1] if rounds else None)
    if round is None:
        raise Missing("Nothing is handed in for this unit now.")
    return desk.laid_out(assessment, round)


def told_of(assessment: Assessment) -> str:
    """What became of the round that the page showed from which something comes; empty while it waits."""
    called = stop_of(assessment).hidden if walks() else ""
    return meanwhile(assessment, looked_at(), viewer=g.person, called=called)


def late(assessment: Assessment, refusal: OutOfTurn) -> OutOfTurn:
    """The refusal of what comes too late, in which a name that is hidden stays so."""
    return OutOfTurn(told_of(assessment) or refusal.sentence)


def piece_of(assessment: Assessment, point_id: int) -> dict[str, Any]:
    """What is shown after a deed on a point: the desk with that point in hand, or in a walk the stop with what was
    given for the point lately. Raises as `desk_of` does.
    """
    whole = desk_of(assessment)
    if not walks():
        return shown_of(whole, whole.row(point_id))
    stop = stop_of(assessment)
    desk = whole.narrowed(point_id, stop.query, called=stop.hidden)
    return shown_of(desk, desk.rows[0]) | {"stop": stop, "lately": queries.lately(point_id, g.person)}


def worded_now(assessment: Assessment) -> TakenOver:
    """What the centre changed in feedback that the viewer is still to decide on: it says it as it is from now on.

    Left for later where others write just then, and where nobody reads the answer.
    """
    taken, read = TakenOver(), request.method != "HEAD" and not fetched_ahead()
    if assessment.phrases_changed and policy.may_judge(g.person, assessment) and read:
        with suppress(Conflict, Unavailable), transaction(aside=True):
            taken = operations.take_over_words(assessment, by=g.person)
    return taken


def shown_of(shown: Desk, row: DeskRow) -> dict[str, Any]:
    """What the templates of the desk ask for: `row` is the point in hand."""
    judging = policy.may_judge(g.person, shown.assessment) and shown.waits
    return {"desk": shown, "current": row, "judging": judging}
