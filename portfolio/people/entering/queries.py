"""Reads about sign-ins: whose a key is, and what happened to an account."""

from collections.abc import Sequence
from itertools import takewhile
from typing import Any

from sqlalchemy import bindparam, exists, func, select
from sqlalchemy.orm import aliased, contains_eager

from portfolio.foundation.clock import now
from portfolio.foundation.db import db
from portfolio.foundation.log.audit import Event
from portfolio.foundation.log.deeds import Deed
from portfolio.people.entering.models import SignIn
from portfolio.people.entering.rules import Opened, lasts
from portfolio.people.models import Account, Person, RoleRow, person_role

NEWS = (Deed.PERSON_INVITED, Deed.PASSWORD_SET, Deed.PASSWORD_CHANGED)
"""Deeds that let somebody into an account."""
_other = aliased(Person)
_others = exists().where(_other.account_id == Person.account_id, _other.id != Person.id, _other.active)
_OPEN = (
    select(Person, SignIn, _others)
    .join(SignIn, SignIn.person_id == Person.id)
    .outerjoin(person_role, person_role.c.person_id == Person.id)
    .outerjoin(RoleRow, RoleRow.id == person_role.c.role_id)
    .where(SignIn.key_sha256 == bindparam("key_sha256"), SignIn.ended_at.is_(None))
    .options(contains_eager(Person.roles))
    .order_by(RoleRow.id)
)
"""One flat query, built once, since every request asks it. For the nested join that a relationship's own loading
writes, SQLite would walk all people."""


def signed_in(key_sha256: str) -> tuple[Person, SignIn, bool] | None:
    """Whose sign-in has that key, with their roles, and whether they can be somebody else; None where it has ended."""
    row = db.session.execute(_OPEN, {"key_sha256": key_sha256}).unique().one_or_none()
    if row is None:
        return None
    person, sign_in, others = row
    age = now() - sign_in.begun_at
    return (person, sign_in, others) if age < lasts(staff=person.is_staff, remembered=sign_in.remembered) else None


def sign_ins_of(*people: Person, limit: int) -> list[SignIn]:
    """The sign-ins of people, the latest first."""
    query = (
        select(SignIn)
        .where(SignIn.person_id.in_([one.id for one in people]))
        .order_by(SignIn.begun_at.desc(), SignIn.id.desc())
    )
    return list(db.session.scalars(query.limit(limit)))


def last_sign_in(person: Person) -> SignIn | None:
    """The sign-in before the one that begins now."""
    return next(iter(sign_ins_of(person, limit=1)), None)


def accounts_of(people: Sequence[Person]) -> list[Account]:
    """The accounts that open people, each once."""
    ids = {one.account_id for one in people if one.account_id is not None}
    return list(db.session.scalars(select(Account).where(Account.id.in_(ids)).order_by(Account.id)))


def begins_as(accounts: Sequence[Opened]) -> Person | None:
    """As whom somebody begins who opened these accounts: whoever was here last of them, else who joined first."""
    query = select(Person).where(Person.account_id.in_([one.id for one in accounts]), Person.active)
    last = select(func.max(SignIn.id)).where(SignIn.person_id == Person.id).scalar_subquery()
    return db.session.scalars(query.order_by(last.is_(None), last.desc(), Person.id).limit(1)).first()


def news_of(person: Person, *, since: str = "", deeds: tuple[str, ...] = NEWS, limit: int = 10) -> list[dict[str, Any]]:
    """Lines of the log about links and passwords of a person, the latest first; `since` a moment as lines have it."""
    query = select(Event).where(Event.subject == f"person {person.id}", Event.centre_id == person.centre_id)
    query = query.where(Event.deed.in_(deeds), Event.at > since).order_by(Event.seq.desc()).limit(limit)
    return [event.line() for event in db.session.scalars(query)]


def passwords_of(person: Person, *, since: str, limit: int = 50) -> list[dict[str, Any]]:
    """Lines about passwords of a person that no sign-in told them of yet, the latest first; `since` as in `news_of`.

    A sign-in tells of all that came before it, but for the password that it began with where it was by a link: the next
    one tells of that.
    """
    query = select(Event).where(Event.subject == f"person {person.id}", Event.centre_id == person.centre_id)
    query = query.where(
        Event.deed.in_((Deed.SIGNED_IN, Deed.PASSWORD_SET, Deed.PASSWORD_CHANGED)), Event.at > since
    ).order_by(Event.seq.desc())
    lines = [event.line() for event in db.session.scalars(query.limit(limit))]
    untold = list(takewhile(lambda line: line["deed"] != Deed.SIGNED_IN, lines))
    before = lines[len(untold) :]
    if before and before[0]["facts"]["way"] == "link":
        untold += [line for line in before[1:] if line["deed"] == Deed.PASSWORD_SET][:1]
    return untold
