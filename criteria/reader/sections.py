"""Sorts the lines of a unit text into its sections: what stands under which heading, and what is not understood."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from criteria.reader import headings
from criteria.reader.fields import field as field_of
from criteria.reader.headings import Section
from criteria.reader.items import Item, continues, is_ended, is_nested, item
from criteria.reader.lines import Line, LineKind, undecorated
from criteria.reader.refusal import Refusal
from criteria.unit import Unread
from criteria.wording.lead_ins import addresses_assessor, lead_in

_LISTS = (Section.CONCEPTS, Section.TIPS, Section.MISCONCEPTIONS, Section.OUTCOMES, Section.POINTS)
_GUIDANCE = (Section.CONCEPTS, Section.TIPS, Section.MISCONCEPTIONS)
_OUTCOME = re.compile(
    r"(?:learning\s+outcome|outcome|LO)\s*([0-9]{1,3})\s*[:.\-–—)]?\s+(\S.*)", re.IGNORECASE | re.DOTALL
)
_COUNTED = re.compile(r"([0-9]{1,2})\s+([A-Z“‘\"].*)", re.DOTALL)
_LONG_LINE = 40


@dataclass(slots=True)
class UnitDraft:
    """A unit text, sorted."""

    fields: dict[str, str] = field(default_factory=dict)
    preamble: list[Line] = field(default_factory=list)
    synopsis: list[Line] = field(default_factory=list)
    lists: dict[Section, list[Item]] = field(default_factory=lambda: {section: [] for section in _LISTS})
    bare: dict[Section, list[Line]] = field(default_factory=lambda: {section: [] for section in _GUIDANCE})
    """Lines of guidance that no bullet opens; they count as items where their whole section has no bullets."""
    unread: list[Unread] = field(default_factory=list)
    points_line: int | None = None
    """Where the heading of the marking points stands, if anywhere."""


def plain(text: str) -> bool:
    """Whether `text`, on a line of its own below the heading of the synopsis, would be read as plain words."""
    bare = text.lstrip("\\")
    if not bare:
        return True
    if headings.section_of(bare) or headings.inline(bare) or headings.is_decorated(bare):
        return False
    seen = Line(1, 0, bare, LineKind.PLAIN, "", bare)
    return not (seen.is_rule or headings.is_furniture(bare) or field_of(bare))


def sorted_lines(lines: Sequence[Line]) -> UnitDraft:
    """Sort `lines`; raises `Refusal` at a bullet without words.

    Where no heading of marking points is there, one that may mean them does (`headings.section_of`).
    """
    draft = _sorted(lines, Section.UNKNOWN)
    return draft if draft.points_line is not None or draft.lists[Section.POINTS] else _sorted(lines, Section.POINTS)


def _sorted(lines: Sequence[Line], weak: Section) -> UnitDraft:
    sorter, worded = _Sorter(weak), [line for line in lines if line.text]
    below = dict(zip((line.number for line in worded), worded[1:], strict=False))
    for line in lines:
        sorter.take(line, below.get(line.number))
    return sorter.draft


class _Sorter:
    """Goes through the lines once, knowing the section and the item that it is in."""

    def __init__(self, weak: Section) -> None:
        self.weak = weak
        """What a heading opens that heads the marking points only where nothing else does."""
        self.draft = UnitDraft()
        self.section = Section.PREAMBLE
        self.outcome = ""
        self.fresh = 0
        """How many outcomes stand right above, with nothing else between."""
        self.after_blank = False
        self.above = ""
        """The last words read in this section."""

    def take(self, line: Line, below: Line | None) -> None:
        """Sort one line; `below` is the next one with words."""
        if not line.text or line.is_rule:
            self.after_blank = True
            return
        if line.is_empty_item:
            raise Refusal(line.number, "this bullet has no words. Write what it should say, or remove it.")
        if line.text[0] == "\\" and not plain(line.text):
            self._take_words(_unescaped(line))
        elif not (self._opens_outcome(line, below) or self._opens_section(line) or self._is_aside(line)):
            self._take_words(line)
        self.after_blank = False

    def _opens_outcome(self, line: Line, below: Line | None) -> bool:
        """Whether the line is an outcome that heads what follows: by its name, or by the next number without a dot."""
        if line.kind is not LineKind.PLAIN:
            return False
        text = undecorated(line.text)
        listed = self.section in (Section.POINTS, Section.OUTCOMES)
        settled = not self.above or self.after_blank or is_ended(self.above) or text != line.text
        if (named := _OUTCOME.fullmatch(text)) and (settled or (listed and named[2][0].isupper())):
            self._take_outcome(line, named[1], named[2])
        elif listed and (counted := _COUNTED.fullmatch(text)) and self._is_next(counted[1], below):
            self._take_outcome(line, counted[1], counted[2])
        else:
            return False
        return True

    def _is_next(self, number: str, below: Line | None) -> bool:
        """Whether the next outcome has this number; among the points, only if the point below is one of it."""
        among = self.section is Section.OUTCOMES or (below is not None and below.mark.startswith(f"{number}."))
        return among and int(number) == len(self.draft.lists[Section.OUTCOMES]) + 1

    def _opens_section(self, line: Line) -> bool:
        if line.kind is LineKind.BULLET or (line.kind is not LineKind.PLAIN and line.indent > 1):
            return False
        known = headings.section_of(line.text, self.weak)
        if known and not self._is_wrapped(line):
            self._enter(known, line)
            return True
        if line.kind is LineKind.PLAIN and (opening := headings.inline(line.text)) and not self._is_wrapped(line):
            self._enter(opening[0], line)
            if opening[0] is not Section.UNKNOWN:
                self._take_words(Line(line.number, line.indent, opening[1], LineKind.PLAIN, "", opening[1]))
            return True
        if self._is_unknown_heading(line):
            self._enter(Section.UNKNOWN, line)
            return True
        return False

    def _is_wrapped(self, line: Line) -> bool:
        """A small single word like “criteria” in the middle of an item is not a heading."""
        in_words = bool(self.above) and not is_ended(self.above) and not self.after_blank
        return in_words and line.text[0].islower() and " " not in line.text.strip(": ")

    def _is_unknown_heading(self, line: Line) -> bool:
        if self.section is Section.PREAMBLE:
            return False
        if headings.is_decorated(line.text):
            return True
        if not self.above or self.section is Section.UNKNOWN or line.kind is not LineKind.PLAIN:
            return False
        unwrapped = (
            self.after_blank
            or is_ended(self.above)
            or not (len(self.above) >= _LONG_LINE or line.indent or headings.is_open(self.above))
        )
        return unwrapped and headings.resembles_heading(line.text) and not addresses_assessor(line.text)

    def _enter(self, section: Section, line: Line) -> None:
        self.section, self.above = section, ""
        if section is not Section.POINTS or self.fresh != 1:
            self.outcome = ""
        if section is Section.POINTS and self.draft.points_line is None:
            self.draft.points_line = line.number
        if section is Section.UNKNOWN:
            self._leave(line)

    def _is_aside(self, line: Line) -> bool:
        """Whether the line says something beside the section it stands in: page furniture, or a single fact."""
        if headings.is_furniture(line.text):
            self._leave(line)
            return True
        fact = field_of(line.text) if line.kind is LineKind.PLAIN and self.section is not Section.UNKNOWN else None
        settled = not self.above or self.after_blank or is_ended(self.above)
        if not fact or fact[0] in self.draft.fields or not settled:
            return False
        self.draft.fields[fact[0]] = fact[1]
        return True

    def _take_words(self, line: Line) -> None:
        self.fresh = 0
        if self.section is Section.UNKNOWN:
            self._leave(line)
        elif self.section is Section.PREAMBLE:
            self.draft.preamble.append(line)
        elif self.section is Section.SYNOPSIS:
            self.draft.synopsis.append(line)
            self.above = line.text
        else:
            self._take_item(line)

    def _take_item(self, line: Line) -> None:
        items = self.draft.lists[self.section]
        if line.kind is not LineKind.PLAIN:
            self._add(line, items)
        elif items and self.above and self._belongs_above(line, items[-1].last()):
            items[-1].last().words.append(undecorated(line.text))
            self.above = line.text
        else:
            self._take_bare(line, items)

    def _belongs_above(self, line: Line, above: Item) -> bool:
        if self.section is Section.POINTS and line.text[0].isupper() and addresses_assessor(line.text):
            return False
        return continues(line, above, after_blank=self.after_blank)

    def _add(self, line: Line, items: list[Item]) -> None:
        listed = self.section in (Section.POINTS, Section.OUTCOMES)
        if listed and items and self.above and is_nested(line, items[-1]) and not addresses_assessor(line.body):
            items[-1].children.append(item(line))
        else:
            items.append(item(line, self.outcome))
        self.above = line.body

    def _take_bare(self, line: Line, items: list[Item]) -> None:
        if self.section is Section.POINTS and addresses_assessor(line.text) and not _is_bare_lead_in(line.text):
            items.append(item(line, self.outcome))
            self.above = line.text
        elif self.section in _GUIDANCE:
            self.draft.bare[self.section].append(line)
        else:
            self._leave(line)

    def _take_outcome(self, line: Line, ref: str, text: str) -> None:
        self.draft.lists[Section.OUTCOMES].append(
            item(Line(line.number, line.indent, line.text, LineKind.NUMBER, ref, text))
        )
        self.fresh += 1
        self.outcome = ref
        if self.section is Section.POINTS:
            self.above = ""
        else:
            self.section, self.above = Section.OUTCOMES, text

    def _leave(self, line: Line) -> None:
        self.draft.unread.append(Unread(line.number, line.text))


def _is_bare_lead_in(text: str) -> bool:
    """Whether a line only says what the items below it begin with: “The learner can:”."""
    return text.endswith(":") and lead_in(text) == text.rstrip(" :")


def _unescaped(line: Line) -> Line:
    words = line.text[1:]
    return Line(line.number, line.indent, words, LineKind.PLAIN, "", words)
