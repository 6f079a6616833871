"""Fits people's words to paper: nothing they wrote can break the page, the tags or the typesetter."""

import re
import unicodedata
from collections.abc import Sequence
from html import escape, unescape
from itertools import pairwise

from exports.typesetting import alphabets
from exports.typesetting.fonts import covered
from portfolio.foundation.words.marks import Token, tokens

LONGEST = 400_000
"""Characters of HTML in one item."""
DEEPEST = 30
"""Elements inside each other."""
CELLS = 2_000
"""Table cells in one item."""

_VOID = frozenset({"br", "hr", "img"})
_HEADING = re.compile(r"h[1-6]")
_HREF = re.compile(r'href="([^"]*)"')
_UNBROKEN = re.compile(
    "[^\\s\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u2e80-\ua4cf\uac00-\ud7ff\uf900-\ufaff\uff00-\uffef]{70}"
)
"""Alphabets without blanks between words break by themselves."""
_PLAIN = re.compile(r"[ -~\n\t]*")
_STRONG = frozenset(("L", "R", "AL"))
_LETTER = re.compile(r"[^\W\d_]")
_DIRECTED = frozenset(
    ("p", "li", "ul", "ol", "h1", "h2", "h3", "h4", "h5", "h6", "td", "th", "pre", "blockquote", "div")
)
_ASIDE = 'class="numbers"'
"""What stands in the margin is ours and not the writer's."""
_VARIANTS = range(0xFE00, 0xFE10)
_REVERSING = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")


class Unfit(ValueError):
    """An item goes beyond what one item may be; the message is the reason for the reader, in English."""

    def __init__(self, phrase: str, amount: int, most: int) -> None:
        self.phrase = phrase
        """The reason, as it stands in the tables of words; `numbers` belong into it."""
        self.numbers = {"amount": f"{amount:,}", "most": f"{most:,}"}
        super().__init__(phrase % self.numbers)


def fitted(html: str, *, level: int) -> str:
    """Cleaned HTML made fit to stand in a document below a heading of `level - 1`.

    Headings step down from `level` one at a time (PDF/UA-1, ISO 14289-1, §7.4.2), table rows get equal numbers of
    cells (§7.2), list items stand in lists, and links show where they lead. Raises `Unfit`.
    """
    cut = list(tokens(html))
    _refuse(cut, len(html))
    return "".join(_linked(_directed(_listed(_squared(_renumbered(cut, level))))))


def _refuse(cut: Sequence[Token], length: int) -> None:
    depth = deepest = 0
    for token in cut:
        if token.name and token.name not in _VOID:
            depth += -1 if token.closes else 1
            deepest = max(deepest, depth)
    cells = sum(token.name in ("td", "th") and not token.closes for token in cut)
    for amount, most, phrase in (
        (length, LONGEST, "It has %(amount)s characters; %(most)s is the most that can be typeset."),
        (deepest, DEEPEST, "It has %(amount)s levels; %(most)s is the most that can be typeset."),
        (cells, CELLS, "It has %(amount)s cells; %(most)s is the most that can be typeset."),
    ):
        if amount > most:
            raise Unfit(phrase, amount, most)


def _renumbered(cut: Sequence[Token], level: int) -> list[Token]:
    """Headings from `level` on, none skipped."""
    out, first, last = [], 0, level - 1
    for token in cut:
        if _HEADING.fullmatch(token.name):
            if not token.closes:
                own = int(token.name[1])
                first = first or own
                last = min(max(level, level + own - first), last + 1, 6)
            token = Token(f"</h{last}>" if token.closes else f"<h{last}>", f"h{last}")
        out.append(token)
    return out


def _squared(cut: Sequence[Token]) -> list[Token]:
    """Short rows filled with empty cells; a table without a row is left out."""
    widths = _widths(cut)
    out: list[Token] = []
    tables: list[int] = []
    cells: list[int] = []
    seen = 0
    for token in cut:
        if token.name == "table":
            if token.closes and tables:
                tables.pop()
            elif not token.closes:
                tables.append(widths[seen])
                seen += 1
        elif token.name == "tr" and not token.closes:
            cells.append(0)
        elif token.name == "tr" and cells and tables:
            out += [Token("<td></td>", "td")] * (tables[-1] - cells.pop())
        elif token.name in ("td", "th") and not token.closes and cells:
            cells[-1] += 1
        out.append(token)
    return out


