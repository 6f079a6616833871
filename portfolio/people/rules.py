"""Roles, and what a person's roles say of them."""

from dataclasses import dataclass
from enum import StrEnum

from portfolio.foundation.errors import Incomplete
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


def ensure_named(registration: Registration) -> None:
    """Raise `Incomplete` for somebody without a name or an address that can be seen, or without a role."""
    if is_blank(registration.name):
        raise Incomplete(
            "Write the person's name, as it should stand on reports. Nothing of it can be seen.", ("name",)
        )
    if is_blank(registration.email):
        raise Incomplete("Write an e-mail address: it is what the person signs in with.", ("email",))
    if not registration.roles:
        raise Incomplete("Choose at least one role.", ("roles",))


def sought(name: str, email: str, number: str) -> str:
    """By what a person is found: a line each for name, address and number, as `alike` compares them, with line ends."""
    return "\n".join(["", *map(alike, (name, email, number)), ""])


STAFF = frozenset({Role.ASSESSOR, Role.IQA, Role.ADMINISTRATOR})
"""Those who work for the centre."""

NAMES = {
    Role.LEARNER: "Learner",
    Role.ASSESSOR: "Assessor",
    Role.IQA: "Internal quality assurer",
    Role.ADMINISTRATOR: "Centre administrator",
}
"""How a role is called on the page."""

DEMO_PASSWORD = "harbour-street-demo"  # noqa: S105 - printed on the demo's own sign-in page
"""What everybody in the sample signs in with."""
