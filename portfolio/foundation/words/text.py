"""Text as people see it: what two texts have in common that look the same, and what of a text may come in at all."""

import re
import unicodedata
from collections.abc import Sequence
from functools import cache

_APOSTROPHES = (
    "`\u00b4\u02b9\u02bb\u02bc\u02bd\u02be\u02bf\u02c8\u02ca\u02cb\u055a\u05f3\u07f4\u07f5\u1fbd"
    "\u1fbf\u1ffe\u2018\u2019\u201a\u201b\u2032\u2035\u2039\u203a\u275b\u275c\ua78b\ua78c\uff07\uff40"
)
_QUOTES = "\u00ab\u00bb\u02ba\u02ee\u05f4\u201c\u201d\u201e\u201f\u2033\u2036\u275d\u275e\u301d\u301e\u301f\uff02"
_MINUS = "\u2212\u2043\u02d7\u2796\u207b\u208b\ufe63\uff0d"
_BLANK = (
    "\u034f\u115f\u1160\u17b4\u17b5\u180b\u180c\u180d\u180f\u2065\u2800\u3164\uffa0\U0001d159"
    + "".join(map(chr, range(0xFE00, 0xFE10)))
    + "".join(map(chr, range(0xFFF0, 0xFFF9)))
    + "".join(map(chr, range(0xE0000, 0xE1000)))
)
"""What shows nothing although Unicode does not count it among format characters: fillers, variation selectors, and
what is set aside for such (Default_Ignorable_Code_Point, DerivedCoreProperties.txt of Unicode 15.1)."""
_ARABIC = {
    "\u06cc": "\u064a",
    "\u0649": "\u064a",
    "\u06a9": "\u0643",
    "\u06c1": "\u0647",
    "\u06d5": "\u0647",
    "\u0640": "",
}
"""Letters that keyboards for Arabic, Persian and Urdu write each in its own way; tatweel only stretches a word."""
_SAME: dict[int, str] = {
    **dict.fromkeys(map(ord, _APOSTROPHES), "'"),
    **dict.fromkeys(map(ord, _QUOTES), '"'),
    **dict.fromkeys(map(ord, _MINUS), "-"),
    **dict.fromkeys(map(ord, _BLANK), ""),
    **{ord(one): other for one, other in _ARABIC.items()},
    ord("\u0131"): "i",  # Turkish dotless i
}
_DOTTED = re.compile("i[\u0300-\u036f]+")
_TONOS = re.compile("(?<=[\u0370-\u03ff])\u0301")
"""Greek capitals are written without it."""
_LINE_END = re.compile("\r\n|[\r\v\f\x85\u2028\u2029]")
_SEPARATOR = re.compile("[\x1c-\x1f]")
PILED = 30
"""Marks in a row that any script needs, and by far more."""
_HARMFUL = re.compile("[\x00-\x08\x0e-\x1b\x7f-\x84\x86-\x9f\ud800-\udfff\u202a-\u202e\u2066-\u2069]")
_SINGLE = str.maketrans("“”", "‘’")
_OPENING = re.compile(r'(?<![^\s(\[–—])"(?=\S)')
"""A straight quotation mark before a word."""


def alike(words: str) -> str:
    """What `words` have in common with all that people take for the same; for comparing, never for showing.

    Capitals, composed and decomposed signs, wide and narrow forms, kinds of apostrophe, of dash and of space count as
    one, and what shows nothing counts not at all. Made a second time of its own result, it is that result.
    """
    if words.isascii() and words.isprintable():  # most words, fifty times as fast
        return " ".join(words.lower().replace("`", "'").split())
    text = _plain(words)
    while (again := _plain(text)) != text:
        text = again
    return text


def cleaned(text: str) -> str:
    """`text` without what no person types: what turns the direction of others' words, or upsets a database.

    Every line end becomes a line feed. Other control characters, lone surrogates, and overrides, embeddings and
    isolates of direction go. The marks and joiners that scripts need stay; of marks that are piled up on one letter,
    the first `PILED`, with which normalising takes time in proportion to the text (UAX #15, Stream-Safe Text Format).
    """
    text = _HARMFUL.sub("", _SEPARATOR.sub(" ", _LINE_END.sub("\n", text)))
    return text if text.isascii() else _piled().sub(r"\1", text)


@cache
def _piled() -> re.Pattern[str]:
    """More than `PILED` signs in a row that stand on the letter before them."""
    marks = "".join(chr(sign) for sign in range(0x300, 0x1E950) if unicodedata.combining(chr(sign)))
    return re.compile(f"([{marks}]{{{PILED}}})[{marks}]+")


def with_article(noun: str) -> str:
    """`an assessor`, `a learner`: by the first letter, so not for “hour” or “unit”."""
    return f"{'an' if noun[:1] in 'aeiou' else 'a'} {noun}"


def is_blank(text: str) -> bool:
    """Whether nothing of `text` can be seen: white space, joiners, fillers, marks without a letter."""
    kinds = (unicodedata.category(sign) for sign in alike(text))
    return all(kind[0] in "MZ" or kind in ("Cc", "Cf", "Co", "Cs") for kind in kinds)


def difference(typed: str, known: str) -> str:
    """Where two texts first differ that may look the same: `letter 2 is “а” (Cyrillic small letter a), not …`.

    Empty where they are alike, or of different lengths and so told apart by looking.
    """
    ours, theirs = alike(typed), alike(known)
    if len(ours) != len(theirs):
        return ""
    pairs = enumerate(zip(ours, theirs, strict=True), start=1)
    return next(
        (f"letter {at} is {_named(one)}, not {_named(other)}" for at, (one, other) in pairs if one != other), ""
    )


def inner(words: str) -> str:
    """Words that stand in quotation marks already: double ones in them are made single, and half a pair is left out."""
    opened, halves = list[int](), set[int]()
    for at, sign in enumerate(words):
        if sign == "“":
            opened.append(at)
        elif sign == "”" and opened:
            opened.pop()
        elif sign == "”":
            halves.add(at)
    whole = "".join(sign for at, sign in enumerate(words) if at not in halves.union(opened))
    return _OPENING.sub("‘", whole.translate(_SINGLE)).replace('"', "’")


def listed(words: Sequence[str], last: str = "and") -> str:
    """`one`, `one and two`, `one, two and three`, with the word that stands before the last; empty for none."""
    return f" {last} ".join(filter(None, [", ".join(words[:-1]), *words[-1:]]))


def plural(count: int, word: str, many: str = "") -> str:
    """`1 point`, `3 points`, `2 entries`."""
    return f"{count:,} {word if count == 1 else many or word + 's'}"


def _plain(words: str) -> str:
    text = unicodedata.normalize("NFD", words).translate(_SAME).casefold()
    text = unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", text).casefold()).translate(_SAME)
    seen = "".join(_seen(sign) for sign in text)
    undotted = _DOTTED.sub(lambda found: found[0].replace("\u0307", ""), seen)
    return " ".join(unicodedata.normalize("NFC", _TONOS.sub("", undotted)).split())


def _seen(sign: str) -> str:
    kind = unicodedata.category(sign)
    if kind == "Pd":
        return "-"
    return "" if kind in ("Cf", "Cs") or (kind == "Cc" and not sign.isspace()) else sign


def _named(sign: str) -> str:
    return f"“{sign}” ({unicodedata.name(sign, 'a sign without a name').capitalize()})"
