"""The mail with a one-time link, in the language of the centre; written when it is sent, so that no token is kept."""

from collections.abc import Sequence
from zoneinfo import ZoneInfo

from babel.dates import format_datetime
from flask import url_for

from portfolio.foundation.db import db
from portfolio.foundation.log.actors import Actor
from portfolio.foundation.mail.kinds import KINDS, Addressee, Ended, MailKind
from portfolio.foundation.mail.letters import Letter
from portfolio.foundation.mail.models import Mail
from portfolio.foundation.mail.writing import letter_of
from portfolio.foundation.settings import current
from portfolio.people import operations, queries
from portfolio.people.models import Person
from portfolio.people.rules import LINK

ENDED = "The link had ended before it could be sent."


def letter(mail: Mail) -> Letter:
    """What is written to whoever a link is for. Raises `Ended` for a link that was used, has expired or was replaced.

    So is one whose address was corrected, or whose person's account is shut.
    """
    person = db.session.get_one(Person, mail.person_id, populate_existing=True)
    token = operations.token_of(person, mail.args["key"])
    invitation = queries.open_invitation(operations.token_hash(token))
    if invitation is None:
        raise Ended(ENDED)
    centre = person.centre
    until = invitation.expires_at.astimezone(ZoneInfo(centre.timezone))
    return letter_of(
        "people/mail/link", to=person.email, centre=centre.name, language=centre.language, name=person.name,
        email=person.email, link=f"{current().address}/join/{token}",
        until=format_datetime(until, "d MMMM y, HH:mm", locale=centre.language.replace("-", "_")),
    )  # fmt: skip


def addressees(mails: Sequence[Mail]) -> dict[int, Addressee]:
    """To whom each of these goes, and whether its link still works; one that does can be sent again."""
    people = queries.people_by_id([mail.person_id or 0 for mail in mails])
    are_open = queries.open_among([mail.about for mail in mails])
    return {mail.id: _addressee(people[mail.person_id or 0], is_open=mail.about in are_open) for mail in mails}


def _addressee(person: Person, *, is_open: bool) -> Addressee:
    standing = "open" if is_open else "used or ended"
    if person.removed_at:
        return Addressee(person.name, "", standing=standing)
    return Addressee(person.name, person.email, url_for("people.show", id=person.id), standing, may_again=is_open)


def again(mail: Mail, by: Actor) -> None:
    """Send the same link once more. Raises `Refused` or `TooOften` as `mail_links` does."""
    operations.mail_links([db.session.get_one(Person, mail.person_id)], key=mail.args["key"], by=by)


def install() -> None:
    """Have the worker write these mails."""
    KINDS[LINK] = MailKind("One-time link", letter, addressees, operations.record_sent, operations.record_unsent, again)
