"""Mail that tells people of a centre that something happened or waits for them: to whom it goes, and when not."""

from collections.abc import Iterable, Sequence

from flask import url_for

from portfolio.foundation.db import db
from portfolio.foundation.log.actors import Actor
from portfolio.foundation.mail import outbox
from portfolio.foundation.mail.kinds import Addressee, Ended
from portfolio.foundation.mail.models import Mail
from portfolio.people import queries
from portfolio.people.models import Person

SHUT = "Their account was closed before it could be sent."


def tell(kind: str, about: str, people: Iterable[Person], *, by: Actor) -> None:
    """Have each of these people told once by mail; nobody whose account is shut or who has not joined yet, and nobody
    where the house sends no mail.
    """
    if not outbox.has_server():
        return
    to = {person.id for person in people if person.active and person.has_joined and not person.removed_at}
    written = [outbox.write(kind, about, to=id, by=by) for id in sorted(to)]
    if written:
        outbox.send(written, by=by)


def reader(mail: Mail) -> Person:
    """Whom a mail is for. Raises `Ended` for somebody whose account is shut."""
    person = db.session.get_one(Person, mail.person_id, populate_existing=True)
    if not person.active or person.removed_at:
        raise Ended(SHUT)
    return person


def addressees(mails: Sequence[Mail]) -> dict[int, Addressee]:
    """To which people of the centre these go."""
    known = queries.people_by_id([mail.person_id or 0 for mail in mails])
    return {mail.id: _addressee(known[mail.person_id or 0]) for mail in mails}


def again(mail: Mail, by: Actor) -> None:
    """Send the same news once more to whom it was for."""
    outbox.send([outbox.write(mail.kind, mail.about, to=mail.person_id, by=by)], by=by)


def told_already(_mail: Mail, _why: str = "", _by: Actor | None = None) -> None:
    """Put nothing on record of news: the line of what it tells of says all of it."""


def _addressee(person: Person) -> Addressee:
    email = "" if person.removed_at else person.email
    return Addressee(person.name, email, url_for("people.show", id=person.id), may_again=person.active)
