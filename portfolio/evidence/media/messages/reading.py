"""Reads e-mails (RFC 5322, MIME) in bounds; runs in the confined process only."""

from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import replace
from datetime import datetime
from email.message import Message as Part
from email.parser import BytesHeaderParser, BytesParser
from email.policy import compat32, default
from pathlib import Path
from typing import Any

from portfolio.evidence.media.messages.bodies import opened, words_of
from portfolio.evidence.media.messages.message import UNREAD, Enclosed, Message
from portfolio.foundation.words.sizes import filesize
from portfolio.foundation.words.text import cleaned

MOST_READ = 40_000_000
"""Bytes of the largest e-mail whose words are read."""
LONGEST_RAW = 8_000
"""Characters of a header that are decoded."""
LONGEST_HEADER = 2_000
"""Characters of a header that are shown."""
LONGEST_NAME = 150
"""Characters of a file's name."""
MOST_ENCLOSED = 100
"""Files in an e-mail that are listed."""
MOST_HEADERS = 1_000_000
"""Bytes among which the headers of an e-mail are read."""
MOST_PARTS = 1_000
"""Parts of an e-mail among which its words are looked for."""
DEEPEST = 50
"""Parts within parts that are followed."""
_RULES = compat32
"""The parts of an e-mail are told apart by the library's lenient rules; its own headers are read by the strict ones."""
_HEADERS = {"from": "sender", "to": "to", "cc": "cc", "date": "date", "subject": "subject"}


def read(paths: Sequence[Path]) -> Iterator[tuple[int, bool, Message]]:
    """What the e-mails at `paths` say, each with its place among them and whether it is read whole.

    The headers of all of them come first, so that they are known however the rest ends.
    """
    heads = list[Message]()
    for at, path in enumerate(paths):
        heads.append(headers(path))
        yield at, False, heads[at]
    for at, path in enumerate(paths):
        yield at, True, _read(path, heads[at])


def headers(path: Path) -> Message:
    """The headers of the e-mail at `path` alone."""
    with path.open("rb") as file, suppress(Exception):  # the library breaks in many ways on what breaks the rules
        return _headers(BytesHeaderParser(policy=_RULES).parsebytes(_begun(file.read(MOST_HEADERS))))
    return Message()


def _read(path: Path, said: Message) -> Message:
    """The e-mail at `path`, or where it cannot be read its headers, `said`, alone."""
    with suppress(Exception):  # as above; there is only so much memory, too
        return _whole(path, said)
    return _unread(said, UNREAD)


def _whole(path: Path, said: Message) -> Message:
    """What the e-mail at `path` says beside its headers. What cannot be read or is cut off is told in `notes`."""
    with path.open("rb") as file:
        content = _begun(file.read(MOST_READ + 1))
    if len(content) > MOST_READ:
        return _unread(said, f"This e-mail is larger than {filesize(MOST_READ)}: its words are not shown here.")
    mail = BytesParser(policy=_RULES).parsebytes(content)
    parts = list(_parts(mail))
    body = words_of(parts[:MOST_PARTS])
    enclosed = [part for part in parts if id(part) not in body.parts]
    listed = tuple(_enclosed(part) for part in enclosed[:MOST_ENCLOSED])
    notes = dict.fromkeys([*said.notes, *body.notes, *_deeper(mail)])
    return replace(
        said, words=body.words, enclosed=listed, unlisted=len(enclosed) - len(listed), notes=tuple(notes)
    )  # fmt: skip


def _begun(content: bytes) -> bytes:
    """The same without what some programs write before the first letter."""
    return content.removeprefix(b"\xef\xbb\xbf")


def _unread(said: Message, why: str) -> Message:
    """The headers alone, and why there is no more."""
    return replace(said, notes=(*said.notes, why))


def _parts(mail: Part) -> Iterator[Part]:
    """The parts that hold no others, in their order; an e-mail in an e-mail is one of them."""
    waiting = [(mail, 0)]
    while waiting:
        part, depth = waiting.pop()
        if part.get_content_maintype() == "multipart" and part.is_multipart() and depth < DEEPEST:
            waiting += [(one, depth + 1) for one in reversed(_inner(part))]
        else:
            yield part


def _inner(part: Part) -> list[Part]:
    """The parts of a part, or the e-mail that it is; none of one that is neither."""
    inner: Any = part.get_payload() if part.is_multipart() else []
    return list(inner)


def _deeper(mail: Part) -> list[str]:
    """What is said where parts lie deeper than is followed."""
    level = [mail]
    for _ in range(DEEPEST + 1):
        level = [one for part in level if part.get_content_maintype() == "multipart" for one in _inner(part)]
    return ["Parts of this e-mail lie too deep in one another to be read here."] if level else []


def _headers(mail: Part) -> Message:
    """The first header of each name that is shown, and what was cut."""
    said, notes = dict[str, str](), list[str]()
    for name, raw in mail.raw_items():
        field = _HEADERS.get(name.lower(), "")
        if not field or field in said:
            continue
        value = _decoded(name, str(raw)[:LONGEST_RAW])
        if len(str(raw)) > LONGEST_RAW or len(value) > LONGEST_HEADER:
            notes.append(f"Its header “{name.capitalize()}” is longer than what is shown here.")
        said[field] = value[:LONGEST_HEADER]
    sender, to, cc, date, subject = (said.get(field, "") for field in _HEADERS.values())
    return Message(sender, to, cc, date, subject, _moment(date), notes=tuple(notes))


def _decoded(name: str, raw: str) -> str:
    """The words of a header in one line; as they stand in the file where they break the rules of encoded words."""
    unfolded = _text(raw)
    with suppress(Exception):  # the library's own reader breaks in many ways on what breaks the rules
        unfolded = str(default.header_factory(name, " ".join(unfolded.splitlines())))
    return _line(unfolded)


def _text(raw: str) -> str:
    """A header whose letters came as bare bytes, as UTF-8."""
    return raw.encode("utf-8", "surrogateescape").decode("utf-8", "replace")


def _line(words: str) -> str:
    return " ".join(cleaned(words).split())


def _moment(date: str) -> str:
    """The moment that a header's date names, ISO 8601; empty for none."""
    with suppress(Exception):  # as above
        named = default.header_factory("Date", date).datetime
        return named.isoformat() if isinstance(named, datetime) and named.tzinfo else ""
    return ""


def _enclosed(part: Part) -> Enclosed:
    """What an e-mail says of a file in it; of an e-mail in it, the subject is its name."""
    name, media_type = "", "application/octet-stream"
    with suppress(Exception):  # as above
        media_type = _line(part.get_content_type())[:LONGEST_NAME]
    with suppress(Exception):  # as above
        name = part.get_filename() or (_subject(part) if media_type == "message/rfc822" else "")
    return Enclosed(_decoded("Subject", name[:LONGEST_RAW])[:LONGEST_NAME], media_type, _size(part))


def _subject(part: Part) -> str:
    return next((str(one.get("subject", "")) for one in _inner(part)), "")


def _size(part: Part) -> int:
    """Bytes; of an e-mail in it, as it stands there."""
    if not part.is_multipart():
        return len(opened(part))
    with suppress(Exception):  # as above
        return sum(len(one.as_bytes()) for one in _inner(part))
    return 0
