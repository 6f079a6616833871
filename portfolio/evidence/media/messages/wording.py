"""E-mails as the text of an item: every sign of theirs stands for itself, and nothing in them is a mark or a link."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from html import escape
from itertools import groupby

from portfolio.evidence.media.messages.message import Enclosed, Message
from portfolio.foundation.words.prose import LONGEST
from portfolio.foundation.words.sizes import filesize
from portfolio.foundation.words.text import plural

CUT = "This e-mail is longer than what is shown here: the original holds all of it."
ENCLOSED = "Attached, and to be opened from the original only:"
_HEADERS_OF = 25
"""The part of an e-mail's room that one header may take: one of so many."""
_ENCLOSED_OF = 4
"""The same for its list of files."""


@dataclass(frozen=True, slots=True)
class Block:
    """A heading, the items of a list, or the lines of a paragraph."""

    tag: str
    """`h3`, `ul` or `p`."""
    lines: tuple[str, ...]

    @property
    def text(self) -> str:
        """As plain text."""
        return "\n".join(f"- {line}" if self.tag == "ul" else line for line in self.lines)

    @property
    def html(self) -> str:
        """As HTML, every sign of the lines escaped."""
        lines = [escape(line, quote=False) for line in self.lines]
        if self.tag == "ul":
            return "<ul>\n" + "".join(f"<li>{line}</li>\n" for line in lines) + "</ul>"
        return f"<{self.tag}>" + "<br>\n".join(lines) + f"</{self.tag}>"


def worded(messages: Sequence[Message]) -> tuple[str, str]:
    """What the e-mails say, one after the other, as plain text of at most `LONGEST` characters and as HTML."""
    room = LONGEST // max(len(messages), 1) - 200
    blocks = list[Block]()
    for number, message in enumerate(messages, 1):
        if len(messages) > 1:
            blocks.append(Block("h3", (f"E-mail {number} of {len(messages)}",)))
        blocks += _told(message, room)
    return "\n\n".join(block.text for block in blocks), "".join(f"{block.html}\n" for block in blocks)


def _told(message: Message, room: int) -> Iterator[Block]:
    """One e-mail within `room` characters: its headers, its words, the files in it, what could not be read."""
    headers = tuple(f"{name}: {_short(value, room // _HEADERS_OF)}" for name, value in message.headers)
    if headers:
        yield Block("ul", headers)
    files, notes = _files(message, room // _ENCLOSED_OF), list(message.notes)
    left = (
        room - sum(map(len, (*headers, *files, *notes))) - 10 * (len(headers) + len(files)) - len(CUT) - len(ENCLOSED)
    )
    words = message.words
    if len(words) > left:
        words, notes = words[:left].rstrip(), list(dict.fromkeys([*notes, CUT]))
    yield from _paragraphs(words)
    if files:
        yield Block("p", (ENCLOSED,))
        yield Block("ul", files)
    if notes:
        yield Block("p", tuple(notes))


def _paragraphs(words: str) -> Iterator[Block]:
    lines = (line.rstrip() for line in words.split("\n"))
    for has_words, held in groupby(lines, bool):
        if has_words:
            yield Block("p", tuple(held))


def _files(message: Message, room: int) -> tuple[str, ...]:
    lines, unlisted = list[str](), message.unlisted
    for one in message.enclosed:
        line = _named(one)
        if sum(map(len, lines)) + len(line) > room:
            unlisted += 1
        else:
            lines.append(line)
    return (*lines, f"and {plural(unlisted, 'more file')}") if unlisted else tuple(lines)


def _named(one: Enclosed) -> str:
    return f"{one.name or 'without a name'} ({one.media_type}, {filesize(one.size)})"


def _short(value: str, most: int) -> str:
    return value if len(value) <= most else value[: most - 1] + "…"
