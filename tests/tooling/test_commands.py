"""`python -m markwell` and `flask --app app` know the same commands, and loading one does not load the others."""

import subprocess
import sys
from pathlib import Path

import pytest
from flask import Flask

import markwell
from portfolio.foundation import terminal
from tests.units.texts import LEFT_LUGGAGE

pytestmark = pytest.mark.slow

ROOT = Path(__file__).resolve().parents[2]
DEAR = ("alembic", "exports", "flask_security", "flask_sqlalchemy", "sqlalchemy", "wtforms", "app")
"""What reading a unit has no use for."""
PAGES = ("app", "flask_security", "portfolio.people.views")
"""What commands that draw nothing have no use for."""


def test_both_programs_know_the_same_commands(app: Flask) -> None:
    assert {name: terminal.loaded(place) for name, place in markwell.COMMANDS.items()} == app.cli.commands


def test_a_house_is_opened_at_the_terminal_without_its_pages(tmp_path: Path) -> None:
    said = given(
        "db upgrade",
        "centre open --name Quay --number 7",
        "person register --name Ira --email ira@quay.example --role administrator",
        "centre change 7 --name Harbour",
        "person register --name Ben --email ben@quay.example --role assessor",
        "person invite ben@quay.example",
        "person shut ben@quay.example",
        "person open ben@quay.example",
        "person roles ben@quay.example --role assessor --role iqa",
        "units ship",
        "centre list",
        "audit verify",
        instance=tmp_path,
    )
    assert "Ben: IQA, assessor" in said
    assert "7\tHarbour" in said
    assert "7 Harbour: the records are what the log tells (2 people" in said
    assert said.splitlines()[-1] == "[]"


def given(*commands: str, instance: Path) -> str:
    """What `python -m markwell` says to commands that are given one after the other, and what it loaded of `PAGES`."""
    words = f"""import sys, markwell
for words in {commands}:
    markwell.Commands(create_app=markwell.house).main(words.split(), "markwell", standalone_mode=False)
print([each for each in {PAGES} if each in sys.modules])
"""
    environment = {"MARKWELL_INSTANCE": str(instance), "MARKWELL_SECRET": "0123456789abcdef" * 3}
    program = [sys.executable, "-c", words]
    done = subprocess.run(program, cwd=ROOT, env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return done.stdout


def test_reading_a_unit_loads_neither_web_nor_database(tmp_path: Path) -> None:
    text = tmp_path / "unit.txt"
    text.write_text(LEFT_LUGGAGE)
    words = f"import sys, markwell\ntry:\n markwell.main()\nfinally:\n print([n for n in {DEAR} if n in sys.modules])"
    done = subprocess.run(
        [sys.executable, "-c", words, "units", "read", str(text)], cwd=ROOT, capture_output=True, text=True, check=True
    )
    assert done.stdout.splitlines()[-1] == "[]"
    assert "lead-in: Award credit for" in done.stdout
