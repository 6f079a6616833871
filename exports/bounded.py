"""Does a piece of work in a child process with bounds on its processor, memory and time, and talks with it."""

import gc
import multiprocessing
import os
import resource
import signal
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from multiprocessing.connection import Connection
from threading import BoundedSemaphore
from typing import Any, Self

from exports import fonts

ROOM_TO_ANSWER = 64_000_000
"""Bytes beyond the limit, for the child to say that it was reached."""
PRELOADED = ["exports.press", "flask.cli"]
"""What the server loads: the typesetter, and what every child would load anew with the program that it came from."""
_AT_WORK = BoundedSemaphore(len(os.sched_getaffinity(0)))
"""So many children are at work at once, one a processor, whoever asked for them."""
Answer = Callable[[object], Any]
"""Tells the parent something and returns what it says to it."""


class NotTypeset(Exception):
    """A document was given up; the message is the reason, in words for the reader."""


@dataclass(frozen=True, slots=True)
class Limits:
    """What one document, or one part of a long one, may cost."""

    cpu: int = 120
    """Seconds of processor."""
    memory: int = 2_000_000_000
    """Bytes of address space."""
    wall: float = 180
    """Seconds of waiting."""


class Child:
    """A process that does `work(tell, *given)`; `work` is a function of a module.

    It is forked from a server that has loaded the typesetter once (about 40 ms). Whatever `work` tells, and what it
    returns, is heard one by one; between two of these it waits for an answer.
    """

    begun = 0
    """How many were ever begun in this process."""

    def __init__(self, work: Callable[..., object], *given: object, limits: Limits) -> None:
        context = multiprocessing.get_context("forkserver")
        context.set_forkserver_preload(PRELOADED)
        fonts.configure()
        self._limits = limits
        self._ours, self._theirs = context.Pipe()
        self._process = context.Process(target=_work, args=(self._theirs, limits, work, given), daemon=True)
        self._began = False

    def hear(self, answer: object = None) -> Any:
        """Let it work, on `answer` when it waits for one, until it tells something. Raises `NotTypeset`."""
        with _AT_WORK:
            if self._began:
                with suppress(BrokenPipeError):
                    self._ours.send(answer)
            else:
                self._process.start()
                self._theirs.close()
                self._began = True
                Child.begun += 1
            try:
                return self._heard()
            except (EOFError, ConnectionResetError):
                raise NotTypeset(f"The typesetter {self._end()}.") from None

    def _heard(self) -> Any:
        if not self._ours.poll(self._limits.wall):
            raise NotTypeset(f"The typesetter took more than {self._limits.wall:g} seconds.")
        reason, told = self._ours.recv()
        if reason:
            raise NotTypeset(reason)
        return told

    def _end(self) -> str:
        self._process.join(self._limits.wall)
        spent = self._process.exitcode == -signal.SIGXCPU
        return (
            f"took more than {self._limits.cpu} seconds of processor"
            if spent
            else (f"broke down ({self._process.exitcode})")
        )

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        if self._began:
            self._process.kill()
            self._process.join()
        self._ours.close()


def _work(parent: Connection, limits: Limits, work: Callable[..., object], given: tuple[object, ...]) -> None:
    """What the child does: bound itself, work, answer (reason, what it made)."""
    resource.setrlimit(resource.RLIMIT_CPU, (limits.cpu, limits.cpu + 2))
    resource.setrlimit(resource.RLIMIT_AS, (limits.memory, limits.memory + ROOM_TO_ANSWER))
    gc.disable()

    def tell(something: object) -> Any:
        parent.send(("", something))
        return parent.recv()

    try:
        parent.send(("", work(tell, *given)))
    except MemoryError:
        resource.setrlimit(resource.RLIMIT_AS, (limits.memory + ROOM_TO_ANSWER,) * 2)
        parent.send((f"The typesetter needed more than {limits.memory // 1_000_000:,} MB of memory.", None))
    except Exception as fault:  # noqa: BLE001 (whatever it is, the parent must hear of it)
        parent.send((f"The typesetter failed: {type(fault).__name__}: {fault}"[:300], None))
