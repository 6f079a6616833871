"""Imports run one way: the contracts of import-linter (pyproject.toml), and who alone may import what."""

import subprocess
import sys
from pathlib import Path

import pytest

from tests.architecture.source import EVERYTHING, ROOT, modules, product

ONLY_IMPORTERS = {
    "weasyprint": {"exports/typesetting/pdf.py"},  # half a second to import; kept from network and files only there
    "markdown": {"portfolio/foundation/words/prose.py"},  # its rules take what people type for marks
    "obstore": {"portfolio/foundation/files/bucket.py"},  # its threads do not survive a fork
    "dbos": {"portfolio/foundation/work/jobs.py", "portfolio/foundation/work/worker.py"},  # one asks, the other works
}


def test_nobody_reaches_up_and_learner_code_cannot_import_judgement_code() -> None:
    program = Path(sys.executable).with_name("lint-imports")
    said = subprocess.run([program, "--no-logo"], cwd=ROOT, capture_output=True, text=True, check=False)
    assert said.returncode == 0, said.stdout + said.stderr


@pytest.mark.parametrize("library", ONLY_IMPORTERS)
def test_a_dangerous_library_stays_in_its_room(library: str) -> None:
    importers = {
        module.path for module in product() for name, _ in module.imports() if name.partition(".")[0] == library
    }
    assert importers <= ONLY_IMPORTERS[library]


def test_a_pack_is_verified_with_the_standard_library_alone() -> None:
    for module in modules("exports/verify.py", "exports/verify"):
        at_the_top = {name for name, statement in module.imports() if statement in module.tree.body}
        foreign = {name for name in at_the_top if name.partition(".")[0] not in sys.stdlib_module_names}
        assert {name for name in foreign if not name.startswith("exports.verify")} == set(), module.path


def test_an_import_inside_a_function_says_why() -> None:
    """Ruff forbids them (PLC0415); what it is told to overlook carries the reason in brackets."""
    unexplained = [
        f"{module.path}:{number}"
        for module in modules(*EVERYTHING, "app.py")
        for number, line in enumerate(module.text.splitlines(), 1)
        if line.lstrip().startswith(("import ", "from ")) and "noqa: PLC0415" in line and not line.endswith(")")
    ]
    assert unexplained == []
