"""A key has one home, the table of keys: no script and no template binds or names one by itself."""

import re
from itertools import product
from pathlib import Path

import pytest

from portfolio.foundation import keys
from tests.architecture.source import ROOT

SCRIPTS = ROOT / "static" / "source"
HOME = "scripts/keyboard/"
COMMENT = re.compile(r"/\*.*?\*/|(?<!:)//[^\n]*", re.DOTALL)
BOUND = re.compile(
    r"event\.(?:key|code)\b|\bkey\b[^{}]*\}: KeyboardEvent|\"(?:Home|End|Space|Tab)\""
    r"|\b(?:Arrow(?:Up|Down|Left|Right)|Enter|Esc(?:ape)?|Ctrl|Page(?:Up|Down))\b"
)
BY_LETTER = {"scripts/marking/parts.ts": "a part's key is its letter, and there are as many as a point has parts"}

PAGES = sorted(path.relative_to(ROOT / "templates").as_posix() for path in (ROOT / "templates").rglob("*.html"))
JINJA = re.compile(r"\{#.*?#\}|\{%.*?%\}|\{\{.*?\}\}", re.DOTALL)
SHOWN = re.compile(r"<kbd\b|\b(?:Enter|Esc|Ctrl|Space)\b")
CALLED = re.compile(r"\bkbd\(([^()]+)\)")
DRAWN = {"macros/components.html", "macros/keys.html"}
"""The macros that draw keys of the table."""
TYPED = {"evidence/_formatting.html": "signs that a writer types into a text; nothing is done by them"}
LETTERS = {"assessment/_desk.html": "part.ref|upper"}
"""The letter of a part is its key."""
EVERYWHERE = {"points", "recording", "page"}
"""Groups of keys that stand on pages of all others."""


def scripts() -> list[str]:
    """Every script of ours but those of the table."""
    found = (path.relative_to(SCRIPTS).as_posix() for path in SCRIPTS.rglob("*.ts"))
    return sorted(one for one in found if not one.startswith(HOME))


def test_no_script_binds_or_names_a_key() -> None:
    binding = {one for one in scripts() if BOUND.search(COMMENT.sub("", (SCRIPTS / one).read_text("utf-8")))}
    assert binding == set(BY_LETTER)


@pytest.mark.parametrize("page", [one for one in PAGES if one not in DRAWN | set(TYPED)])
def test_no_template_names_a_key(page: str) -> None:
    text = (ROOT / "templates" / page).read_text("utf-8")
    assert SHOWN.findall(JINJA.sub("", text)) == []
    assert [call for call in CALLED.findall(text) if call != LETTERS.get(page)] == []


def test_each_deed_whose_key_a_template_shows_is_in_the_table() -> None:
    known = {(group.name, row.deed) for group in keys.groups() for row in group.rows}
    named = {
        call
        for page in PAGES
        for call in re.findall(r"key_of\(\"([^\"]+)\", \"([^\"]+)\"\)", (ROOT / "templates" / page).read_text("utf-8"))
    }
    assert len(named) > 10
    assert named - known == set()


def test_on_one_page_no_two_deeds_come_with_the_same_key() -> None:
    rows = [(group.name, row) for group in keys.groups() for row in group.rows if not row.fixed]
    clashing = [
        (one.deed, other.deed)
        for (here, one), (there, other) in product(rows, rows)
        if one is not other and one.caps == other.caps and (here == there or {here, there} & EVERYWHERE)
    ]
    assert clashing == []


def test_groups_that_stand_on_all_pages_are_those_of_the_scripts() -> None:
    told = Path(SCRIPTS / HOME / "changed-keys.ts").read_text("utf-8")
    (listed,) = re.findall(r"everywhere: readonly KeyGroup\[\] = \[([^\]]+)\];", told)
    assert set(re.findall(r'"(\w+)"', listed)) == EVERYWHERE
