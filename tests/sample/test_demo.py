"""The demo does the main job, serves, and stops when it is told to."""

import os
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.request import urlopen

import pytest

from exports import verify

pytestmark = pytest.mark.slow

ROOT = Path(__file__).parents[2]
PATIENCE = 600
"""Seconds after which a demo on a busy machine counts as stuck."""
ENDS = [pytest.param(signal.SIGINT, id="Ctrl-C"), pytest.param(signal.SIGTERM, id="SIGTERM")]


@pytest.fixture(scope="module")
def instance(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("instance")


def free_port() -> int:
    with socket.socket() as door:
        door.bind(("127.0.0.1", 0))
        return int(door.getsockname()[1])


@contextmanager
def demo(instance: Path, port: int) -> Iterator[subprocess.Popen[str]]:
    """`flask demo` in a session of its own, ended whatever happens."""
    surroundings = os.environ | {"MARKWELL_DEMO": "1", "MARKWELL_INSTANCE": str(instance), "PORT": str(port)}
    command = [sys.executable, "-m", "flask", "--app", "app", "demo"]
    streams = {"stdout": subprocess.PIPE, "stderr": subprocess.STDOUT, "text": True}
    with subprocess.Popen(command, cwd=ROOT, env=surroundings, start_new_session=True, **streams) as process:
        try:
            yield process
        finally:
            process.terminate()
            process.wait(PATIENCE)


def told_until(process: subprocess.Popen[str], words: str) -> list[str]:
    """What the demo says, up to the line with these words."""
    assert process.stdout
    lines = []
    for line in process.stdout:
        lines.append(line.rstrip())
        if words in line:
            return lines
    raise AssertionError("\n".join(["the demo ended early:", *lines]))


def answers(port: int) -> bool:
    try:
        with urlopen(f"http://127.0.0.1:{port}/sign-in", timeout=PATIENCE) as page:
            return page.status == 200
    except OSError:
        return False


@pytest.mark.parametrize("end", ENDS)
def test_the_demo_makes_proof_that_holds_then_serves_and_stops(instance: Path, end: signal.Signals) -> None:
    port = free_port()
    with demo(instance, port) as process:
        told = told_until(process, f"http://127.0.0.1:{port}")
        assert answers(port)
        process.send_signal(end)
        rest = process.communicate(timeout=PATIENCE)[0]
        assert process.returncode == 0
    assert "Traceback" not in "\n".join([*told, rest])
    assert not answers(port)
    for name in ("evidence-report.pdf", "audit-pack.zip"):
        assert verify.check(instance / "demo" / name).holds, name


def test_a_taken_port_is_named_in_one_sentence(tmp_path: Path) -> None:
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = other.getsockname()[1]
        with demo(tmp_path, port) as process:
            said = process.communicate(timeout=PATIENCE)[0]
    assert process.returncode == 1
    assert said.count("\n") == 1
    assert f"Port {port} cannot be used" in said
