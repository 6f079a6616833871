"""One mail as it is sent: text and HTML to one person (RFC 5322), whatever stands in names and addresses."""

from dataclasses import dataclass
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime

from email_validator import EmailNotValidError, validate_email

from portfolio.foundation.clock import now
from portfolio.foundation.smtp import NotTaken
from portfolio.foundation.words.text import cleaned


@dataclass(frozen=True, slots=True)
class Letter:
    """What is written to one person; `writing.letter_of` makes it."""

    to: str
    """Their address."""
    name: str
    """Who writes: the centre."""
    subject: str
    text: str
    html: str
    """A whole document that says the same."""
    language: str = "en-GB"
    """By BCP 47."""


def deliverable(email: str) -> str:
    """An address as servers take it: its domain in ASCII, unless letters beyond that stand before the “@” (RFC 6531).

    Raises `NotTaken` for what is no address.
    """
    try:
        found = validate_email(email, check_deliverability=False)
    except EmailNotValidError:
        raise NotTaken("That is not an address to which mail can be sent.") from None
    return found.ascii_email or found.normalized


def composed(letter: Letter, *, sender: str, name: str) -> EmailMessage:
    """The mail itself, from the address `sender`: text first, then HTML. Sent again, it has the Message-ID of `name`.

    Raises `NotTaken` where the letter is to what is no address.
    """
    message = EmailMessage(policy=SMTP)
    message["From"] = Address(one_line(letter.name), addr_spec=sender)
    message["To"] = Address("", *deliverable(letter.to).rsplit("@", 1))
    message["Subject"] = one_line(letter.subject)
    message["Date"] = format_datetime(now())
    message["Message-ID"] = f"<{name}@{sender.rpartition('@')[2]}>"
    message["Auto-Submitted"] = "auto-generated"
    message.set_content(cleaned(letter.text), cte="quoted-printable")
    message.add_alternative(cleaned(letter.html), subtype="html", cte="quoted-printable")
    message["Content-Language"] = letter.language
    return message


def one_line(words: str) -> str:
    """Words for a header or in the middle of a sentence: a line end would begin another one."""
    return " ".join(cleaned(words).split())
