"""Writes a unit: in the extended form that the reader reads again, and as plain data for JSON."""

from typing import Any

from criteria.reader.headings import section_of
from criteria.reader.lines import squeezed
from criteria.reader.points import ANY, NONE, derived_outcome
from criteria.reader.sections import plain
from criteria.unit import Point, Term, Unit
from criteria.wording import lead_ins
from criteria.wording.parts import needed


def write(unit: Unit) -> str:
    """`unit` in the extended form (docs/unit-format.md), lines ended by LF.

    For every unit that was read, `read(write(unit)) == unit` but for `unread`, which is reported once and not written.
    """
    blocks = [
        _fields(unit),
        _block("Synopsis", [_escaped(squeezed(unit.synopsis))] if unit.synopsis else []),
        _block("Learning outcomes", [_numbered(outcome.ref, outcome.text) for outcome in unit.outcomes]),
        _block("Key concepts", [f"- {squeezed(_concept(term))}" for term in unit.concepts]),
        _block("Tips", [f"- {squeezed(tip)}" for tip in unit.tips]),
        _block("Misconceptions", [f"- {squeezed(misconception)}" for misconception in unit.misconceptions]),
        _block("Marking points", [line for point in unit.points for line in _point(point, unit)]),
    ]
    return "\n".join(block for block in blocks if block)


def as_json(unit: Unit) -> dict[str, Any]:
    """`unit` as plain data: strings, lists and objects, in the shape that docs/unit-format.md gives."""
    return {
        "title": unit.title,
        "code": unit.code,
        "level": unit.level,
        "credit": unit.credit,
        "synopsis": unit.synopsis,
        "outcomes": [{"ref": outcome.ref, "text": outcome.text} for outcome in unit.outcomes],
        "concepts": [_concept(term) for term in unit.concepts],
        "tips": list(unit.tips),
        "misconceptions": list(unit.misconceptions),
        "points": [_plain_point(point) for point in unit.points],
        "unread": [{"line": unread.line, "text": unread.text} for unread in unit.unread],
    }


def _plain_point(point: Point) -> dict[str, Any]:
    return {
        "ref": point.ref,
        "text": point.text,
        "lead_in": point.lead_in,
        "obliges": point.obliges,
        "parts": [part.text for part in point.parts],
        "needed": needed(point.text, len(point.parts)),
        "methods": [method.value for method in point.methods],
        "outcome": point.outcome,
    }


def _fields(unit: Unit) -> str:
    given = {"Title": unit.title, "Code": unit.code, "Level": unit.level, "Credit": unit.credit}
    return "".join(f"{name}: {squeezed(str(value))}\n" for name, value in given.items() if value not in ("", None))


def _block(heading: str, lines: list[str]) -> str:
    return "\n".join([heading, *lines, ""]) if lines else ""


def _escaped(text: str) -> str:
    return text if plain(text) else f"\\{text}"


def _concept(term: Term) -> str:
    return f"{term.name}: {term.text}" if term.name else term.text


def _numbered(ref: str, text: str) -> str:
    line = f"{ref}. {squeezed(text)}"
    return f"- {line}" if section_of(line) else line


def _point(point: Point, unit: Unit) -> list[str]:
    """The line of a point, and below it what the wording alone would not tell again."""
    recognised = lead_ins.lead_in(point.text)
    notes = []
    if point.lead_in != recognised:
        notes.append(f"Lead-in: {squeezed(point.lead_in) or NONE}")
    if point.obliges != lead_ins.obliges(point.lead_in):
        notes.append(f"Obliges: {'yes' if point.obliges else 'no'}")
    if point.outcome != derived_outcome(point.ref, [outcome.ref for outcome in unit.outcomes]):
        notes.append(f"Outcome: {point.outcome or NONE}")
    notes.append(f"Methods: {', '.join(method.value for method in point.methods) or ANY}")
    if not point.parts:
        notes.append(f"Parts: {NONE}")
    parts = [f"   {part.ref}) {squeezed(part.text)}" for part in point.parts]
    return [_numbered(point.ref, point.text), *parts, *(f"   - {note}" for note in notes)]
