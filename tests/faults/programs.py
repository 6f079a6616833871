"""Real servers and workers that tests start and kill."""

import http.client
import os
import signal
import socket
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from flask import Flask

ROOT = Path(__file__).parent.parent.parent
HOUSE = "tests.faults.house:create"


def environment(app: Flask) -> dict[str, str]:
    """What a program needs to know to work in the same house."""
    config = app.extensions["markwell"]
    return os.environ | {
        "MARKWELL_INSTANCE": str(config.instance),
        "MARKWELL_DATABASE": config.database,
        "MARKWELL_SECRET": config.secret,
        "MARKWELL_HTTPS": "0",
        "PYTHONPATH": str(ROOT),
    }


def free_port() -> int:
    """A port that nobody listens at."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextmanager
def running(app: Flask, *command: str) -> Iterator[subprocess.Popen[bytes]]:
    """A program of the house; at the end it is killed (SIGKILL), with every process it started."""
    child = subprocess.Popen([sys.executable, "-m", *command], cwd=ROOT, env=environment(app), start_new_session=True)
    try:
        yield child
    finally:
        kill(child)


def kill(child: subprocess.Popen[bytes]) -> None:
    """No farewell: as a power cut ends a process."""
    if child.poll() is None:
        os.killpg(child.pid, signal.SIGKILL)
    child.wait()


@contextmanager
def serving(app: Flask, port: int) -> Iterator[subprocess.Popen[bytes]]:
    """The web server, ready to answer."""
    options = ("--interface", "wsgi", "--factory", "--port", str(port), "--log-level", "error", HOUSE)
    with running(app, "granian", *options) as child:
        until(lambda: answers(port))
        yield child


@contextmanager
def working(app: Flask, name: str = "") -> Iterator[subprocess.Popen[bytes]]:
    """A worker."""
    with running(app, "flask", "--app", HOUSE, "worker", "--name", name) as child:
        yield child


def take_over(app: Flask, name: str) -> None:
    """Say that a worker will not come back."""
    command = [sys.executable, "-m", "flask", "--app", HOUSE, "jobs", "take-over", name]
    subprocess.run(command, cwd=ROOT, env=environment(app), check=True)


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


def until(reached: Callable[[], bool]) -> None:
    """Wait for something that must come; two minutes at most, so that a fault ends the test."""
    for _ in range(6000):
        if reached():
            return
        threading.Event().wait(0.02)
    pytest.fail("what had to come did not come in two minutes")
