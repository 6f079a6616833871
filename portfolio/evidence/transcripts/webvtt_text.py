"""Captions as text in WebVTT (W3C): read within bounds, with the line that is wrong, and written."""

import html
import re
from collections.abc import Iterator, Sequence

import webvtt

from portfolio.evidence.transcripts.rules import MOST_CUES, SHORTEST, Cue, ensure_bounded, lined
from portfolio.foundation.errors import Unreadable
from portfolio.foundation.words.display import clock
from portfolio.foundation.words.sizes import filesize
from portfolio.foundation.words.text import cleaned

LARGEST = 1024**2
"""Bytes of a file of captions."""
MEDIA_TYPE = "text/vtt; charset=utf-8"
BEYOND = 2.0
"""Seconds after the end of its recording in which a caption may begin: players round."""
_TIME = r"(?:(\d{2,4}):)?([0-5]\d):([0-5]\d)\.(\d{3})"
_TIMES = re.compile(rf"[ \t]*{_TIME}[ \t]+-->[ \t]+{_TIME}(?:[ \t].*)?", re.ASCII)
_LINE_END = re.compile(r"\r\n|\r|\n")
LONGEST_LINE = 5000
"""Characters of one line."""
TOO_LARGE = f"A file of captions has at most {filesize(LARGEST)}. See whether this is the right file, and divide it."
NO_TEXT = "Line {}: this is not text in UTF-8. Save the captions as UTF-8, then upload them again."
NO_CAPTIONS = (
    "Line 1: a file of captions begins with the word WEBVTT, and this does not. Export the captions as WebVTT (.vtt)."
)
NO_TIMES = "Line {}: the times are not as WebVTT writes them. Write them like this: 00:01.500 --> 00:04.000"
NO_LENGTH = "Line {}: the caption ends before it begins, or at once. Let it end later."
TOO_LATE = "Line {}: the caption begins at {}, and the recording ends at {}. See whether they belong together."
UNREAD_BLOCK = "Line {}: this caption cannot be read. Leave one empty line before the times of each caption."
LONG_LINE = "Line {}: it has more than {:,} characters. Divide it into several captions."
TOO_MANY = f"There are more than {MOST_CUES:,} captions in it, which is more than are taken. Join short ones."


def read(content: bytes, lasts: float) -> list[Cue]:
    """The captions of a recording that `lasts` so many seconds, in the order of their times.

    Styles, places on the screen and comments are left out; who speaks stands before the words. Raises `Unreadable` for
    what is no WebVTT, saying in which line and what to do, and `Incomplete` as `rules.ensure_bounded` does.
    """
    if len(content) > LARGEST:
        raise Unreadable(TOO_LARGE)
    lines = _LINE_END.split(cleaned(_text(content)))
    if not re.match(r"WEBVTT(?:[ \t].*)?$", lines[0]):
        raise Unreadable(NO_CAPTIONS)
    if long := next((number for number, line in enumerate(lines, start=1) if len(line) > LONGEST_LINE), 0):
        raise Unreadable(LONG_LINE.format(long, LONGEST_LINE))
    timed = list(_timed(lines, lasts))
    found = webvtt.from_string("\n".join(lines)).captions
    if len(found) != len(timed):
        raise Unreadable(UNREAD_BLOCK.format(_first_unread(found, timed)))
    cues = [Cue(begins, min(ends, max(lasts, begins + SHORTEST)), words)
            for (_, begins, ends), words in zip(timed, map(_words, found), strict=True) if words]  # fmt: skip
    ensure_bounded(cues)
    return sorted(cues, key=lambda cue: (cue.begins, cue.ends))


def write(cues: Sequence[Cue], note: str = "") -> str:
    """The cues as a file of captions, with a `note` of one line at its beginning."""
    head = f"WEBVTT\n\n{f'NOTE {html.escape(note, quote=False)}' + chr(10) * 2 if note else ''}"
    return head + "".join(_block(cue) for cue in cues)


def _block(cue: Cue) -> str:
    return f"{_stamp(cue.begins)} --> {_stamp(cue.ends)}\n{html.escape(cue.words, quote=False)}\n\n"


def _stamp(seconds: float) -> str:
    whole, thousandths = divmod(round(seconds * 1000), 1000)
    return f"{whole // 3600:02}:{whole // 60 % 60:02}:{whole % 60:02}.{thousandths:03}"


def _text(content: bytes) -> str:
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise Unreadable(NO_TEXT.format(content.count(b"\n", 0, error.start) + 1)) from error


def _timed(lines: Sequence[str], lasts: float) -> Iterator[tuple[int, float, float]]:
    """Number, first and last second of each line that tells times."""
    count = 0
    for number, line in enumerate(lines, start=1):
        if "-->" not in line:
            continue
        count += 1
        if count > MOST_CUES:
            raise Unreadable(TOO_MANY)
        told = _TIMES.fullmatch(line)
        if told is None:
            raise Unreadable(NO_TIMES.format(number))
        begins, ends = _seconds(*told.groups()[:4]), _seconds(*told.groups()[4:])
        if ends - begins < SHORTEST / 2:
            raise Unreadable(NO_LENGTH.format(number))
        if begins > lasts + BEYOND:
            raise Unreadable(TOO_LATE.format(number, clock(begins), clock(lasts)))
        yield number, begins, ends


def _seconds(hours: str | None, minutes: str, seconds: str, thousandths: str) -> float:
    whole = int(hours or 0) * 3600 + int(minutes) * 60 + int(seconds)
    return (whole * 1000 + int(thousandths)) / 1000


def _first_unread(found: Sequence[webvtt.Caption], timed: Sequence[tuple[int, float, float]]) -> int:
    """Number of the first line with times that the reader did not take for those of a caption."""
    for at, (number, begins, _) in enumerate(timed):
        if at >= len(found) or abs(found[at].start_in_seconds - int(begins)) > 1:
            return number
    return timed[-1][0] if timed else 1


def _words(caption: webvtt.Caption) -> str:
    said = lined(cleaned(html.unescape(caption.text)))
    voice = lined(html.unescape(caption.voice or ""))
    return f"{voice}: {said}" if voice and said else said
