"""`python -m markwell` and `flask --app app` know the same commands, and loading one does not load the others."""

import subprocess
import sys
from pathlib import Path

from flask import Flask

import markwell
from portfolio.foundation import terminal
from tests.units.texts import LEFT_LUGGAGE

ROOT = Path(__file__).resolve().parents[2]
DEAR = ("alembic", "exports", "flask_security", "flask_sqlalchemy", "sqlalchemy", "wtforms", "app")
"""What reading a unit has no use for."""


def test_both_programs_know_the_same_commands(app: Flask) -> None:
    assert {name: terminal.loaded(place) for name, place in markwell.COMMANDS.items()} == app.cli.commands


def test_reading_a_unit_loads_neither_web_nor_database(tmp_path: Path) -> None:
    text = tmp_path / "unit.txt"
    text.write_text(LEFT_LUGGAGE)
    words = f"import sys, markwell\ntry:\n markwell.main()\nfinally:\n print([n for n in {DEAR} if n in sys.modules])"
    done = subprocess.run(
        [sys.executable, "-c", words, "units", "read", str(text)], cwd=ROOT, capture_output=True, text=True, check=True
    )
    assert done.stdout.splitlines()[-1] == "[]"
    assert "lead-in: Award credit for" in done.stdout
