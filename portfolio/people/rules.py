"""Roles, and what a person's roles say of them."""

from dataclasses import dataclass
from enum import StrEnum


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
