"""The items of the lists of a unit text while it is being read: words that may run over several lines."""

import re
from dataclasses import dataclass, field

from criteria.reader.lines import Line, LineKind, joined, undecorated

NOTE = re.compile(r"(lead-in|obliges|(?:permitted )?methods|parts|outcome)\s*:\s*(\S.*)", re.IGNORECASE | re.DOTALL)
"""What the extended form says of one point: the note's name and its value."""
_ENDED = re.compile(r"[.!?][\"'”’)\]]*\Z")
_NESTING = 2
_SENTENCE = 6


@dataclass(slots=True)
class Item:
    """A bullet with what was wrapped below it and nested under it."""

    line: Line
    outcome: str = ""
    """`ref` of the outcome whose heading stands above it."""
    words: list[str] = field(default_factory=list)
    children: list["Item"] = field(default_factory=list)

    @property
    def text(self) -> str:
        """All its words, wrapped lines joined."""
        return joined(self.words)

    def last(self) -> "Item":
        """The item to which a wrapped line belongs: itself, or the child read last."""
        return self.children[-1] if self.children else self


def item(line: Line, outcome: str = "") -> Item:
    """An item that begins with `line`."""
    return Item(line, outcome, [undecorated(line.body)])


def is_ended(text: str) -> bool:
    """Whether `text` ends like a sentence."""
    return _ENDED.search(text[-8:]) is not None


def continues(line: Line, above: Item, *, after_blank: bool) -> bool:
    """Whether the plain `line` is the wrapped rest of the item `above` it."""
    small = not line.text[0].isupper()
    if is_ended(above.words[-1]):
        return not after_blank and (small or line.indent > above.line.indent)
    return small or not after_blank


def is_nested(line: Line, above: Item) -> bool:
    """Whether the marked `line` is a part of the point `above` it rather than the next point.

    Because it is a note of the extended form, by its indent, by a letter under a bullet or number, by a hollow bullet,
    or by another mark after a colon. An indented line that is a sentence after a sentence is a point whose indent
    slipped.
    """
    first = above.line
    if line.kind is LineKind.BULLET and NOTE.fullmatch(line.body):
        return True
    if line.kind is LineKind.LETTER:
        return first.kind is not LineKind.LETTER or line.indent >= first.indent + _NESTING
    if line.mark in "o○◦" and first.mark not in "o○◦" and line.kind is LineKind.BULLET:
        return True
    if line.indent >= first.indent + _NESTING:
        return not _is_slipped(line, above)
    return above.text.endswith(":") and line.kind is not LineKind.NUMBER and line.mark != first.mark


def _is_slipped(line: Line, above: Item) -> bool:
    sentence = line.body[0].isupper() and is_ended(line.body) and len(line.body.split()) >= _SENTENCE
    return sentence and is_ended(above.words[-1])
