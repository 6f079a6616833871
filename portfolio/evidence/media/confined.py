"""Runs the preparation of one file in a process of its own, with limits on time, memory and space."""

import json
import logging
import os
import signal
import subprocess
import sys
import tempfile
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from typing import IO

import portfolio
from portfolio.evidence.media import unshown
from portfolio.evidence.media.messages import message
from portfolio.evidence.media.messages.message import Message
from portfolio.evidence.media.office import kinds
from portfolio.evidence.media.pages import page
from portfolio.evidence.media.pages.page import DrawnPage
from portfolio.evidence.media.prepared import (
    NO_LOGO,
    NO_ROOM,
    NOT_PREPARED,
    NOT_READ,
    READ_ELSEWHERE,
    TOOK_TOO_LONG,
    Prepared,
    from_json,
)
from portfolio.evidence.media.sniff import LOGOS, MESSAGE, PDF, sniff
from portfolio.evidence.media.speech import heard
from portfolio.evidence.media.speech.heard import Heard
from portfolio.foundation import files
from portfolio.foundation.errors import Unavailable

WALL = {"logo": 30, "message": 30, "pages": 5 * 60, "stills": 5 * 60, "office": 5 * 60, "speech": 60 * 60}
"""Seconds after which a preparation is ended from outside, by kind: of a logo and of all e-mails of an item, for which
people wait."""
WALL_OF_OTHERS = 90 * 60
"""Those of the processor, on a machine that others use too."""
ENGINE = "engine"
"""Folder beside a model of speech that holds the engine, where the environment of the house does not."""
TICK = 0.5
"""Seconds between two looks whether the preparation is still wanted."""
_ROOT = Path(portfolio.__file__).parent.parent


def prepare(path: Path, into: Path, ticked: Callable[[], None] = lambda: None, *, most: int = 0) -> Prepared:
    """Make the copies to show of the original at `path` in the folder `into`, which must exist.

    Never raises for what the file holds: where nothing can be made, the kind stays and `note` says why. `ticked` is
    called about twice a second meanwhile, and may raise to end the preparation. A recording has `most` seconds of
    processor time where they are given: one that needs more is noted as `TOOK_TOO_LONG`. Raises `Unavailable` on a full
    disk.
    """
    kind, media_type = sniff(path)
    if media_type == MESSAGE:
        return Prepared(kind, media_type, remarks=(READ_ELSEWHERE,))
    if kind == "other":
        return Prepared(kind, media_type, remarks=tuple(unshown.said(path)))
    if media_type in kinds.READ:
        made = _prepared([str(path), "office", media_type, str(into)], ticked)
        return replace(made, kind=kind, note=NOT_READ if made.note == NOT_PREPARED else made.note)
    limit = [str(most)] if most and kind in ("audio", "video") else []
    return _prepared([str(path), kind, media_type, str(into), *limit], ticked)


def prepare_logo(path: Path, into: Path) -> Prepared:
    """Make the one copy of the logo at `path`, of one of the `LOGOS`, in the folder `into`, which must exist.

    Never raises for what the file holds: where there is no copy, `note` says why.
    """
    _, media_type = sniff(path)
    if media_type not in LOGOS:
        return Prepared("logo", media_type, note=NO_LOGO)
    made = _prepared([str(path), "logo", media_type, str(into)], lambda: None)
    return replace(made, note=NO_LOGO) if made.note in (NOT_PREPARED, TOOK_TOO_LONG) else made


def draw_pages(
    path: Path, into: Path, numbers: range, ticked: Callable[[], None] = lambda: None, *, media_type: str = PDF
) -> list[DrawnPage]:
    """The pages of these `numbers` of the document at `path`, one at least, as far as it gets.

    What is shown of them, pictures or words, lies in `into`.

    Never raises for what the file holds. Where the process ended at another than the first of them, what was done until
    then is given, so that whoever asks goes on from there; where it ended at the first, that page's note says why.
    `ticked` is called about twice a second meanwhile, and may raise to end it. Raises `Unavailable` on a full disk.
    """
    kind = "pages" if media_type == PDF else "office"
    arguments = [str(path), kind, media_type, str(into), str(numbers[0]), str(numbers[-1])]
    status, answer = _answered(arguments, ticked)
    done = [page.from_json(json.loads(line)) for line in _whole_lines(answer)]
    why = page.TOOK_TOO_LONG if status == -signal.SIGXCPU else page.UNDRAWN
    return done or [DrawnPage(numbers[0], note=why)]


def draw_stills(
    path: Path, into: Path, tenths: Sequence[int], ticked: Callable[[], None] = lambda: None
) -> list[DrawnPage]:
    """What the copy of a film at `path` shows at these `tenths` of seconds, one at least, as far as it gets.

    Pictures lie in `into`. Never raises for what the film holds: where there is no picture, a note says why.
    `ticked` is called about twice a second meanwhile, and may raise to end it. Raises `Unavailable` on a full disk.
    """
    _, answer = _answered([str(path), "stills", "video/mp4", str(into), *map(str, tenths)], ticked)
    done = [page.from_json(json.loads(line)) for line in _whole_lines(answer)]
    return done or [DrawnPage(tenths[0], note=page.NO_STILL)]


