"""Who does a deed, as the log names them."""

from dataclasses import dataclass
from typing import Protocol


class Actor(Protocol):
    """Who did it: enough of a person to be named in the log."""

    @property
    def id(self) -> int | None:
        """Their row; None for a terminal, and for somebody who is not signed in."""

    @property
    def name(self) -> str:
        """As it is now."""

    @property
    def centre_id(self) -> int:
        """Their centre's row."""

    @property
    def role_names(self) -> tuple[str, ...]:
        """Roles as they are now."""


@dataclass(frozen=True, slots=True)
class Terminal:
    """Whoever works at the terminal of the house, for deeds that no person of a centre can answer for."""

    centre_id: int
    id: None = None
    name: str = "terminal"
    role_names: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Witness:
    """Whoever holds the link of a request: the log names them by the hash of what they sign, never by their name."""

    centre_id: int
    id: None = None
    name: str = "witness"
    role_names: tuple[str, ...] = ("witness",)
