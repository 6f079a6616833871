"""Starts the programs that are measured, as they are started in production, and reads what they cost."""

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parent.parent.parent
WORKERS = 2
PATIENCE = 60
"""Seconds in which a server must answer."""
_TICK = os.sysconf("SC_CLK_TCK")


@dataclass(frozen=True, slots=True)
class Server:
    """A program that answers on a port of this machine, and its child processes."""

    port: int
    pid: int

    def family(self) -> list[int]:
        """The process with all that it started."""
        found = [self.pid]
        for pid in found:
            for thread in Path(f"/proc/{pid}/task").glob("*/children"):
                with suppress(OSError):
                    found += map(int, thread.read_text("ascii").split())
        return found

    def cpu(self) -> float:
        """Seconds of processor time it took so far, user and system, in all its processes (proc(5), stat)."""
        spent = 0.0
        for pid in self.family():
            fields = Path(f"/proc/{pid}/stat").read_text("ascii").rpartition(")")[2].split()
            spent += (int(fields[11]) + int(fields[12])) / _TICK
        return spent

    def spent(self) -> float:
        """Seconds of processor time that it took, and every child of it, also those that ended and were waited for."""
        spent = 0.0
        for pid in self.family():
            with suppress(OSError):
                fields = Path(f"/proc/{pid}/stat").read_text("ascii").rpartition(")")[2].split()
                spent += sum(map(int, fields[11:15])) / _TICK
        return spent

    def memory(self) -> int:
        """Resident bytes now, of all its processes (shared pages counted in each)."""
        return sum(_memory(pid, "VmRSS") for pid in self.family())

    def peak(self) -> int:
        """The sum of the most that each process held since `forget_peak`."""
        return sum(_memory(pid, "VmHWM") for pid in self.family())

    def forget_peak(self) -> None:
        """Begin to watch for the peak anew (proc(5), clear_refs)."""
        for pid in self.family():
            Path(f"/proc/{pid}/clear_refs").write_text("5", "ascii")


def free_port() -> int:
    """A port that nobody listens on."""
    with socket.socket() as door:
        door.bind(("127.0.0.1", 0))
        return int(door.getsockname()[1])


@contextmanager
def yardstick() -> Iterator[Server]:
    """The page of one line under `gunicorn -w 2`."""
    port = free_port()
    with running(
        "gunicorn", "-w", str(WORKERS), "-b", f"127.0.0.1:{port}", "bench.yardsticks.one_line_page:app", port=port
    ) as server:
        yield server


@contextmanager
def house(environment: dict[str, str]) -> Iterator[Server]:
    """Markwell under granian with two workers, as docs/operations.md starts it."""
    port = free_port()
    words = ("granian", "--interface", "wsgi", "--factory", "app:create_app", "--workers", str(WORKERS))
    with running(*words, "--port", str(port), "--log-level", "error", port=port, environment=environment) as server:
        yield server


@contextmanager
def running(program: str, *words: str, port: int = 0, environment: dict[str, str] | None = None) -> Iterator[Server]:
    """A program of the virtual environment; waits until it listens on `port`, and ends it."""
    path = Path(sys.executable).with_name(program)
    process = subprocess.Popen(
        [path, *words], cwd=ROOT, env=os.environ | (environment or {}), stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL, start_new_session=True,
    )  # fmt: skip
    try:
        if port:
            _wait(process, port)
        yield Server(port, process.pid)
    finally:
        process.send_signal(signal.SIGTERM)
        try:
            process.wait(PATIENCE)
        except subprocess.TimeoutExpired:
            os.killpg(process.pid, signal.SIGKILL)
            process.wait()


def _wait(process: "subprocess.Popen[bytes]", port: int) -> None:
    until = time.monotonic() + PATIENCE
    while time.monotonic() < until:
        if process.poll() is not None:
            raise RuntimeError(f"{process.args!r} ended with {process.returncode} before it answered.")
        with suppress(OSError), socket.create_connection(("127.0.0.1", port), 1):
            return
        time.sleep(0.05)
    raise RuntimeError(f"{process.args!r} does not answer.")


def _memory(pid: int, name: str) -> int:
    for line in Path(f"/proc/{pid}/status").read_text("ascii").splitlines():
        if line.startswith(name):
            return int(line.split()[1]) * 1024
    return 0
