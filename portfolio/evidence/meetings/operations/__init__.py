"""Writes about meetings: they are planned, written down, signed by the assessor and by the learner, or called off."""

from portfolio.evidence.meetings.operations.moving import move_meetings
from portfolio.evidence.meetings.operations.planning import call_off, change_plan, plan, plan_of, resume
from portfolio.evidence.meetings.operations.signing import sign_as_assessor, sign_as_learner
from portfolio.evidence.meetings.operations.writing import (
    attach,
    change_entry,
    describe,
    detach,
    leave,
    remove_entry,
    restore_entry,
    write,
)

__all__ = [
    "attach",
    "call_off",
    "change_entry",
    "change_plan",
    "describe",
    "detach",
    "leave",
    "move_meetings",
    "plan",
    "plan_of",
    "remove_entry",
    "restore_entry",
    "resume",
    "sign_as_assessor",
    "sign_as_learner",
    "write",
]
