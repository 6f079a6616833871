"""Builds the unit from its sorted lines."""

from collections.abc import Iterator

from criteria.reader.decoding import lines as lines_of
from criteria.reader.headings import Section
from criteria.reader.items import Item
from criteria.reader.lines import Line, LineKind, has_words, joined, line
from criteria.reader.opening import opening
from criteria.reader.points import points
from criteria.reader.refusal import Refusal
from criteria.reader.sections import UnitDraft, sorted_lines
from criteria.unit import Outcome, Term, Unit, Unread

MAX_LINES = 10_000
"""The most lines with words that are read."""
_LONGEST_NAME = 80


def read(data: bytes | str) -> Unit:
    """The unit that `data` describes, pasted from anywhere or in the extended form (docs/unit-format.md).

    Bytes are decoded as `decoding.decoded` says. What is not understood is in `Unit.unread`.
    Raises `Refusal`, and nothing else, where there is no unit in it: see docs/unit-format.md for when.
    """
    raw = lines_of(data)
    if sum(1 for text in raw if text and not text.isspace()) > MAX_LINES:
        raise Refusal(None, f"The text has more than {MAX_LINES:,} lines. Paste one unit at a time.")
    draft = sorted_lines(list(_lines(raw)))
    return _unit(draft, last_line=len(raw))


def _lines(raw: list[str]) -> Iterator[Line]:
    """The lines with words, and the first of each run of blank ones."""
    blank = False
    for number, text in enumerate(raw, start=1):
        if (was_blank := blank) and not text:
            continue
        blank = not text or text.isspace()
        if not (blank and was_blank):
            yield line(number, text)


def _unit(draft: UnitDraft, *, last_line: int) -> Unit:
    if not draft.lists[Section.POINTS]:
        raise _nothing_to_mark(draft, last_line)
    start = opening(draft.preamble, joined([line.text for line in draft.synopsis]), titled="title" in draft.fields)
    outcomes = _outcomes(draft)
    marking = points(draft.lists[Section.POINTS], outcomes)
    unread = [*draft.unread, *start.unread, *marking.unread]
    return Unit(
        title=draft.fields.get("title", start.title),
        code=draft.fields.get("code", start.code),
        level=draft.fields.get("level", ""),
        credit=int(draft.fields["credit"]) if "credit" in draft.fields else None,
        synopsis=start.synopsis,
        outcomes=outcomes,
        concepts=tuple(_term(text) for text in _texts(draft, Section.CONCEPTS)),
        tips=tuple(_texts(draft, Section.TIPS)),
        misconceptions=tuple(_texts(draft, Section.MISCONCEPTIONS)),
        points=marking.points,
        unread=tuple(sorted(unread, key=lambda unread: unread.line)),
    )


def _nothing_to_mark(draft: UnitDraft, last_line: int) -> Refusal:
    if draft.points_line is None:
        return Refusal(
            last_line,
            "no marking points were found up to here. Put the heading “Marking points” above them, on its own line, "
            "and a bullet before each.",
        )
    return Refusal(
        draft.points_line, "no marking points follow this heading. Write each on its own line, with a bullet."
    )


def _texts(draft: UnitDraft, section: Section) -> list[str]:
    """The items of a list of guidance; bare lines are items where the section has no bullets, unread elsewhere."""
    items, bare = draft.lists[section], [line for line in draft.bare.get(section, []) if has_words(line.text)]
    if items or not bare:
        draft.unread += [Unread(line.number, line.text) for line in bare]
        return [item.text for item in items]
    return [line.text for line in bare]


def _outcomes(draft: UnitDraft) -> tuple[Outcome, ...]:
    items = draft.lists[Section.OUTCOMES]
    for child in [child for item in items for child in item.children]:
        draft.unread.append(Unread(child.line.number, child.text))
    given = [_ref(item) for item in items]
    refs = given if all(given) and len(set(given)) == len(given) else [str(n) for n in range(1, len(items) + 1)]
    return tuple(Outcome(ref, item.text) for ref, item in zip(refs, items, strict=True))


def _ref(item: Item) -> str:
    return item.line.mark if item.line.kind is LineKind.NUMBER else ""


def _term(text: str) -> Term:
    name, colon, rest = text.partition(": ")
    if not colon or len(name) > _LONGEST_NAME or not has_words(name) or not has_words(rest):
        return Term("", text)
    return Term(name.strip(), rest.strip())
