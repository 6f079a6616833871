"""Roles, and what a person's roles say of them."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from email_validator import EmailNotValidError, validate_email

from portfolio.foundation.errors import Incomplete
from portfolio.foundation.words.lengths import ensure_fits
from portfolio.foundation.words.text import alike, is_blank


class Role(StrEnum):
    """What a person may be at their centre; one person may be several."""

    LEARNER = "learner"
    ASSESSOR = "assessor"
    IQA = "IQA"
    ADMINISTRATOR = "administrator"


@dataclass(frozen=True, slots=True)
class Registration:
    """What an administrator states about a person."""

    name: str
    email: str
    roles: tuple[Role, ...]
    number: str = ""
    work: str = ""
    born: date | None = None


@dataclass(frozen=True, slots=True)
class Merging:
    """Why two records are merged, and what of the double's work the line of the log says moved."""

    reason: str
    moved: Mapping[str, object] = field(default_factory=dict)


LENGTHS = {"name": 200, "email": 254, "number": 40, "work": 200}
"""Characters of what is stated about a person; of an address: RFC 5321, 4.5.3.1.3, without its brackets."""
CENTRE_LENGTHS = {"name": 200, "number": 40, "qualification": 200, "address": 500, "beginning": 300}
"""Characters of what is stated about a centre."""
WITNESS_DAYS = 28
FEWEST_WITNESS_DAYS, MOST_WITNESS_DAYS = 7, 90
"""How long the link of a request to a witness lasts, where a centre does not say otherwise, at least and at most."""
WRONG_DAYS = f"Give a whole number of days from {FEWEST_WITNESS_DAYS} to {MOST_WITNESS_DAYS}."
LOGO_BYTES = 5_000_000
"""Of the largest picture that is taken as a centre's logo."""
LANGUAGES = {"en-GB": "English", "cy": "Welsh"}
"""Of documents, by BCP 47."""
LINK = "link"
"""The kind of mail that brings a one-time link."""
NO_ADDRESS = "That is not an e-mail address. One looks like this: sam.okoro@example.org"


def ensure_named(registration: Registration) -> None:
    """Raise `Incomplete` for somebody without a name that can be seen, an address or a role, or for too many words."""
    if is_blank(registration.name):
        raise Incomplete(
            "Write the person's name, as it should stand on reports. Nothing of it can be seen.", ("name",)
        )
    if is_blank(registration.email):
        raise Incomplete("Write an e-mail address: it is what the person signs in with.", ("email",))
    if not registration.roles:
        raise Incomplete("Choose at least one role.", ("roles",))
    ensure_fits(registration, LENGTHS)


def ensure_address(email: str) -> None:
    """Raise `Incomplete` for what is no e-mail address (RFC 5322, and RFC 6531 for letters beyond ASCII)."""
    try:
        validate_email(email, check_deliverability=False)
    except EmailNotValidError:
        raise Incomplete(NO_ADDRESS, ("email",)) from None


def ensure_witness_days(days: int) -> None:
    """Raise `Incomplete` for fewer days than `FEWEST_WITNESS_DAYS` or more than `MOST_WITNESS_DAYS`."""
    if not FEWEST_WITNESS_DAYS <= days <= MOST_WITNESS_DAYS:
        raise Incomplete(WRONG_DAYS, ("witness_days",))


def ensure_keepers(name: str) -> None:
    """Raise `Incomplete` for what is no name in `PHRASE_KEEPERS`."""
    if name not in PHRASE_KEEPERS:
        raise Incomplete("Choose who may edit the shared sentences.", ("phrase_keepers",))


def sought(name: str, email: str, number: str) -> str:
    """By what a person is found: a line each for name, address and number, as `alike` compares them, with line ends."""
    return "\n".join(["", *map(alike, (name, email, number)), ""])


STAFF = frozenset({Role.ASSESSOR, Role.IQA, Role.ADMINISTRATOR})
"""Those who work for the centre."""


@dataclass(frozen=True, slots=True)
class Keepers:
    """Who may edit what the staff of a centre share."""

    shown: str
    roles: tuple[Role, ...]


KEEPERS = "administrators"
PHRASE_KEEPERS = {
    KEEPERS: Keepers("Administrators", (Role.ADMINISTRATOR,)),
    "IQAs": Keepers("Administrators and internal quality assurers", (Role.ADMINISTRATOR, Role.IQA)),
    "staff": Keepers("All staff, assessors too", (Role.ADMINISTRATOR, Role.IQA, Role.ASSESSOR)),
}
"""Who may edit the sentences for feedback that a centre shares; where it does not say otherwise, the first."""

NAMES = {
    Role.LEARNER: "Learner",
    Role.ASSESSOR: "Assessor",
    Role.IQA: "Internal quality assurer",
    Role.ADMINISTRATOR: "Centre administrator",
}
"""How a role is called on the page."""

DEMO_PASSWORD = "harbour-street-demo"  # noqa: S105 - printed on the demo's own sign-in page
"""What everybody in the sample signs in with."""
