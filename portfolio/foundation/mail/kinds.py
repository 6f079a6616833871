"""The kinds of mail, as the storeys give them: who writes each, what pages say of it, and what is put on record."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from portfolio.foundation.log.actors import Actor
from portfolio.foundation.mail.letters import Letter
from portfolio.foundation.mail.models import Mail


class Ended(Exception):
    """What a mail is about is over: it is not sent. The message says why."""


@dataclass(frozen=True, slots=True)
class Told:
    """What a page says of one mail."""

    name: str
    """To whom it goes."""
    email: str
    """The address as it is now; empty where nobody needs to see it any more."""
    url: str = ""
    """The page of whoever or whatever it is about."""
    standing: str = ""
    """How what it is about stands, in a few words."""
    may_again: bool = False
    """Whether it can be sent again where it was not sent."""


@dataclass(frozen=True, slots=True)
class MailKind:
    """One kind of mail."""

    name: str
    """How pages call it: `One-time link`."""
    write: Callable[[Mail], Letter]
    """Raises `Ended` for what is not to be sent any more."""
    tell: Callable[[Sequence[Mail]], Mapping[int, Told]]
    """What a page says of mails of this kind, by their ids."""
    sent: Callable[[Mail], object]
    """Puts on record that the server took it, in the transaction that says so."""
    unsent: Callable[[Mail, str, Actor | None], object]
    """The same of one that is not sent: a few words for why, and who stopped it, where somebody did."""
    again: Callable[[Mail, Actor], object] | None = None
    """Has one that was not sent written down and sent once more; raises `Refused` where that cannot be."""


KINDS: dict[str, MailKind] = {}
"""By the name that a mail's row has."""


def told(mails: Sequence[Mail]) -> dict[int, Told]:
    """What a page says of these, by their ids; a kind is asked once for all of its own."""
    found: dict[int, Told] = {}
    for name in {mail.kind for mail in mails}:
        found |= KINDS[name].tell([mail for mail in mails if mail.kind == name])
    return found
