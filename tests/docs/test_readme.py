"""The README's and the documents' promises about commands, tables and settings."""

import re
import subprocess
from dataclasses import fields
from pathlib import Path

from portfolio.assessment.lifecycle import TABLE
from portfolio.foundation.settings import Settings

ROOT = Path(__file__).parents[2]
README = (ROOT / "README.md").read_text()
OPERATIONS = (ROOT / "docs" / "operations.md").read_text()


def test_the_lifecycle_in_the_readme_is_the_one_in_the_code():
    shown = README.split("<!-- lifecycle -->")[1].split("<!-- /lifecycle -->")[0]
    rows = {tuple(cell.strip() for cell in line.strip("|\n").split("|")) for line in shown.strip().splitlines()[2:]}
    assert rows == {(str(step), str(role), str(state), str(after)) for (state, step), (role, after) in TABLE.items()}


def test_every_make_target_that_is_named_exists():
    named = set(re.findall(r"^(?:PORT=\S+ )?make (\w+)", README, re.MULTILINE)) | set(
        re.findall(r"`make (\w+)`", README)
    )
    assert {"demo", "test"} <= named
    for target in named:
        told = subprocess.run(["make", "-n", target], cwd=ROOT, capture_output=True, text=True, check=False)
        assert told.returncode == 0, told.stderr


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
