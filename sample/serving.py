"""Runs the house in the foreground: the web server and the job worker, each a program of its own, ended together."""

import os
import signal
import socket
import subprocess
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from multiprocessing.connection import wait
from pathlib import Path
from urllib.error import URLError
from urllib.request import urlopen

from portfolio.foundation.errors import Unavailable
from portfolio.foundation.settings import current
from sample import ends_with_parent

HOST = "127.0.0.1"
THREADS = 64
"""Requests that are answered at the same time; a recording that plays takes one of them."""
LOOK = 0.05
"""Seconds between two looks whether the server answers."""
PATIENCE = 15
"""Seconds in which a program ends by itself when it is asked to."""
ROOT = Path(__file__).parents[1]
WEB = (
    "granian", "--interface", "wsgi", "--factory", "app:create_app",
    "--blocking-threads", str(THREADS), "--log-level", "error", "--respawn-failed-workers",
    "--respawn-interval", "0.1", "--workers-kill-timeout", str(PATIENCE // 2),
)  # fmt: skip
"""The web server as docs/operations.md has it, within the demo's bounds."""
WORKER = ("flask", "--app", "app", "worker")

Say = Callable[[str], object]


@dataclass
class Program:
    """A program that ends with this one and is not sent Ctrl-C; `start` begins it."""

    name: str
    arguments: Sequence[str]
    address: str
    """Where the house is found."""
    process: "subprocess.Popen[bytes] | None" = field(default=None, init=False)
    sentinel: int = field(default=-1, init=False)
    """Can be read from once the program has ended."""

    def start(self) -> None:
        """Begin it: loaded anew, with nothing of this process in it."""
        command = [sys.executable, ends_with_parent.__file__, str(os.getpid()), sys.executable, "-m", *self.arguments]
        self.process = subprocess.Popen(command, start_new_session=True, env=_surroundings(self.address))  # noqa: S603 (ours)
        self.sentinel = os.pidfd_open(self.process.pid)

    def end(self) -> None:
        """Wait `PATIENCE` seconds until it has ended, then kill it."""
        if self.process is None:
            return
        try:
            self.process.wait(PATIENCE)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()
        os.close(self.sentinel)


def ensure_free(port: int, host: str = HOST) -> None:
    """Raises `Unavailable` when another program listens at `port`, or `host` is no address of this machine."""
    with socket.socket() as door:
        door.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            door.bind((host, port))
        except OSError as error:
            raise Unavailable(
                f"Port {port} cannot be used: {error.strerror}. Stop the program that has it, or choose another port: "
                f"PORT={port + 1} make demo"
            ) from error


def serve(port: int, host: str = HOST, *, say: Say) -> int:
    """Serve until Ctrl-C or SIGTERM; returns the exit code. Call it within the application's context.

    The programs are those that run in production. Nothing is forked: this process has threads and a fork server, which
    a fork would have without their being there.
    """
    address = os.environ.get("MARKWELL_ADDRESS") or f"http://{_named(host)}:{port}"
    web = Program("web server", [*WEB, "--host", host, "--port", str(port)], address)
    worker = Program("job worker", WORKER, address)
    with _ending() as stop:
        try:
            return _run((web, worker), f"http://{_named(host, here=True)}:{port}", stop, say)
        finally:
            for program in (web, worker):
                if program.process:
                    program.process.terminate()
            for program in (web, worker):
                program.end()


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


def _named(host: str, *, here: bool = False) -> str:
    """How browsers name where it listens: this machine's own name for all of its addresses, unless they are `here`."""
    if host in ("0.0.0.0", "::"):  # noqa: S104 (asked for)
        return HOST if here else socket.gethostname()
    return f"[{host}]" if ":" in host else host


def _run(programs: tuple[Program, Program], here: str, stop: socket.socket, say: Say) -> int:
    """The server first; the worker when pages are answered, for it takes long to load and nobody waits for it yet."""
    web, worker = programs
    web.start()
    while not (ended := wait([web.sentinel, stop], LOOK)) and not _answers(here):
        pass
    if not ended:
        say(f"Markwell is at {web.address} (Ctrl-C stops it)")
        worker.start()
        ended = wait([web.sentinel, worker.sentinel, stop])
    if stop in ended:
        say("Stopping …")
        return 0
    for program in programs:
        if program.process and program.sentinel in ended:
            say(f"The {program.name} ended by itself (exit code {program.process.wait()}), so everything stops.")
    return 1


def _answers(here: str) -> bool:
    with suppress(URLError, OSError), urlopen(f"{here}/sign-in", timeout=PATIENCE) as answer:  # noqa: S310 (ours)
        return bool(answer.status == 200)
    return False


def _surroundings(address: str) -> dict[str, str]:
    """The environment of a program, which finds our modules and the same instance from any folder."""
    path = os.pathsep.join(filter(None, (str(ROOT), os.environ.get("PYTHONPATH"))))
    told = {"MARKWELL_INSTANCE": str(current().instance), "MARKWELL_DEMO": "1", "MARKWELL_ADDRESS": address}
    return os.environ | {"PYTHONPATH": path} | told
