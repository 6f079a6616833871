"""Turns bytes or a string into lines of clean text, or refuses what is not text."""

import codecs
import re

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
_LINE_END = re.compile("\r\n|[\n\r\x85\u2028\u2029]")
_CONTROL = re.compile("[\x00-\x08\x0e-\x1f\x7f\ud800-\udfff]")
_UNSEEN = re.compile("[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]")
_SAVE_AS_TEXT = "Copy the unit's words into a plain text file, saved as UTF-8, and try again."


def lines(data: bytes | str) -> list[str]:
    """The lines of `data`, without their ends and without characters that nobody can see.

    Bytes are UTF-8, or UTF-16 or UTF-32 with a byte order mark. Raises Refusal for more than `MAX_BYTES` and for
    what is not text: bytes in no such encoding, control characters, lone surrogates.
    """
    text = _decoded(data) if isinstance(data, bytes) else data
    odd = _CONTROL.search(text)
    if odd:
        raise Refusal(_line_at(text, odd.start()), f"this is not plain text. {_SAVE_AS_TEXT}")
    if isinstance(data, str):
        _ensure_small(len(text.encode()))
    return _LINE_END.split(_UNSEEN.sub("", text))


def _decoded(data: bytes) -> str:
    _ensure_small(len(data))
    encoding = next((name for mark, name in _MARKS_OF_ENCODINGS if data.startswith(mark)), "utf-8")
    try:
        return data.decode(encoding)
    except UnicodeDecodeError as error:
        readable = data[: error.start].decode(encoding, errors="ignore")
        raise Refusal(_line_at(readable, len(readable)), f"this is not UTF-8 text. {_SAVE_AS_TEXT}") from None


def _ensure_small(size: int) -> None:
    if size > MAX_BYTES:
        raise Refusal(
            None,
            f"The text has {size:,} bytes; a unit may have at most {MAX_BYTES:,} (1 MB). Paste one unit at a time.",
        )


def _line_at(text: str, position: int) -> int:
    return len(_LINE_END.findall(text, 0, position)) + 1
