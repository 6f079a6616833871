"""The kinds of mail, as the storeys give them: who writes each, what pages say of it, and what is put on record."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from portfolio.foundation.log.actors import Actor
from portfolio.foundation.mail.letters import Letter
from portfolio.foundation.mail.models import Mail


class Ended(Exception):
    """What a mail is about is over: it is not sent. The message says why."""


@dataclass(frozen=True, slots=True)
class Addressee:
    """To whom one mail goes, as pages show them."""

    name: str
    """Theirs, as it is now."""
    email: str
    """The address as it is now; empty where nobody needs to see it any more."""
    url: str = ""
    """The page of whoever or whatever the mail is about."""
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
    addressees: Callable[[Sequence[Mail]], Mapping[int, Addressee]]
    """To whom mails of this kind go, by the mails' ids."""
    sent: Callable[[Mail], object]
    """Puts on record that the server took it, in the transaction that says so."""
    unsent: Callable[[Mail, str, Actor | None], object]
    """The same of one that is not sent: a few words for why, and who stopped it, where somebody did."""
    again: Callable[[Mail, Actor], object] | None = None
    """Has one that was not sent written down and sent once more; raises `Refused` where that cannot be."""


KINDS: dict[str, MailKind] = {}
"""By the name that a mail's row has."""


def addressees(mails: Sequence[Mail]) -> dict[int, Addressee]:
    """To whom these go, by the mails' ids; a kind is asked once for all of its own."""
    found: dict[int, Addressee] = {}
    for name in {mail.kind for mail in mails}:
        found |= KINDS[name].addressees([mail for mail in mails if mail.kind == name])
    return found
