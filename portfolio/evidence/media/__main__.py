"""Sets limits on its own process, opens one original with the one decoder its type allows, answers in JSON."""

import ctypes
import json
import os
import resource
import signal
import sys
from pathlib import Path

from portfolio.evidence.media.prepared import LACKS_ROOM, NO_ROOM

CPU = {"image": 60, "document": 120, "pages": 30, "logo": 10, "message": 10}
"""Seconds of processor time, by kind; of e-mails, for all of an item."""
CPU_OF_OTHERS = 50 * 60
"""Those of `film.SECONDS`, and the sound of twelve hours."""
MEMORY = {"image": 3 * 1024**3 // 2, "pages": 3 * 1024**3 // 2, "logo": 1024**3, "message": 1024**3}
"""Bytes of address space, by kind; programs and libraries take a fifth of it."""
MEMORY_OF_OTHERS = 5 * 1024**3 // 2
SPACE = 4 * 1024**3
"""Bytes of the largest file it may write."""
_DIE_WITH_PARENT = 1
"""PR_SET_PDEATHSIG, see prctl(2)."""


def confine(kind: str, most: int = 0) -> None:
    """Limits that hold before anything of a stranger is opened; nobody else's work waits for this process.

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
    os.nice(10)


def main(path: Path, kind: str, media_type: str, into: Path, *others: Path) -> None:
    """Prepare one file and print what was made; of e-mails at `path` and `others`, what they say, as far as it gets.

    Of pages, `others` are the numbers of the first and of the last; of recordings, the limit that `confine` was given.
    """
    if kind == "pages":
        from portfolio.evidence.media.pages.drawing import drawn  # noqa: PLC0415 (after the limits, as below)

        first, last = (int(str(other)) for other in others)
        for page in drawn(path, into, range(first, last + 1)):
            print(json.dumps(page.to_json()), flush=True)  # noqa: T201 (it may be ended any time)
        return
    if kind == "message":
        from portfolio.evidence.media.messages.reading import read  # noqa: PLC0415 (after the limits, as below)

        for at, is_whole, message in read([path, *others]):
            print(json.dumps([at, is_whole, message.to_json()]), flush=True)  # noqa: T201 (it may be ended any time)
        return
    from portfolio.evidence.media.making import made  # noqa: PLC0415 (after the limits: libraries load under them too)

    json.dump(made(path, kind, media_type, into).to_json(), sys.stdout)


if __name__ == "__main__":
    confine(sys.argv[2], int(sys.argv[5]) if sys.argv[2] in ("audio", "video") and sys.argv[5:] else 0)
    try:
        main(Path(sys.argv[1]), sys.argv[2], sys.argv[3], *map(Path, sys.argv[4:]))
    except OSError as fault:
        if fault.errno not in LACKS_ROOM:
            raise
        sys.exit(NO_ROOM)
