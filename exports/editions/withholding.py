"""What a centre chooses not to show in a redacted edition: words, whole originals, areas of a picture, seconds."""

import re
from collections.abc import Collection, Mapping
from dataclasses import asdict, dataclass
from typing import Any

from exports.facts.frozen import FileFacts
from portfolio.foundation.errors import Refused
from portfolio.foundation.words.lengths import too_long
from portfolio.foundation.words.text import cleaned

SHORTEST = 2
"""Characters that words must have to be withheld: a single letter is everywhere."""
LONGEST = 200
"""Characters of words that are withheld, and of a reason."""
_REGION = re.compile(r"(?:xywh=)?percent:" + ",".join([r"\s*(\d+(?:\.\d+)?)\s*"] * 4))
_HAIR = 0.01
"""Per cent by which an area may reach over the edge: sums of rounded numbers."""
_CLOCK = re.compile(r"(?:(\d{1,3}):)?(\d{1,3}):(\d{1,2}(?:\.\d+)?)")


@dataclass(frozen=True, slots=True)
class Words:
    """These very words, wherever they stand as words of their own, in capitals or not."""

    words: str
    reason: str


@dataclass(frozen=True, slots=True)
class Original:
    """A whole picture or file: its name, and every picture made from it."""

    file: str
    """Name or SHA-256."""
    reason: str


@dataclass(frozen=True, slots=True)
class Area:
    """A rectangle of a picture: whatever it shows there. The rest of the picture stays."""

    file: str
    """Name or SHA-256."""
    area: str
    """`percent:x,y,w,h` of the picture as it is shown, upright (Media Fragments URI 1.0, §4.2.2)."""
    reason: str


@dataclass(frozen=True, slots=True)
class Seconds:
    """A stretch of a recording: its loudness, and any picture made from the recording."""

    file: str
    """Name or SHA-256."""
    start: float
    end: float
    reason: str


Withholding = Words | Original | Area | Seconds


class Unclear(Refused):
    """What is to be withheld is not said so that it could be found; the message says what is wrong."""


def written(each: Withholding) -> dict[str, Any]:
    """Plain values that `read` reads."""
    return asdict(each)


def read(values: Mapping[str, Any]) -> Withholding:
    """What `written` wrote, or a person: `{"words": …}` or `{"file": …}`, and a `reason`.

    A file may have an `area`, or `start` and `end`. Times are seconds, or `mm:ss`, `hh:mm:ss`, with a fraction if need
    be. Raises `Unclear`, saying what is wanting.
    """
    values = {name: cleaned(value) if isinstance(value, str) else value for name, value in values.items()}
    reason = str(values.get("reason") or "").strip()
    if not reason:
        raise Unclear("Give the reason for everything that is withheld.")
    for said in (reason, str(values.get("words") or "")):
        if sentence := too_long(said, LONGEST):
            raise Unclear(sentence)
    if words := " ".join(str(values.get("words") or "").split()):
        return _words(words, reason)
    file = str(values.get("file") or "").strip()
    if not file:
        raise Unclear("Say what is withheld: words, or a file.")
    area = str(values.get("area") or "").strip()
    if values.get("start") in (None, "") and values.get("end") in (None, ""):
        return Area(file, region(area), reason) if area else Original(file, reason)
    if area:
        raise Unclear("An area of a picture has no seconds. Give one or the other.")
    start, end = seconds(values.get("start")), seconds(values.get("end"))
    if not 0 <= start < end:
        raise Unclear("The seconds that are withheld must end after they begin.")
    return Seconds(file, start, end, reason)


def region(value: str) -> str:
    """`percent:x,y,w,h` with plain numbers, inside the picture. Raises `Unclear` for anything else."""
    found = _REGION.fullmatch(value)
    if not found:
        raise Unclear("Give an area as four numbers from 0 to 100: left, top, width and height in per cent.")
    left, top, width, height = map(float, found.groups())
    if not (width and height and left + width <= 100 + _HAIR and top + height <= 100 + _HAIR):
        raise Unclear("The area that is withheld must lie inside the picture and have a width and a height.")
    return f"percent:{left:g},{top:g},{width:g},{height:g}"


def meant(each: Withholding, files: Collection[FileFacts]) -> list[FileFacts]:
    """The files of which something is withheld: those of that name or hash, and others that hold or show the same.

    Raises `Unclear` where there is none, and for an area of what is no picture.
    """
    if isinstance(each, Words):
        return []
    named = [file for file in files if each.file in (file.name, file.sha256)]
    if not named:
        raise Unclear(f"This report has no file “{each.file}”.")
    if isinstance(each, Area) and any(file.kind != "image" for file in named):
        raise Unclear(f"“{each.file}” is no picture. Withhold the whole of it, or seconds of a recording.")
    same = {file.sha256 for file in named} | {file.picture.sha256 for file in named if file.picture}
    return [file for file in files if file.sha256 in same or (file.picture and file.picture.sha256 in same)]


def seconds(value: object) -> float:
    """Seconds from a number or from `hh:mm:ss`. Raises `Unclear` for anything else."""
    if found := _CLOCK.fullmatch(str(value).strip()):
        return int(found[1] or 0) * 3600 + int(found[2]) * 60 + float(found[3])
    try:
        return float(str(value))
    except ValueError:
        raise Unclear(f"“{value}” is no time. Write it as 00:01:30.") from None


def _words(words: str, reason: str) -> Words:
    if len(words) < SHORTEST or not any(sign.isalnum() for sign in words):
        raise Unclear(f"“{words}” is too short to be withheld: it would be found everywhere.")
    return Words(words, reason)
