"""The benchmark runs whole on tiny sizes, so that it is there when somebody wants to know."""

import subprocess
import sys
from pathlib import Path

import pytest

from bench.table import HEADS

ROOT = Path(__file__).parents[2]
SOON = ("start", "pages", "saves", "upload", "pictures", "siblings")
"""The parts that come to an end soon. The others have their workings tested where these are at home."""


@pytest.mark.slow
def test_the_bench_measures_everything_that_it_promises() -> None:
    words = [sys.executable, "-m", "bench", "--quick", "--only", *SOON]
    run = subprocess.run(words, cwd=ROOT, capture_output=True, text=True, check=False)
    assert run.returncode == 0, run.stderr
    head, _, *lines = run.stdout[run.stdout.index(HEADS[0] + "  ") :].splitlines()
    assert tuple(head.split()) == HEADS
    for what in (
        "start, units read",
        "start, centre list",
        "H: a Flask page of one line",
        "marking view  ",
        "marking view, growth",
        "queue  ",
        "queue, growth",
        "save of a verdict",
        "upload  ",
        "upload, memory",
        "page pictures",
        "siblings, by letters",
        "suggestions, by letters",
    ):
        assert any(line.startswith(what) for line in lines), f"no line about: {what}"
