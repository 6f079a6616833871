"""A fact has one home: what is written down twice is changed once."""

import re
from pathlib import Path

import pytest

from portfolio.assessment.rules import VACSR, Verdict
from tests.architecture.source import PRODUCT, ROOT, modules

ALONE = {"exports/verify.py"}
"""Runs on another machine, without the rest."""


@pytest.mark.parametrize("word", [Verdict.PARTLY, Verdict.NOT_MET])
def test_verdicts_are_named_by_one_enumeration(word: str) -> None:
    naming = re.compile(rf"""["'(]{word}["')]""")
    assert places(naming) == {"portfolio/assessment/rules.py"}


def test_what_evidence_must_be_is_listed_once() -> None:
    listing = re.compile(r"""["']valid["'],\s*["']authentic["']""")
    assert places(listing) == {"portfolio/assessment/rules.py"}


def test_no_room_turns_bytes_into_megabytes_by_itself() -> None:
    dividing = re.compile(r"/ ?(?:1e[369]|1_?000(?:_?000)*|1024(?: ?\*\* ?[23])?)\b[^\n]*\b[kMG]B\b")
    assert places(dividing) == set()


def test_scripts_know_the_verdicts_of_the_server() -> None:
    told = (ROOT / "static/source/scripts/marking/verdict-words.ts").read_text("utf-8")
    assert re.findall(r'export const \w+ = "([^"]+)";', told) == list(Verdict)
    assert len(VACSR) == len(set(VACSR)) == 5


def places(naming: re.Pattern[str]) -> set[str]:
    """Files of the product that say it: Python, and templates of pages and of paper."""
    python = {module.path for module in modules(*PRODUCT) if naming.search(module.text)}
    templates = (path for path in (ROOT / "templates").rglob("*.html") if "design" not in path.parts)
    said = {path.relative_to(ROOT).as_posix() for path in templates if naming.search(uncommented(path))}
    return (python | said) - ALONE


def uncommented(path: Path) -> str:
    """A template without its comments, which show how its macros are called."""
    return re.sub(r"\{#.*?#\}", "", path.read_text("utf-8"), flags=re.DOTALL)
