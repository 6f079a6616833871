"""Writes about one-time links: made, and used by the person they are for."""

import base64
import hashlib
import hmac
import secrets
from collections.abc import Sequence
from datetime import timedelta

from portfolio.foundation import sealing
from portfolio.foundation.clock import now
from portfolio.foundation.db import db, hold
from portfolio.foundation.errors import Missing, Refused
from portfolio.foundation.log import audit
from portfolio.foundation.log.deeds import Deed
from portfolio.people import queries
from portfolio.people.entering.operations import choose
from portfolio.people.entering.rules import Opened
from portfolio.people.models import Invitation, Person

ENDED = "This link was used already or has expired. Ask your centre's administrator for a new one."
INVITATION_LASTS = timedelta(days=7)
LINKS = "link tokens"
"""Name of the sealed value from which the tokens of links are made."""


def invite(person: Person, *, key: str, by: Person) -> str:
    """A new one-time link's token for `person`, that of `key`; links given earlier end. Only its hash is kept.

    Raises as `sealing.kept` does. Refused for somebody whose account is shut.
    """
    hold(person)
    if not person.active:
        raise Refused(f"The account of {person.name} is closed. Open it first, then make a link.")
    for earlier in queries.invitations_of(person):
        earlier.used_at = now()
    token = token_of(person, key)
    db.session.add(Invitation(person_id=person.id, token_sha256=token_hash(token), expires_at=now() + INVITATION_LASTS))
    _record_entry(Deed.PERSON_INVITED, person, by=by)
    return token


def token_of(person: Person, key: str) -> str:
    """The token of the link that `key` makes for a person: nobody can tell it who has not the house's secret.

    Raises as `sealing.kept` does.
    """
    sealed = sealing.kept(LINKS, lambda: secrets.token_hex(32))
    made = hmac.digest(sealed.encode(), f"{person.id} {key}".encode(), "sha256")
    return base64.urlsafe_b64encode(made).decode().rstrip("=")


def is_open(person: Person, token: str) -> bool:
    """Whether the link of that token is unused, and has not expired."""
    return is_open_link(person, token_hash(token))


def is_open_link(person: Person, made: str) -> bool:
    """The same of the link whose token has that hash."""
    return any(one.token_sha256 == made and one.expires_at > now() for one in queries.invitations_of(person))


def invited(token: str) -> Person:
    """Whom `token` was given to. Raises `Missing` when the link was used or has expired."""
    invitation = queries.open_invitation(token_hash(token))
    if invitation is None:
        raise Missing(ENDED)
    return invitation.person


def join(token: str, password_hash: str, *, opened: Sequence[Opened] = ()) -> Person:
    """Let whoever was given `token` sign in with a password, as `choose` does, and with what it `opened` already.

    Raises `Missing` when the link was used or has expired. Both are made before the transaction: they take a fifth of a
    second, in which nobody else could write.
    """
    invitation = queries.open_invitation(token_hash(token))
    if invitation is None:
        raise Missing(ENDED)
    invitation.used_at = now()
    choose(invitation.person, password_hash, opened=opened)
    _record_entry(Deed.PASSWORD_SET, invitation.person, by=invitation.person)
    return invitation.person


def token_hash(token: str) -> str:
    """The only form in which a token is kept."""
    return hashlib.sha256(token.encode()).hexdigest()


def _record_entry(deed: Deed, person: Person, *, by: Person) -> None:
    """A line about a way into an account: the house's own, and none of a learner's work."""
    db.session.flush()
    audit.record(deed, f"person {person.id}", by=by, name=person.name)
