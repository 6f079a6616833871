"""Writes about people: registered, corrected, their accounts shut and opened."""

import secrets
from collections.abc import Sequence

from sqlalchemy import delete, update

from portfolio.foundation.clock import now, stamp
from portfolio.foundation.db import db, hold
from portfolio.foundation.drafts import operations as drafts
from portfolio.foundation.errors import Incomplete, OutOfTurn, Refused
from portfolio.foundation.log import audit
from portfolio.foundation.log.deeds import Deed
from portfolio.foundation.requests.sent import Sent
from portfolio.foundation.words.text import alike, listed
from portfolio.people import queries
from portfolio.people.entering.operations import end_others, leave
from portfolio.people.models import Centre, MergedRecord, Person, RoleRow
from portfolio.people.rules import Merging, Registration, Role, ensure_address, ensure_named


class Namesakes(Refused):
    """Others who may be the same person; whoever registers says whether it is somebody else."""

    def __init__(self, people: Sequence[Person]) -> None:
        told = listed([", ".join(filter(None, [one.name, one.number, one.work])) for one in people])
        super().__init__(
            f"Perhaps this is somebody who is registered already: {told}. Say whether it is somebody else."
        )
        self.people = people


def register(registration: Registration, centre: Centre, *, by: Person | None, sure: bool = True) -> Person:
    """A person at `centre`; `by` is None only for a centre's first administrator, who registers themselves.

    Raises `Incomplete` as `ensure_named` and `ensure_address` do, `Namesakes` where it may be somebody who is there
    already and whoever registers is not `sure`. Refused where the e-mail address or the registration number is taken at
    this centre; what is known at others is told nobody.
    """
    ensure_named(registration)
    hold(centre)
    _ensure_free(registration.email, centre)
    _ensure_unused(registration.number, centre)
    if not sure and (others := queries.namesakes(registration, centre)):
        raise Namesakes(others)
    person = Person(centre_id=centre.id, fs_uniquifier=secrets.token_hex(32), centre=centre)
    _describe(person, registration)
    db.session.add(person)
    db.session.flush()
    _record(Deed.PERSON_REGISTERED, person, by=by or person)
    return person


def change(person: Person, registration: Registration, *, by: Person) -> None:
    """Correct what is stated about a person.

    Links that are open end with the address that they were given for; the password stays, and is asked for with the
    new address. Raises `Incomplete` as `ensure_named` and `ensure_address` do, `OutOfTurn` for somebody who was removed
    meanwhile. Refused where the e-mail address or the registration number is taken, or where administrators would take
    that role from themselves.
    """
    ensure_named(registration)
    hold(person.centre)
    _hold(person)
    if person.id == by.id and Role.ADMINISTRATOR not in registration.roles:
        raise Refused("You cannot take the administrator's role from yourself; ask another administrator to do it.")
    if alike(registration.email) != alike(person.email):
        _ensure_free(registration.email, person.centre)
        for link in queries.invitations_of(person):
            link.used_at = now()
    if alike(registration.number) != alike(person.number):
        _ensure_unused(registration.number, person.centre)
    _describe(person, registration)
    db.session.flush()
    _record(Deed.PERSON_CHANGED, person, by=by)


def close(person: Person, *, by: Person) -> None:
    """Shut a person's account at their centre and end their sign-ins; all they did stays.

    Raises `OutOfTurn` for somebody who was removed meanwhile. Refused for one's own account.
    """
    if person.id == by.id:
        raise Refused("You cannot close your own account; ask another administrator to do it.")
    _hold(person)
    person.active = False
    end_others(person)
    _record(Deed.ACCOUNT_SHUT, person, by=by)


def reopen(person: Person, *, by: Person) -> None:
    """Open a shut account again. Raises `OutOfTurn` for somebody who was removed meanwhile."""
    _hold(person)
    person.active = True
    _record(Deed.ACCOUNT_OPENED, person, by=by)


