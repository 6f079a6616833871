"""The states of an assessment: one table of states and steps; every step that it does not name is refused."""

from enum import StrEnum
from typing import Protocol

from portfolio.foundation.errors import OutOfTurn, Refused
from portfolio.foundation.words.text import listed, with_article
from portfolio.people.rules import Role


class State(StrEnum):
    """Where a unit of a learner stands. `GATHERING` is also the state of a unit that has no assessment yet."""

    GATHERING = "gathering"
    HANDED_IN = "handed in"
    REFERRED = "referred"
    ACHIEVED = "achieved"
    WITHDRAWN = "withdrawn"


SHOWN = {state: "in progress" if state is State.GATHERING else str(state) for state in State}
"""How a state is called on pages and paper; records and the log have its own word."""


class Step(StrEnum):
    """What can be done to it."""

    HAND_IN = "hand in"
    TAKE_BACK = "take back"
    REFER = "refer"
    AWARD = "award"
    RETRACT = "retract"
    """Undo a decision that nobody has read yet."""
    WITHDRAW = "withdraw"
    REINSTATE = "reinstate"
    """End a withdrawal: the unit stands where it stood before."""
    REOPEN = "reopen"
    """Let an award be looked at again; it stays on record."""


_LEARNER, _ASSESSOR, _CENTRE = (Role.LEARNER,), (Role.ASSESSOR,), (Role.ADMINISTRATOR,)
_OFFICE = (Role.IQA, Role.ADMINISTRATOR)
TABLE: dict[tuple[State, Step], tuple[tuple[Role, ...], State]] = {
    (State.GATHERING, Step.HAND_IN): (_LEARNER, State.HANDED_IN),
    (State.REFERRED, Step.HAND_IN): (_LEARNER, State.HANDED_IN),
    (State.HANDED_IN, Step.TAKE_BACK): (_LEARNER, State.GATHERING),
    (State.HANDED_IN, Step.REFER): (_ASSESSOR, State.REFERRED),
    (State.HANDED_IN, Step.AWARD): (_ASSESSOR, State.ACHIEVED),
    (State.REFERRED, Step.RETRACT): (_ASSESSOR, State.HANDED_IN),
    (State.ACHIEVED, Step.RETRACT): (_ASSESSOR, State.HANDED_IN),
    (State.GATHERING, Step.WITHDRAW): (_CENTRE, State.WITHDRAWN),
    (State.HANDED_IN, Step.WITHDRAW): (_CENTRE, State.WITHDRAWN),
    (State.REFERRED, Step.WITHDRAW): (_CENTRE, State.WITHDRAWN),
    (State.ACHIEVED, Step.WITHDRAW): (_CENTRE, State.WITHDRAWN),
    (State.WITHDRAWN, Step.REINSTATE): (_CENTRE, State.GATHERING),
    (State.ACHIEVED, Step.REOPEN): (_OFFICE, State.REFERRED),
}
"""(state, step) → (who, next state). Taking back a later round returns to *referred*, reinstating to where the unit
stood before it was withdrawn: see `after`."""


class HasRoles(Protocol):
    """Whoever takes a step."""

    def has(self, *roles: Role) -> bool:
        """Whether they have one of `roles`."""


def after(state: State, step: Step, *, by: HasRoles, round: int = 1, before: State = State.GATHERING) -> State:
    """The state that follows. `round` counts hand-ins: what is taken back in round 2 or later was *referred* before.

    `before` is where a unit stood that is reinstated.

    Raises `OutOfTurn` with the reason when the table has no such step. Refused where `by` has not the step's role.
    """
    if (state, step) not in TABLE:
        raise OutOfTurn(refusal(state, step))
    roles, following = TABLE[state, step]
    if not by.has(*roles):
        raise Refused(f"Only {listed([with_article(role) for role in roles], 'or')} can {step}.")
    if step is Step.TAKE_BACK and round > 1:
        return State.REFERRED
    return before if step is Step.REINSTATE else following


def possible(state: State, step: Step, *, by: HasRoles) -> bool:
    """Whether somebody may take a step from a state, as far as the table goes."""
    return (state, step) in TABLE and by.has(*TABLE[state, step][0])


_WHERE = {
    State.GATHERING: "the learner is still gathering evidence for this unit",
    State.HANDED_IN: "this unit is handed in and waits for the assessor",
    State.REFERRED: "this unit is referred back to the learner",
    State.ACHIEVED: "this unit is achieved already",
    State.WITHDRAWN: "the learner was withdrawn from this unit",
}


def refusal(state: State, step: Step) -> str:
    """Why `step` is not possible from `state`, as a sentence."""
    when = " or ".join(f"“{SHOWN[before]}”" for before, possible in TABLE if possible is step)
    return f"You cannot {step} now: {_WHERE[state]}. “{step.capitalize()}” is possible from {when} only."
