"""What pages call when they show a decision: from then on it cannot be retracted."""

from collections.abc import Iterable
from contextlib import suppress

from portfolio.assessment import operations
from portfolio.assessment.models import Round
from portfolio.foundation.db import transaction
from portfolio.foundation.errors import Conflict
from portfolio.people.models import Person
from portfolio.people.offline.keeping import fetched_ahead


def told(rounds: Iterable[Round], learner_id: int, *, by: Person) -> None:
    """`by` is shown these rounds of a learner; nothing is noted of decisions of one's own, or ahead of reading."""
    if not fetched_ahead() and any(
        round.decision and not round.read_at and round.decided_by_id != by.id for round in rounds
    ):
        with suppress(Conflict), transaction():
            operations.mark_read([learner_id], by=by)
