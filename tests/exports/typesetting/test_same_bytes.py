"""The same facts are the same bytes, wherever and whenever they are printed and however quickly."""

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from importlib.metadata import version
from pathlib import Path
from types import SimpleNamespace

import pytest

from exports.editions.look import Look
from exports.typesetting import pdf
from exports.typesetting.patches.replacing import NotPatched, replace, replace_everywhere, shadow
from tests.exports.document import finished, printed
from tests.exports.document.test_report import with_text
from tests.exports.samples.editions import LOOKS, WITH_DESK, made
from tests.exports.samples.facts import FACTS

pytestmark = pytest.mark.slow

HOSTILE = with_text(
    "# One\n\n- a\n\n  > b\n\n<li>orphan</li>\n\n漢字 \u202eevil\u202c e\u0301\u0323 👩\u200d👧 " + "w" * 500
)
ELSEWHERE = """
import json
from tests.exports.typesetting import unhastened
from exports.typesetting import child
child.PRELOADED.insert(0, unhastened.__name__)
from tests.exports.typesetting.test_same_bytes import digests
if __name__ == "__main__":
    print(json.dumps(digests()))
"""


def documents() -> Iterator[tuple[str, bytes]]:
    """Every edition and every paper, one text that is meant to harm, and a report that is divided."""
    for name, look in {"full": Look(), **LOOKS}.items():
        yield name, made(look, WITH_DESK if name == "redacted" else FACTS)
    for paper in printed.PAPERS:
        yield paper, printed.on(paper)
    yield "hostile", made(Look(), HOSTILE)
    yield "divided", printed.long()


def digests() -> dict[str, str]:
    return {name: finished.digest(content) for name, content in documents()}


def elsewhere(script: str, folder: Path, **environment: str) -> subprocess.CompletedProcess[str]:
    """What a program says that runs in another zone and language, with other hashes."""
    (folder / "elsewhere.py").write_text(script)
    others = {"TZ": "Asia/Tokyo", "PYTHONHASHSEED": "7", "LC_ALL": "C", "PYTHONPATH": os.pathsep.join(sys.path)}
    run = [sys.executable, str(folder / "elsewhere.py")]
    return subprocess.run(
        run, env=os.environ | others | environment, capture_output=True, text=True, check=False, timeout=600
    )


@pytest.mark.slow
def test_every_edition_on_every_paper_is_the_same_bytes_elsewhere_and_typeset_slowly(tmp_path: Path) -> None:
    said = elsewhere(ELSEWHERE, tmp_path)
    assert said.returncode == 0, said.stderr
    assert json.loads(said.stdout) == digests()


ANOTHER = """
from exports.typesetting import pdf
if __name__ == "__main__":
    try:
        pdf.typeset("<p>Leila", pictures={})
    except pdf.NotTypeset as reason:
        print(reason)
"""


@pytest.mark.parametrize("library", sorted(pdf.KNOWN))
def test_a_typesetter_of_another_version_is_refused_and_both_versions_are_named(library: str, tmp_path: Path) -> None:
    assert version(library) == pdf.KNOWN[library]
    newer = tmp_path / f"{library}-999.0.dist-info"
    newer.mkdir()
    (newer / "METADATA").write_text(f"Metadata-Version: 2.1\nName: {library}\nVersion: 999.0\n")
    said = elsewhere(ANOTHER, tmp_path, PYTHONPATH=os.pathsep.join([str(tmp_path), *sys.path]))
    assert said.stdout.strip() == (
        f"Documents are typeset with {library} {pdf.KNOWN[library]} only, and here is 999.0. Install what "
        "requirements.txt names, then try again."
    ), said.stderr


def test_a_patch_that_finds_nothing_to_replace_fails() -> None:
    with pytest.raises(NotPatched, match="gone"):
        replace(SimpleNamespace(), gone=1)
    with pytest.raises(NotPatched, match="does not use"):
        replace_everywhere(SimpleNamespace(), replace, shadow)
    with pytest.raises(NotPatched, match="builtin max"):
        shadow(SimpleNamespace(), replace, max=min)
