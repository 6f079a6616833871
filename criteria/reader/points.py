"""Builds the marking points from their items: reference, lead-in, parts, methods, outcome."""

from collections.abc import Collection
from dataclasses import dataclass, field

from criteria.reader.items import NOTE, Item
from criteria.reader.lines import LineKind, numbered
from criteria.reader.refusal import Refusal
from criteria.unit import Method, Outcome, Part, Point, Unread
from criteria.wording import lead_ins
from criteria.wording.methods import methods
from criteria.wording.parts import MAX_PARTS, parts

MAX_POINTS = 300
"""The most marking points that are read."""
NONE = "none"
ANY = "any"
_METHODS = {method.value: method for method in Method}
_YES_NO = {"yes": True, "no": False}


@dataclass(slots=True)
class Marking:
    """The marking points of a unit, and what was noted at them but not understood."""

    points: tuple[Point, ...] = ()
    unread: list[Unread] = field(default_factory=list)


@dataclass(slots=True)
class _Notes:
    """What the extended form says about one point; None or absent where it says nothing."""

    said: dict[str, str] = field(default_factory=dict)
    parts: list[str] = field(default_factory=list)
    unread: list[Unread] = field(default_factory=list)


def points(items: list[Item], outcomes: tuple[Outcome, ...]) -> Marking:
    """The marking points that `items` describe.

    A point's `ref` is the number that the text gives where all points have one and no two the same (with the outcome's
    number before it where that tells them apart), else its place in the text. Raises `Refusal` for more than
    `MAX_POINTS`, or more parts at a point than have a letter.
    """
    if len(items) > MAX_POINTS:
        raise Refusal(
            items[MAX_POINTS].line.number,
            f"there are more than {MAX_POINTS:,} marking points. Paste one unit at a time.",
        )
    given = [_given(item) for item in items]
    refs = _refs(items, [ref for ref, _ in given])
    known = {outcome.ref for outcome in outcomes}
    marking, built = Marking(), []
    for item, ref, (_, text) in zip(items, refs, given, strict=True):
        notes = _notes(item, known)
        built.append(_point(item, ref, text, notes=notes, outcomes=known))
        marking.unread += notes.unread
    marking.points = tuple(built)
    return marking


def derived_outcome(ref: str, outcomes: Collection[str]) -> str:
    """The outcome, of those with the refs `outcomes`, that a point's number names: `1` for `1.2`; empty where none."""
    before = ref.rpartition(".")[0]
    return before if before in outcomes else ""


def _given(item: Item) -> tuple[str, str]:
    """The number or letter that the text gives a point, and the point without it."""
    if item.line.kind in (LineKind.NUMBER, LineKind.LETTER):
        return item.line.mark, item.text
    return numbered(item.text)


def _refs(items: list[Item], given: list[str]) -> list[str]:
    numeric = all(ref[:1].isdigit() for ref in given)
    under = [f"{item.outcome}.{ref}" for item, ref in zip(items, given, strict=True)]
    if numeric and len(set(given)) == len(given):
        return given
    if all(given) and all(item.outcome for item in items) and len(set(under)) == len(under):
        return under
    return [str(place) for place in range(1, len(items) + 1)]


def _notes(item: Item, outcomes: Collection[str]) -> _Notes:
    notes = _Notes()
    for child in item.children:
        note = NOTE.fullmatch(child.text) if child.line.kind is LineKind.BULLET else None
        name = note[1].lower().removeprefix("permitted ") if note else ""
        if not note:
            notes.parts.append(child.text)
        elif name in notes.said or not _is_understood(name, note[2], outcomes):
            notes.unread.append(Unread(child.line.number, child.text))
        else:
            notes.said[name] = note[2]
    if len(notes.parts) > MAX_PARTS:
        raise Refusal(item.line.number, f"this point has more than {MAX_PARTS} parts. Split it into several points.")
    return notes


def _is_understood(name: str, value: str, outcomes: Collection[str]) -> bool:
    if name == "methods":
        return value.lower() == ANY or all(method in _METHODS for method in _split(value))
    if name == "obliges":
        return value.lower() in _YES_NO
    if name == "outcome":
        return value.lower() == NONE or value in outcomes
    return name != "parts" or value.lower() == NONE


def _split(value: str) -> list[str]:
    return [" ".join(method.split()).lower() for method in value.rstrip(".").split(",")]


def _point(item: Item, ref: str, text: str, *, notes: _Notes, outcomes: Collection[str]) -> Point:
    said = notes.said
    lead = said.get("lead-in", lead_ins.lead_in(text))
    named = notes.parts if notes.parts or "parts" in said else list(parts(text))
    return Point(
        ref=ref,
        text=text,
        lead_in="" if lead.lower() == NONE else lead,
        obliges=_YES_NO[said["obliges"].lower()] if "obliges" in said else lead_ins.obliges(lead),
        parts=tuple(Part(chr(ord("a") + place), part) for place, part in enumerate(named)),
        methods=_permitted(said["methods"]) if "methods" in said else methods(text),
        outcome=_outcome(item, ref, said, outcomes=outcomes),
    )


def _permitted(value: str) -> tuple[Method, ...]:
    return () if value.lower() == ANY else tuple(dict.fromkeys(_METHODS[method] for method in _split(value)))


def _outcome(item: Item, ref: str, said: dict[str, str], *, outcomes: Collection[str]) -> str:
    named = said.get("outcome", item.outcome or derived_outcome(ref, outcomes))
    return named if named in outcomes else ""
