"""What became of a round while it lay open on a desk: taken back, decided elsewhere, withdrawn."""

from datetime import datetime
from zoneinfo import ZoneInfo

from portfolio.assessment import policy, queries
from portfolio.assessment.lifecycle import State
from portfolio.assessment.models import Assessment
from portfolio.foundation.clock import now
from portfolio.people.models import Person

KEPT = "What you typed is kept on this device and at the centre"


def meanwhile(assessment: Assessment, round_id: int | None, *, viewer: Person, called: str = "") -> str:
    """What is told at a desk that was opened while the round `round_id` waited there; empty while it still does."""
    round = queries.round_of(assessment, round_id) if round_id else None
    if round is None:
        return ""
    learner, zone = called or assessment.enrolment.learner.name, ZoneInfo(viewer.centre.timezone)
    typed = f" {KEPT}" if policy.may_judge(viewer, assessment) else ""
    comes_back = f"{typed}; it comes back when the unit is handed in again." if typed else ""
    if round.taken_back_at and assessment.state == State.HANDED_IN:
        again = f"{learner} took this unit back and handed it in again."
        return f"{again} Load the page to see what is handed in now.{typed and f'{typed}.'}"
    if round.taken_back_at:
        return f"{learner} took this unit back {_when(round.taken_back_at, zone)}.{comes_back}"
    if assessment.state == State.WITHDRAWN:
        return f"{learner} was withdrawn from this unit.{typed and f'{typed}.'}"
    if round.decided_by and round.decided_at:
        decided = f"{round.decided_by.name} decided {_when(round.decided_at, zone)}: {round.decision}"
        return f"{decided}.{typed and f'{typed}.'}"
    return ""


def _when(moment: datetime, zone: ZoneInfo) -> str:
    """A moment as people say it: `at 14:05` of today, `on 3 March at 14:05` of another day."""
    local = moment.astimezone(zone)
    day = "" if local.date() == now().astimezone(zone).date() else f"on {local.day} {local:%B} "
    return f"{day}at {local:%H:%M}"
