"""Writes about sign-ins and passwords, each with its line: the house's own lines, not those of a learner's work."""

import hashlib
import secrets
from dataclasses import dataclass

from sqlalchemy import delete, update

from portfolio.foundation.clock import now
from portfolio.foundation.db import db
from portfolio.foundation.log import audit
from portfolio.foundation.log.deeds import Deed
from portfolio.people.entering.models import SignIn
from portfolio.people.entering.rules import KEPT
from portfolio.people.models import Person


@dataclass(frozen=True, slots=True)
class Stranger:
    """Somebody who is not signed in, as the log names them."""

    centre_id: int
    name: str = "Somebody who did not sign in"
    id: None = None
    role_names: tuple[str, ...] = ()


def begin(person: Person, *, remembered: bool, way: str) -> str:
    """A new sign-in; returns the key for its cookies. `way`: `password` or `link`."""
    key = secrets.token_urlsafe(32)
    remembered = remembered and not person.is_staff
    db.session.add(SignIn(person_id=person.id, key_sha256=key_hash(key), remembered=remembered))
    _record(Deed.SIGNED_IN, person, by=person, way=way, remembered=remembered)
    return key


def end(sign_in: SignIn, *, by: Person) -> None:
    """Sign out: its cookies open nothing any more, wherever they are."""
    sign_in = db.session.get_one(SignIn, sign_in.id, populate_existing=True)
    if sign_in.ended_at is None:
        sign_in.ended_at = now()
        _record(Deed.SIGNED_OUT, by, by=by)


def end_others(person: Person, *, stays: SignIn | None = None) -> None:
    """End a person's sign-ins on all devices, but for the one that `stays`; part of a deed that has its own line."""
    open_ones = update(SignIn).where(SignIn.person_id == person.id, SignIn.ended_at.is_(None))
    if stays is not None:
        open_ones = open_ones.where(SignIn.id != stays.id)
    db.session.execute(open_ones.values(ended_at=now()).execution_options(synchronize_session=False))


def end_all() -> None:
    """End everybody's sign-ins: records of another moment do not know which of them were ended since."""
    open_ones = update(SignIn).where(SignIn.ended_at.is_(None))
    db.session.execute(open_ones.values(ended_at=now()).execution_options(synchronize_session=False))


def sign_out_elsewhere(person: Person, *, stays: SignIn) -> None:
    """End a person's sign-ins on all other devices, because they ask for it."""
    end_others(person, stays=stays)
    _record(Deed.SIGNED_OUT_ELSEWHERE, person, by=person)


def fail(person: Person) -> None:
    """Put on record that somebody tried to sign in as `person`, or to change their password, and did not know it."""
    _record(Deed.SIGN_IN_FAILED, person, by=Stranger(person.centre_id))


def change_password(person: Person, password_hash: str, *, stays: SignIn) -> None:
    """A person's own new password; whoever else is signed in with the old one is not any more."""
    person.password = password_hash
    end_others(person, stays=stays)
    _record(Deed.PASSWORD_CHANGED, person, by=person)


def forget() -> None:
    """Remove sign-ins that are too old to be looked up."""
    db.session.execute(
        delete(SignIn).where(SignIn.begun_at < now() - KEPT).execution_options(synchronize_session=False)
    )


def key_hash(key: str) -> str:
    """The only form in which a key is kept."""
    return hashlib.sha256(key.encode()).hexdigest()


def _record(deed: Deed, person: Person, *, by: audit.Actor, **facts: str | bool) -> None:
    db.session.flush()
    audit.record(deed, f"person {person.id}", by=by, learner_id=None, name=person.name, **facts)
