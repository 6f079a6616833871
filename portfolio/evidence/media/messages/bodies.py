"""The words of an e-mail: its plain text, or where it has none, what a web page in it says, without anything live."""

import codecs
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from email.message import Message as Part

import nh3

from portfolio.foundation.words.marks import BLOCKS, tokens
from portfolio.foundation.words.text import cleaned, is_blank

MOST_WORDS = 75_000
"""Characters of an e-mail that are shown."""
MOST_MARKUP = 3_000_000
"""Bytes of a text or a web page in an e-mail that are read."""
CUT = "This e-mail is longer than what is shown here: the original holds all of it."
ODD_LETTERS = "Some of its letters are written in a way that is not known here, so they may be wrong."
FROM_A_PAGE = "It was written as a web page: its words are shown, its pictures and its looks are not."
LOCKED = "This e-mail is encrypted: its words cannot be read here."
NO_WORDS = "There are no words in this e-mail besides its headers."
_SLOW = frozenset({"punycode", "idna", "unicode_escape", "raw_unicode_escape", "undefined"})
"""Encodings of Python that no e-mail is written in."""
_APART = frozenset({"p", "h1", "h2", "h3", "h4", "h5", "h6", "table", "ul", "ol", "blockquote", "pre", "hr"})
"""Elements with an empty line before and after them."""
_LOCKED = frozenset({"application/pkcs7-mime", "application/x-pkcs7-mime", "application/pgp-encrypted"})


@dataclass(frozen=True, slots=True)
class Body:
    """What an e-mail says."""

    words: str
    notes: tuple[str, ...]
    parts: frozenset[int]
    """`id` of each part that is the words themselves and no file in it, the web page beside a plain text, too."""


def words_of(parts: Sequence[Part]) -> Body:
    """The words among the parts of an e-mail that hold no others."""
    plain = [part for part in parts if _is_words(part, "text/plain")]
    pages = [part for part in parts if _is_words(part, "text/html")]
    own = frozenset(map(id, (*plain, *pages)))
    told = [_plain(part) for part in plain]
    notes = [note for _, found in told for note in found]
    words = _joined([text for text, _ in told])
    if is_blank(words) and pages:
        told = [_page(part) for part in pages]
        notes = [FROM_A_PAGE, *(note for _, found in told for note in found)]
        words = _joined([text for text, _ in told])
    if is_blank(words):
        return Body("", (_why_none(parts),), own)
    if len(words) > MOST_WORDS:
        words, notes = words[:MOST_WORDS].rstrip(), [*notes, CUT]
    return Body(words, tuple(dict.fromkeys(notes)), own)


def opened(part: Part) -> bytes:
    """The bytes of a part as they were before they were packed for sending; empty where they cannot be had."""
    with suppress(Exception):  # the library breaks in many ways on what breaks the rules
        content = part.get_payload(decode=True)
        return content if isinstance(content, bytes) else b""
    return b""


def _is_words(part: Part, media_type: str) -> bool:
    with suppress(Exception):  # as above
        is_file = part.get_content_disposition() == "attachment" or part.get_filename()
        return part.get_content_type() == media_type and not is_file and not part.is_multipart()
    return False


def _why_none(parts: Sequence[Part]) -> str:
    return LOCKED if any(part.get_content_type() in _LOCKED for part in parts) else NO_WORDS


def _joined(texts: Sequence[str]) -> str:
    return "\n\n".join(text.strip("\n") for text in texts if not is_blank(text))


def _plain(part: Part) -> tuple[str, list[str]]:
    text, notes = _letters(part)
    return cleaned(text), notes


def _letters(part: Part) -> tuple[str, list[str]]:
    """A part's text by the encoding it names, else UTF-8, else Windows-1252; and what is not sure of it."""
    content = opened(part)
    cut, content = len(content) > MOST_MARKUP, content[:MOST_MARKUP]
    notes = [CUT] if cut else []
    for charset in filter(None, (_charset(part), "utf_8")):
        with suppress(UnicodeError, LookupError):
            return codecs.getincrementaldecoder(charset)().decode(content, not cut), notes
    return content.decode("cp1252", "replace"), [*notes, ODD_LETTERS]


def _charset(part: Part) -> str:
    """The encoding that a part says it is written in; empty for none that is known, or none of texts."""
    with suppress(Exception):  # as above
        name = codecs.lookup(part.get_content_charset() or "").name.replace("-", "_")
        with suppress(UnicodeError):
            b"a".decode(name)
        return "" if name in _SLOW else name
    return ""


def _page(part: Part) -> tuple[str, list[str]]:
    """What a web page says, line by line."""
    html, notes = _letters(part)
    left = nh3.clean(html, tags=set(BLOCKS), attributes={}, clean_content_tags={"script", "style", "title"})
    lines = [""]
    for token in tokens(left):
        if not token.name or token.name in ("td", "th"):
            lines[-1] += " " if token.name else token.raw
        else:
            lines += _begun(token.name, lines[-1])
            lines[-1] += "• " if token.name == "li" and not token.closes else ""
    return cleaned(_spaced(lines)), notes


def _begun(name: str, line: str) -> list[str]:
    """The lines that begin where an element of this name does, or ends, after `line`."""
    if line.strip() == "•":
        return []
    return [""] * (bool(line.strip()) + (name in _APART or (name == "br" and not line.strip())))


def _spaced(lines: Sequence[str]) -> str:
    """Lines with one blank between words, and with no more than one empty line between two others."""
    kept = list[str]()
    for line in (" ".join(line.split()) for line in lines):
        if line and line != "•":
            kept.append(line)
        elif kept and kept[-1]:
            kept.append("")
    return "\n".join(kept)
