"""The life of a request to a witness: its states, and which deed is allowed in which."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Protocol

from portfolio.foundation.errors import Expired, OutOfTurn

CORRECTING = timedelta(days=7)
"""How long after they signed a witness may correct it."""
SHOWING = timedelta(days=28)
"""How long after that a link shows what was signed with it."""
REMINDING = timedelta(days=1)
"""From one mail to a witness to the next."""


class RequestState(StrEnum):
    """How far a request is."""

    ASKED = "asked"
    OPENED = "opened"
    WRITING = "being written"
    SIGNED = "signed"
    DECLINED = "declined"
    EXPIRED = "expired"
    TAKEN_BACK = "taken back"


class RequestDeed(StrEnum):
    """What is done to a request: the first five by the holder of its link, the others by who asked."""

    OPEN = "open"
    WRITE = "write"
    SIGN = "sign"
    DECLINE = "decline"
    CORRECT = "correct"
    REMIND = "remind"
    SHOW = "show the link"
    TAKE_BACK = "take back"


class RequestMoments(Protocol):
    """When what happened to a request; None for what did not."""

    @property
    def expires_at(self) -> datetime:
        """When its link ends."""

    @property
    def asked_at(self) -> datetime:
        """When it was asked."""

    @property
    def reminded_at(self) -> datetime | None:
        """When it was reminded of last."""

    @property
    def opened_at(self) -> datetime | None:
        """When the link was opened first."""

    @property
    def begun_at(self) -> datetime | None:
        """When the first words came."""

    @property
    def signed_at(self) -> datetime | None:
        """When it was signed first."""

    @property
    def declined_at(self) -> datetime | None:
        """When it was declined."""

    @property
    def taken_back_at(self) -> datetime | None:
        """When it was taken back."""


_S, _D = RequestState, RequestDeed
_IN_HAND = frozenset({_D.OPEN, _D.WRITE, _D.SIGN, _D.DECLINE, _D.REMIND, _D.SHOW, _D.TAKE_BACK})
ALLOWED: Mapping[RequestState, frozenset[RequestDeed]] = {
    _S.ASKED: frozenset({_D.OPEN, _D.REMIND, _D.SHOW, _D.TAKE_BACK}),
    _S.OPENED: _IN_HAND,
    _S.WRITING: _IN_HAND,
    _S.SIGNED: frozenset({_D.OPEN, _D.CORRECT}),
    _S.DECLINED: frozenset(),
    _S.EXPIRED: frozenset(),
    _S.TAKEN_BACK: frozenset(),
}
"""Which deed is allowed in which state; a correction for `CORRECTING` only."""
OVER: Mapping[RequestState, str] = {
    _S.DECLINED: "You have declined, so nothing more is asked of you. If you did not mean to, ask for another link.",
    _S.EXPIRED: "This link has expired. If you still want to say what you saw, ask for another one.",
    _S.TAKEN_BACK: "The request was taken back, so nothing is asked of you any more.",
}
"""What the holder of a link is told that has ended."""
UNOPENED = "Open the link first, then write."
FROZEN = "This was signed already. What was signed stays as it is."
TOO_LATE = "A correction can be made within seven days after signing, and these are over. Tell who asked you."
_NOTHING_TO_CORRECT = "Nothing was signed with this link yet, so there is nothing to correct."
NOT_ASKED_ANY_MORE: Mapping[RequestState, str] = {
    _S.SIGNED: "This was signed meanwhile. Open it to see what the witness wrote.",
    _S.DECLINED: "The witness has declined. Ask somebody else who saw it.",
    _S.EXPIRED: "The link has expired. Ask once more, if it is still wanted.",
    _S.TAKEN_BACK: "This request was taken back already.",
}
"""What who asked is told when there is nothing to remind of, to hand over, or to take back."""


def state_of(request: RequestMoments, at: datetime) -> RequestState:
    """How far a request is at a moment."""
    ended = (
        (request.taken_back_at, RequestState.TAKEN_BACK),
        (request.signed_at, RequestState.SIGNED),
        (request.declined_at, RequestState.DECLINED),
        (at if at >= request.expires_at else None, RequestState.EXPIRED),
        (request.begun_at, RequestState.WRITING),
        (request.opened_at, RequestState.OPENED),
    )
    return next((state for moment, state in ended if moment), RequestState.ASKED)


def rests_until(request: RequestMoments) -> datetime:
    """Before which moment nobody reminds a witness again."""
    return max(request.asked_at, request.reminded_at or request.asked_at) + REMINDING


def can_correct(request: RequestMoments, at: datetime) -> bool:
    """Whether what was signed may be corrected at a moment."""
    return request.signed_at is not None and not request.taken_back_at and at <= request.signed_at + CORRECTING


def is_shown(request: RequestMoments, at: datetime) -> bool:
    """Whether a link still shows at a moment what was signed with it."""
    return request.signed_at is not None and at <= request.signed_at + CORRECTING + SHOWING


def ensure_allowed(deed: RequestDeed, request: RequestMoments, at: datetime) -> None:
    """Hold a deed against `ALLOWED`.

    Raises `Expired` for the holder of a link that has ended, `OutOfTurn` for anything else that is not allowed, and for
    a correction that comes too late.
    """
    state = state_of(request, at)
    if deed in ALLOWED[state]:
        if deed is RequestDeed.CORRECT and not can_correct(request, at):
            raise OutOfTurn(TOO_LATE)
        return
    if deed in (RequestDeed.REMIND, RequestDeed.SHOW, RequestDeed.TAKE_BACK):
        raise OutOfTurn(NOT_ASKED_ANY_MORE[state])
    if state in OVER:
        raise Expired(OVER[state])
    if deed is RequestDeed.CORRECT:
        raise OutOfTurn(_NOTHING_TO_CORRECT)
    raise OutOfTurn(FROZEN if state is RequestState.SIGNED else UNOPENED)
