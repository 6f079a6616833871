"""Writes about assessments: handing in, judging, deciding. Each deed reads the state afresh under the lock."""

from portfolio.assessment.operations.deciding import allocate, award, hand_over, refer, take_up, withdraw
from portfolio.assessment.operations.flaws import note_flaw, take_flaw_back
from portfolio.assessment.operations.handing_in import claims_for, hand_in, manifest, take_back
from portfolio.assessment.operations.judging import Superseded, judge, unjudge
from portfolio.assessment.operations.merging import merge
from portfolio.assessment.operations.presence import be_here, leave, sweep_presence
from portfolio.assessment.operations.taking_over import change_phrase, take_over_words
from portfolio.assessment.operations.ways_back import (
    mark_read,
    may_be_removed,
    may_be_taken_off,
    reinstate,
    remove_person,
    reopen,
    retract,
    take_off,
)

__all__ = [
    "Superseded",
    "allocate",
    "award",
    "be_here",
    "change_phrase",
    "claims_for",
    "hand_in",
    "hand_over",
    "judge",
    "leave",
    "manifest",
    "mark_read",
    "may_be_removed",
    "may_be_taken_off",
    "merge",
    "note_flaw",
    "refer",
    "reinstate",
    "remove_person",
    "reopen",
    "retract",
    "sweep_presence",
    "take_back",
    "take_flaw_back",
    "take_off",
    "take_over_words",
    "take_up",
    "unjudge",
    "withdraw",
]
