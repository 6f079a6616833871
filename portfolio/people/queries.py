"""Reads about people. Whatever takes a `person` shows only that person's own centre."""

from collections.abc import Collection

from sqlalchemy import Select, select

from portfolio.foundation.clock import now
from portfolio.foundation.db import db, like
from portfolio.foundation.mail import queries as mails
from portfolio.foundation.mail.models import Mail
from portfolio.foundation.words.text import alike, is_blank
from portfolio.people.models import Centre, Invitation, Person, RoleRow, person_role
from portfolio.people.rules import LINK, Registration, Role


def person(id: int, *, viewer: Person) -> Person | None:
    """A person of the viewer's centre."""
    query = select(Person).where(Person.id == id, Person.centre_id == viewer.centre_id)
    return db.session.scalars(query.where(Person.removed_at.is_(None))).one_or_none()


MANY = 200
"""People whom words may name at most."""
LONGEST = 254
"""Characters of an address (RFC 5321, §4.5.3.1.3); names and numbers are shorter."""


def person_by_email(email: str) -> Person | None:
    """Whoever signs in with this address, at any centre."""
    found = [one for one in _of(email) if alike(one.email) == alike(email)]
    return min(found, key=lambda one: (one.email != email.strip().lower(), one.id), default=None)


def person_by_number(number: str, centre: Centre) -> Person | None:
    """Whoever is registered at a centre with this number, compared as people compare."""
    found = (one for one in _of(number) if one.centre_id == centre.id and alike(one.number) == alike(number))
    return next(found, None)


def namesakes(registration: Registration, centre: Centre) -> list[Person]:
    """Who at a centre may be the same person: of the same name, unless both dates of birth are known and differ."""
    named = [one for one in _of(registration.name) if one.centre_id == centre.id]
    return [
        one
        for one in named
        if alike(one.name) == alike(registration.name) and (not one.born or registration.born in (None, one.born))
    ]


def learners_named(named: str) -> list[Person]:
    """Learners of that registration number, e-mail address or name, at any centre: for the command line."""
    return [person for person in _of(named) if person.has(Role.LEARNER)]


def _of(named: str) -> list[Person]:
    """Everybody whose whole name, address or number is `named`, compared as people compare."""
    if len(named) > LONGEST or is_blank(named):
        return []
    query = select(Person).where(Person.sought.like(like(f"\n{alike(named)}\n"), escape="\\"))
    query = query.where(Person.removed_at.is_(None))
    return list(db.session.scalars(query.order_by(Person.id)))


def centre_by_number(number: str) -> Centre | None:
    """The centre of that number."""
    return next((one for one in centres() if alike(one.number) == alike(number)), None)


def centres() -> list[Centre]:
    """All centres of the installation, for the command line."""
    return list(db.session.scalars(select(Centre).order_by(Centre.id)))


def role(name: Role) -> RoleRow | None:
    """The row of a role."""
    return db.session.scalars(select(RoleRow).where(RoleRow.name == name)).one_or_none()


def people(viewer: Person, *, words: str = "", role: str = "") -> Select[Person]:
    """People of the viewer's centre by name, perhaps only those whose name, address or number contains `words`."""
    query = select(Person).where(Person.centre_id == viewer.centre_id, Person.removed_at.is_(None))
    query = query.order_by(Person.name, Person.id)
    if words:
        query = query.where(Person.sought.like(like(alike(words)), escape="\\"))
    if role:
        query = query.where(Person.roles.any(RoleRow.name == role))
    return query


def ids_named(words: str, *, viewer: Person) -> list[int]:
    """Ids of the people of the viewer's centre whose name, address or number contains `words`; none for no words."""
    return [one.id for one in db.session.scalars(people(viewer, words=words).limit(MANY))] if words else []


def having(role: Role, *, centre_id: int) -> list[Person]:
    """Active people of a centre who have `role`, by name."""
    query = (
        select(Person)
        .join(person_role, person_role.c.person_id == Person.id)
        .join(RoleRow, RoleRow.id == person_role.c.role_id)
        .where(Person.centre_id == centre_id, RoleRow.name == role, Person.active)
        .order_by(Person.name)
    )
    return list(db.session.scalars(query))


def able(role: Role) -> Select[int]:
    """Ids of those who can do the work of `role` now (`Person.can_act_as`), as part of another query."""
    query = select(Person.id).join(person_role, person_role.c.person_id == Person.id)
    query = query.join(RoleRow, RoleRow.id == person_role.c.role_id)
    return query.where(RoleRow.name == role, Person.active, Person.password.is_not(None))


def everybody(centre_id: int) -> list[int]:
    """Ids of all people of a centre, whether or not their accounts are open."""
    return list(db.session.scalars(select(Person.id).where(Person.centre_id == centre_id).order_by(Person.id)))


def open_invitation(token_sha256: str) -> Invitation | None:
    """An invitation that is unused and has not expired, to somebody whose account is open."""
    query = select(Invitation).where(
        Invitation.token_sha256 == token_sha256, Invitation.used_at.is_(None), Invitation.expires_at > now()
    )
    query = query.join(Person, Person.id == Invitation.person_id).where(Person.active)
    return db.session.scalars(query.with_for_update(of=Invitation)).one_or_none()


def without_password(centre_id: int) -> list[Person]:
    """Who at a centre is registered with an open account and never chose a password, by name."""
    query = select(Person).where(Person.centre_id == centre_id, Person.active, Person.password.is_(None))
    return list(db.session.scalars(query.order_by(Person.name, Person.id)))


def open_invitations(centre_id: int) -> list[Invitation]:
    """The links to people of a centre that are unused and have not expired, by name."""
    query = select(Invitation).join(Person, Person.id == Invitation.person_id)
    query = query.where(Person.centre_id == centre_id, Person.active, Invitation.used_at.is_(None))
    query = query.where(Invitation.expires_at > now()).order_by(Person.name, Person.id)
    return list(db.session.scalars(query))


def unsent(links: Collection[Invitation]) -> list[tuple[Person, Mail]]:
    """Of links that are open: whom they are for and the mail, where the mail server did not take it, or not yet."""
    last = mails.last_about([link.token_sha256 for link in links], LINK)
    found = [(link.person, last[link.token_sha256]) for link in links if link.token_sha256 in last]
    return [(person, mail) for person, mail in found if mail.because]


def people_by_id(ids: Collection[int]) -> dict[int, Person]:
    """People by their ids."""
    return {one.id: one for one in db.session.scalars(select(Person).where(Person.id.in_(ids)))}


def invitations_of(person: Person) -> list[Invitation]:
    """Unused invitations of a person."""
    query = select(Invitation).where(Invitation.person_id == person.id, Invitation.used_at.is_(None))
    return list(db.session.scalars(query))


def who_can_sign_in() -> list[Person]:
    """Everybody with a password and an open account, by centre, staff before learners; for the demo."""
    query = select(Person).where(Person.active, Person.password.is_not(None)).order_by(Person.centre_id, Person.id)
    return sorted(db.session.scalars(query), key=lambda person: (person.centre_id, not person.is_staff))


def first_administrator(centre: Centre) -> Person | None:
    """The centre's administrator who was registered first and still has an open account."""
    return min(having(Role.ADMINISTRATOR, centre_id=centre.id), key=lambda person: person.id, default=None)
