"""The mail with a one-time link, in the language of the centre; written when it is sent, so that no token is kept."""

from zoneinfo import ZoneInfo

from babel.dates import format_datetime

from portfolio.foundation.db import db
from portfolio.foundation.mail import outbox
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
        raise outbox.Ended(ENDED)
    centre = person.centre
    until = invitation.expires_at.astimezone(ZoneInfo(centre.timezone))
    return letter_of(
        "people/mail/link", to=person.email, centre=centre.name, language=centre.language, name=person.name,
        email=person.email, link=f"{current().address}/join/{token}",
        until=format_datetime(until, "d MMMM y, HH:mm", locale=centre.language.replace("-", "_")),
    )  # fmt: skip


def install() -> None:
    """Have the worker write these mails."""
    outbox.KINDS[LINK] = outbox.MailKind(letter, operations.record_sent, operations.record_unsent)
