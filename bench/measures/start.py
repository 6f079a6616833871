"""How long commands take to start, against `import flask, sqlalchemy.orm`: seconds of processor, the least of some."""

import os
import resource
import subprocess
import sys
from collections.abc import Iterator

from bench.filled_centre.instances import House
from bench.programs.servers import ROOT
from bench.table import Line, judged

TURNS = 3
YARDSTICK = ("-c", "import flask, sqlalchemy.orm")
BARE, ELSE = 1.1, 1.7
"""Targets: for what needs neither web nor database, and for all else."""
STARTS = (
    ("units read", ("units", "read", "criteria/texts/CS-301.txt"), BARE),
    ("report --help", ("report", "--help"), ELSE),
    ("centre list", ("centre", "list"), ELSE),
    ("db upgrade", ("db", "upgrade"), ELSE),
)


def measured(house: House) -> Iterator[Line]:
    """A line for each command, by `python -m markwell`; and one by the program `flask`."""
    plain = _spent(house, *YARDSTICK)
    for name, words, most in STARTS:
        ratio = _spent(house, "-m", "markwell", *words) / plain
        yield _line(f"start, {name}", "python -m markwell", ratio, f"≤ {most} ×", judged(ratio <= most))
    ratio = _spent(house, "-m", "flask", "--app", "app", "centre", "list") / plain
    yield _line("start, centre list", "flask --app app", ratio)


def _line(what: str, program: str, ratio: float, *judgement: str) -> Line:
    return Line(what, program, "seconds of processor", f"{ratio:.2f} × import flask, sqlalchemy.orm", *judgement)


def _spent(house: House, *words: str) -> float:
    """Seconds of processor that a Python program takes at least."""
    return min(_once(house, words) for _ in range(TURNS))


def _once(house: House, words: tuple[str, ...]) -> float:
    kept = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    subprocess.run([sys.executable, *words], cwd=ROOT, env=kept | house.environment, capture_output=True, check=True)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
