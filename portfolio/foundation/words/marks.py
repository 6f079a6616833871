"""Marks in rendered text: wraps places, counted in code points of its text content, without changing a word of it.

Works on HTML that `nh3` has cleaned: well formed, entities escaped, neither scripts nor comments. Offsets are those of
the DOM's `textContent` of a container holding that HTML, in Unicode code points, as the Web Annotation Data Model asks
of a TextPositionSelector (W3C Recommendation, 23 February 2017, §4.2.5).
"""

import re
from collections import deque
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from heapq import heappop, heappush
from html import escape, unescape
from itertools import islice

_BLOCK_NAMES = """
address article aside blockquote br caption col colgroup dd details div dl dt figcaption figure footer h1 h2 h3 h4 h5 h6
header hr li main ol p pre section summary table tbody td tfoot th thead tr ul
"""
BLOCKS = frozenset(_BLOCK_NAMES.split())
"""Elements that end a line of text: no sentence runs across their border."""

DEEPEST = 12
"""Marks that are drawn over one another; one that lies deeper is drawn where it begins, so that the work is bounded."""

_SPACED = ".!?…"
"""They end a sentence where white space follows: a stop stands in numbers and names, too."""
_FULL_WIDTH = "．﹒"
"""They end a sentence unless a number goes on after them."""
_ANYWHERE = "།༎。｡！？︒﹖﹗‼‽⁇⁈⁉؟۔؝।॥။።፧፨។៕᱾᱿꯫᠃᠉։׃܀܁܂⸮"
"""They stand nowhere but at the end of a sentence (Unicode, Sentence_Terminal); white space need not follow."""
_CLOSING = "\"'”’»›)]}）］｝｠」』】〉》〕〗〙〛〞〟﹂﹄﹚﹜﹞"
_STOP = re.compile(
    rf"[{re.escape(_SPACED + _FULL_WIDTH + _ANYWHERE)}]+[{re.escape(_CLOSING)}]*(?:“(?!\w))?"
    r"|(?<=[\u0e01-\u0eff])\s+(?=[\u0e01-\u0eff])"  # Thai and Lao write a space where others write a stop
)
_NUMBER = 6
"""Digits before a stop at the beginning of a line that are its number or a year, and no sentence of their own."""


@dataclass(frozen=True, slots=True)
class Mark:
    """A place to be marked: `start` ≤ `end`, code points of the text content."""

    start: int
    end: int
    attrs: Mapping[str, str] = field(default_factory=dict)
    """Attributes of every piece of the mark; values are escaped here."""
    id: str = ""
    """`id` of the first piece only, so that a link finds where the place begins."""
    before: str = ""
    """Finished HTML set before the first piece (a number for the margin); the only thing that adds text."""
    tag: str = ""
    """The element that it becomes, where it is another than that of the other marks."""


@dataclass(frozen=True, slots=True)
class Token:
    """A tag as it was written, or a run of text with its entities resolved."""

    raw: str
    name: str = ""
    """Element name of a tag; empty for text."""

    @property
    def closes(self) -> bool:
        """True for an end tag."""
        return bool(self.name) and self.raw.startswith("</")


_CUT = re.compile(r"""</?([a-z][a-z0-9]*)(?:[^"'>]|"[^"]*"|'[^']*')*>|[^<]+|<""", re.IGNORECASE)
"""A tag, or text: `nh3` writes every other `<` and `>` as an entity, and quotes the values of attributes."""


def tokens(html: str) -> Iterator[Token]:
    """Tags and text; line ends and the first newline of a `<pre>` as an HTML parser reads them (HTML, §13.2.6.4.7)."""
    before = ""
    for found in _CUT.finditer(html.replace("\r\n", "\n").replace("\r", "\n")):
        raw, name = found[0], (found[1] or "").lower()
        if name:
            yield Token(raw, name)
        elif raw := unescape(raw[1:] if before.startswith("<pre") and raw.startswith("\n") else raw):
            yield Token(raw)
        before = found[0]


def plain(html: str) -> str:
    """The text content of `html`, exactly as a browser's `textContent` gives it for the element that holds it."""
    return "".join(token.raw for token in tokens(html) if not token.name)


def annotate(html: str, marks: Sequence[Mark], tag: str = "mark") -> str:
    """`html` with every mark wrapped in `<tag …>`; one piece for each run of text the mark touches.

    Marks may overlap (the one that begins first lies outside) and may cross the borders of elements. An empty mark
    wraps nothing. White space between blocks, which nobody sees and where `<mark>` is not allowed, stays bare. Of more
    than `DEEPEST` marks over one another the inner ones are drawn where they begin.
    `plain(annotate(html, marks)) == plain(html)` for marks without `before`.
    """
    sweep, cut, at, out = _Sweep(marks, tag), list(tokens(html)), 0, []
    for place, token in enumerate(cut):
        if token.name:
            out.append(token.raw)
            continue
        out += [escape(token.raw, quote=False)] if _between_blocks(cut, place) else sweep.wrapped(token.raw, at)
        at += len(token.raw)
    return "".join(out)


