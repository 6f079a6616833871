"""Understands what stands above the first heading: a title, or once more the beginning of the synopsis."""

import re
from dataclasses import dataclass, field

from criteria.reader.items import is_ended
from criteria.reader.lines import Line, LineKind, joined, squeezed
from criteria.unit import Unread

_LONGEST_TITLE = 100
_UNIT = re.compile(
    r"(?:unit|module)\s+((?:[A-Z]{1,5}[ /-]?)?[0-9]{1,6}[A-Z]?)(?:\s*[:.–—-]\s*|\s+(?=[A-Z“‘\"])|\Z)",
    re.IGNORECASE,
)
_SHORTEST_CUT = 60
"""Whole words of the synopsis, shorter than this, are a title that the synopsis takes up."""
_FIRST = 12
"""How many lines may repeat the synopsis."""
_QUOTES = str.maketrans("‘’“”–—\u2011", "''\"\"---")


@dataclass(slots=True)
class UnitOpening:
    """What the lines above the first heading give."""

    title: str = ""
    code: str = ""
    """What the title's “Unit 203” names."""
    synopsis: str = ""
    unread: list[Unread] = field(default_factory=list)


def opening(lines: list[Line], synopsis: str, *, titled: bool) -> UnitOpening:
    """Read the `lines` above the first heading; `synopsis` is the text under its heading, `titled` whether a title
    is given elsewhere.

    The cut-off beginning of the synopsis says nothing new and goes. A first short line is the title. Whole sentences
    are the synopsis where no other is given. The rest is unread.
    """
    found = UnitOpening(synopsis=synopsis, unread=[Unread(line.number, line.text) for line in lines if _is_item(line)])
    rest = _new([line for line in lines if not _is_item(line)], synopsis)
    if not titled and _begins_with_title(rest):
        found.code, found.title = _named(rest.pop(0).text.strip("#*= "))
        if not found.title and _begins_with_title(rest):
            found.title = rest.pop(0).text.strip("#*= ")
    words = joined([line.text for line in rest])
    if words and not synopsis and is_ended(words):
        found.synopsis = words
    else:
        found.unread += [Unread(line.number, line.text) for line in rest]
    return found


def _begins_with_title(lines: list[Line]) -> bool:
    return bool(lines) and len(lines[0].text) <= _LONGEST_TITLE and not is_ended(lines[0].text)


def _named(title: str) -> tuple[str, str]:
    """The code and the title of `Unit 203: Keep a kitchen clean`; an empty code where none is named."""
    named = _UNIT.match(title)
    return (squeezed(named[1]), title[named.end() :].strip()) if named else ("", title)


def _is_item(line: Line) -> bool:
    return line.kind is LineKind.BULLET


def _new(lines: list[Line], synopsis: str) -> list[Line]:
    """`lines` without those that repeat the beginning of the synopsis, on one line or wrapped over several."""
    for first in range(min(3, len(lines))):
        if len(lines) < first + _FIRST and _repeats(joined([line.text for line in lines[first:]]), synopsis):
            return lines[:first]
    return [line for line in lines[:_FIRST] if not _repeats(line.text, synopsis)] + lines[_FIRST:]


def _repeats(text: str, synopsis: str) -> bool:
    cut = text.translate(_QUOTES).rstrip("….").rstrip()
    whole = synopsis.translate(_QUOTES)
    if not cut or not whole.startswith(cut):
        return bool(cut) and len(cut) >= _SHORTEST_CUT and whole.casefold().startswith(cut.casefold())
    at_word_end = len(whole) == len(cut) or not (whole[len(cut)].isalnum() and cut[-1].isalnum())
    return len(cut) >= _SHORTEST_CUT or not at_word_end or len(cut) < len(text) or len(whole) == len(cut)
