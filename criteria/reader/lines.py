"""Sees what kind of line a line is by itself: its indent, its bullet mark, its words."""

import re
from dataclasses import dataclass
from enum import Enum
from itertools import pairwise

_TAB = 4
_SYMBOLS = "•·●○◦▪▫■□◆◇‣⁃∙➢➤►▸✓✔❖\uf0b7\uf0a7\uf0d8\uf076\uf0fc"
_DASHES = "-–—−‐‑―*"
_SYMBOL = re.compile(rf"([{_SYMBOLS}])\s*(.*)", re.DOTALL)
_DASH = re.compile(rf"([{_DASHES}])(?:\s+(.*)|(?=[A-Z“‘\"])([^*]*)|)\Z", re.DOTALL)
_CIRCLE = re.compile(r"(o)(?:\t|\s\s|\xa0)\s*(.*)", re.DOTALL)
_NUMBER = re.compile(
    r"(?:(?:AC|PC)\s?)?(?:"
    r"\(([0-9]{1,3})\)\s*|([0-9]{1,3})[.)](?:\s+|(?=[A-Z“‘\"])|\Z)|([0-9]{1,3}(?:\.(?:[0-9]{1,3}|[a-z])){1,3})[.):]?(?:\s+|\Z)"
    r")(.*)",
    re.DOTALL,
)
_LETTER = re.compile(
    r"(?:\(([A-Za-z]|[ivx]{2,4})\)\s*|([A-Za-z])\.(?:\s+|\Z)|([A-Za-z]|[ivx]{2,4})\)\s*)(.*)", re.DOTALL
)
_HYPHEN_END = re.compile(r"[a-z]-\Z")
_HYPHEN_REST = re.compile(r"(?!(?:and|or|to|nor|versus)\b)[a-z]")
_HASHES = re.compile(r"\A#{1,6}\s+")
_BOLD = re.compile(r"(\*\*|__)(?=\S)([^*_]+?)(?<=\S)\1")
_RULE = re.compile(r"([-–—*_=~•·.#+])(?:\s*\1){2,}")


class LineKind(Enum):
    """How a line is marked as an item of a list."""

    PLAIN = "plain"
    BULLET = "bullet"
    NUMBER = "number"
    LETTER = "letter"


@dataclass(frozen=True, slots=True)
class Line:
    """One line, white space squeezed to single spaces."""

    number: int
    """1-based."""
    indent: int
    """In columns; a tab counts as four."""
    text: str
    """All of it, the mark included."""
    kind: LineKind
    mark: str
    """The bullet's sign, the number (`1.2`) or the letter; empty for a plain line."""
    body: str
    """The words after the mark."""

    @property
    def is_rule(self) -> bool:
        """Whether it only draws a line, like `-----`."""
        return _RULE.fullmatch(self.text[:400]) is not None

    @property
    def is_empty_item(self) -> bool:
        """Whether it is a bullet without words."""
        return self.kind is not LineKind.PLAIN and not has_words(self.body)


def line(number: int, raw: str) -> Line:
    """The line `number` of a text; `raw` is without its line end."""
    words = raw.strip()
    indent = sum(_TAB if sign == "\t" else 1 for sign in raw[: len(raw) - len(raw.lstrip())]) if words else 0
    kind, mark, body = marked(words)
    return Line(number, indent, squeezed(words), kind, mark, squeezed(body))


def marked(text: str) -> tuple[LineKind, str, str]:
    """Which mark opens `text`, and what follows it; `(PLAIN, "", text)` where there is none."""
    for kind, pattern in ((LineKind.BULLET, _SYMBOL), (LineKind.BULLET, _DASH), (LineKind.BULLET, _CIRCLE)):
        if match := pattern.match(text):
            return kind, match[1], next((group for group in match.groups()[1:] if group), "")
    for kind, pattern in ((LineKind.NUMBER, _NUMBER), (LineKind.LETTER, _LETTER)):
        if match := pattern.match(text):
            *marks, body = match.groups()
            return kind, next(mark for mark in marks if mark), body
    return LineKind.PLAIN, "", text


def numbered(text: str) -> tuple[str, str]:
    """The number that opens `text` and the rest of it; an empty number where there is none, or nothing after it."""
    match = _NUMBER.match(text)
    if not match or not has_words(match[4]):
        return "", text
    return next(mark for mark in match.groups() if mark), match[4]


def undecorated(text: str) -> str:
    """`text` without the signs of Markdown around words: `## …`, `**…**`, `__…__`."""
    bare = _HASHES.sub("", text)
    while (again := _BOLD.sub(r"\2", bare)) != bare:
        bare = again
    return bare


def squeezed(text: str) -> str:
    """`text` with every run of white space as one space, and none at its ends."""
    return " ".join(text.split())


def joined(texts: list[str]) -> str:
    """Wrapped lines as one: with a space between, but none where a line was broken after a hyphen (`role-`, `play`)."""
    pieces = texts[:1]
    for above, below in pairwise(texts):
        pieces += ["" if _HYPHEN_END.search(above[-2:]) and _HYPHEN_REST.match(below) else " ", below]
    return "".join(pieces)


def has_words(text: str) -> bool:
    """Whether there is any letter or digit in `text`."""
    return any(sign.isalnum() for sign in text)
