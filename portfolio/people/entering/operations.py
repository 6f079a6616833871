"""Writes about sign-ins and passwords, each with its line: the house's own lines, not those of a learner's work."""

import hashlib
import secrets
from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import delete, update

from portfolio.foundation.clock import now
from portfolio.foundation.db import TWICE, db
from portfolio.foundation.errors import Conflict
from portfolio.foundation.log import audit
from portfolio.foundation.log.deeds import Deed
from portfolio.people import queries
from portfolio.people.entering.models import SignIn
from portfolio.people.entering.rules import KEPT, Opened
from portfolio.people.models import Account, Person

CHOSEN = "Another password was chosen at this very moment. Sign in with that one."


@dataclass(frozen=True, slots=True)
class Stranger:
    """Somebody who is not signed in, as the log names them."""

    centre_id: int
    name: str = "Somebody who did not sign in"
    id: None = None
    role_names: tuple[str, ...] = ()


def begin(person: Person, *, remembered: bool, way: str) -> str:
    """A new sign-in; returns the key for its cookies. `way`: `password`, `link` or `switch`."""
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


def end_others(*people: Person, stays: SignIn | None = None) -> None:
    """End the sign-ins of people on all devices, but for the one that `stays`; part of a deed that has its own line."""
    ids = [one.id for one in people]
    open_ones = update(SignIn).where(SignIn.person_id.in_(ids), SignIn.ended_at.is_(None))
    if stays is not None:
        open_ones = open_ones.where(SignIn.id != stays.id)
    db.session.execute(open_ones.values(ended_at=now()).execution_options(synchronize_session=False))


def end_all() -> None:
    """End everybody's sign-ins: records of another moment do not know which of them were ended since."""
    open_ones = update(SignIn).where(SignIn.ended_at.is_(None))
    db.session.execute(open_ones.values(ended_at=now()).execution_options(synchronize_session=False))


def sign_out_elsewhere(person: Person, *, stays: SignIn) -> None:
    """End the sign-ins of a person's account on all other devices, because they ask for it; a line at each centre."""
    people = queries.people_of(person.account_id)
    end_others(*people, stays=stays)
    for one in people:
        _record(Deed.SIGNED_OUT_ELSEWHERE, one, by=one)


def fail(people: Sequence[Person]) -> None:
    """Put on record at each centre that somebody tried to sign in as its person, or to change their password."""
    for one in sorted(people, key=lambda person: person.centre_id):
        _record(Deed.SIGN_IN_FAILED, one, by=Stranger(one.centre_id))


def choose(person: Person, password_hash: str, *, opened: Sequence[Opened] = ()) -> None:
    """Have a person sign in with a password, and with no other; part of a deed that has its own line.

    Where the password opens accounts of their address already (`opened`), they and the person are one account.
    Otherwise the person's own account is given it; somebody who shares an account leaves that for one of their own,
    so that nothing changes for the others. The person's sign-ins end.
    """
    held = _held(person.account_id, opened)
    own, same = held.get(person.account_id or 0), _still(opened, held)
    if same:
        person.account_id = _united(sorted(same, key=lambda one: one is not own))
    elif own is None or len(queries.people_of(own.id)) > 1:
        account = Account(password=password_hash)
        db.session.add(account)
        db.session.flush()
        person.account_id = account.id
    else:
        own.password = password_hash
    leave(own)
    end_others(person)


def change_password(person: Person, password_hash: str, *, stays: SignIn, opened: Sequence[Opened] = ()) -> None:
    """Another password for a person's account; whoever else is signed in with the one before is not any more.

    Where it opens other accounts of their address already (`opened`), they are one account from now on. Each centre's
    log has a line of it. Raises `Conflict` where the account became another one at this very moment.
    """
    held = _held(person.account_id, opened)
    db.session.refresh(person, ["account_id"])
    own = held.get(person.account_id or 0)
    if own is None:
        raise Conflict(TWICE)
    people = queries.people_of(own.id)
    if others := [one for one in _still(opened, held) if one is not own]:
        _united([*others, own])
    else:
        own.password = password_hash
    end_others(*people, stays=stays)
    for one in people:
        _record(Deed.PASSWORD_CHANGED, one, by=one)


def ensure_opened(person: Person, opened: Sequence[Opened]) -> None:
    """Before a person's sign-in begins: what was opened still is, and accounts of one address and password are one.

    Raises `Conflict` where another password was chosen meanwhile, or the person left the account.
    """
    same = _still(opened, _held(None, opened))
    db.session.refresh(person, ["account_id"])
    if person.account_id not in {one.id for one in same}:
        raise Conflict(CHOSEN)
    if len(same) > 1:
        _united(same)


def _united(accounts: Sequence[Account]) -> int:
    """Everybody of these accounts belongs to the first from now on, whose id is returned; the others are no more."""
    stays, *others = accounts
    ids = [one.id for one in others]
    moved = update(Person).where(Person.account_id.in_(ids)).values(account_id=stays.id)
    db.session.execute(moved.execution_options(synchronize_session="fetch"))
    for one in others:
        db.session.delete(one)
    db.session.flush()
    return stays.id


def leave(account: Account | None) -> None:
    """Take an account away that opens nobody any more; part of a deed that has its own line."""
    db.session.flush()
    if account is not None and not queries.people_of(account.id):
        db.session.delete(account)
        db.session.flush()


def forget() -> None:
    """Remove sign-ins that are too old to be looked up."""
    db.session.execute(
        delete(SignIn).where(SignIn.begun_at < now() - KEPT).execution_options(synchronize_session=False)
    )


def key_hash(key: str) -> str:
    """The only form in which a key is kept."""
    return hashlib.sha256(key.encode()).hexdigest()


def _held(id: int | None, opened: Sequence[Opened]) -> dict[int, Account]:
    """An account and those that a password opened, by id, held until the transaction ends; one that is gone is not."""
    ids = sorted({one.id for one in opened} | ({id} if id is not None else set()))
    found = [db.session.get(Account, one, with_for_update=True, populate_existing=True) for one in ids]
    return {one.id: one for one in found if one is not None}


def _still(opened: Sequence[Opened], held: dict[int, Account]) -> list[Account]:
    """Those accounts whose password is still the one that was tried: it was, before the transaction."""
    return [held[one.id] for one in opened if one.id in held and held[one.id].password == one.password]


def _record(deed: Deed, person: Person, *, by: audit.Actor, **facts: str | bool) -> None:
    db.session.flush()
    audit.record(deed, f"person {person.id}", by=by, learner_id=None, name=person.name, **facts)
