"""What a draft is at the centre, how many there may be, and for how long."""

import json
import re
from dataclasses import dataclass
from datetime import timedelta
from typing import Protocol

from portfolio.foundation.errors import Refused, TooBig, Unreadable

LONGEST = 400_000
"""Characters of one draft: more than any form takes."""
MOST = 200
"""Drafts of one person. More are refused, so that none is thrown away that a page called safe."""
MOST_CHARACTERS = 10_000_000
"""Characters of all drafts of one person."""
MOST_ENDED = 10_000
"""Sittings of one person of which it is known that they ended; the newest of them are."""
KEPT = timedelta(days=90)
"""How long a draft is kept, and how long it is known that a sitting ended."""
MOST_ASKED = 100
"""Places or sittings that one request may name."""
BIG = (
    "This is longer than can be kept at the centre before it is saved. It is kept on this device: save it, or attach "
    "it as a file."
)
MANY = (
    f"You have {MOST} texts at the centre that are not saved yet, and no more can be kept there. This one is kept on "
    "this device alone: save it, or save or throw away some of the others."
)
MUCH = (
    "So much text of yours that is not saved yet is at the centre that this has no room there. It is kept on this "
    "device alone: save it, or save or throw away some of the others."
)
ILLEGIBLE = "That is no draft of a form, so it was not kept at the centre."
_KEY = re.compile(r"[\w-]{16,64}", re.ASCII)
_PLACE = re.compile(r"[\w-]{1,120}", re.ASCII)
_LAST_TURN = 2**31 - 1


class Typist(Protocol):
    """Whoever types: known by an id, called by a name."""

    @property
    def id(self) -> int:
        """The id of their record."""

    @property
    def name(self) -> str:
        """What they are called."""


@dataclass(frozen=True, slots=True)
class Turn:
    """The words of a sitting as its page kept them for the `number`th time; without a number its words as they are."""

    sitting: str
    number: int | None = None

    def __str__(self) -> str:
        return self.sitting if self.number is None else f"{self.sitting}@{self.number}"


def turns(told: list[str]) -> list[Turn]:
    """The turns that `told` names as `sitting@number` or `sitting`, each once; what is neither is left out."""
    return list(dict.fromkeys(found for one in told[:MOST_ASKED] if (found := _turn(one))))


def _turn(told: str) -> Turn | None:
    sitting, at, number = told.partition("@")
    if not is_key(sitting) or (at and not _is_number(number)):
        return None
    return Turn(sitting, int(number) if at else None)


def is_key(told: str) -> bool:
    """Whether this is a key as scripts and pages draw them."""
    return _KEY.fullmatch(told) is not None


def is_place(told: str) -> bool:
    """Whether this can be the name of a form, as its `data-draft` has it."""
    return _PLACE.fullmatch(told) is not None


def ensure_legible(place: str, turn: Turn, words: str) -> None:
    """Hold what a script wants to have kept against its form.

    Raises `TooBig` for more than `LONGEST` characters, and `Unreadable` for what is no JSON object of a form.
    """
    if len(words) > LONGEST:
        raise TooBig(BIG)
    if not is_place(place) or not turn.number or not _is_object(words):
        raise Unreadable(ILLEGIBLE)


def ensure_room(others: int, characters: int) -> None:
    """Refused where the person has so many other drafts that one more is too many, or so many `characters` in all."""
    if others >= MOST:
        raise Refused(MANY)
    if characters > MOST_CHARACTERS:
        raise Refused(MUCH)


def _is_number(told: str) -> bool:
    return told.isascii() and told.isdigit() and 0 < len(told) <= len(str(_LAST_TURN)) and 0 < int(told) <= _LAST_TURN


def _is_object(words: str) -> bool:
    try:
        return isinstance(json.loads(words), dict)
    except (ValueError, RecursionError):
        return False
