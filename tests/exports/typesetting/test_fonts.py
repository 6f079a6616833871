"""Fontconfig is told of our fonts, however many documents begin at the same moment on a new machine."""

import os
import tempfile
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Barrier

import pytest

from exports.typesetting import fonts

pytestmark = pytest.mark.slow

HANDS = 16


def test_documents_that_begin_at_the_same_moment_on_a_new_machine_all_find_the_fonts(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    monkeypatch.setenv("FONTCONFIG_FILE", os.environ.get("FONTCONFIG_FILE", ""))
    for turn in range(20):
        together = Barrier(HANDS)

        def begin(folder: Path, together: Barrier = together) -> Path:
            together.wait()
            return fonts.configure([folder])

        with ThreadPoolExecutor(HANDS) as hands:
            told = set(hands.map(begin, [tmp_path / f"more {turn}"] * HANDS))
        assert [path.exists() for path in told] == [True]
    assert all(path.suffix == ".conf" for path in fonts.home().iterdir()), "no draft is left"
