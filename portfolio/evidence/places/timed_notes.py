"""Timed notes: lines of an item's text that begin with a time of its recording, and stay words of the text."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import zip_longest
from typing import Protocol

MOST = 500
"""Notes of one item that are listed beside its recordings."""
_NOTE = re.compile(
    r"(?:[-•*]\s+)?(?:(?P<hours>\d{1,2}):)?(?P<minutes>\d{1,3}):(?P<seconds>[0-5]\d(?:\.\d)?)\s+"
    r"(?P<words>\S.*)",
    re.ASCII,
)


class Playable(Protocol):
    """A file of an item, as far as notes know it."""

    @property
    def name(self) -> str:
        """As it was received."""

    @property
    def sha256(self) -> str:
        """Its address in the store."""

    @property
    def duration(self) -> float | None:
        """Seconds of a recording, once they are known."""


@dataclass(frozen=True, slots=True)
class TimedNote:
    """What somebody wrote of a recording from one second on, until the next note of it or its end."""

    begins: float
    ends: float
    """Seconds, after `begins`."""
    words: str
    file: str
    """SHA-256 of the recording."""


def timed_notes(plain: str, files: Sequence[Playable]) -> list[TimedNote]:
    """The notes in a plain text, by recording and time: `0:12 I asked …`, `1:02:03.5 (call.mp3) She said …`.

    A note belongs to the recording that it names, else to the first one. Times that do not lie in it are plain words.
    """
    playing = [file for file in files if file.duration]
    notes = [note for line in plain.splitlines() if (note := _note(line.strip(), playing))]
    order = {file.sha256: at for at, file in reversed(list(enumerate(playing)))}
    notes.sort(key=lambda one: (order[one.file], one.begins))
    return [_until(one, following) for one, following in zip_longest(notes, notes[1:]) if one][:MOST]


def _note(line: str, playing: Sequence[Playable]) -> TimedNote | None:
    matched = _NOTE.fullmatch(line) if playing else None
    if matched is None:
        return None
    begins = int(matched["hours"] or 0) * 3600 + int(matched["minutes"]) * 60 + float(matched["seconds"])
    words, file = matched["words"], playing[0]
    for named in sorted(playing, key=lambda one: len(one.name), reverse=True):  # a name may begin like another one
        said = words.removeprefix(f"({named.name}) ").lstrip()
        if said and said != words:
            words, file = said, named
            break
    lasts = file.duration or 0.0
    return TimedNote(begins, lasts, words, file.sha256) if begins < lasts else None


def _until(note: TimedNote, following: TimedNote | None) -> TimedNote:
    """The note, until the one that follows it in the same recording."""
    goes_on = following is not None and following.file == note.file and following.begins > note.begins
    return replace(note, ends=following.begins) if following and goes_on else note
