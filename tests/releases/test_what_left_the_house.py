"""Packs and reports of every release are read for ever; one of a release still to come is said to be such.

`before-0.1.0` holds the first formats, `0.1.0` the second ones; a new format comes with a folder of its own.
"""

import json
import subprocess
import sys
from pathlib import Path
from zipfile import ZipFile

import pytest

from exports import verify
from exports.facts.canonical import canonical
from exports.pack import members
from tests.exports.samples.pack import LEILA, packed
from tests.exports.samples.signature import signed_report

pytestmark = pytest.mark.slow

HERE = Path(__file__).parent
LEFT = sorted(path.relative_to(HERE).as_posix() for kind in ("pack.zip", "report.pdf") for path in HERE.rglob(kind))
SIGNERS = {
    "before-0.1.0": "99f6f2b926109176934f6ead65b4f3968d59a60c769a36d3bd547eed32096e5f",
    "0.1.0": "b06ca46ccfea9bd65f788d391b069430ffabe75a8f4d5d0366480840abd11171",
}
"""SHA-256 of the certificate of each."""


def asked(file: Path, *more: str) -> subprocess.CompletedProcess[str]:
    """What the verifier says of a file, run as one file by itself."""
    run = [sys.executable, "-P", verify.__file__, str(file), "--json", *more]
    return subprocess.run(run, capture_output=True, text=True, check=False, timeout=120)


@pytest.mark.parametrize("left", LEFT)
def test_what_left_with_an_earlier_release_holds(left: str) -> None:
    said = asked(HERE / left, "--certificate", SIGNERS[left.partition("/")[0]])
    assert said.returncode == 0, said.stdout


@pytest.mark.parametrize("release", sorted(SIGNERS))
def test_a_changed_pack_of_an_earlier_release_does_not_hold(release: str, tmp_path: Path) -> None:
    content = (HERE / release / "pack.zip").read_bytes()
    at = content.index(b"I offered a new kettle")
    (tmp_path / "pack.zip").write_bytes(content[:at] + b"i" + content[at + 1 :])
    assert asked(tmp_path / "pack.zip").returncode == 1


def test_every_release_has_a_pack_and_a_report_here() -> None:
    assert sorted(f"{release}/{file}" for release in SIGNERS for file in ("pack.zip", "report.pdf")) == LEFT


def test_a_pack_names_its_format(tmp_path: Path) -> None:
    (tmp_path / "pack.zip").write_bytes(packed(LEILA))
    with ZipFile(tmp_path / "pack.zip") as pack:
        (name,) = (each for each in pack.namelist() if each.endswith("data/format.json"))
        assert json.loads(pack.read(name)) == {"pack": verify.FORMATS["pack"]}


@pytest.mark.parametrize("number", [9, 0, "3", None, True])
def test_a_pack_of_a_format_that_is_not_known_is_said_to_be_such_and_not_forged(
    number: object, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(members, "FORMAT", number)  # as a release still to come will
    (tmp_path / "pack.zip").write_bytes(packed(LEILA))
    said = asked(tmp_path / "pack.zip")
    told = json.loads(said.stdout)
    assert (said.returncode, told["holds"], told["faults"]) == (4, False, [])
    assert "this verify.py knows 1 to 3. Take the verify.py of the release that made it" in told["newer"]


@pytest.mark.parametrize("field", ["format", "hash_format"])
def test_a_report_of_a_format_that_is_not_known_is_said_to_be_such(field: str, tmp_path: Path) -> None:
    facts = json.loads(canonical(LEILA))
    for place in [facts] if field == "format" else facts["evidence"]:
        place[field] = 99
    (tmp_path / "report.pdf").write_bytes(signed_report(json.dumps(facts).encode()))
    said = asked(tmp_path / "report.pdf")
    assert said.returncode == 4, said.stdout
    assert "is of format 99" in json.loads(said.stdout)["newer"]


def test_what_is_forged_is_not_excused_by_a_number(tmp_path: Path) -> None:
    content = bytearray(signed_report(json.dumps(json.loads(canonical(LEILA)) | {"format": 99}).encode()))
    content += b"%"
    (tmp_path / "report.pdf").write_bytes(content)
    assert asked(tmp_path / "report.pdf").returncode in {1, 4}
    assert not json.loads(asked(tmp_path / "report.pdf").stdout)["holds"]