def read_messages(paths: Sequence[Path]) -> list[Message]:
    """What the e-mails at `paths`, one at least, say in their order; the time for one is the time for all of them.

    Never raises for what the files hold: `notes` say what could not be read, and the headers are there all the same.
    """
    first, *others = map(str, paths)
    with tempfile.TemporaryDirectory() as home:
        status, answer = _answered([first, "message", MESSAGE, home, *others], lambda: None)
    heads, read = dict[int, Message](), dict[int, Message]()
    for at, is_whole, values in map(json.loads, _whole_lines(answer)):
        (read if is_whole else heads)[at] = message.from_json(values)
    why, told = message.TOOK_TOO_LONG if status == -signal.SIGXCPU else message.UNREAD, list[Message]()
    for at in range(len(paths)):
        if at not in read:
            said, why_not, why = heads.get(at, Message()), why, message.NOT_REACHED
            read[at] = replace(said, notes=(*said.notes, why_not))
        told.append(read[at])
    return told


def hear(
    path: Path, model: Path, begins: float, *, language: str = "", ticked: Callable[[], None] = lambda: None
) -> Heard:
    """What is said in the copy of a recording at `path` from a second on, as the model of speech in a folder hears it.

    `language` is what was heard before, or empty. Never raises for what the recording holds: where nothing can be
    heard, `note` says why. `ticked` is called about twice a second meanwhile, and may raise to end it.
    """
    with tempfile.TemporaryDirectory() as home:
        arguments = [str(path), "speech", "audio/mp4", home, str(model), str(begins), *filter(None, [language])]
        status, answer = _answered(arguments, ticked)
    if status == 0:
        return heard.from_json(json.loads(answer))
    return Heard(begins, is_end=True, note=heard.TOOK_TOO_LONG if status == -signal.SIGXCPU else heard.UNHEARD)


def _whole_lines(text: str) -> list[str]:
    """The lines of what a process said, without one in the middle of which it ended."""
    return text.split("\n")[:-1]


def _prepared(arguments: list[str], ticked: Callable[[], None]) -> Prepared:
    """What the process answers that is given path, kind, media type and folder."""
    _, kind, media_type, *_ = arguments
    status, made = _answered(arguments, ticked)
    if status == 0:
        return from_json(json.loads(made))
    return Prepared(kind, media_type, note=TOOK_TOO_LONG if status == -signal.SIGXCPU else NOT_PREPARED)


def _answered(arguments: list[str], ticked: Callable[[], None]) -> tuple[int, str]:
    """How the process ended, and what it answered until then. Raises `Unavailable` where it had no room on the disk."""
    path, _, _, into, *_ = arguments
    with tempfile.TemporaryFile("w+") as answer, tempfile.TemporaryFile("w+", errors="replace") as complaints:
        status = _run(arguments, Path(into), (answer, complaints), ticked)
        _tell(Path(path), complaints)
        if status == NO_ROOM:
            raise Unavailable(files.NO_ROOM)
        answer.seek(0)
        return status, answer.read()


def _tell(path: Path, complaints: IO[str]) -> None:
    """Log the end of what the decoders complained of, for whoever runs the house."""
    complaints.seek(0, os.SEEK_END)
    complaints.seek(max(complaints.tell() - 2000, 0))
    if said := complaints.read().strip():
        logging.getLogger("markwell.media").warning("preparing %s: %s", path.name, said)


def _run(arguments: list[str], home: Path, outputs: tuple[IO[str], IO[str]], ticked: Callable[[], None]) -> int:
    """How the process ended: 0 is well, a negative number the signal that ended it; it is when its time is up."""
    child = subprocess.Popen(  # noqa: S603 (our own interpreter and module; paths are the store's, not the sender's)
        [sys.executable, "-m", "portfolio.evidence.media", *arguments],
        cwd=_ROOT,
        stdin=subprocess.DEVNULL,
        stdout=outputs[0],
        stderr=outputs[1],
        start_new_session=True,  # Ctrl-C at the terminal ends the worker, and is no fault of this file
        env={
            "PATH": os.defpath,
            "HOME": str(home),
            "TMPDIR": str(home),
            "OPENBLAS_NUM_THREADS": "1",
            "LC_ALL": "C.UTF-8",
            **(_for_speech(arguments) if arguments[1] == "speech" else {}),
        },
    )
    try:
        for _ in range(int(WALL.get(arguments[1], WALL_OF_OTHERS) / TICK)):
            with suppress(subprocess.TimeoutExpired):
                return child.wait(timeout=TICK)
            ticked()
        return -signal.SIGXCPU
    finally:
        child.kill()
        child.wait()


def _for_speech(arguments: list[str]) -> dict[str, str]:
    """Where the engine lies that came with the model, and that nothing is asked of a network."""
    return {"PYTHONPATH": str(Path(arguments[4]) / ENGINE), "HF_HUB_OFFLINE": "1", "HF_HUB_DISABLE_TELEMETRY": "1"}
