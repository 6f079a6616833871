"""Reads the diagrams that learners write as lists, and draws them: a fishbone of causes, and five times why.

A heading such as `Fishbone: Refunds are late` or `5 Whys: The lid leaks` with a list under it, or with lines that begin
with numbers, is a diagram. The list is printed as it stands, so that places in it can be claimed, and is the drawing's
alternative in words.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import takewhile
from math import ceil
from textwrap import shorten, wrap

from markupsafe import Markup

from exports.document.language import ENGLISH, Language
from portfolio.foundation.words.marks import Token, tokens

BRANCHES, CAUSES, WHYS = range(2, 9), 6, range(2, 8)
"""Branches of a fishbone, the most causes of each, and whys: what goes beyond stays a list."""
_NAMED = re.compile(
    r"\s*(?:(fishbone|asgwrn pysgodyn)|(?:5|five) whys|5 pam|pum pam)\s*[:–—-]\s*(\S.*)", re.IGNORECASE | re.DOTALL
)
_SVG = Markup(
    '<svg xmlns="http://www.w3.org/2000/svg" class="diagram" viewBox="0 0 {} {:.0f}" role="img">'
    "<title>{}</title>{}</svg>"
)
_HEADING = re.compile("h[1-6]")
_NUMBER = re.compile(r"\s*\d{1,3}[.)]\s+(\S.*)", re.DOTALL)
_WIDTH, _HEAD = 1280, 250
_SMALL, _LARGE = 29, 41
"""Size of letters, in the drawing's own units: 8 points and 16 points at the width it has on paper."""
_SLANT, _INDENT = 70, 34
_BROAD, _LINE = 0.48, 1.35
"""Width of a letter against its size, on average and a little more; and height of a line."""


@dataclass(frozen=True, slots=True)
class DiagramEntry:
    """An entry of a list, and what stands under it."""

    words: str
    under: tuple["DiagramEntry", ...] = ()


@dataclass(frozen=True, slots=True)
class Diagram:
    """What somebody wrote as a diagram."""

    is_fishbone: bool
    problem: str
    entries: tuple[DiagramEntry, ...]


def found(html: str) -> list[Diagram]:
    """The diagrams in an account, in their order. Lists that are too short or too long for one are left out."""
    cut = [token for token in tokens(html) if token.name or not token.raw.isspace()]
    read = []
    for at, token in enumerate(cut):
        if token.closes and _HEADING.fullmatch(token.name) and (named := _NAMED.fullmatch(_title(cut, at))):
            rest = (cut[after] for after in range(at + 1, len(cut)))
            below = next(rest, Token("")).name
            entries = _entries(rest) if below in ("ul", "ol") else _numbered(rest) if below == "p" else ()
            read.append(Diagram(bool(named[1]), " ".join(named[2].split()), entries))
    return [each for each in (_flat(one) for one in read) if _fits(each)]


def drawn(diagram: Diagram, *, large: bool = False, language: Language = ENGLISH) -> Markup:
    """A diagram as an SVG figure whose title says all that is drawn."""
    letters = _LARGE if large else _SMALL
    height, shapes = (_fishbone if diagram.is_fishbone else _whys)(diagram, letters)
    title = language.say("Fishbone") if diagram.is_fishbone else language.say("5 Whys")
    told = ". ".join(_told(entry) for entry in diagram.entries)
    return _SVG.format(_WIDTH, height, f"{title}: {diagram.problem}. {told}.", shapes)


def _title(cut: Sequence[Token], end: int) -> str:
    begin = next(at for at in range(end, -1, -1) if cut[at].name == cut[end].name and not cut[at].closes)
    return "".join(token.raw for token in cut[begin:end] if not token.name)


def _entries(rest: Iterator[Token]) -> tuple[DiagramEntry, ...]:
    """The entries of a list whose start tag was read, up to its end tag."""
    found: list[tuple[list[str], list[DiagramEntry]]] = []
    for token in rest:
        if token.name in ("ul", "ol"):
            if token.closes:
                break
            inner = _entries(rest)
            if found:
                found[-1][1].extend(inner)
        elif token.name == "li" and not token.closes:
            found.append(([], []))
        elif not token.name and found:
            found[-1][0].append(token.raw)
    return tuple(DiagramEntry(" ".join("".join(words).split()), tuple(under)) for words, under in found)


def _numbered(rest: Iterator[Token]) -> tuple[DiagramEntry, ...]:
    """The lines of a paragraph whose start tag was read, if each begins with a number; their numbers are left out."""
    lines = [""]
    for token in takewhile(lambda token: token.name != "p", rest):
        if token.name == "br":
            lines.append("")
        elif not token.name:
            lines[-1] += token.raw
    numbered = [_NUMBER.match(line) for line in lines]
    return tuple(DiagramEntry(" ".join(found[1].split())) for found in numbered if found) if all(numbered) else ()


def _flat(diagram: Diagram) -> Diagram:
    """Whys that were written one under the other are one row all the same."""
    if diagram.is_fishbone:
        return diagram
    return Diagram(False, diagram.problem, tuple(DiagramEntry(words) for words in _row(diagram.entries)))


def _row(entries: Sequence[DiagramEntry]) -> Iterator[str]:
    for entry in entries:
        yield entry.words
        yield from _row(entry.under)


def _fits(diagram: Diagram) -> bool:
    if not diagram.is_fishbone:
        return len(diagram.entries) in WHYS
    return len(diagram.entries) in BRANCHES and all(len(entry.under) <= CAUSES for entry in diagram.entries)


