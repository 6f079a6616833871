"""The facts of a unit as its text states them: frozen, comparable, and nothing else."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from enum import StrEnum


class Method(StrEnum):
    """A way of producing evidence that a marking point may permit or demand."""

    ACCOUNT = "account"
    RECORDING = "recording"
    ROLE_PLAY = "role-play"
    WORK_PRODUCT = "work product"
    TESTIMONY = "witness testimony"
    OBSERVATION = "observation"
    DISCUSSION = "professional discussion"


def in_order(methods: Iterable[Method]) -> tuple[Method, ...]:
    """Each once, in the order of `Method`: which are permitted counts, not the order in which a text names them."""
    named = set(methods)
    return tuple(method for method in Method if method in named)


@dataclass(frozen=True, slots=True)
class Part:
    """One named part of a compound marking point, e.g. `cost` of “cost, time and impact”."""

    ref: str
    """`a`, `b`, … within its point."""
    text: str


@dataclass(frozen=True, slots=True)
class Point:
    """One marking point, in the exact words of its source."""

    ref: str
    """`1`, `2`, … in the order of the text, or the number that the text gives (`1.2`)."""
    text: str
    lead_in: str = ""
    """The opening words that address the assessor (“Award credit for”), exactly as written; empty where none."""
    obliges: bool = True
    """False where the wording permits rather than demands (“Candidates may …”)."""
    parts: tuple[Part, ...] = ()
    methods: tuple[Method, ...] = ()
    """Permitted methods, in the order of the text; empty means any."""
    outcome: str = ""
    """`ref` of the learning outcome it belongs to, where the text has outcomes."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """A learning outcome under which points stand."""

    ref: str
    text: str


@dataclass(frozen=True, slots=True)
class Term:
    """A bullet of guidance; `name` is what stands before the colon, where there is one."""

    name: str
    text: str


@dataclass(frozen=True, slots=True)
class Unread:
    """A line that the reader did not understand, reported and never dropped."""

    line: int
    text: str


@dataclass(frozen=True, slots=True)
class Unit:
    """Everything one unit text says. `title` and `code` are empty when the text does not give them."""

    title: str = ""
    code: str = ""
    level: str = ""
    credit: int | None = None
    synopsis: str = ""
    outcomes: tuple[Outcome, ...] = ()
    concepts: tuple[Term, ...] = ()
    tips: tuple[str, ...] = ()
    misconceptions: tuple[str, ...] = ()
    points: tuple[Point, ...] = ()
    unread: tuple[Unread, ...] = field(default=())
