"""Reads about people. Whatever takes a `person` shows only that person's own centre."""

from collections.abc import Collection, Iterable

from sqlalchemy import Select, func, select

from portfolio.foundation.clock import now
from portfolio.foundation.db import db, like
from portfolio.foundation.log import audit
from portfolio.foundation.log.deeds import Deed
from portfolio.foundation.mail import queries as mails
from portfolio.foundation.mail.models import Mail
from portfolio.foundation.requests.sent import Sent
from portfolio.foundation.words.text import alike, is_blank
from portfolio.people.models import Centre, Invitation, MergedRecord, Person, RoleRow, person_role
from portfolio.people.rules import LINK, Registration, Role


def person(id: int, *, viewer: Person) -> Person | None:
    """A person of the viewer's centre."""
    query = select(Person).where(Person.id == id, Person.centre_id == viewer.centre_id)
    return db.session.scalars(query.where(Person.removed_at.is_(None))).one_or_none()


def stays(id: int, *, viewer: Person) -> Person | None:
    """A person of the viewer's centre; of a record that was merged, the person whose record has its work now."""
    merged = db.session.get(MergedRecord, id)
    return person(merged.into_id if merged else id, viewer=viewer)


def records_now(ids: Iterable[int]) -> list[int]:
    """By which records these are known now, each once: those that were merged by the one that has their work."""
    into = dict(db.session.execute(select(MergedRecord.person_id, MergedRecord.into_id)).all())
    return list(dict.fromkeys(into.get(id, id) for id in ids))


def merged_into(person_id: int) -> list[MergedRecord]:
    """The records that were merged into somebody's, also by way of another, in the order in which it happened."""
    query = select(MergedRecord).where(MergedRecord.into_id == person_id)
    return list(db.session.scalars(query.order_by(MergedRecord.at, MergedRecord.person_id)))


def keys_sent(person_id: int) -> Select[str]:
    """Keys of the forms that somebody sent, as part of another query."""
    return select(Sent.key).where(Sent.person_id == person_id)


def records_of(person_id: int) -> list[int]:
    """Somebody's own id and those of the records that were merged into theirs."""
    return [person_id, *(one.person_id for one in merged_into(person_id))]


MANY = 200
"""People whom words may name at most."""
LONGEST = 254
"""Characters of an address (RFC 5321, §4.5.3.1.3); names and numbers are shorter."""


def people_by_email(email: str) -> list[Person]:
    """Whoever is registered with this address, compared as people compare: at each centre one."""
    found = [one for one in _of(email) if alike(one.email) == alike(email)]
    return sorted(found, key=lambda one: (one.email != email.strip().lower(), one.id))


def person_by_email(email: str, centre: Centre | None = None) -> Person | None:
    """Whoever is registered with this address at a centre; without one the first of the house."""
    return next((one for one in people_by_email(email) if centre is None or one.centre_id == centre.id), None)


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


def logo_before(centre: Centre) -> str:
    """The SHA-256 of the logo before the present one, as the log tells; empty where there was none."""
    lines = audit.lines_on(centre.id, {f"centre {centre.id}"}, {Deed.CENTRE_CHANGED})
    logos = [line["facts"].get("logo_sha256", "") for line in lines]
    return next((logo for logo in reversed(logos) if logo != centre.logo_sha256), "")


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
    return query.where(RoleRow.name == role, Person.active, Person.account_id.is_not(None))


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


def to_join(centre_id: int) -> Select[Person]:
    """Who at a centre is registered with an open account and never chose a password, by name."""
    query = select(Person).where(Person.centre_id == centre_id, Person.active, Person.account_id.is_(None))
    return query.order_by(Person.name, Person.id)


def without_password(centre_id: int) -> list[Person]:
    """All who are still `to_join` a centre."""
    return list(db.session.scalars(to_join(centre_id)))


def open_invitations(centre_id: int) -> list[Invitation]:
    """The links to people of a centre that are unused and have not expired, by name."""
    return list(db.session.scalars(_open_links(centre_id).order_by(Person.name, Person.id)))


def open_among(tokens_sha256: Collection[str]) -> set[str]:
    """Which of these links are unused and have not expired, by the hashes of their tokens."""
    query = select(Invitation.token_sha256).where(Invitation.token_sha256.in_(tokens_sha256))
    return set(db.session.scalars(query.where(Invitation.used_at.is_(None), Invitation.expires_at > now())))


def open_links(centre_id: int) -> int:
    """How many links to people of a centre are unused and have not expired."""
    return db.session.scalar(_open_links(centre_id).with_only_columns(func.count(), maintain_column_froms=True)) or 0


def unsent(centre_id: int, limit: int) -> tuple[int, list[tuple[Person, Mail]]]:
    """Of links that are open and that the mail server did not take, or not yet: how many, and the first by name."""
    last = mails.last_ids(centre_id, LINK)
    query = _open_links(centre_id).join(Mail, Mail.about == Invitation.token_sha256)
    query = query.where(Mail.id.in_(last), Mail.because != "")
    count = db.session.scalar(query.with_only_columns(func.count(), maintain_column_froms=True)) or 0
    found = query.with_only_columns(Person, Mail).order_by(Person.name, Person.id).limit(limit)
    return count, [(person, mail) for person, mail in db.session.execute(found)]


def _open_links(centre_id: int) -> Select[Invitation]:
    query = select(Invitation).join(Person, Person.id == Invitation.person_id)
    query = query.where(Person.centre_id == centre_id, Person.active, Invitation.used_at.is_(None))
    return query.where(Invitation.expires_at > now())


def people_by_id(ids: Collection[int]) -> dict[int, Person]:
    """People by their ids."""
    return {one.id: one for one in db.session.scalars(select(Person).where(Person.id.in_(ids)))}


def invitations_of(person: Person) -> list[Invitation]:
    """Unused invitations of a person."""
    query = select(Invitation).where(Invitation.person_id == person.id, Invitation.used_at.is_(None))
    return list(db.session.scalars(query))


def people_of(account_id: int | None) -> list[Person]:
    """Everybody whom an account opens, by centre: those who write to several logs take them in this order."""
    query = select(Person).where(Person.account_id == account_id).order_by(Person.centre_id, Person.id)
    return list(db.session.scalars(query)) if account_id is not None else []


def counterpart(id: int, *, viewer: Person) -> Person | None:
    """Whom the viewer can be instead: somebody of the same account, at another centre or under another name."""
    return next((one for one in counterparts(viewer) if one.id == id), None)


def counterparts(viewer: Person) -> list[Person]:
    """All whom the viewer can be instead, by centre."""
    return [one for one in people_of(viewer.account_id) if one.active and one.id != viewer.id]


def who_can_sign_in() -> list[Person]:
    """Everybody with an account, but for the shut, by centre, staff before learners; each once. For the demo."""
    query = select(Person).where(Person.active, Person.account_id.is_not(None)).order_by(Person.centre_id, Person.id)
    first = {one.account_id: one for one in reversed(db.session.scalars(query).all())}
    return sorted(first.values(), key=lambda one: (one.centre_id, not one.is_staff, one.id))


def first_administrator(centre: Centre) -> Person | None:
    """The centre's administrator who was registered first and still has an open account."""
    return min(having(Role.ADMINISTRATOR, centre_id=centre.id), key=lambda person: person.id, default=None)
