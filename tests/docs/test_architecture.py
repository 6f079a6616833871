"""docs/architecture.md names places that exist, and says of a dozen changes where they are made."""

import re
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
TEXT = (ROOT / "docs" / "architecture.md").read_text("utf-8")
STARTS = ("", "portfolio/", "static/source/", "tests/")
"""Folders that a path may leave out where its sentence is about one of them."""


def is_there(path: str) -> bool:
    return any((ROOT / start / path).exists() for start in STARTS)


def test_over_a_dozen_changes_are_found_and_each_names_files_that_exist() -> None:
    changes = re.findall(r"^\| … (.+?) \| (.+) \|$", TEXT, re.MULTILINE)
    assert len(changes) > 12
    for change, files in changes:
        named = [one for one in re.findall(r"`([^`]+)`", files) if "/" in one or one.endswith(".md")]
        assert named, change
        assert [one for one in named if not (ROOT / one).exists()] == [], change


def test_every_path_in_the_text_is_one_of_ours() -> None:
    named = set(re.findall(r"`((?:[\w.-]+/)+[\w.-]*)`", TEXT))
    assert len(named) > 30
    kept = "instance/"  # what an installation keeps, and no clone has
    assert sorted(one for one in named if not is_there(one) and not one.startswith(kept)) == []
