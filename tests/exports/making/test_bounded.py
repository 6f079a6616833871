"""Nothing waits for ever: a child that hangs is killed and its work done again, whoever died or was forked before."""

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from exports.typesetting import child as bounded
from exports.typesetting.child import Child, Limits, NotTypeset, Unanswered, again

pytestmark = pytest.mark.slow

ROOT = Path(__file__).parents[3]
HASTY = Limits(wall=5)


def answer(_tell: object) -> int:
    return 42


def stop(_tell: object, flag: Path | None = None) -> str:
    """Stand still for good; with a flag, only the first time."""
    if flag and flag.exists():
        return "done again"
    if flag:
        flag.touch()
    os.kill(os.getpid(), signal.SIGSTOP)
    return "went on"


def killed(_tell: object) -> None:
    os.kill(os.getpid(), signal.SIGKILL)


def heard(work: object, *given: object, limits: Limits = HASTY) -> object:
    with Child(work, *given, limits=limits) as child:
        return child.hear()


@pytest.fixture(autouse=True)
def server_at_hand():
    """Its loading counts for no child."""
    server()


def server() -> int:
    """The process id of the fork server."""
    assert heard(answer, limits=Limits()) == 42
    return int(bounded._server()._forkserver_pid)


def test_a_child_that_stands_still_is_killed_when_its_time_is_up():
    with pytest.raises(Unanswered, match="more than 5 seconds"):
        heard(stop)


def test_work_that_got_no_answer_is_done_again(tmp_path):
    assert again(lambda: heard(stop, tmp_path / "flag")) == "done again"


def test_a_child_that_somebody_kills_is_no_fault_of_the_document():
    with pytest.raises(Unanswered, match="broke down"):
        heard(killed)


def test_a_fork_server_that_died_is_begun_anew():
    os.kill(server(), signal.SIGKILL)
    assert heard(answer, limits=Limits()) == 42


def test_a_fork_server_that_hangs_is_killed_and_another_begun():
    first = server()
    os.kill(first, signal.SIGSTOP)
    with pytest.raises(NotTypeset, match="could not be started"):
        heard(answer)
    assert heard(answer, limits=Limits()) == 42
    assert server() != first


FORKED = """
import os, sys
from flask import Flask
from exports.typesetting import pdf
from exports.making.side_by_side import side_by_side

def both():
    pages = lambda number: len(pdf.typeset(f"<p>{number}", pictures={}))
    with Flask("house").app_context(), side_by_side(pages, [1, 2]) as outcome:
        return all(outcome(place) > 1000 for place in range(2))

assert both()
child = os.fork()
if not child:
    os._exit(0 if both() else 1)
assert os.waitpid(child, 0)[1] == 0
assert both()
"""


def test_a_process_that_was_forked_after_a_fork_server_was_begun_typesets_all_the_same():
    done = subprocess.run(
        [sys.executable, "-c", FORKED], check=False, cwd=ROOT, capture_output=True, text=True, timeout=300
    )
    assert done.returncode == 0, done.stderr
