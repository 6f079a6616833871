"""What people type, as HTML: every word, number and line stays; only the marks that the forms name mean anything.

The marks: `# heading` to six signs, `- list` with deeper items further in, `**bold**` and `*italics*` at the edges of
words, and tables of lines that begin with `|` under which stands a line of `|---|`. Everything else is literal.
"""

import re
import unicodedata
from collections.abc import Iterator, Sequence
from html import escape

import nh3
from markupsafe import Markup

from portfolio.foundation.errors import TooBig

LONGEST = 100_000
"""Characters of one account."""
DEEPEST = 6
"""Lists in lists; an item further in stands in the innermost."""
CELLS = 2_000
"""Cells of all tables of a text; what goes beyond is shown as its lines."""

_TAGS = {"p", "br", "h3", "h4", "h5", "h6", "ul", "li", "em", "strong", "table", "thead", "tbody", "tr", "th", "td"}
_HEADING = re.compile(r"(#{1,6})[ \t]+(\S.*)")
_ITEM = re.compile(r"([ \t]*)-[ \t]+(\S.*)")
_RULE = re.compile(r"\|[-| \t]*")
_STARS = re.compile(r"\*+")
_MARKS = {"*": "em", "**": "strong"}
_BREAK = "<br>\n"
_BLANKS = " \t"


def to_html(text: str) -> str:
    """`text` as HTML that can do no harm, headings below the page's own; the work grows with its length only.

    Deterministic. Raises `TooBig`.
    """
    if len(text) > LONGEST:
        raise TooBig(f"This text has {len(text):,} characters; {LONGEST:,} is the most. Split it into two accounts.")
    lines = [line.rstrip(_BLANKS) if line.strip() else "" for line in text.splitlines()]
    return nh3.clean("\n".join(_Reader(lines).blocks()), tags=_TAGS, attributes={}, link_rel=None)


def lined(text: str | None) -> Markup:
    """Words that know no marks (feedback, reasons, declarations) as HTML: just as they were typed, line by line."""
    return Markup(_BREAK).join((text or "").splitlines())  # noqa: S704 - a constant, which escapes what it joins


class _Reader:
    """Reads a text block by block, each line once."""

    def __init__(self, lines: Sequence[str]) -> None:
        self.lines = lines
        self.at = 0
        self.cells = 0
        used = sorted({len(found[1]) for found in map(_HEADING.match, lines) if found})
        self.rank = {signs: 3 + rank for rank, signs in enumerate(used)}
        """Level of the page for a number of `#`: the highest that is used becomes h3."""
        self.last = 2

    def blocks(self) -> Iterator[str]:
        """The blocks of the text, each as HTML."""
        while self.at < len(self.lines):
            if not self.lines[self.at]:
                self.at += 1
            elif heading := _HEADING.match(self.lines[self.at]):
                yield self._heading(heading)
            elif _ITEM.match(self.lines[self.at]):
                yield "".join(self._list())
            elif self._is_table():
                yield self._table()
            else:
                yield self._paragraph()

    def _heading(self, found: re.Match[str]) -> str:
        self.at += 1
        self.last = min(self.rank[len(found[1])], self.last + 1, 6)  # none is jumped over
        return f"<h{self.last}>{_marked(found[2])}</h{self.last}>"

    def _paragraph(self) -> str:
        begin = self.at
        while self.at < len(self.lines) and self.lines[self.at] and (self.at == begin or not self._begins()):
            self.at += 1
        return _paragraph(self.lines[begin : self.at])

    def _begins(self) -> bool:
        """Whether a heading, a list or a table begins with this line."""
        line = self.lines[self.at]
        return bool(_HEADING.match(line) or _ITEM.match(line)) or self._is_table()

    def _list(self) -> Iterator[str]:
        """Items, lists inside them, and lines further in that go on with an item; empty lines between are left out."""
        depths: list[int] = []
        while self.at < len(self.lines):
            line = self.lines[self.at]
            if item := _ITEM.match(line):
                yield from _opened(depths, len(item[1].expandtabs(4)))
                yield _marked(item[2])
            elif line[:1] in (" ", "\t"):
                yield _BREAK + _marked(line.strip(_BLANKS))
            elif line or not self._goes_on():
                break
            self.at += 1
        yield "</li>\n</ul>" * len(depths)

    def _goes_on(self) -> bool:
        """Whether another item stands below the empty lines here, which are passed over then."""
        after = self.at
        while after < len(self.lines) and not self.lines[after]:
            after += 1
        if after == len(self.lines) or not _ITEM.match(self.lines[after]):
            return False
        self.at = after - 1
        return True

    def _is_table(self) -> bool:
        """Whether a line of cells stands here with a line of dashes in cells below it."""
        rule = self.lines[self.at + 1] if self.at + 1 < len(self.lines) else ""
        if not self.lines[self.at].startswith("|") or not _RULE.fullmatch(rule):
            return False
        return all(len(cell) >= 3 and not cell.strip("-") for cell in _cells(rule))

    def _table(self) -> str:
        begin = self.at
        while self.at < len(self.lines) and self.lines[self.at].startswith("|"):
            self.at += 1
        lines = self.lines[begin : self.at]
        head, *rows = [_cells(line) for n, line in enumerate(lines) if n != 1]
        area = max(len(row) for row in (head, *rows)) * (1 + len(rows))
        if self.cells + area > CELLS:
            return _paragraph(lines)
        self.cells += area
        body = "\n".join(_row(row, "td") for row in rows)
        return f"<table>\n<thead>\n{_row(head, 'th')}\n</thead>\n<tbody>\n{body}\n</tbody>\n</table>"


