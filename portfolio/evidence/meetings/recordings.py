"""What the recordings of a meeting are called, so that a time says which of them it is in."""

from collections import defaultdict
from collections.abc import Iterable
from typing import Protocol


class Recorded(Protocol):
    """A file, as far as it is told apart from others."""

    @property
    def sha256(self) -> str:
        """Of its content."""

    @property
    def name(self) -> str:
        """As it was received."""

    @property
    def kind(self) -> str:
        """`audio` and `video` play."""


def called(files: Iterable[Recorded]) -> dict[str, str]:
    """By SHA-256, the name of each recording among `files`, where there are several; else nothing.

    Recordings of one name are numbered: `talk.wav`, `talk.wav (2)`. One hash for several names gives all of them.
    """
    recordings = [file for file in files if file.kind in ("audio", "video")]
    if len(recordings) < 2:
        return {}
    names = defaultdict[str, list[str]](list)
    times = defaultdict[str, int](int)
    for file in recordings:
        name = " ".join(file.name.split())
        times[name] += 1
        names[file.sha256].append(name if times[name] == 1 else f"{name} ({times[name]})")
    return {sha256: " / ".join(each) for sha256, each in names.items()}
