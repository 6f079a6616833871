"""Sets limits on its own process, opens one original with the one decoder its type allows, answers in JSON."""

import ctypes
import json
import os
import resource
import signal
import sys
from collections.abc import Iterator
from pathlib import Path

from portfolio.evidence.media.pages.page import DrawnPage
from portfolio.evidence.media.prepared import LACKS_ROOM, NO_ROOM

CPU = {
    "image": 60, "document": 120, "pages": 30, "stills": 120, "office": 60, "logo": 10, "message": 10,
    "speech": 60 * 60,
}  # fmt: skip
"""Seconds of processor time, by kind; of e-mails, for all of an item."""
CPU_OF_OTHERS = 50 * 60
"""Those of `film.SECONDS`, and the sound of twelve hours."""
MEMORY = {
    "image": 3 * 1024**3 // 2, "pages": 3 * 1024**3 // 2, "stills": 3 * 1024**3 // 2, "office": 3 * 1024**3 // 2,
    "logo": 1024**3, "message": 1024**3, "speech": 4 * 1024**3,
}  # fmt: skip
"""Bytes of address space, by kind; programs and libraries take a fifth of it."""
MEMORY_OF_OTHERS = 5 * 1024**3 // 2
SPACE = 4 * 1024**3
"""Bytes of the largest file it may write."""
WAITED_FOR = ("logo", "message")
"""Kinds of which somebody waits for the answer."""
_DIE_WITH_PARENT = 1
"""PR_SET_PDEATHSIG, see prctl(2)."""


def confine(kind: str, most: int = 0) -> None:
    """Limits that hold before anything of a stranger is opened; others' work goes first, but of what is waited for.

    `most` seconds of processor time, where they are given, take the place of those of its kind.
    """
    ctypes.CDLL(None).prctl(_DIE_WITH_PARENT, signal.SIGKILL)
    limits = {
        resource.RLIMIT_AS: MEMORY.get(kind, MEMORY_OF_OTHERS),
        resource.RLIMIT_FSIZE: SPACE,
        resource.RLIMIT_CORE: 0,
        resource.RLIMIT_NOFILE: 64,
    }
    seconds = most or CPU.get(kind, CPU_OF_OTHERS)
    resource.setrlimit(
        resource.RLIMIT_CPU, (seconds, seconds + 1)
    )  # the first bound says SIGXCPU, by which it is known
    for limit, most in limits.items():
        resource.setrlimit(limit, (most, most))
    if kind not in WAITED_FOR:
        os.nice(10)
    if kind == "speech":  # whatever else wants the processor has it first
        os.sched_setscheduler(0, os.SCHED_IDLE, os.sched_param(0))


def main(path: Path, kind: str, media_type: str, into: Path, *others: Path) -> None:
    """Prepare one file and print what was made; of e-mails at `path` and `others`, what they say, as far as it gets.

    Of pages, `others` are the numbers of the first and of the last; of stills, tenths of seconds; of recordings, the
    limit that `confine` was given; of speech, the folder of the model, the second from which on it is heard, and its
    language.
    """
    if kind == "speech":
        from portfolio.evidence.media.speech.hearing import heard  # noqa: PLC0415 (after the limits, as below)

        model, begins, *language = others
        said = heard(path, model, float(str(begins)), str(language[0]) if language else "")
        print(json.dumps(said.to_json()))  # noqa: T201
        return
    if kind == "pages" or (kind == "office" and others):
        first, last = (int(str(other)) for other in others)
        for page in _pages(path, media_type if kind == "office" else "", into, range(first, last + 1)):
            print(json.dumps(page.to_json()), flush=True)  # noqa: T201 (it may be ended any time)
        return
    if kind == "stills":
        from portfolio.evidence.media.recordings.stills import stills  # noqa: PLC0415 (after the limits, as below)

        for page in stills(path, into, [int(str(other)) for other in others]):
            print(json.dumps(page.to_json()), flush=True)  # noqa: T201 (it may be ended any time)
        return
    if kind == "message":
        from portfolio.evidence.media.messages.reading import read  # noqa: PLC0415 (after the limits, as below)

        for at, is_whole, message in read([path, *others]):
            print(json.dumps([at, is_whole, message.to_json()]), flush=True)  # noqa: T201 (it may be ended any time)
        return
    from portfolio.evidence.media.making import made  # noqa: PLC0415 (after the limits: libraries load under them too)

    json.dump(made(path, kind, media_type, into).to_json(), sys.stdout)


def _pages(path: Path, media_type: str, into: Path, numbers: range) -> Iterator[DrawnPage]:
    """The pages of these numbers, each as soon as it is done, of a PDF or of a file of that type."""
    if not media_type:
        from portfolio.evidence.media.pages.drawing import drawn  # noqa: PLC0415 (after the limits, as above)

        return drawn(path, into, numbers)
    from portfolio.evidence.media.office.reading import pages  # noqa: PLC0415 (after the limits, as above)

    return pages(path, media_type, into, numbers)


if __name__ == "__main__":
    confine(sys.argv[2], int(sys.argv[5]) if sys.argv[2] in ("audio", "video") and sys.argv[5:] else 0)
    try:
        main(Path(sys.argv[1]), sys.argv[2], sys.argv[3], *map(Path, sys.argv[4:]))
    except OSError as fault:
        if fault.errno not in LACKS_ROOM:
            raise
        sys.exit(NO_ROOM)
