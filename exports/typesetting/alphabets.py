"""Fonts for alphabets beyond Latin, Greek, Cyrillic and Devanagari: only the pieces that a document needs.

The fonts come in pieces of about a hundred characters (WOFF2), each package with a list of what its pieces hold.
"""

import io
import json
import re
import tempfile
from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from functools import cache
from hashlib import sha256
from pathlib import Path

from fontTools.ttLib import TTFont

from exports.typesetting import fonts

FOLDER = Path(__file__).parents[2] / "node_modules" / "@fontsource-variable"
"""Variable fonts from npm packages (SIL Open Font License 1.1)."""
_FAMILIES = (
    "vazirmatn", "noto-sans-arabic", "noto-sans-hebrew", "noto-sans-bengali", "noto-sans-gurmukhi",
    "noto-sans-gujarati", "noto-sans-tamil", "noto-sans-telugu", "noto-sans-kannada", "noto-sans-malayalam",
    "noto-sans-oriya", "noto-sans-sinhala", "noto-sans-thai", "noto-sans-lao", "noto-sans-khmer",
    "noto-sans-myanmar", "noto-sans-ethiopic", "noto-sans-armenian", "noto-sans-georgian", "noto-serif-tibetan",
    "noto-sans-thaana", "noto-sans-syriac", "noto-sans-cherokee", "noto-sans-ol-chiki", "noto-sans-meetei-mayek",
)  # fmt: skip
_SIMPLIFIED, _TRADITIONAL, _JAPANESE, _KOREAN = "noto-sans-sc", "noto-sans-tc", "noto-sans-jp", "noto-sans-kr"
_HAN_FAMILIES = (_SIMPLIFIED, _TRADITIONAL, _JAPANESE, _KOREAN)
FAMILIES = (*_FAMILIES, *_HAN_FAMILIES)
"""The packages, in the order in which they are asked; of Vazirmatn a letter can be copied with all its dots."""
_KANA = re.compile("[\u3041-\u30ff]")
_HANGUL = re.compile("[\uac00-\ud7a3]")
_HAN = re.compile("[\u3000-\u9fff\uf900-\ufaff\uff00-\uffef]")
_RANGE = re.compile(r"U\+([0-9a-fA-F]+)(?:-([0-9a-fA-F]+))?")
_NAMED = re.compile('<meta name="fonts" content="((?:[a-z-]+/[a-z0-9-]+ ?)+)">')


@dataclass(frozen=True, slots=True)
class Piece:
    """One file of a font."""

    family: str
    name: str

    @property
    def path(self) -> Path:
        """Where it stands."""
        return FOLDER / self.family / "files" / f"{self.family}-{self.name}-wght-normal.woff2"


def has(sign: int) -> bool:
    """Whether a piece can show a code point."""
    return _piece(sign, FAMILIES) is not None


def dressed(html: str) -> str:
    """A document that names the pieces it needs, so that every part of it is set alike; as it was if it needs none.

    Chinese characters are drawn as they are written where the text comes from, as far as the text itself tells.
    """
    families = (*_FAMILIES, *_han_families(html))
    beyond = sorted({ord(sign) for sign in set(html)} - fonts.covered())
    needed = dict.fromkeys(piece for sign in beyond if (piece := _piece(sign, families)))
    names = " ".join(f"{piece.family}/{piece.name}" for piece in needed)
    return html.replace("</head>", f'<meta name="fonts" content="{names}">\n</head>', 1) if names else html


def configure(html: str) -> None:
    """Point fontconfig to the fonts of every document and to the pieces that this one names."""
    named = _NAMED.search(html, 0, html.find("<body"))
    pieces = [Piece(*name.split("/")) for name in named[1].split()] if named else []
    fonts.configure([_opened(piece) for piece in pieces])


def _opened(piece: Piece) -> Path:
    """The folder that holds a piece alone as fontconfig and the typesetter can tell it from others; made once."""
    packed = piece.path.read_bytes()
    folder = fonts.home() / f"{piece.family}-{piece.name}-{sha256(packed).hexdigest()[:16]}"
    if not folder.exists():
        draft = Path(tempfile.mkdtemp(dir=fonts.home()))
        _plain(packed, f"{piece.family} {piece.name}").save(draft / "piece.ttf")
        with suppress(OSError):  # another process made it meanwhile
            draft.rename(folder)
    return folder


def _plain(packed: bytes, name: str) -> TTFont:
    """A piece unpacked, under a name of its own: the typesetter tells fonts apart by their names."""
    font = TTFont(io.BytesIO(packed), recalcTimestamp=False)
    font.flavor = None
    names = font["name"]
    names.names = [one for one in names.names if one.nameID in (0, 13, 14)]
    for id, value in {1: name, 2: "Regular", 4: name, 6: name.replace(" ", "-")}.items():
        names.setName(value, id, 3, 1, 0x409)
    return font


@cache
def edition() -> str:
    """SHA-256 over the lists of all fonts that are there: part of the name under which a document is kept."""
    digest = sha256()
    for family in FAMILIES:
        for name in ("package.json", "unicode.json"):
            path = FOLDER / family / name
            digest.update(path.read_bytes() if path.exists() else b"none")
    return digest.hexdigest()


def _han_families(text: str) -> tuple[str, ...]:
    """The fonts of Chinese characters, the likeliest first: kana and Hangul tell, else what GB 2312 or Big5 lack."""
    if not _HAN.search(text) and not _HANGUL.search(text):
        return _HAN_FAMILIES
    if _KANA.search(text):
        return (_JAPANESE, _KOREAN, _TRADITIONAL, _SIMPLIFIED)
    signs = set(_HAN.findall(text))
    old = sum(_written_in(sign, "big5") and not _written_in(sign, "gb2312") for sign in signs)
    new = sum(_written_in(sign, "gb2312") and not _written_in(sign, "big5") for sign in signs)
    chinese = (_TRADITIONAL, _SIMPLIFIED) if old > new else (_SIMPLIFIED, _TRADITIONAL)
    return (_KOREAN, *chinese, _JAPANESE) if _HANGUL.search(text) else (*chinese, _JAPANESE, _KOREAN)


def _written_in(sign: str, encoding: str) -> bool:
    try:
        return bool(sign.encode(encoding))
    except UnicodeEncodeError:
        return False


def _piece(sign: int, families: Iterable[str]) -> Piece | None:
    """The first piece that holds a code point, by its list and in truth."""
    found = (_pieces(family).get(sign) for family in families)
    return next((piece for piece in found if piece and sign in _held(piece)), None)


@cache
def _pieces(family: str) -> Mapping[int, Piece]:
    """Which piece of a font holds which code points, as its list tells; nothing of a font that is not installed."""
    path = FOLDER / family / "unicode.json"
    lists = json.loads(path.read_text("utf-8")) if path.exists() else {}
    return {sign: Piece(family, name.strip("[]")) for name, held in lists.items() for sign in _signs(held)}


def _signs(held: str) -> Iterator[int]:
    for first, last in _RANGE.findall(held):
        yield from range(int(first, 16), int(last or first, 16) + 1)


@cache
def _held(piece: Piece) -> frozenset[int]:
    if not piece.path.exists():
        return frozenset()
    with TTFont(piece.path, lazy=True) as font:
        return frozenset(font.getBestCmap())
