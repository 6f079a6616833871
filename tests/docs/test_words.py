"""docs/words.md has each word once, a word for every table and deed, and places that exist."""

import ast
import re
from collections import Counter
from pathlib import Path

import pytest

from portfolio.foundation.log.deeds import Deed
from tests.architecture.source import product

pytestmark = pytest.mark.slow

ROOT = Path(__file__).resolve().parents[2]
TEXT = (ROOT / "docs" / "words.md").read_text("utf-8")
ROWS = [
    [cell.strip() for cell in line.strip("|").split(" | ")]
    for line in TEXT.splitlines()
    if line.startswith("| ") and not line.startswith("| word |")
]
WORDS = [word for row in ROWS for word in re.split(r", (?![^(]*\))", row[0])]


def test_no_word_is_explained_twice() -> None:
    assert [word for word, count in Counter(WORDS).items() if count > 1] == []


def test_every_table_and_class_of_a_model_has_its_word() -> None:
    """`HandedVersion` is “handed version”; which sense of a word is meant stands in brackets and is left out."""
    known = {re.sub(r" \(.*", "", word).replace("-", " ").lower() for word in WORDS}
    names = [
        node.name
        for module in product()
        for node in ast.walk(module.tree)
        if isinstance(node, ast.ClassDef)
        and not node.name.startswith("_")
        and (module.room == "models" or "Base" in map(ast.unparse, node.bases))
    ]
    assert {"Claim", "Job", "MarkingPoint"} <= set(names)
    assert [name for name in names if re.sub(r"(?<!^)(?=[A-Z])", " ", name).lower() not in known] == []


def test_every_word_lives_where_it_is_said_to() -> None:
    places = [place.strip("`") for row in ROWS for place in row[2].split(", ")]
    assert [place for place in places if not (ROOT / place).exists()] == []


def test_every_deed_of_the_log_is_listed_once() -> None:
    (listed,) = re.findall(r"^Deeds about .*?\n\n", TEXT, re.DOTALL | re.MULTILINE)
    assert sorted(re.findall(r"\*([^*]+)\*", " ".join(listed.split()))) == sorted(Deed)