def _between_blocks(cut: list[Token], place: int) -> bool:
    """White space that touches the border of a block is not rendered."""
    borders = cut[max(place - 1, 0) : place] + cut[place + 1 : place + 2]
    return cut[place].raw.isspace() and (len(borders) < 2 or any(border.name in BLOCKS for border in borders))


class _Sweep:
    """Goes once through the text, from border to border of the marks, and knows which of them are open."""

    def __init__(self, marks: Sequence[Mark], tag: str) -> None:
        self.tag = tag
        self.waiting = deque(
            sorted((one for one in marks if one.start < one.end), key=lambda one: (one.start, -one.end))
        )
        self.open: dict[int, Mark] = {}
        self.ends: list[tuple[int, int]] = []
        """A heap of where the open marks end, each with its key in `open`."""

    def wrapped(self, text: str, at: int) -> Iterator[str]:
        """One run of text that begins at offset `at`, in pieces inside the tags of their marks."""
        here, end = at, at + len(text)
        while here < end:
            fresh = self._come_to(here)
            borders = [self.waiting[0].start] if self.waiting else []
            after = min([end, *borders, *(border for border, _ in self.ends[:1])])
            yield self._piece(text[here - at : after - at], fresh)
            here = after

    def _come_to(self, here: int) -> list[int]:
        """Let go of the marks that end up to `here`, and open those that begin; the keys of the latter."""
        while self.ends and self.ends[0][0] <= here:
            del self.open[heappop(self.ends)[1]]
        fresh = []
        while self.waiting and self.waiting[0].start <= here:
            mark = self.waiting.popleft()
            if mark.end > here:
                self.open[id(mark)] = mark
                heappush(self.ends, (mark.end, id(mark)))
                fresh.append(id(mark))
        return fresh

    def _piece(self, text: str, fresh: Sequence[int]) -> str:
        """Text inside the start and end tags of its marks; those that begin here are in it however deep they lie."""
        drawn = dict.fromkeys([*islice(self.open, DEEPEST), *fresh])
        heads = "".join(self.open[key].before for key in fresh)
        tags = [self.open[key].tag or self.tag for key in drawn]
        starts = (_start(self.open[key], tag, first=key in fresh) for key, tag in zip(drawn, tags, strict=True))
        return heads + "".join(starts) + escape(text, quote=False) + "".join(f"</{tag}>" for tag in reversed(tags))


def _start(mark: Mark, tag: str, *, first: bool) -> str:
    attrs = {**mark.attrs, "id": mark.id} if first and mark.id else mark.attrs
    return f"<{tag}" + "".join(f' {name}="{escape(value)}"' for name, value in attrs.items()) + ">"


def sentences(html: str) -> list[tuple[int, int]]:
    """Start and end of every sentence of `html` in code points: what one tap or one key chooses.

    A sentence ends at `. ! ? …` before white space, at the stops of other scripts, or where a block or a line ends;
    closing quotes and brackets belong to it, white space around it is left out.
    """
    found: list[tuple[int, int]] = []
    line: list[str] = []
    at = begin = 0
    for token in [*tokens(html), Token("<hr>", "hr")]:
        if not token.name:
            line.append(token.raw)
            at += len(token.raw)
        elif token.name in BLOCKS:
            found += _cut("".join(line), begin)
            line, begin = [], at
    return found


def _cut(line: str, at: int) -> Iterator[tuple[int, int]]:
    """The sentences of one line that begins at offset `at`."""
    begin = 0
    for end in [*_stops(line), len(line)]:
        if words := line[begin:end].strip():
            start = line.index(words[0], begin)
            yield at + start, at + start + len(words)
        begin = end


def _stops(line: str) -> Iterator[int]:
    """Where sentences of a line end, but for its own end."""
    begin = 0
    for stop in _STOP.finditer(line):
        if _ends(stop.group(), line[stop.end() : stop.end() + 1]) and not _numbers(line, begin, stop):
            begin = stop.end()
            yield begin


def _ends(stop: str, after: str) -> bool:
    """Whether a stop before the character `after` ends a sentence."""
    if stop.isspace() or not after or after.isspace() or any(sign in _ANYWHERE for sign in stop):
        return True
    return stop[0] in _FULL_WIDTH and not after.isdigit()


def _numbers(line: str, begin: int, stop: re.Match[str]) -> bool:
    """Whether the stop belongs to the number before it: `3. Third`, `2024. That was`."""
    return stop.group() == "." and stop.start() - begin <= _NUMBER and line[begin : stop.start()].strip().isdigit()
