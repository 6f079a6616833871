"""Reads about people. Whatever takes a `person` shows only that person's own centre."""

from dataclasses import dataclass

from sqlalchemy import Select, func, or_, select

from portfolio.foundation.clock import now
from portfolio.foundation.db import db, like
from portfolio.people.models import Centre, Invitation, Person, RoleRow, person_role
from portfolio.people.rules import Role


@dataclass(frozen=True, slots=True)
class Page:
    """A stretch of a list of people."""

    people: list[Person]
    number: int
    """From 1 on."""
    pages: int
    total: int


def person(id: int, *, viewer: Person) -> Person | None:
    """A person of the viewer's centre."""
    return db.session.scalars(select(Person).where(Person.id == id, Person.centre_id == viewer.centre_id)).one_or_none()


def person_by_email(email: str) -> Person | None:
    """Whoever signs in with this address, at any centre."""
    return db.session.scalars(select(Person).where(func.lower(Person.email) == email.strip().lower())).one_or_none()


def centre_by_number(number: str) -> Centre | None:
    """The centre of that number."""
    return db.session.scalars(select(Centre).where(Centre.number == number)).one_or_none()


def centres() -> list[Centre]:
    """All centres of the installation, for the command line."""
    return list(db.session.scalars(select(Centre).order_by(Centre.id)))


def role(name: Role) -> RoleRow | None:
    """The row of a role."""
    return db.session.scalars(select(RoleRow).where(RoleRow.name == name)).one_or_none()


def people(viewer: Person, *, words: str = "", role: str = "") -> Select[Person]:
    """People of the viewer's centre by name, perhaps only those whose name or address contains `words`."""
    query = select(Person).where(Person.centre_id == viewer.centre_id).order_by(Person.name, Person.id)
    if words:
        pattern = like(words)
        fields = (Person.name, Person.email, Person.number)
        query = query.where(or_(*(field.ilike(pattern, escape="\\") for field in fields)))
    if role:
        query = query.where(Person.roles.any(RoleRow.name == role))
    return query


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


def open_invitation(token_sha256: str) -> Invitation | None:
    """An invitation that is unused and has not expired, to somebody whose account is open."""
    query = select(Invitation).where(
        Invitation.token_sha256 == token_sha256, Invitation.used_at.is_(None), Invitation.expires_at > now()
    )
    query = query.join(Person, Person.id == Invitation.person_id).where(Person.active)
    return db.session.scalars(query.with_for_update(of=Invitation)).one_or_none()


def invitations_of(person: Person) -> list[Invitation]:
    """Unused invitations of a person."""
    query = select(Invitation).where(Invitation.person_id == person.id, Invitation.used_at.is_(None))
    return list(db.session.scalars(query))


def page_of(query: Select[Person], number: int, *, size: int) -> Page:
    """Page `number` of a list, or the nearest that there is."""
    total = db.session.scalar(select(func.count()).select_from(query.order_by(None).subquery())) or 0
    pages = max(1, -(-total // size))
    number = min(max(number, 1), pages)
    return Page(list(db.session.scalars(query.offset((number - 1) * size).limit(size))), number, pages, total)


def who_can_sign_in() -> list[Person]:
    """Everybody with a password and an open account, by centre, staff before learners; for the demo."""
    query = select(Person).where(Person.active, Person.password.is_not(None)).order_by(Person.centre_id, Person.id)
    return sorted(db.session.scalars(query), key=lambda person: (person.centre_id, not person.is_staff))


def first_administrator(centre: Centre) -> Person | None:
    """The centre's administrator who was registered first and still has an open account."""
    return min(having(Role.ADMINISTRATOR, centre_id=centre.id), key=lambda person: person.id, default=None)
