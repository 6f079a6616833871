"""Runs a function over other people's files in a child process with bounds; what happens to it happens there."""

import gc
import multiprocessing
import resource
from collections.abc import Callable
from dataclasses import dataclass
from multiprocessing.connection import Connection
from typing import Any, TypeVar

from exports import fonts
from exports.pdf import ROOM_TO_ANSWER

T = TypeVar("T")


class Unshown(Exception):
    """A file was given up; the message is the reason, in words for the reader."""


@dataclass(frozen=True, slots=True)
class Bounds:
    """What one file may cost."""

    cpu: int = 30
    """Seconds of processor."""
    memory: int = 1_500_000_000
    """Bytes of address space."""
    wall: float = 60
    """Seconds of waiting."""


def bounded(work: Callable[..., T], *given: object, bounds: Bounds | None = None) -> T:
    """`work(*given)` in a child of its own; `work` is a function of a module, and raises `Unshown` itself.

    Raises `Unshown` for whatever keeps it from an answer.
    """
    bounds = bounds or Bounds()
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload(["exports.press"])
    fonts.configure()
    ours, theirs = context.Pipe(duplex=False)
    child = context.Process(target=_work, args=(theirs, work, given, bounds), daemon=True)
    child.start()
    theirs.close()
    try:
        if not ours.poll(bounds.wall):
            raise Unshown("Reading it took too long.")
        reason, answer = ours.recv()
    except EOFError:
        raise Unshown("Reading it took too long, or broke the reader.") from None
    finally:
        child.kill()
        child.join()
        ours.close()
    if reason:
        raise Unshown(reason)
    return answer  # type: ignore[no-any-return]


def _work(answer: Connection, work: Callable[..., Any], given: tuple[object, ...], bounds: Bounds) -> None:
    resource.setrlimit(resource.RLIMIT_CPU, (bounds.cpu, bounds.cpu + 2))
    resource.setrlimit(resource.RLIMIT_AS, (bounds.memory, bounds.memory + ROOM_TO_ANSWER))
    gc.disable()
    try:
        answer.send(("", work(*given)))
    except Unshown as reason:
        answer.send((str(reason), None))
    except MemoryError:
        resource.setrlimit(resource.RLIMIT_AS, (bounds.memory + ROOM_TO_ANSWER,) * 2)
        answer.send(("Reading it needs too much memory.", None))
    except Exception as fault:  # noqa: BLE001 (whatever a file does to its reader, the parent must hear of it)
        answer.send((f"It could not be read ({type(fault).__name__}).", None))
