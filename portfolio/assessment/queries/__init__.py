"""Reads about assessments: their records, what the desk shows of a round, and the queue."""

from portfolio.assessment.queries.desk import Sheet, claimed_in, gaps_in, sheets
from portfolio.assessment.queries.records import (
    achieved_learners,
    assessment,
    assessment_of,
    assessments_of,
    attempts,
    claims_in,
    handed,
    judged_in,
    judgements,
    locked,
    present_round,
    rounds_of,
    standing,
    standing_rounds,
    states_of,
)
from portfolio.assessment.queries.responsible import answered_for, duties, nobodys, nobodys_count
from portfolio.assessment.queries.waiting import Waiting, Wanted, counts, lines, next_waiting

__all__ = [
    "Sheet",
    "Waiting",
    "Wanted",
    "achieved_learners",
    "answered_for",
    "assessment",
    "assessment_of",
    "assessments_of",
    "attempts",
    "claimed_in",
    "claims_in",
    "counts",
    "duties",
    "gaps_in",
    "handed",
    "judged_in",
    "judgements",
    "lines",
    "locked",
    "next_waiting",
    "nobodys",
    "nobodys_count",
    "present_round",
    "rounds_of",
    "sheets",
    "standing",
    "standing_rounds",
    "states_of",
]
