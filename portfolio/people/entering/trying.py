"""Which accounts a password opens: each try is counted, and takes as long whether there are such accounts or not."""

from collections.abc import Sequence
from dataclasses import dataclass

from flask import current_app, request
from flask_security import hash_password, verify_password

from portfolio.people.entering.limits import Counter
from portfolio.people.entering.rules import CHECKS, Opened
from portfolio.people.models import Account

LIMITS = "markwell-limits"
LINK_LIMITS = "markwell-link-limits"


@dataclass(frozen=True, slots=True)
class Tried:
    """What came of a try: the accounts that were opened, or the seconds to wait where one may not be tried now."""

    opened: tuple[Opened, ...] = ()
    wait: int = 0
    made: bool = False
    """Whether the password was tried at any account."""


def counter() -> Counter:
    """The application's counter of failures."""
    found: Counter = current_app.extensions[LIMITS]
    return found


def link_counter() -> Counter:
    """The application's counter of links that open nothing."""
    found: Counter = current_app.extensions[LINK_LIMITS]
    return found


def address() -> str:
    """Where the request comes from."""
    return request.remote_addr or ""


def tried(password: str, accounts: Sequence[Account], *, spelt: str) -> Tried:
    """Try a password at accounts, which is counted at each; without any it is counted at the address as it is `spelt`.

    One that was tried too often is left out; where nothing was opened, the seconds until it may be tried are told all
    the same. Whoever calls it counts a failure at the network address as well, or says `succeeded`.
    """
    waits = [(one, counter().wait(address(), _name(one.id))) for one in accounts]
    wait = 0 if waits else counter().wait(address(), spelt)
    due = [one for one, seconds in waits if not seconds]
    if wait or (waits and not due):
        return Tried(wait=max([wait, *(seconds for _, seconds in waits)]))
    normal = current_app.extensions["security"].password_util.normalize(password)
    opened = tuple(Opened(one.id, one.password) for one in due if verify_password(normal, one.password))
    for _ in range(CHECKS - len(due)):
        hash_password(normal)
    return Tried(opened, 0 if opened else max((seconds for _, seconds in waits), default=0), made=bool(due))


def succeeded(opened: Sequence[Opened]) -> None:
    """The try was a sign-in: the counts of what it opened begin anew, and of nothing else that has the address."""
    for one in opened:
        counter().succeeded(_name(one.id))


def _name(id: int) -> str:
    return f"account {id}"