def _told(entry: DiagramEntry) -> str:
    words = entry.words.rstrip(".")
    return f"{words}: {', '.join(_row(entry.under))}" if entry.under else words


def _fishbone(diagram: Diagram, letters: int) -> tuple[float, Markup]:
    columns = ceil(len(diagram.entries) / 2)
    span = (_WIDTH - _HEAD - 20) / columns
    bones = [(entry, _rows(entry, span, letters)) for entry in diagram.entries]
    middle = (max(len(rows) for _, rows in bones) + 2.4) * letters * _LINE
    drawn = _line((0, middle), (_WIDTH - _HEAD, middle), 5)
    for n, (entry, rows) in enumerate(bones):
        drawn += _bone(entry.words, rows, (span * (n // 2), span, middle, -1 if n % 2 == 0 else 1), letters)
    return middle * 2, drawn + _head(diagram.problem, middle, letters)


def _rows(entry: DiagramEntry, span: float, letters: int) -> list[tuple[str, bool]]:
    """The lines in which the causes of a branch are told, and whether a cause begins with it."""
    most = max(int((span - _SLANT - 40) / (letters * _BROAD)), 6)
    told = (wrap(cause.words, most, max_lines=4, placeholder=" …") or [""] for cause in entry.under)
    return [(line, not n) for lines in told for n, line in enumerate(lines)]


def _bone(words: str, rows: Sequence[tuple[str, bool]], at: tuple[float, float, float, int], letters: int) -> Markup:
    """A branch that slants towards the spine, its name at the outer end and its causes beside it.

    `at`: left edge and width of its column, height of the spine, and -1 above it or 1 below.
    """
    left, span, middle, side = at
    step, foot = letters * _LINE, left + span - 6
    top, length = foot - _SLANT, middle - letters * _LINE * 1.3
    outer = middle + side * length
    drawn = _line((top, outer), (foot, middle), 3)
    name = shorten(words, int(span / (letters * _BROAD)), placeholder=" …")
    drawn += _text(name, (top + 24, outer + letters * (1 if side > 0 else -0.4)), letters, anchor="end", bold=True)
    for n, (line, begins) in enumerate(rows, start=1):
        below = n * step if side < 0 else (len(rows) + 1 - n) * step
        x, y = top + _SLANT * below / length, outer - side * below
        drawn += _line((x - 26, y), (x, y), 2) if begins else Markup()
        drawn += _text(line, (x - 34, y + letters * 0.33), letters, anchor="end")
    return drawn


def _head(problem: str, middle: float, letters: int) -> Markup:
    """The problem, at the right end of the spine."""
    most = max(int(middle * 2 / letters / _LINE) - 1, 1)
    lines = wrap(problem, int((_HEAD - 36) / (letters * _BROAD)), max_lines=most, placeholder=" …")
    height = (len(lines) + 0.8) * letters * 1.25
    drawn = _box(_WIDTH - _HEAD, middle - height / 2, _HEAD, height)
    return drawn + _lines(lines, (_WIDTH - _HEAD + 18, middle - height / 2 + letters * 1.35), letters, bold=True)


def _whys(diagram: Diagram, letters: int) -> tuple[float, Markup]:
    y, drawn = 0.0, Markup()
    for n, words in enumerate([diagram.problem, *(entry.words for entry in diagram.entries)]):
        left = n * _INDENT * letters / _SMALL
        lines = wrap(words, int((_WIDTH - left - 90) / (letters * _BROAD)), max_lines=3, placeholder=" …")
        height = (len(lines) + 0.7) * letters * 1.25
        drawn += _box(left, y, _WIDTH - left, height)
        number = f"{n}" if n else ""
        drawn += _text(number, (left + 18, y + letters * 1.25), letters, bold=True)
        drawn += _lines(lines, (left + (18 if not n else 60), y + letters * 1.25), letters, bold=not n)
        if n:
            drawn += _line((left - 16, y - letters * 0.5), (left - 16, y + height / 2), 3)
            drawn += _line((left - 16, y + height / 2), (left, y + height / 2), 3)
        y += height + letters * 0.5
    return y - letters * 0.5, drawn


def _line(begin: tuple[float, float], end: tuple[float, float], width: int) -> Markup:
    return Markup('<path d="M{:.1f} {:.1f}L{:.1f} {:.1f}" stroke="#0b5d52" stroke-width="{}" fill="none"/>').format(
        *begin, *end, width
    )


def _box(left: float, top: float, width: float, height: float) -> Markup:
    return Markup('<rect x="{:.1f}" y="{:.1f}" width="{:.1f}" height="{:.1f}" fill="#d9e9e4"/>').format(
        left, top, width, height
    )


def _lines(lines: Sequence[str], place: tuple[float, float], letters: int, *, bold: bool = False) -> Markup:
    rows = enumerate(lines)
    return Markup().join(_text(line, (place[0], place[1] + n * letters * 1.25), letters, bold=bold) for n, line in rows)


def _text(words: str, place: tuple[float, float], letters: int, *, anchor: str = "start", bold: bool = False) -> Markup:
    return Markup(
        '<text x="{:.1f}" y="{:.1f}" text-anchor="{}" font-family="Source Sans 3" font-weight="{}" font-size="{}"'
        ' fill="#1d2b28">{}</text>'
    ).format(*place, anchor, 600 if bold else 400, letters, words)
