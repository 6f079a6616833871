"""Writes about people: centres open, people are registered, invited, and set their password."""

import base64
import hashlib
import hmac
import secrets
from datetime import timedelta

from portfolio.foundation import sealing
from portfolio.foundation.clock import now
from portfolio.foundation.db import db
from portfolio.foundation.errors import Missing, Refused
from portfolio.foundation.log import audit
from portfolio.foundation.log.deeds import Deed
from portfolio.foundation.words.lengths import ensure_fits
from portfolio.foundation.words.text import alike, is_blank
from portfolio.people import queries
from portfolio.people.entering.operations import end_others
from portfolio.people.models import Centre, Invitation, Person, RoleRow
from portfolio.people.rules import CENTRE_LENGTHS, Registration, Role, ensure_address, ensure_named

ENDED = "This link was used already or has expired. Ask your centre's administrator for a new one."
INVITATION_LASTS = timedelta(days=7)
LINKS = "link tokens"
"""Name of the sealed value from which the tokens of links are made."""


def open_centre(
    name: str, number: str, *, qualification: str = "", timezone: str = "Europe/London", language: str = "en-GB"
) -> Centre:
    """A new centre, which is the first line of its log; `language` is that of its documents.

    Raises `Incomplete` for words that are too long. Refused when the number is taken, or where name or number cannot
    be seen.
    """
    if is_blank(name) or is_blank(number):
        raise Refused("A centre needs a name and a number that can be seen.")
    centre = Centre(name=name, number=number, qualification=qualification, timezone=timezone, language=language)
    ensure_fits(centre, CENTRE_LENGTHS)
    if queries.centre_by_number(number):
        raise Refused(f"There is already a centre with the number {number}.")
    db.session.add(centre)
    db.session.flush()
    audit.open_log(centre.id, number)
    _record_centre(Deed.CENTRE_OPENED, centre, by=audit.Terminal(centre.id))
    return centre


def change_centre(centre: Centre, *, by: Person, **stated: str) -> None:
    """Correct what reports say of a centre: its `name`, `qualification`, `timezone` or `language`.

    Raises `Incomplete` for words that are too long. Refused for a name that cannot be seen.
    """
    if is_blank(stated.get("name", centre.name)):
        raise Refused("A centre needs a name that can be seen.")
    for name, value in stated.items():
        setattr(centre, name, value)
    ensure_fits(centre, CENTRE_LENGTHS)
    _record_centre(Deed.CENTRE_CHANGED, centre, by=by)


def register(registration: Registration, centre: Centre, *, by: Person | None) -> Person:
    """A person at `centre`; `by` is None only for a centre's first administrator, who registers themselves.

    Raises `Incomplete` as `ensure_named` and `ensure_address` do. Refused where the e-mail address is taken.
    """
    ensure_named(registration)
    _ensure_free(registration.email)
    person = Person(centre_id=centre.id, fs_uniquifier=secrets.token_hex(32), centre=centre)
    _describe(person, registration)
    db.session.add(person)
    db.session.flush()
    _record(Deed.PERSON_REGISTERED, person, by=by or person)
    return person


def change(person: Person, registration: Registration, *, by: Person) -> None:
    """Correct what is stated about a person.

    Raises `Incomplete` as `ensure_named` and `ensure_address` do. Refused where the e-mail address is taken, or where
    administrators would take that role from themselves.
    """
    ensure_named(registration)
    if person.id == by.id and Role.ADMINISTRATOR not in registration.roles:
        raise Refused("You cannot take the administrator's role from yourself; ask another administrator to do it.")
    if alike(registration.email) != alike(person.email):
        _ensure_free(registration.email)
    _describe(person, registration)
    db.session.flush()
    _record(Deed.PERSON_CHANGED, person, by=by)


def close(person: Person, *, by: Person) -> None:
    """Shut a person's account and end their sign-ins; all they did stays. Refused for one's own account."""
    if person.id == by.id:
        raise Refused("You cannot close your own account; ask another administrator to do it.")
    person.active = False
    end_others(person)
    _record(Deed.ACCOUNT_SHUT, person, by=by)


def reopen(person: Person, *, by: Person) -> None:
    """Open a shut account again."""
    person.active = True
    _record(Deed.ACCOUNT_OPENED, person, by=by)


def invite(person: Person, *, key: str, by: Person) -> str:
    """A new one-time link's token for `person`, that of `key`; links given earlier end. Only its hash is kept.

    Raises as `sealing.kept` does. Refused for somebody whose account is shut.
    """
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
    made = token_hash(token)
    return any(one.token_sha256 == made and one.expires_at > now() for one in queries.invitations_of(person))


def invited(token: str) -> Person:
    """Whom `token` was given to. Raises `Missing` when the link was used or has expired."""
    invitation = queries.open_invitation(token_hash(token))
    if invitation is None:
        raise Missing(ENDED)
    return invitation.person


def join(token: str, password_hash: str) -> Person:
    """Set the password of whoever was given `token`. Raises `Missing` when the link was used or has expired.

    `password_hash` is made before the transaction: it takes a fifth of a second, in which nobody else could write.
    """
    invitation = queries.open_invitation(token_hash(token))
    if invitation is None:
        raise Missing(ENDED)
    invitation.used_at = now()
    invitation.person.password = password_hash
    end_others(invitation.person)
    _record_entry(Deed.PASSWORD_SET, invitation.person, by=invitation.person)
    return invitation.person


def token_hash(token: str) -> str:
    """The only form in which a token is kept."""
    return hashlib.sha256(token.encode()).hexdigest()


def _ensure_free(email: str) -> None:
    ensure_address(email)
    if queries.person_by_email(email):
        raise Refused(f"Somebody is registered with {email} already. Use another address, or change that person.")


def _describe(person: Person, registration: Registration) -> None:
    person.name, person.email = registration.name, registration.email.lower()
    person.number, person.work = registration.number, registration.work
    person.roles = [_role(name) for name in sorted(registration.roles)]


def _role(name: Role) -> RoleRow:
    row = queries.role(name)
    if row is None:
        row = RoleRow(name=name)
        db.session.add(row)
        db.session.flush()
    return row


def _record_centre(deed: Deed, centre: Centre, *, by: audit.Actor) -> None:
    db.session.flush()
    audit.record(
        deed, f"centre {centre.id}", by=by, name=centre.name, number=centre.number, timezone=centre.timezone,
        qualification=centre.qualification, language=centre.language,
    )  # fmt: skip


def _record(deed: Deed, person: Person, *, by: Person) -> None:
    db.session.flush()
    audit.record(
        deed, f"person {person.id}", by=by, learner_id=person.id, name=person.name, number=person.number,
        roles=list(person.role_names),
    )  # fmt: skip


def _record_entry(deed: Deed, person: Person, *, by: Person) -> None:
    """A line about a way into an account: the house's own, and none of a learner's work."""
    db.session.flush()
    audit.record(deed, f"person {person.id}", by=by, name=person.name)