def _widths(cut: Sequence[Token]) -> list[int]:
    """Cells of the longest row of every table, in the order in which tables begin."""
    widths: list[int] = []
    open_tables: list[int] = []
    rows: list[int] = []
    for token in cut:
        if token.name == "table" and not token.closes:
            open_tables.append(len(widths))
            widths.append(1)
        elif token.name == "table" and open_tables:
            open_tables.pop()
        elif token.name == "tr" and not token.closes:
            rows.append(0)
        elif token.name == "tr" and rows:
            rows.pop()
        elif token.name in ("td", "th") and not token.closes and rows and open_tables:
            rows[-1] += 1
            widths[open_tables[-1]] = max(widths[open_tables[-1]], rows[-1])
    return widths


def _listed(cut: Sequence[Token]) -> list[Token]:
    """Items outside any list become paragraphs."""
    lists, out = 0, []
    for token in cut:
        if token.name in ("ul", "ol"):
            lists += -1 if token.closes else 1
        elif token.name == "li" and not lists:
            token = Token("</div>" if token.closes else "<div>", "div")
        out.append(token)
    return out


def rtl(text: str) -> bool:
    """Whether a text is read from right to left: its first letter tells (Unicode Standard Annex #9, P2 and P3)."""
    kinds = map(unicodedata.bidirectional, text)
    return next((kind for kind in kinds if kind in _STRONG), "L") != "L"


def _directed(cut: Sequence[Token]) -> list[Token]:
    """Every block says that it is read from right to left where its first letter is."""
    out, settled = list(cut), set[int]()
    around: list[int] = []
    aside = 0
    for at, token in enumerate(cut):
        if token.name == "span":
            aside = max(aside + (-1 if token.closes else int(aside > 0 or _ASIDE in token.raw)), 0)
        elif token.name in _DIRECTED and not token.closes:
            around.append(at)
        elif token.name in _DIRECTED and around:
            around.pop()
        elif not token.name and not aside and _LETTER.search(token.raw):
            for place in set(around) - settled if rtl(token.raw) else ():
                out[place] = Token(f'{cut[place].raw[:-1]} dir="rtl">', cut[place].name)
            settled.update(around)
    return out


def _linked(cut: Sequence[Token]) -> list[str]:
    """Links of the author as their words and, after them, the address; links of the document stay links."""
    out: list[str] = []
    address = ""
    for before, token in pairwise([Token(""), *cut]):
        target = _HREF.search(token.raw) if token.name == "a" and not token.closes else None
        if target and not target[1].startswith("#"):
            address = unescape(target[1])
        elif token.name == "a" and token.closes and address:
            out.append("" if before.raw == address else f' <span class="address">{escape(address)}</span>')
            address = ""
        else:
            out.append(token.raw if token.name else escape(token.raw, quote=False))
    return out


def legible(html: str) -> str:
    """A finished document whose every character can be shown.

    A character that no font has, or that would turn the direction of reading, is written `[U+XXXX]`; control
    characters go; accents are composed (Unicode NFC); a run of 70 characters without a blank may break there.
    """
    return "".join(_readable(token.raw) if token.name else _text(token.raw) for token in tokens(html))


def _text(text: str) -> str:
    return escape(_UNBROKEN.sub("\\g<0>\u200b", _readable(text)), quote=False)


def _readable(text: str) -> str:
    return text if _PLAIN.fullmatch(text) else "".join(map(_shown, unicodedata.normalize("NFC", text)))


def _shown(sign: str) -> str:
    """The character itself, nothing for a control character, or its number where it cannot be shown."""
    category = unicodedata.category(sign)
    if sign in "\n\t" or (sign not in _REVERSING and (ord(sign) in covered() or alphabets.has(ord(sign)))):
        return sign
    if category == "Cc":
        return ""
    unseen = category == "Cf" or ord(sign) in _VARIANTS
    return sign if unseen and sign not in _REVERSING else f"[U+{ord(sign):04X}]"
