"""The wording of five trades is understood alike; the figures below are those of docs/unit-format.md.

The points are ours, and were labelled before any rule was tuned to them. In `trades/`, what stands before `|` is the
lead-in; parts, methods, how many parts are asked for, and whether the point obliges stand below their point.
"""

import re
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from criteria.reader import read
from criteria.unit import Point
from criteria.wording.parts import needed

TRADES = Path(__file__).parent / "trades"
LAYOUTS = (
    "{title}\nMarking points\n{points}",
    "Unit 7: {title}\nAssessment criteria\nThe learner can:\n{points}",
    "# {title}\n\n## Examiner Marking Points\n\n{points}",
)
BULLETS = ("- ", "• ", "")
"""In the third layout the points keep their numbers."""


@dataclass
class Label:
    """What a person says of a point."""

    ref: str
    text: str
    lead: str = ""
    parts: list[str] = field(default_factory=list)
    notes: dict[str, str] = field(default_factory=dict)


def labelled(trade: str) -> dict[str, list[Label]]:
    """The points of each unit, by its title."""
    units: dict[str, list[Label]] = {}
    for line in (TRADES / f"{trade}.txt").read_text().splitlines():
        if line.startswith("# "):
            points = units.setdefault(line[2:], [])
        elif line.startswith("   - "):
            name, value = line[5:].split(": ")
            points[-1].notes[name] = value
        elif line.startswith("   "):
            points[-1].parts.append(line[6:])
        elif line:
            ref, words = line.split(" ", 1)
            lead, bar, _ = words.partition("|")
            points.append(Label(ref, words.replace("|", ""), lead if bar else ""))
    return units


def proposed(units: dict[str, list[Label]]) -> list[tuple[Label, Point]]:
    """Each point with what is read of it, in layouts that take turns."""
    found: list[tuple[Label, Point]] = []
    for place, (title, labels) in enumerate(units.items()):
        layout, bullet = LAYOUTS[place % 3], BULLETS[place % 3]
        lines = [f"{bullet or label.ref + ' '}{label.text}" for label in labels]
        unit = read(layout.format(title=title, points="\n".join(lines)))
        assert len(unit.points) == len(labels), title
        found += zip(labels, unit.points, strict=True)
    return found


def bare(texts: list[str]) -> list[str]:
    return [re.sub(r"\A(?:the|an?) ", "", text, flags=re.IGNORECASE).casefold() for text in texts]


def rights(label: Label, point: Point) -> dict[str, bool]:
    """What of a point is read right."""
    parts = [part.text for part in point.parts]
    return {
        "text": point.text == label.text,
        "lead-in": point.lead_in == label.lead,
        "obliges": point.obliges == (label.notes.get("Obliges") != "no"),
        "methods": ", ".join(point.methods) == label.notes.get("Methods", ""),
        "parts": bare(parts) == bare(label.parts),
        "needed": needed(point.text, len(parts) or 99) == int(label.notes.get("Needed", 0)),
        "not wrong": not parts or bare(parts) == bare(label.parts),
    }


@pytest.mark.parametrize(
    ("trade", "leads", "methods", "parts", "not_wrong"),
    [
        ("care", 50, 50, 48, 48),
        ("catering", 50, 50, 50, 50),
        ("warehousing", 50, 50, 45, 47),
        ("hairdressing", 50, 50, 46, 46),
        ("childcare", 49, 48, 45, 46),
    ],
)
def test_points_of_other_trades_are_understood(
    trade: str, leads: int, methods: int, parts: int, not_wrong: int
) -> None:
    right, wrong = Counter[str](), list[str]()
    for label, point in proposed(labelled(trade)):
        each = rights(label, point)
        right.update(name for name in each if each[name])
        wrong += [f"{name} of {label}, read as {point}" for name in each if not each[name]]
    assert dict(right) == {
        "text": 50, "lead-in": leads, "obliges": 50, "methods": methods, "parts": parts, "needed": 50,
        "not wrong": not_wrong,
    }, "\n".join(wrong)  # fmt: skip


def test_every_part_that_is_proposed_is_words_of_its_point() -> None:
    for trade in ("care", "catering", "warehousing", "hairdressing", "childcare"):
        for label, point in proposed(labelled(trade)):
            assert all(part.text in label.text for part in point.parts)