def _paragraph(lines: Sequence[str]) -> str:
    return "<p>" + _BREAK.join(_marked(line.strip(_BLANKS)) for line in lines) + "</p>"


def _opened(depths: list[int], indent: int) -> Iterator[str]:
    """Tags that come before an item `indent` columns from the left; `depths` are the indents of the open lists."""
    while len(depths) > 1 and indent < depths[-1]:
        depths.pop()
        yield "</li>\n</ul>"
    if not depths or (indent > depths[-1] + 1 and len(depths) < DEEPEST):
        depths.append(indent)
        yield "\n<ul>\n<li>" if len(depths) > 1 else "<ul>\n<li>"
    else:
        yield "</li>\n<li>"


def _cells(line: str) -> list[str]:
    return [cell.strip() for cell in line.removeprefix("|").removesuffix("|").split("|")]


def _row(cells: Sequence[str], tag: str) -> str:
    return "<tr>\n" + "\n".join(f"<{tag}>{_marked(cell)}</{tag}>" for cell in cells) + "\n</tr>"


def _marked(line: str) -> str:
    """One line with its bold and italic words; stars that are no pair at the edges of words stay as they are."""
    parts: list[str] = []
    opened: dict[str, int] = {}
    at = 0
    for found in _STARS.finditer(line):
        stars = found.group()
        parts += [escape(line[at : found.start()], quote=False), stars]
        at = found.end()
        before, after = line[max(found.start() - 1, 0) : found.start()], line[at : at + 1]
        if stars in opened and _closes(before, after):
            begin = opened[stars]
            parts[begin], parts[-1] = f"<{_MARKS[stars]}>", f"</{_MARKS[stars]}>"
            opened = {mark: place for mark, place in opened.items() if place < begin}
        elif stars in _MARKS and _opens(before, after):
            opened.pop(stars, None)
            opened[stars] = len(parts) - 1
    return "".join(parts) + escape(line[at:], quote=False)


def _opens(before: str, after: str) -> bool:
    """Whether a star between these characters stands before a word and not in one."""
    outside = not before or before.isspace() or before in "\"'¿¡–—" or _is(before, "Ps", "Pi") or _is_wide(before)
    return outside and (after in ("#", "@", '"', "'") or _is(after, "L", "N", "Ps", "Pi", "Pf", "Sc", "So"))


def _closes(before: str, after: str) -> bool:
    """Whether a star between these characters stands after a word and not in one."""
    outside = not after or after.isspace() or after in ".,;:!?\"'–—" or _is(after, "Pe", "Pf", "Pi") or _is_wide(after)
    stop = bool(after) and not after.isascii() and _is(after, "Po")
    return (outside or stop) and not before.isspace() and not _is(before, "Ps")


def _is(sign: str, *categories: str) -> bool:
    """Whether a character is of one of these general categories of Unicode."""
    return bool(sign) and unicodedata.category(sign).startswith(categories)


def _is_wide(sign: str) -> bool:
    """Whether a character belongs to a script that writes words without white space between them."""
    return unicodedata.east_asian_width(sign) in ("W", "F")
