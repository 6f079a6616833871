"""Waits out what passes by itself: a full disk, a lost bucket, a lost database; then the deed is done again."""

import logging
import threading
from collections.abc import Callable
from itertools import chain, repeat
from typing import Any, TypeVar

from sqlalchemy.exc import DBAPIError

from portfolio.foundation.db import db
from portfolio.foundation.errors import Unavailable

R = TypeVar("R")
RESTS = (0.5, 1.0, 2.0, 4.0, 8.0)
"""Seconds between the first tries."""
LONGEST = 15.0
"""Seconds between all further ones: so soon after it passed the deed goes on."""
_TICK = 0.5
_SQLITE_FULL = 13
"""`SQLITE_FULL` (sqlite.org/rescode.html)."""
LOST = "The database does not answer just now."


def patiently(deed: Callable[..., R], *args: Any, told: Callable[[str], None], ticked: Callable[[], None]) -> R:
    """The value of `deed(*args)`, tried again for as long as what it needs is away.

    `told` is given the sentence each time; `ticked` is called about twice a second meanwhile, and may raise to give up.
    Doing the deed again from its start must do no harm.
    """
    for rest in chain(RESTS, repeat(LONGEST)):
        try:
            return deed(*args)
        except (Unavailable, DBAPIError) as fault:
            if not is_passing(fault):
                raise
            sentence = fault.sentence if isinstance(fault, Unavailable) else LOST
            logging.getLogger("markwell.jobs").warning("%s Tried again in %g s.", sentence, rest)
            told(sentence)
        _rest(rest, ticked)
    raise AssertionError


def surely(deed: Callable[..., R]) -> Callable[..., R]:
    """The same deed, done once the database is there and not busy, however long that takes."""

    def done(*args: Any) -> R:
        return patiently(deed, *args, told=lambda _sentence: db.session.rollback(), ticked=lambda: None)

    return done


def is_passing(fault: Unavailable | DBAPIError) -> bool:
    """Whether waiting helps: what is not there now, a connection that broke, a disk without room for the database."""
    if isinstance(fault, Unavailable):
        return True
    return fault.connection_invalidated or getattr(fault.orig, "sqlite_errorcode", None) == _SQLITE_FULL


def _rest(seconds: float, ticked: Callable[[], None]) -> None:
    clock = threading.Event()
    for _ in range(int(seconds / _TICK)):
        clock.wait(_TICK)
        ticked()