def remove(person: Person, *, by: Person) -> None:
    """Take somebody out who was registered by mistake: in no list any more, and their address is free.

    Whoever calls it knows that they did nothing.
    """
    _take_out(person)
    drafts.forget(person.id)
    _record(Deed.PERSON_REMOVED, person, by=by)


def merge(double: Person, stays: Person, kept: Registration, merging: Merging, *, by: Person) -> None:
    """Take out the second record of somebody, and state of the one that stays what is `kept` of both.

    The password is that of the record that stays: nobody comes into it with one that they chose elsewhere. Whoever
    calls it holds both, and has moved the work. Raises as `change` does.
    """
    _take_out(double)
    db.session.flush()
    if kept != stated(stays):
        change(stays, kept, by=by)
    _follow(double, stays)
    at = double.removed_at or now()
    db.session.add(
        MergedRecord(person_id=double.id, into_id=stays.id, reason=merging.reason, by_id=by.id, by_name=by.name, at=at)
    )
    db.session.flush()
    audit.record(
        Deed.RECORDS_MERGED, f"person {double.id}", by=by, learner_id=stays.id, merged=double.id, name=double.name,
        number=double.number, merged_at=stamp(at), last=audit.last_about(double.id, double.centre_id),
        reason_sha256=audit.hash_of(merging.reason), **merging.moved,
    )  # fmt: skip


def stated(person: Person) -> Registration:
    """What is stated about a person now."""
    roles = tuple(Role(name) for name in person.role_names)
    return Registration(person.name, person.email, roles, person.number, person.work, person.born)


def _follow(double: Person, stays: Person) -> None:
    """What was merged into the double before is merged into who stays; so are its drafts, and what it sent by forms."""
    for one in queries.merged_into(double.id):
        one.into_id = stays.id
    drafts.give(double.id, to=stays.id)
    known = queries.keys_sent(stays.id)
    again = delete(Sent).where(Sent.person_id == double.id, Sent.key.in_(known))
    db.session.execute(again.execution_options(synchronize_session=False))
    theirs = update(Sent).where(Sent.person_id == double.id).values(person_id=stays.id)
    db.session.execute(theirs.execution_options(synchronize_session=False))


def _take_out(person: Person) -> None:
    """In no list any more: links and sign-ins end, and the address is free."""
    for link in queries.invitations_of(person):
        link.used_at = now()
    end_others(person)
    account = person.account
    person.removed_at, person.active, person.account = now(), False, None
    person.email, person.roles = f"removed-{person.id}@removed.invalid", []
    leave(account)


def _hold(person: Person) -> None:
    """Hold somebody who was not taken out by another administrator meanwhile."""
    hold(person)
    if person.removed_at:
        raise OutOfTurn(f"{person.name} was removed, or merged into another record, at this very moment.")


def _ensure_unused(number: str, centre: Centre) -> None:
    if number and (other := queries.person_by_number(number, centre)):
        raise Incomplete(
            f"{other.name} is registered with the number {number} already. Is it the same person, or a slip?",
            ("number",),
        )


def _ensure_free(email: str, centre: Centre) -> None:
    ensure_address(email)
    if queries.person_by_email(email, centre):
        raise Refused(f"Somebody is registered with {email} already. Use another address, or change that person.")


def _describe(person: Person, registration: Registration) -> None:
    person.name, person.email = registration.name, registration.email.lower()
    person.number, person.work, person.born = registration.number, registration.work, registration.born
    person.roles = [_role(name) for name in sorted(registration.roles)]


def _role(name: Role) -> RoleRow:
    row = queries.role(name)
    if row is None:
        row = RoleRow(name=name)
        db.session.add(row)
        db.session.flush()
    return row


def _record(deed: Deed, person: Person, *, by: Person) -> None:
    db.session.flush()
    audit.record(
        deed, f"person {person.id}", by=by, learner_id=person.id, name=person.name, number=person.number,
        roles=list(person.role_names),
    )  # fmt: skip
