"""The checker that a pack brings: beside START-HERE, on bare Python, over the ZIP and over what was unpacked."""

import os
import subprocess
import sys
import tracemalloc
from pathlib import Path
from zipfile import ZipFile

import pytest

from exports import verify
from tests.exports.samples.pack import REPORT
from tests.exports.samples.signature import certificate
from tests.exports.verify.verifying import WHOLE

pytestmark = pytest.mark.slow


@pytest.fixture
def stick(tmp_path: Path) -> Path:
    """A folder with the pack and a report, and with what the pack was unpacked into."""
    (tmp_path / "pack.zip").write_bytes(WHOLE)
    (tmp_path / "report.pdf").write_bytes(REPORT)
    with ZipFile(tmp_path / "pack.zip") as packed:
        packed.extractall(tmp_path)
    (folder,) = (path for path in tmp_path.iterdir() if path.is_dir())
    return folder


def bare(stick: Path, *arguments: object) -> subprocess.CompletedProcess[str]:
    """The checker of the pack, where it lies, with nothing but Python."""
    run = [sys.executable, "-I", "-S", "verify.py", *map(str, arguments)]
    return subprocess.run(run, cwd=stick / "data", capture_output=True, text=True, check=False, encoding="utf-8")


def test_it_lies_beside_start_here_and_checks_the_folder_it_lies_in_and_the_zip(stick: Path) -> None:
    assert (stick / "data" / "START-HERE.html").is_file()
    for asked in ((), (stick,), (stick.parent / "pack.zip",)):
        done = bare(stick, *asked)
        assert done.returncode == 3, done.stdout + done.stderr
        assert "who signed it could not be checked here" in done.stdout
    assert "The ZIP itself: this is the folder into which it was unpacked." in bare(stick).stdout


def test_it_says_that_it_came_with_what_it_checks(stick: Path) -> None:
    assert "It came with the pack: use one that you had from elsewhere" in bare(stick).stdout
    path = stick / "data" / "verify.py"
    path.write_text(path.read_text("utf-8") + "# more", "utf-8")
    assert "data/verify.py: its bytes are not those" in bare(stick).stdout


@pytest.mark.parametrize("harm", ["changed", "gone", "more", "linked"])
def test_what_is_wrong_in_an_unpacked_folder_is_named(stick: Path, harm: str) -> None:
    path = stick / "data" / "records" / "judgements.json"
    content = path.read_bytes()
    if harm == "changed":
        path.write_bytes(content.replace(b"met", b"mat", 1))
    elif harm == "more":
        path.with_name("judgements (1).json").write_bytes(content)
    else:
        path.unlink()
    if harm == "linked":
        path.symlink_to("/etc/passwd")
    done = bare(stick)
    assert done.returncode == 1, done.stdout
    assert "data/records/judgements" in done.stdout
    assert "It does not hold" in done.stdout


@pytest.mark.parametrize("name", ["tagmanifest-sha256.txt", "manifest-sha256.txt"])
def test_a_manifest_without_end_is_named_and_not_read(stick: Path, name: str) -> None:
    os.truncate(stick / name, verify.WHOLE_LIMIT + 1)
    tracemalloc.start()
    result = verify.check(stick)
    _, most = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert [f"{one.where} {one.what}" for one in result.faults] == [f"{name} is absurdly large"]
    assert most < verify.WHOLE_LIMIT // 8
    assert bare(stick).returncode == 1


@pytest.mark.parametrize("name", ["tagmanifest-sha256.txt", "manifest-sha256.txt"])
def test_a_manifest_that_leads_elsewhere_is_named_and_not_followed(stick: Path, name: str) -> None:
    (stick / name).unlink()
    (stick / name).symlink_to("/dev/zero")
    done = bare(stick)
    assert done.returncode == 1
    assert f"{name}: is not a plain file" in done.stdout


def test_what_a_system_leaves_in_a_folder_that_was_looked_at_is_no_fault_and_is_said(stick: Path) -> None:
    (stick / "data" / ".DS_Store").write_bytes(b"view")
    done = bare(stick)
    assert done.returncode == 3
    assert "data/.DS_Store: a file of the system" in done.stdout


def test_openssl_alone_says_whether_the_signature_holds_and_whose_it_is(stick: Path, tmp_path: Path) -> None:
    (tmp_path / "centre.pem").write_bytes(certificate())
    print_ = verify.fingerprint(tmp_path / "centre.pem")
    for number, file in enumerate((stick, stick.parent / "pack.zip", stick.parent / "report.pdf")):
        folder = tmp_path / f"signature {number}"
        assert bare(stick, file, "--signature", folder).returncode == 0
        done = subprocess.run(verify.OPENSSL, shell=True, cwd=folder, capture_output=True, text=True, check=False)
        assert done.returncode == 0, done.stderr
        assert print_ in done.stdout.replace(":", "").lower()
        (folder / "signed").write_bytes((folder / "signed").read_bytes() + b" ")
        assert subprocess.run(verify.OPENSSL, shell=True, cwd=folder, capture_output=True, check=False).returncode


def test_a_signature_is_never_written_over_another_file(stick: Path, tmp_path: Path) -> None:
    assert bare(stick, "--signature", tmp_path / "there").returncode == 0
    again = bare(stick, "--signature", tmp_path / "there")
    assert again.returncode == 2
    assert "is there already" in again.stderr
