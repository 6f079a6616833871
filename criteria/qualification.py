"""A qualification: which units lead to it, in groups with rules, and how far somebody is."""

import hashlib
from collections.abc import Collection, Iterator
from dataclasses import asdict, dataclass
from typing import Any

from criteria.canonical import canonical


@dataclass(frozen=True, slots=True)
class GroupUnit:
    """A unit of a group, as it was called when the qualification was published."""

    code: str
    title: str
    credit: int | None = None
    """What it counts; None where its text states none."""


@dataclass(frozen=True, slots=True)
class UnitGroup:
    """Units of which all, or so many, or units of so much credit are to be achieved."""

    title: str
    units: tuple[GroupUnit, ...]
    needed: int | None = None
    """At least so many of its units. Where this and `credit` are None: all of them."""
    credit: int | None = None
    """Units of at least so much credit."""

    @property
    def least(self) -> int:
        """The fewest units that fulfil the rule about their number; 0 where only credit counts."""
        if self.needed is not None:
            return self.needed
        return len(self.units) if self.credit is None else 0

    @property
    def mandatory(self) -> bool:
        """Whether every one of its units is needed."""
        return self.least == len(self.units)


@dataclass(frozen=True, slots=True)
class Qualification:
    """Everything that one edition of a qualification says."""

    title: str
    number: str
    """As the regulator or the awarding organisation gave it."""
    level: str
    body: str
    """The awarding organisation."""
    credit: int | None
    """Needed in all; None where credit does not count."""
    groups: tuple[UnitGroup, ...]

    def units(self) -> Iterator[GroupUnit]:
        """Every unit, group by group."""
        yield from (unit for group in self.groups for unit in group.units)


@dataclass(frozen=True, slots=True)
class Reached:
    """How far somebody is: in one group, or in all."""

    units: int
    """Achieved, of those needed; more than are needed do not count."""
    needed: int
    credit: int
    """Of the units achieved."""
    credit_needed: int
    """0 where credit does not count."""
    complete: bool


def content_hash(qualification: Qualification) -> str:
    """SHA-256 (64 hexadecimal digits) of what an edition says: canonical JSON of its fields as `as_json` has them."""
    return hashlib.sha256(canonical(as_json(qualification)).encode()).hexdigest()


def as_json(qualification: Qualification) -> dict[str, Any]:
    """A qualification as plain data: its fields by their names, groups and units as lists."""
    told = asdict(qualification)
    return told | {"groups": [group | {"units": list(group["units"])} for group in told["groups"]]}


def from_json(told: dict[str, Any]) -> Qualification:
    """The qualification of which `as_json` told. Raises `TypeError` or `KeyError` for data of another shape."""
    groups = tuple(
        UnitGroup(**group | {"units": tuple(GroupUnit(**unit) for unit in group["units"])}) for group in told["groups"]
    )
    return Qualification(**told | {"groups": groups})


def reached_in(group: UnitGroup, achieved: Collection[str]) -> Reached:
    """How far somebody is in a group who achieved the units of these codes."""
    done = [unit for unit in group.units if unit.code in achieved]
    credit, wanted = sum(unit.credit or 0 for unit in done), group.credit or 0
    complete = len(done) >= group.least and credit >= wanted
    return Reached(min(len(done), group.least), group.least, credit, wanted, complete)


def reached(qualification: Qualification, achieved: Collection[str]) -> Reached:
    """How far somebody is in all: every group complete, and the credit of all of them."""
    groups = [reached_in(group, achieved) for group in qualification.groups]
    credit, wanted = sum(group.credit for group in groups), qualification.credit or 0
    complete = all(group.complete for group in groups) and credit >= wanted
    return Reached(
        sum(group.units for group in groups), sum(group.needed for group in groups), credit, wanted, complete
    )


def faults(qualification: Qualification) -> Iterator[tuple[str, str]]:
    """What keeps a qualification from being published: the field that lacks something, and a sentence.

    Fields of the group at place 0 are `group-0-title`, `group-0-units`, `group-0-needed`, `group-0-credit`.
    """
    if not qualification.groups:
        yield "group-0-units", "Choose the units of at least one group."
    seen = dict[str, str]()
    for place, group in enumerate(qualification.groups):
        yield from ((f"group-{place}-{name}", sentence) for name, sentence in _group_faults(group))
        for unit in group.units:
            if unit.code in seen:
                yield f"group-{place}-units", f"{unit.code} stands in “{seen[unit.code]}” already."
            seen[unit.code] = group.title
    counted = sum(unit.credit or 0 for unit in qualification.units())
    if qualification.groups and (qualification.credit or 0) > counted:
        yield "credit", f"All its units together count {counted} credits."


def _group_faults(group: UnitGroup) -> Iterator[tuple[str, str]]:
    if not group.title:
        yield "title", "Give the group a title, for example: Mandatory units"
    if not group.units:
        yield "units", "Choose the units of this group."
        return
    if group.needed is not None and not 0 < group.needed <= len(group.units):
        yield "needed", f"Of {len(group.units)} units, between 1 and {len(group.units)} can be needed."
    counted = sum(unit.credit or 0 for unit in group.units)
    if group.credit is not None and not 0 < group.credit <= counted:
        yield "credit", f"The units of this group count {counted} credits together; that is the most."
