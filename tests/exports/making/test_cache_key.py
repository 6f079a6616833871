"""A report that is kept is given again only while nothing has changed that can change its bytes."""

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from exports.making import cache_key
from tests.exports.making.upgrading import upgraded

pytestmark = pytest.mark.slow

REACHED = (
    "portfolio/foundation/words/marks.py", "portfolio/evidence/places/locators.py", "exports/document/report.py",
    "exports/typesetting/patches/speed.py", "exports/editions/redacting.py",
    "templates/exports/paper/styles/print.css", "templates/exports/paper/words/cy.po",
)  # fmt: skip
APART = ("exports/views/exports.py", "exports/verify.py", "templates/exports/index.html")


def test_whatever_can_change_its_bytes_makes_a_report_anew_and_a_page_does_not(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for folder in ("criteria", "exports", "portfolio", "templates/exports"):
        shutil.copytree(cache_key.ROOT / folder, tmp_path / "new" / folder)
    before = cache_key.drawn_with()
    for path in (*REACHED, *APART):
        source = tmp_path / "new" / path
        said = source.read_text()
        source.write_text(said + "\n")
        with upgraded(tmp_path / "new", monkeypatch):
            assert (cache_key.drawn_with() != before) == (path in REACHED), path
        source.write_text(said)


def test_a_file_that_only_moves_changes_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for folder in ("criteria", "exports", "portfolio", "templates/exports"):
        shutil.copytree(cache_key.ROOT / folder, tmp_path / "new" / folder)
    paper = tmp_path / "new" / "templates/exports/paper"
    (paper / "styles").rename(paper / "sheets")
    before = cache_key.drawn_with()
    with upgraded(tmp_path / "new", monkeypatch):
        assert cache_key.drawn_with() == before


def test_every_module_of_ours_that_is_loaded_to_make_a_report_counts() -> None:
    script = f"import sys, {', '.join(cache_key.MAKERS)}\nprint(*sys.modules)"
    run = [sys.executable, "-c", script]
    said = subprocess.run(run, cwd=cache_key.ROOT, capture_output=True, text=True, check=True, timeout=100)
    loaded = {name for name in said.stdout.split() if name.partition(".")[0] in cache_key.OURS}
    assert len(loaded) > 40
    assert loaded - cache_key.modules() == set()


def test_the_typesetter_and_what_it_writes_with_count_with_their_versions() -> None:
    named = {each.partition(" ")[0] for each in cache_key.libraries()}
    assert {"weasyprint", "pydyf", "tinycss2", "fonttools", "pillow", "jinja2", "pikepdf"} <= named
    assert not named & {"pytest", "ruff", "flask"}
