"""Marking points as the story names them, and what is said where it contradicts itself."""

from dataclasses import dataclass


class BrokenStory(ValueError):
    """The content contradicts itself; the message names the file or person and what is wrong."""


@dataclass(frozen=True, slots=True, order=True)
class PointRef:
    """One marking point: the code of its unit and its `ref` there."""

    unit: str
    ref: str

    @classmethod
    def of(cls, text: str) -> "PointRef":
        """`CS-301.2` → point 2 of CS-301. Raises `BrokenStory` for a text without a dot."""
        unit, dot, ref = text.partition(".")
        if not dot:
            raise BrokenStory(f"“{text}” is not a marking point; write it like CS-301.2.")
        return cls(unit, ref)
