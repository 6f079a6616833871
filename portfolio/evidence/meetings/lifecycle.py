"""The states of a meeting: one table of states and steps; every step that it does not name is refused."""

from enum import StrEnum

from portfolio.evidence.signatures.rules import Signer
from portfolio.foundation.errors import OutOfTurn, Refused


class MeetingState(StrEnum):
    """Where an observation or a professional discussion stands."""

    PLANNED = "planned"
    UNDER_WAY = "under way"
    """Something was written down, and nobody has signed it."""
    SIGNED = "signed by the assessor"
    """The learner has not answered yet."""
    AGREED = "signed by both"
    DISPUTED = "not agreed"
    """The learner signed that they do not agree."""
    LEFT = "not agreed, and left so"
    """The learner signed that they do not agree, and the assessor leaves it as it is."""
    CHANGING = "being changed"
    """The assessor wrote something else down since it was signed; what was signed still stands."""
    CALLED_OFF = "called off"


class MeetingStep(StrEnum):
    """What can be done to it."""

    PLAN = "change the plan"
    WRITE = "write something down"
    CALL_OFF = "call it off"
    RESUME = "hold it after all"
    SIGN = "sign it"
    """As the assessor: what is written down becomes evidence, or its next version."""
    AGREE = "agree"
    OBJECT = "say that you do not agree"
    LEAVE = "leave it as it was signed"
    """Let go of what was changed since the assessor signed; of a record that is not agreed to, let it stay so."""


_ASSESSOR, _LEARNER = Signer.ASSESSOR, Signer.LEARNER
TABLE: dict[tuple[MeetingState, MeetingStep], tuple[Signer, MeetingState]] = {
    (MeetingState.PLANNED, MeetingStep.PLAN): (_ASSESSOR, MeetingState.PLANNED),
    (MeetingState.PLANNED, MeetingStep.WRITE): (_ASSESSOR, MeetingState.UNDER_WAY),
    (MeetingState.PLANNED, MeetingStep.CALL_OFF): (_ASSESSOR, MeetingState.CALLED_OFF),
    (MeetingState.UNDER_WAY, MeetingStep.PLAN): (_ASSESSOR, MeetingState.UNDER_WAY),
    (MeetingState.UNDER_WAY, MeetingStep.WRITE): (_ASSESSOR, MeetingState.UNDER_WAY),
    (MeetingState.UNDER_WAY, MeetingStep.CALL_OFF): (_ASSESSOR, MeetingState.CALLED_OFF),
    (MeetingState.CALLED_OFF, MeetingStep.RESUME): (_ASSESSOR, MeetingState.UNDER_WAY),
    (MeetingState.UNDER_WAY, MeetingStep.SIGN): (_ASSESSOR, MeetingState.SIGNED),
    (MeetingState.SIGNED, MeetingStep.AGREE): (_LEARNER, MeetingState.AGREED),
    (MeetingState.SIGNED, MeetingStep.OBJECT): (_LEARNER, MeetingState.DISPUTED),
    (MeetingState.DISPUTED, MeetingStep.LEAVE): (_ASSESSOR, MeetingState.LEFT),
    **{
        (signed, step): (_ASSESSOR, MeetingState.CHANGING)
        for signed in (MeetingState.SIGNED, MeetingState.AGREED, MeetingState.DISPUTED, MeetingState.LEFT)
        for step in (MeetingStep.PLAN, MeetingStep.WRITE)
    },
    (MeetingState.CHANGING, MeetingStep.PLAN): (_ASSESSOR, MeetingState.CHANGING),
    (MeetingState.CHANGING, MeetingStep.WRITE): (_ASSESSOR, MeetingState.CHANGING),
    (MeetingState.CHANGING, MeetingStep.SIGN): (_ASSESSOR, MeetingState.SIGNED),
    (MeetingState.CHANGING, MeetingStep.LEAVE): (_ASSESSOR, MeetingState.SIGNED),
}
"""(state, step) → (who, next state). Who leaves a change goes back to where it stood: *signed by the assessor*, *signed
by both*, *not agreed* or *not agreed, and left so*; who holds it after all, to *planned* or *under way*. A plan
of which only what the learner prepares is changed leaves what is signed where it stands."""

_WHERE = {
    MeetingState.PLANNED: "nothing is written down yet",
    MeetingState.UNDER_WAY: "the assessor has not signed it yet",
    MeetingState.SIGNED: "the assessor signed it, and it waits for the learner",
    MeetingState.AGREED: "both have signed it",
    MeetingState.DISPUTED: "the learner signed that they do not agree",
    MeetingState.LEFT: "the learner does not agree, and it is left so",
    MeetingState.CHANGING: "the assessor is changing it and signs it anew",
    MeetingState.CALLED_OFF: "it was called off",
}


def state_of(
    *, begun: bool, called_off: bool, changed: bool, signed: bool, agrees: bool | None, left: bool = False
) -> MeetingState:
    """The state of a meeting: whether something was written down, it was called off, something is saved that the
    assessor has not signed, they signed before, whether the learner agrees with it (None where they did not say),
    and whether a record that is not agreed to is left so.
    """
    if called_off:
        return MeetingState.CALLED_OFF
    if not signed:
        return MeetingState.UNDER_WAY if begun else MeetingState.PLANNED
    if changed:
        return MeetingState.CHANGING
    if agrees is None:
        return MeetingState.SIGNED
    if agrees:
        return MeetingState.AGREED
    return MeetingState.LEFT if left else MeetingState.DISPUTED


def ensure_possible(state: MeetingState, step: MeetingStep, *, by: Signer) -> None:
    """Raise `OutOfTurn` with the reason where the table has no such step. Refused where it is the other's to take."""
    if (state, step) not in TABLE:
        raise OutOfTurn(f"You cannot {step} now: {_WHERE[state]}.")
    who, _ = TABLE[state, step]
    if who is not by:
        raise Refused(f"Only the {who} can {step}.")


def possible(state: MeetingState, step: MeetingStep) -> bool:
    """Whether a step may be taken from a state, by whoever takes it."""
    return (state, step) in TABLE
