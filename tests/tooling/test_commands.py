"""`python -m markwell` and `flask --app app` know the same commands, and loading one does not load the others."""

import re
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


@pytest.mark.parametrize("program", [("markwell",), ("flask", "--app", "app")])
def test_only_commands_of_ours_are_listed(program: tuple[str, ...], tmp_path: Path) -> None:
    environment = {"MARKWELL_INSTANCE": str(tmp_path)}
    words = [sys.executable, "-m", *program, "--help"]
    said = subprocess.run(words, cwd=ROOT, env=environment, capture_output=True, text=True, check=True).stdout
    listed = re.findall(r"^  ([a-z]+) ", said.partition("Commands:\n")[2], re.MULTILINE)
    assert listed == sorted(markwell.COMMANDS)


def test_of_the_commands_about_tables_those_of_every_day_are_listed(app: Flask) -> None:
    listed = app.test_cli_runner().invoke(terminal.loaded(markwell.COMMANDS["db"]), ["--help"]).output
    assert re.findall(r"^  ([a-z-]+) ", listed.partition("Commands:\n")[2], re.MULTILINE) == ["current", "upgrade"]


def test_a_link_is_a_full_address_or_nobody_is_registered(tmp_path: Path) -> None:
    environment = {"MARKWELL_INSTANCE": str(tmp_path), "MARKWELL_SECRET": "0123456789abcdef" * 3}
    program = [sys.executable, "-m", "markwell"]
    ira = ["person", "register", "--name", "Ira", "--email", "ira@quay.example", "--role", "administrator"]
    for words in (["db", "upgrade"], ["centre", "open", "--name", "Quay", "--number", "7"]):
        subprocess.run([*program, *words], cwd=ROOT, env=environment, capture_output=True, check=True)
    refused = subprocess.run([*program, *ira], cwd=ROOT, env=environment, capture_output=True, text=True, check=False)
    assert refused.returncode == 1
    assert refused.stderr.startswith("Error: MARKWELL_ADDRESS is missing")
    environment["MARKWELL_ADDRESS"] = "https://quay.example"
    taken = subprocess.run([*program, *ira], cwd=ROOT, env=environment, capture_output=True, text=True, check=True)
    assert "\nhttps://quay.example/join/" in taken.stdout


def given(*commands: str, instance: Path) -> str:
    """What `python -m markwell` says to commands that are given one after the other, and what it loaded of `PAGES`."""
    words = f"""import sys, markwell
for words in {commands}:
    markwell.Commands(create_app=markwell.house).main(words.split(), "markwell", standalone_mode=False)
print([each for each in {PAGES} if each in sys.modules])
"""
    environment = {"MARKWELL_INSTANCE": str(instance), "MARKWELL_SECRET": "0123456789abcdef" * 3}
    environment["MARKWELL_ADDRESS"] = "https://quay.example"
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
