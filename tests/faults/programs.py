"""Real servers and workers that tests start and kill; each lives in a house that a nursery has loaded."""

import http.client
import itertools
import os
import random
import socket
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from subprocess import PIPE

import pytest
from flask import Flask

FIRST, EACH = 27_000, 300
"""Below those that the kernel gives to whoever connects; so many for each process of a run."""
_turns = itertools.count(random.SystemRandom().randrange(EACH))
ROOT = Path(__file__).parent.parent.parent
SMALL_HOUSE = "tests.faults.house:create"
WHOLE_HOUSE = "app:create_app"


class Nursery:
    """Where programs of one house are started and killed; what they say is in the file `said`."""

    def __init__(self, child: "subprocess.Popen[str]", said: Path) -> None:
        self.child, self.said = child, said

    def start(self, word: str, told: object) -> int:
        """The process id of a new `web` server at a port, or of a new `worker` of a name."""
        return self._tell(f"{word} {told}")

    def kill(self, program: int) -> None:
        """No farewell (SIGKILL), neither for the program nor for any process that it started."""
        self._tell(f"kill {program}")

    def _tell(self, line: str) -> int:
        assert self.child.stdin
        assert self.child.stdout
        self.child.stdin.write(line + "\n")
        self.child.stdin.flush()
        answer = self.child.stdout.readline()
        assert answer, f"the nursery ended: {self.said.read_text()[-2000:]}"
        return int(answer)


@contextmanager
def nursery(app: Flask, house: str = SMALL_HOUSE) -> Iterator[Nursery]:
    """A nursery for programs that share a house with `app`; at the end all of them are killed."""
    said = app.extensions["markwell"].instance / "said"
    command, told = [sys.executable, "-m", "tests.faults.nursery", house], environment(app)
    with (
        said.open("w") as log,
        subprocess.Popen(command, cwd=ROOT, env=told, stdin=PIPE, stdout=PIPE, stderr=log, text=True) as child,
    ):
        yield Nursery(child, said)


def environment(app: Flask) -> dict[str, str]:
    """What a program needs to know to work in the same house; compiled modules are kept, to start quickly."""
    config = app.extensions["markwell"]
    told = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    return told | {
        "MARKWELL_INSTANCE": str(config.instance),
        "MARKWELL_DATABASE": config.database,
        "MARKWELL_SECRET": config.secret,
        "MARKWELL_FILES": config.bucket,
        "MARKWELL_HTTPS": "0",
        "PYTHONPATH": str(ROOT),
        "PYTHONPYCACHEPREFIX": str(ROOT / ".pytest_cache" / "compiled"),
    }


def free_port() -> int:
    """A port of the loopback that nobody listens at: another one for each process of a run, and at each call."""
    mine = FIRST + EACH * (int(os.environ.get("PYTEST_XDIST_WORKER", "gw0").removeprefix("gw")) % 16)
    for turn in itertools.islice(_turns, 10 * EACH):
        with socket.socket() as probe, suppress(OSError):
            probe.bind(("127.0.0.1", mine + turn % EACH))
            return mine + turn % EACH
    raise AssertionError("There is no free port.")


@contextmanager
def serving(home: Nursery, port: int) -> Iterator[int]:
    """The web server, ready to answer; killed at the end."""
    program = home.start("web", port)
    try:
        until(lambda: answers(port))
        yield program
    finally:
        home.kill(program)


@contextmanager
def working(home: Nursery, name: str = "") -> Iterator[int]:
    """A worker; killed at the end."""
    program = home.start("worker", name)
    try:
        yield program
    finally:
        home.kill(program)


def answers(port: int) -> bool:
    """Whether a web server answers at a port, whatever it says."""
    line = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
    try:
        line.request("HEAD", "/")
        line.getresponse()
    except (OSError, http.client.HTTPException):
        return False
    finally:
        line.close()
    return True


def until(reached: Callable[[], object]) -> None:
    """Wait for something that must come; ten minutes at most, so that a fault ends the test."""
    for _ in range(60_000):
        if reached():
            return
        threading.Event().wait(0.01)
    pytest.fail("what had to come did not come in ten minutes")
