"""Does a piece of work in a child process with bounds on its processor, memory and time, and talks with it."""

import gc
import multiprocessing
import os
import resource
import signal
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from functools import cache
from multiprocessing import forkserver
from multiprocessing.connection import Connection
from threading import BoundedSemaphore, Timer
from typing import Any, Self, TypeVar

from exports.typesetting import fonts
from portfolio.foundation.words.sizes import filesize

R = TypeVar("R")
ROOM_TO_ANSWER = 64_000_000
"""Bytes beyond the limit, for the child to say that it was reached."""
PRELOADED = ["exports.typesetting.warm_up", "flask.cli"]
"""What the server loads: the typesetter, and what every child would load anew with the program that it came from."""
Answer = Callable[[object], Any]
"""Tells the parent something and returns what it says to it."""
STARTS = 3
"""Times that a child is begun, where the fork server dies of it or is not there."""
TURN = 60 * 60
"""Seconds that a child may wait for a processor that is free."""
FAREWELL = 10
"""Seconds in which a child that was killed is gone."""


class NotTypeset(Exception):
    """A document was given up; the message is the reason, in words for the reader."""


class Unanswered(NotTypeset):
    """A child gave no answer, and that need not be the document's fault; see `again`."""


def again(deed: Callable[[], R]) -> R:
    """`deed()`, and once more where no answer came to it. Raises `NotTypeset`."""
    try:
        return deed()
    except Unanswered:
        return deed()


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
        self._began = self._late = False

    def hear(self, answer: object = None) -> Any:
        """Let it work, on `answer` when it waits for one, until it tells something.

        However it hangs, and whatever it waits for, it is killed after `Limits.wall` seconds. Raises `NotTypeset` with
        its reason, `Unanswered` where it could not be started, was killed, or its time was up.
        """
        with _turn(), self._watched():
            try:
                if self._began:
                    with suppress(BrokenPipeError):
                        self._ours.send(answer)
                else:
                    self._begin()
                reason, told = self._ours.recv()
            except (EOFError, ConnectionResetError):
                raise self._ended() from None
        if reason:
            raise NotTypeset(reason)
        return told

    @contextmanager
    def _watched(self) -> Iterator[None]:
        clock = Timer(self._limits.wall, self._give_up)
        clock.daemon = True
        clock.start()
        try:
            yield
        finally:
            clock.cancel()

    def _give_up(self) -> None:
        """End it from outside; where it has not even begun, the server that should fork it."""
        self._late = True
        if self._process.pid is None:
            end_server(_server()._forkserver_pid)
        else:
            self._process.kill()

    def _begin(self) -> None:
        for tries_left in reversed(range(STARTS)):
            known = _server()._forkserver_pid
            try:
                self._process.start()
            except (EOFError, OSError) as fault:
                if self._late or not tries_left:
                    raise Unanswered(f"The typesetter could not be started ({type(fault).__name__}).") from fault
                end_server(known)
            else:
                break
        self._theirs.close()
        self._began = True
        Child.begun += 1

    def _ended(self) -> NotTypeset:
        """Why it ended before it told anything."""
        if self._late:
            return Unanswered(f"The typesetter took more than {self._limits.wall:g} seconds.")
        self._process.join(FAREWELL)
        if self._process.exitcode == -signal.SIGXCPU:
            return NotTypeset(f"The typesetter took more than {self._limits.cpu} seconds of processor.")
        kind = Unanswered if self._process.exitcode == -signal.SIGKILL else NotTypeset
        return kind(f"The typesetter broke down ({self._process.exitcode}).")

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        if self._began:
            self._process.kill()
            self._process.join(FAREWELL)
            if self._process.is_alive():
                end_server(_server()._forkserver_pid)
        self._theirs.close()
        self._ours.close()


@cache
def _at_work() -> BoundedSemaphore:
    """So many children are at work at once, one a processor, whoever asked for them."""
    return BoundedSemaphore(len(os.sched_getaffinity(0)))


@contextmanager
def _turn() -> Iterator[None]:
    hands = _at_work()
    if not hands.acquire(timeout=TURN):
        raise Unanswered("The typesetter had no processor free for an hour.")
    try:
        yield
    finally:
        hands.release()


def _server() -> Any:
    """This process's own view of its fork server; the library has no public name for it."""
    return forkserver._forkserver


def end_server(pid: int | None) -> None:
    """Kill the fork server of that id, where it is still this process's; the next child begins another."""
    server = _server()
    with server._lock:
        if pid is None or server._forkserver_pid != pid:
            return
        with suppress(ChildProcessError):
            if os.waitpid(pid, os.WNOHANG) == (0, 0):
                os.kill(pid, signal.SIGKILL)
                os.waitpid(pid, 0)
        os.close(server._forkserver_alive_fd)
        server._forkserver_address = server._forkserver_alive_fd = server._forkserver_pid = None


def _begin_anew() -> None:
    """In a process that was just forked: the fork server is the parent's child, and the turns are its threads'."""
    server = _server()
    alive = server._forkserver_alive_fd
    server.__init__()
    if alive is not None:
        os.close(alive)
    _at_work.cache_clear()


os.register_at_fork(after_in_child=_begin_anew)


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
    except NotTypeset as reason:
        parent.send((str(reason), None))
    except MemoryError:
        resource.setrlimit(resource.RLIMIT_AS, (limits.memory + ROOM_TO_ANSWER,) * 2)
        parent.send((f"The typesetter needed more than {filesize(limits.memory)} of memory.", None))
    except Exception as fault:  # noqa: BLE001 (whatever it is, the parent must hear of it)
        parent.send((f"The typesetter failed: {type(fault).__name__}: {fault}"[:300], None))
