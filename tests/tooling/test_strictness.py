"""Where everything has to be checked, nothing is skipped in silence."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.architecture.source import ROOT

pytestmark = pytest.mark.slow

SKIPPING = """
import pytest
def test_that_lacks_a_part():
    pytest.skip("no browser here")
@pytest.mark.xfail(reason="a known fault of a library", strict=True)
def test_that_is_known_to_fail():
    assert False
"""


@pytest.mark.parametrize(("ci", "ending"), [("true", "1 failed, 1 xfailed"), ("", "1 skipped, 1 xfailed")])
def test_a_skipped_test_fails_only_where_everything_is_checked(tmp_path: Path, ci: str, ending: str) -> None:
    (tmp_path / "test_parts.py").write_text(SKIPPING)
    command = [sys.executable, "-m", "pytest", "-q", "-p", "tests.fixtures.strictness", "-c", os.devnull, str(tmp_path)]
    ran = subprocess.run(
        command,
        cwd=ROOT,
        env={**os.environ, "CI": ci, "PYTEST_DISABLE_PLUGIN_AUTOLOAD": "1"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert ending in ran.stdout, ran.stdout + ran.stderr
