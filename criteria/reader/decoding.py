"""Turns bytes or a string into lines of clean text, or refuses what is not text."""

import codecs
import re
from dataclasses import dataclass

from criteria.reader.refusal import Refusal

MAX_BYTES = 1_000_000
"""The largest text that is read, counted in bytes (UTF-8 for a string): 1 MB, not 1 MiB."""

_MARKS_OF_ENCODINGS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_ASSUMED = {"cp1252": "Windows-1252", "mac_roman": "Mac OS Roman"}
"""What Word and editors save as plain text, and what people call it."""
_ASSUMED_WITH_ZEROS = {"utf_16_le": "UTF-16", "utf_16_be": "UTF-16"}
"""The same, where every other byte is zero."""
_MOST_SHOWN = 12
"""How many of the characters to be checked are shown."""
_LINE_END = re.compile("\r\n|[\n\r\x85\u2028\u2029]")
_CONTROL = re.compile("[\x00-\x08\x0e-\x1f\x7f\ud800-\udfff]")
_UNSEEN = re.compile("[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]")
_SAVE_AS_TEXT = "Copy the unit's words into a plain text file, saved as UTF-8, and try again."


@dataclass(frozen=True, slots=True)
class Decoded:
    """The text of a file."""

    text: str
    assumed: str = ""
    """The encoding that was taken for likely, by the name that people know; empty where the bytes leave no doubt."""

    @property
    def warning(self) -> str:
        """What a person has to check where an encoding was assumed; empty where none was."""
        if not self.assumed:
            return ""
        odd = list(dict.fromkeys(char for char in self.text if not char.isascii() and not char.isspace()))
        shown, more = " ".join(odd[:_MOST_SHOWN]), " and others" if len(odd) > _MOST_SHOWN else ""
        return (
            f"This file was not UTF-8; it was read as {self.assumed}. "
            f"Check its quotation marks, dashes and signs: {shown}{more}"
        )


def lines(data: bytes | str) -> list[str]:
    """The lines of `data`, without their ends and without characters that nobody can see.

    Raises `Refusal` as `decoded` does, and for control characters and lone surrogates.
    """
    text = decoded(data).text if isinstance(data, bytes) else data
    odd = _CONTROL.search(text)
    if odd:
        raise Refusal(_line_at(text, odd.start()), f"this is not plain text. {_SAVE_AS_TEXT}")
    if isinstance(data, str):
        _ensure_small(len(text.encode()))
    return _LINE_END.split(_UNSEEN.sub("", text))


def decoded(data: bytes) -> Decoded:
    """The text of `data`: by its byte order mark, else UTF-8, else what a detector takes for likely.

    Raises `Refusal` for more than `MAX_BYTES` and for bytes in no encoding that is known here.
    """
    _ensure_small(len(data))
    marked = next((name for mark, name in _MARKS_OF_ENCODINGS if data.startswith(mark)), "")
    has_zeros = b"\0" in data
    if has_zeros and not marked and (found := _detected(data, _ASSUMED_WITH_ZEROS)):
        return found
    try:
        return Decoded(data.decode(marked or "utf-8"))
    except UnicodeDecodeError as error:
        if not has_zeros and not marked and (found := _detected(data, _ASSUMED)):
            return found
        readable = data[: error.start].decode(marked or "utf-8", errors="ignore")
        raise Refusal(_line_at(readable, len(readable)), f"this is not UTF-8 text. {_SAVE_AS_TEXT}") from None


def _detected(data: bytes, known: dict[str, str]) -> Decoded | None:
    """`data` in the likeliest of the `known` encodings; None where it makes sense in none of them."""
    from charset_normalizer import from_bytes  # noqa: PLC0415 (slow to load, and nearly every unit is UTF-8)

    best = from_bytes(data, cp_isolation=list(known)).best()
    return Decoded(data.decode(best.encoding), known[best.encoding]) if best and best.encoding in known else None


def _ensure_small(size: int) -> None:
    if size > MAX_BYTES:
        raise Refusal(
            None,
            f"The text has {size:,} bytes; a unit may have at most {MAX_BYTES:,} (1 MB). Paste one unit at a time.",
        )


def _line_at(text: str, position: int) -> int:
    return len(_LINE_END.findall(text, 0, position)) + 1
