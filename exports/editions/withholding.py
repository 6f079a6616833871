"""What a centre chooses not to show in a redacted edition: words, whole originals, seconds of a recording."""

import re
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any

from portfolio.foundation.errors import Refused

SHORTEST = 2
"""Characters that words must have to be withheld: a single letter is everywhere."""
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
class Seconds:
    """A stretch of a recording: its loudness, and any picture made from the recording."""

    file: str
    """Name or SHA-256."""
    start: float
    end: float
    reason: str


Withholding = Words | Original | Seconds


class Unclear(Refused):
    """What is to be withheld is not said so that it could be found; the message says what is wrong."""


def written(each: Withholding) -> dict[str, Any]:
    """Plain values that `read` reads."""
    return asdict(each)


def read(values: Mapping[str, Any]) -> Withholding:
    """What `written` wrote, or a person: `{"words": …}`, `{"file": …}`, or that with `start` and `end`, and a `reason`.

    Times are seconds, or `mm:ss`, `hh:mm:ss`, with a fraction if need be. Raises `Unclear`.
    """
    reason = str(values.get("reason") or "").strip()
    if not reason:
        raise Unclear("Give the reason for everything that is withheld.")
    if words := " ".join(str(values.get("words") or "").split()):
        return _words(words, reason)
    file = str(values.get("file") or "").strip()
    if not file:
        raise Unclear("Say what is withheld: words, or a file.")
    if values.get("start") in (None, "") and values.get("end") in (None, ""):
        return Original(file, reason)
    start, end = seconds(values.get("start")), seconds(values.get("end"))
    if not 0 <= start < end:
        raise Unclear("The seconds that are withheld must end after they begin.")
    return Seconds(file, start, end, reason)


def seconds(value: object) -> float:
    """Seconds from a number or from `hh:mm:ss`. Raises `Unclear`."""
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
