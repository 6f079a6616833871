"""Marks in rendered text: wraps places, counted in code points of its text content, without changing a word of it.

Works on HTML that `nh3` has cleaned: well formed, entities escaped, neither scripts nor comments. Offsets are those of
the DOM's `textContent` of a container holding that HTML, in Unicode code points, as the Web Annotation Data Model asks
of a TextPositionSelector (W3C Recommendation, 23 February 2017, §4.2.5).
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from html import escape
from html.parser import HTMLParser
from itertools import pairwise

_BLOCK_NAMES = """
address article aside blockquote br caption col colgroup dd details div dl dt figcaption figure footer h1 h2 h3 h4 h5 h6
header hr li main ol p pre section summary table tbody td tfoot th thead tr ul
"""
BLOCKS = frozenset(_BLOCK_NAMES.split())
"""Elements that end a line of text: no sentence runs across their border."""

_SENTENCE = re.compile(r"\S.*?(?:[.!?…]+[\"'”’)\]]*(?=\s)|$)", re.DOTALL)


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


class _Reader(HTMLParser):
    """Cuts HTML into tags and text."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.tokens: list[Token] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:  # noqa: ARG002 (as HTMLParser has it)
        self.tokens.append(Token(self.get_starttag_text() or "", tag))

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)

    def handle_endtag(self, tag: str) -> None:
        self.tokens.append(Token(f"</{tag}>", tag))

    def handle_data(self, data: str) -> None:
        if self.tokens and not self.tokens[-1].name:
            data = self.tokens.pop().raw + data
        self.tokens.append(Token(data))


def tokens(html: str) -> Iterator[Token]:
    """Tags and text; line ends and the first newline of a `<pre>` as an HTML parser reads them (HTML, §13.2.6.4.7)."""
    reader = _Reader()
    reader.feed(html.replace("\r\n", "\n").replace("\r", "\n"))
    reader.close()
    yield from reader.tokens[:1]
    for before, token in pairwise(reader.tokens):
        if before.raw.startswith("<pre") and not token.name and token.raw.startswith("\n"):
            token = Token(token.raw[1:])
        yield token


def plain(html: str) -> str:
    """The text content of `html`, exactly as a browser's `textContent` gives it for the element that holds it."""
    return "".join(token.raw for token in tokens(html) if not token.name)


def annotate(html: str, marks: Sequence[Mark], tag: str = "mark") -> str:
    """`html` with every mark wrapped in `<tag …>`; one piece for each run of text the mark touches.

    Marks may overlap (the one that begins first lies outside) and may cross the borders of elements. An empty mark
    wraps nothing. White space between blocks, which nobody sees and where `<mark>` is not allowed, stays bare.
    `plain(annotate(html, marks)) == plain(html)` for marks without `before`.
    """
    ordered = sorted((mark for mark in marks if mark.start < mark.end), key=lambda mark: (mark.start, -mark.end))
    cut = list(tokens(html))
    opened: set[int] = set()
    at, out = 0, []
    for place, token in enumerate(cut):
        if token.name:
            out.append(token.raw)
            continue
        touched = [] if _between_blocks(cut, place) else ordered
        out.append(_wrapped(token.raw, at, touched, tag=tag, opened=opened))
        at += len(token.raw)
    return "".join(out)


def _between_blocks(cut: list[Token], place: int) -> bool:
    """White space that touches the border of a block is not rendered."""
    borders = cut[max(place - 1, 0) : place] + cut[place + 1 : place + 2]
    return cut[place].raw.isspace() and (len(borders) < 2 or any(border.name in BLOCKS for border in borders))


def _wrapped(text: str, at: int, marks: Sequence[Mark], *, tag: str, opened: set[int]) -> str:
    """One run of text that begins at offset `at`, cut where marks begin and end."""
    here = [mark for mark in marks if mark.start < at + len(text) and mark.end > at]
    cuts = sorted({0, len(text)} | {min(max(edge - at, 0), len(text)) for m in here for edge in (m.start, m.end)})
    return "".join(
        _piece(text[start:end], [m for m in here if m.start <= at + start and m.end >= at + end], tag, opened)
        for start, end in pairwise(cuts)
    )


def _piece(text: str, marks: Sequence[Mark], tag: str, opened: set[int]) -> str:
    """Text inside the start and end tags of all its marks."""
    heads = "".join(mark.before for mark in marks if id(mark) not in opened)
    starts = "".join(_start(mark, tag, first=id(mark) not in opened) for mark in marks)
    opened.update(map(id, marks))
    return heads + starts + escape(text, quote=False) + f"</{tag}>" * len(marks)


def _start(mark: Mark, tag: str, *, first: bool) -> str:
    attrs = {**mark.attrs, "id": mark.id} if first and mark.id else mark.attrs
    return f"<{tag}" + "".join(f' {name}="{escape(value)}"' for name, value in attrs.items()) + ">"


def sentences(html: str) -> list[tuple[int, int]]:
    """Start and end of every sentence of `html` in code points: what a finger or a key can choose in one stroke.

    A sentence ends at `. ! ? …` before white space, or where a block ends; its white space around is left out.
    """
    found, at, begin, line = [], 0, 0, ""
    for token in [*tokens(html), Token("<hr>", "hr")]:
        if not token.name:
            line, at = line + token.raw, at + len(token.raw)
        elif token.name in BLOCKS:
            found += [
                (begin + m.start(), begin + m.start() + len(m.group().rstrip())) for m in _SENTENCE.finditer(line)
            ]
            line, begin = "", at
    return found
