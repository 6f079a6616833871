"""The README's and the documents' promises about commands, tables and settings."""

import os
import re
import shutil
import subprocess
import sys
from dataclasses import fields
from pathlib import Path

import pytest

from portfolio.assessment.lifecycle import TABLE
from portfolio.foundation import keys
from portfolio.foundation.settings import Settings

ROOT = Path(__file__).parents[2]
README = (ROOT / "README.md").read_text()
OPERATIONS = (ROOT / "docs" / "operations.md").read_text()


def test_the_lifecycle_in_the_readme_is_the_one_in_the_code():
    shown = README.split("<!-- lifecycle -->")[1].split("<!-- /lifecycle -->")[0]
    rows = {tuple(cell.strip() for cell in line.strip("|\n").split("|")) for line in shown.strip().splitlines()[2:]}
    assert rows == {
        (str(step), str(role), str(state), str(after))
        for (state, step), (roles, after) in TABLE.items()
        for role in roles
    }


def test_every_key_that_is_named_is_that_of_the_table():
    """Behind a key its deed stands in brackets: `<kbd>J</kbd> (next point)`."""
    known = {(row.deed, row.caps[0]) for group in keys.groups() for row in group.rows}
    named = []
    for page in (ROOT / "README.md", *(ROOT / "docs").rglob("*.md")):
        for caps, deed in re.findall(r"((?:<kbd>[^<]+</kbd>)+)(?:\s+\(([^)]+)\))?", page.read_text()):
            named.append((" ".join(deed.split()), tuple(re.findall(r"<kbd>([^<]+)</kbd>", caps))))
    assert "all keys" in dict(named)
    assert [one for one in named if one not in known] == []


def test_every_make_target_that_is_named_exists():
    named = set(re.findall(r"^(?:PORT=\S+ )?make (\w+)", README, re.MULTILINE)) | set(
        re.findall(r"`make (\w+)`", README)
    )
    assert {"demo", "test"} <= named
    for target in named:
        told = subprocess.run(["make", "-n", target], cwd=ROOT, capture_output=True, text=True, check=False)
        assert told.returncode == 0, told.stderr


@pytest.mark.slow
def test_every_command_that_is_shown_runs_as_it_stands(sample_instance: Path, tmp_path: Path) -> None:
    for part in (
        "app.py",
        "criteria",
        "exports",
        "portfolio",
        "sample",
        "static",
        "templates",
        "migrations",
        "node_modules",
    ):
        (tmp_path / part).symlink_to(ROOT / part)
    (tmp_path / ".venv").symlink_to(sys.prefix)
    shutil.copytree(sample_instance, tmp_path / "instance")
    shown = [
        line
        for block in re.findall(r"^```sh\n(.*?)^```", README, re.MULTILINE | re.DOTALL)
        for line in block.splitlines()
    ]
    commands = [line for line in shown if not line.startswith("make ")]
    assert len(commands) >= 6
    plain = {name: value for name, value in os.environ.items() if not name.startswith("MARKWELL_")}
    for command in commands:
        told = subprocess.run(
            ["sh", "-c", command], cwd=tmp_path, env=plain, capture_output=True, text=True, check=False
        )
        assert told.returncode == 0, f"{command}\n{told.stderr}"


def test_every_link_in_the_documents_leads_somewhere():
    for page in (ROOT / "README.md", *(ROOT / "docs").rglob("*.md")):
        for target in re.findall(r"\]\((?!https?:)([^)#]+)", page.read_text()):
            assert (page.parent / target).exists(), f"{page.name} names {target}"


def test_every_setting_that_is_read_is_described():
    source = (ROOT / "portfolio" / "foundation" / "settings.py").read_text()
    read = set(re.findall(r"MARKWELL_[A-Z_]+", source))
    described = set(re.findall(r"^\| `(MARKWELL_[A-Z_]+)`", OPERATIONS, re.MULTILINE))
    assert read == described
    assert len(fields(Settings)) == len(described)
