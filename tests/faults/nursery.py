"""Loads a house once, then forks web servers and workers from itself, so that a restart costs a tenth of a second.

It is told on its standard input what to do, a line each, and answers each line with a process id:
`web PORT`, `worker NAME` start a program in a process group of its own, `kill ID` ends one without a farewell.
"""

import importlib
import os
import resource
import signal
import sys
from collections.abc import Callable
from typing import cast

from flask import Flask
from granian.constants import Interfaces
from granian.log import LogLevels
from granian.server import Server

from portfolio.foundation import commands
from portfolio.foundation.work import worker as engine

THREADS = 8
"""Requests that a web server answers at the same time."""
assert engine  # loaded here for all workers to come


def tend(house: str) -> None:
    """Do what the lines say until there are no more; then nobody who was started here lives on."""
    module, _, name = house.partition(":")
    create = cast("Callable[[], Flask]", getattr(importlib.import_module(module), name))
    alive: set[int] = set()
    try:
        for line in sys.stdin:
            word, rest = line.rstrip("\n").split(" ", 1)
            if word == "kill":
                told = int(rest)
                if told in alive:
                    alive.remove(told)
                    end(told)
            else:
                told = born(word, rest, house, create)
                alive.add(told)
            print(told, flush=True)  # noqa: T201
    finally:
        for child in alive:
            end(child)


def born(word: str, told: str, house: str, create: Callable[[], Flask]) -> int:
    """The process id of a new program, which leads a process group."""
    child = os.fork()
    if child:
        os.setpgid(child, child)
        return child
    try:
        os.setpgid(0, 0)
        os.dup2(os.open(os.devnull, os.O_RDONLY), 0)
        os.dup2(2, 1)
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
        if word == "web":
            serve(house, int(told))
        else:
            with create().app_context():
                commands.worker.main(args=["--name", told], prog_name="worker", standalone_mode=False)
    finally:
        os._exit(1)


def serve(house: str, port: int) -> None:
    """Be the web server that the product is served with."""
    server = Server(
        house,
        factory=True,
        address="127.0.0.1",
        port=port,
        interface=Interfaces.WSGI,
        blocking_threads=THREADS,
        log_level=LogLevels.error,
    )
    server.serve()


def end(child: int) -> None:
    """As a power cut ends a program, with every process it started."""
    os.killpg(child, signal.SIGKILL)
    os.waitpid(child, 0)


if __name__ == "__main__":
    tend(sys.argv[1])
