"""The states of an assessment: one table of states and steps; every step that it does not name is refused."""

from enum import StrEnum
from typing import Protocol

from portfolio.foundation.errors import OutOfTurn, Refused
from portfolio.foundation.words.text import with_article
from portfolio.people.rules import Role


class State(StrEnum):
    """Where a unit of a learner stands. `GATHERING` is also the state of a unit that has no assessment yet."""

    GATHERING = "gathering"
    HANDED_IN = "handed in"
    REFERRED = "referred"
    ACHIEVED = "achieved"
    WITHDRAWN = "withdrawn"


class Step(StrEnum):
    """What can be done to it."""

    HAND_IN = "hand in"
    TAKE_BACK = "take back"
    REFER = "refer"
    AWARD = "award"
    WITHDRAW = "withdraw"


TABLE: dict[tuple[State, Step], tuple[Role, State]] = {
    (State.GATHERING, Step.HAND_IN): (Role.LEARNER, State.HANDED_IN),
    (State.REFERRED, Step.HAND_IN): (Role.LEARNER, State.HANDED_IN),
    (State.HANDED_IN, Step.TAKE_BACK): (Role.LEARNER, State.GATHERING),
    (State.HANDED_IN, Step.REFER): (Role.ASSESSOR, State.REFERRED),
    (State.HANDED_IN, Step.AWARD): (Role.ASSESSOR, State.ACHIEVED),
    (State.GATHERING, Step.WITHDRAW): (Role.ADMINISTRATOR, State.WITHDRAWN),
    (State.HANDED_IN, Step.WITHDRAW): (Role.ADMINISTRATOR, State.WITHDRAWN),
    (State.REFERRED, Step.WITHDRAW): (Role.ADMINISTRATOR, State.WITHDRAWN),
    (State.ACHIEVED, Step.WITHDRAW): (Role.ADMINISTRATOR, State.WITHDRAWN),
}
"""(state, step) → (who, next state). Taking back a later round returns to *referred*, see `after`."""


class HasRoles(Protocol):
    """Whoever takes a step."""

    def has(self, *roles: Role) -> bool:
        """Whether they have one of `roles`."""


def after(state: State, step: Step, *, by: HasRoles, round: int = 1) -> State:
    """The state that follows. `round` counts hand-ins: what is taken back in round 2 or later was *referred* before.

    Raises `OutOfTurn` with the reason when the table has no such step. Refused where `by` has not the step's role.
    """
    if (state, step) not in TABLE:
        raise OutOfTurn(refusal(state, step))
    role = TABLE[state, step][0]
    if not by.has(role):
        raise Refused(f"Only {with_article(role)} can {step}.")
    if step is Step.TAKE_BACK and round > 1:
        return State.REFERRED
    return TABLE[state, step][1]


_WHERE = {
    State.GATHERING: "the learner is still gathering evidence for this unit",
    State.HANDED_IN: "this unit is handed in and waits for the assessor",
    State.REFERRED: "this unit is referred back to the learner",
    State.ACHIEVED: "this unit is achieved already",
    State.WITHDRAWN: "the learner was withdrawn from this unit",
}


def refusal(state: State, step: Step) -> str:
    """Why `step` is not possible from `state`, as a sentence."""
    when = " or ".join(f"“{before}”" for before, possible in TABLE if possible is step)
    return f"You cannot {step} now: {_WHERE[state]}. “{step.capitalize()}” is possible from {when} only."
