"""Writes about links that are sent by mail."""

from collections.abc import Sequence
from typing import Any

from portfolio.foundation.db import db, hold
from portfolio.foundation.errors import Refused
from portfolio.foundation.log import audit
from portfolio.foundation.log.deeds import Deed
from portfolio.foundation.mail import outbox
from portfolio.foundation.mail import queries as mails
from portfolio.foundation.mail.models import Mail
from portfolio.people import queries
from portfolio.people.models import Person
from portfolio.people.operations.links import token_hash, token_of
from portfolio.people.rules import LINK

NO_MAIL = "This installation sends no mail: copy the link, or print the sheet."
NONE_OPEN = "That link has ended. Make another one, if it is still wanted."


def mail_links(people: Sequence[Person], *, key: str, by: Person) -> None:
    """Have the links that `key` made for these people sent to their addresses; nothing is sent twice.

    Refused where the house sends no mail, and where none of the links is open.
    """
    if not outbox.has_server():
        raise Refused(NO_MAIL)
    hold(by.centre)
    are_open = {link.token_sha256 for link in queries.open_invitations(by.centre_id)}
    found = {made: one for one in people if (made := token_hash(token_of(one, key))) in are_open}
    if not found:
        raise Refused(NONE_OPEN)
    earlier = mails.last_about(found, LINK)
    missing = [about for about in found if about not in earlier or earlier[about].state == "not sent"]
    if missing:
        outbox.send([outbox.write(LINK, about, to=found[about].id, by=by, key=key) for about in missing], by=by)


def record_sent(mail: Mail) -> None:
    """Put on record that the mail server took a link; neither the address nor the link is in the log."""
    _record(Deed.LINK_SENT, mail)


def record_unsent(mail: Mail, why: str) -> None:
    """Put on record that a link is not sent, and why."""
    _record(Deed.LINK_NOT_SENT, mail, reason=why)


def _record(deed: Deed, mail: Mail, **facts: Any) -> None:
    person, by = db.session.get_one(Person, mail.person_id), db.session.get_one(Person, mail.by_id)
    audit.record(deed, f"person {person.id}", by=by, name=person.name, **facts)
