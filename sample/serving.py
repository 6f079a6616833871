"""Runs the house in the foreground: the web server and the job worker, each a process of its own, ended together."""

import ctypes
import os
import signal
import socket
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from multiprocessing import get_context
from multiprocessing.connection import wait
from multiprocessing.context import ForkProcess
from urllib.error import URLError
from urllib.request import urlopen

from portfolio.foundation import commands
from portfolio.foundation.db import db
from portfolio.foundation.errors import Unavailable

HOST = "127.0.0.1"
THREADS = 64
"""Requests that are answered at the same time; a recording that plays takes one of them."""
LOOK = 0.05
"""Seconds between two looks whether the server answers."""
PATIENCE = 15
"""Seconds in which a process ends by itself when it is asked to."""
_DIE_WITH_PARENT = 1
"""PR_SET_PDEATHSIG, see prctl(2)."""

Say = Callable[[str], object]


def ensure_free(port: int) -> None:
    """Raises `Unavailable` when another program listens at `port` of this machine."""
    with socket.socket() as door:
        door.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            door.bind((HOST, port))
        except OSError as error:
            raise Unavailable(
                f"Port {port} cannot be used: {error.strerror}. Stop the program that has it, or choose another port: "
                f"PORT={port + 1} make demo"
            ) from error


def serve(port: int, *, say: Say) -> int:
    """Serve until Ctrl-C or SIGTERM; returns the exit code. Call it within the application's context.

    Processes are forked, so that what took seconds to load is not loaded again.
    """
    db.session.remove()
    db.engine.dispose()
    fork = get_context("fork")
    children = (
        fork.Process(target=_web, args=(port,), name="web server"),
        fork.Process(target=_worker, name="job worker"),
    )
    with _ending() as stop:
        try:
            return _run(children, port, stop, say)
        finally:
            _end(children)


@contextmanager
def _ending() -> Iterator[socket.socket]:
    """A socket that can be read from once Ctrl-C or SIGTERM has come.

    An exception out of a handler would be lost where Python ignores exceptions, for example in the middle of a fork.
    """
    heard, told = socket.socketpair()
    told.setblocking(False)
    for end in (signal.SIGINT, signal.SIGTERM):
        signal.signal(end, lambda *_: None)
    signal.set_wakeup_fd(told.fileno())
    yield heard
    signal.set_wakeup_fd(-1)


def _run(children: Sequence[ForkProcess], port: int, stop: socket.socket, say: Say) -> int:
    """The server first; the worker when pages are answered, for it takes long to load and nobody waits for it yet."""
    web, worker = children
    web.start()
    while not (ended := wait([web.sentinel, stop], LOOK)) and not _answers(port):
        pass
    if not ended:
        say(f"Markwell is at http://{HOST}:{port} (Ctrl-C stops it)")
        worker.start()
        ended = wait([web.sentinel, worker.sentinel, stop])
    if stop in ended:
        say("Stopping …")
        return 0
    for child in children:
        if child.pid is not None and child.sentinel in ended:
            child.join()
            say(f"The {child.name} ended by itself (exit code {child.exitcode}), so everything stops.")
    return 1


def _answers(port: int) -> bool:
    with suppress(URLError, OSError), urlopen(f"http://{HOST}:{port}/sign-in", timeout=PATIENCE) as answer:
        return bool(answer.status == 200)
    return False


def _end(children: Sequence[ForkProcess]) -> None:
    for child in children:
        if child.is_alive():
            child.terminate()
    for child in children:
        if child.pid is not None:
            child.join(PATIENCE)
        if child.is_alive():
            child.kill()


def _web(port: int) -> None:
    from granian.constants import Interfaces  # noqa: PLC0415 (only this process needs it)
    from granian.log import LogLevels  # noqa: PLC0415 (likewise)
    from granian.server import Server  # noqa: PLC0415 (likewise)

    _stand_alone()
    server = Server(
        "app:create_app",
        factory=True,
        address=HOST,
        port=port,
        interface=Interfaces.WSGI,
        blocking_threads=THREADS,
        log_level=LogLevels.error,
        respawn_failed_workers=True,
        respawn_interval=0.1,
        workers_kill_timeout=PATIENCE // 2,
    )
    server.serve()


def _worker() -> None:
    _stand_alone()
    commands.worker.main(args=[], prog_name="worker")


def _stand_alone() -> None:
    """Ctrl-C is the parent's business; whoever loses the parent ends too."""
    os.setsid()
    signal.set_wakeup_fd(-1)
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    ctypes.CDLL(None).prctl(_DIE_WITH_PARENT, signal.SIGTERM)
