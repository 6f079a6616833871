"""How long a sign-in lasts, and how often a password may be tried."""

from dataclasses import dataclass
from datetime import timedelta

WORKING_DAY = timedelta(hours=12)
"""How long a sign-in lasts, used or not."""
REMEMBERED = timedelta(days=30)
"""How long one lasts on a learner's own device, where they asked for it."""
KEPT = timedelta(days=90)
"""How long a person can look up when they signed in."""
FAILURES_OF_ACCOUNT = "10 per 15 minutes; 20 per 2 hours; 60 per day"
"""Tries at one account that do not succeed: who goes on failing waits longer."""
CHECKS = 2
"""Hashes that a try takes at least: as many whether nobody has the address, one account or two."""
FAILURES_OF_ADDRESS = "100 per 15 minutes; 1000 per day"
"""The same from one address, behind which a whole class may sit."""


@dataclass(frozen=True, slots=True)
class Opened:
    """An account that a password opened, with the hash of that password."""

    id: int
    password: str


def lasts(*, staff: bool, remembered: bool) -> timedelta:
    """How long a sign-in lasts. Who signs or exports is not remembered, whatever was asked for before."""
    return REMEMBERED if remembered and not staff else WORKING_DAY
