"""Writes about links that are sent by mail."""

from collections.abc import Sequence
from datetime import timedelta
from typing import Any

from portfolio.foundation.clock import now
from portfolio.foundation.db import db, hold
from portfolio.foundation.errors import Refused, TooOften
from portfolio.foundation.log import audit
from portfolio.foundation.log.actors import Actor
from portfolio.foundation.log.deeds import Deed
from portfolio.foundation.mail import outbox
from portfolio.foundation.mail import queries as mails
from portfolio.foundation.mail.models import Mail
from portfolio.people import queries
from portfolio.people.models import Centre, Person
from portfolio.people.operations.links import token_hash, token_of
from portfolio.people.rules import LINK

NO_MAIL = "This installation sends no mail: copy the link, or print the sheet."
DAY = timedelta(days=1)
MOST = 10
"""Mails to one person within a day."""
NONE_OPEN = "That link has ended. Make another one, if it is still wanted."


def mail_links(people: Sequence[Person], *, key: str, by: Actor) -> None:
    """Have the links that `key` made for these people sent to their addresses; nothing is sent twice.

    Whoever was sent `MOST` within a day is left out. Refused where the house sends no mail, and where none of the links
    is open; raises `TooOften` where nobody is left.
    """
    if not outbox.has_server():
        raise Refused(NO_MAIL)
    hold(db.session.get_one(Centre, by.centre_id))
    made = {token_hash(token_of(one, key)): one for one in people}
    are_open = queries.open_among(made)
    found = {about: one for about, one in made.items() if about in are_open}
    if not found:
        raise Refused(NONE_OPEN)
    counts = mails.count_since([one.id for one in found.values()], now() - DAY)
    found = {about: one for about, one in found.items() if counts.get(one.id, 0) < MOST}
    if not found:
        raise TooOften(int(DAY.total_seconds()))
    earlier = mails.last_about(found, LINK)
    missing = [about for about in found if about not in earlier or earlier[about].state == "not sent"]
    if missing:
        outbox.send([outbox.write(LINK, about, to=found[about].id, by=by, key=key) for about in missing], by=by)


def record_sent(mail: Mail) -> None:
    """Put on record that the mail server took a link; neither the address nor the link is in the log."""
    _record(Deed.LINK_SENT, mail)


def record_unsent(mail: Mail, why: str, stopped_by: Actor | None) -> None:
    """Put on record that a link is not sent, and why; the line names who stopped it, else who asked for it."""
    _record(Deed.LINK_NOT_SENT, mail, by=stopped_by, reason=why)


def _record(deed: Deed, mail: Mail, *, by: Actor | None = None, **facts: Any) -> None:
    person = db.session.get_one(Person, mail.person_id)
    audit.record(
        deed, f"person {person.id}", by=by or db.session.get_one(Person, mail.by_id), name=person.name, **facts
    )
