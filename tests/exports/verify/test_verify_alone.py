"""Signatures, reports, and the command that an auditor copies alone onto a bare machine."""

import io
import json
import shutil
import subprocess
import sys
import zlib
from dataclasses import replace
from pathlib import Path
from zlib import crc32

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from exports import verify
from exports.facts.canonical import canonical as frozen
from exports.pack import bag
from exports.pack.bag import Member, stream
from exports.signing import certificates, signatures
from tests.exports.samples.pack import LEILA, LOG, REPORT, kept, opened, pack, packed
from tests.exports.samples.signature import NAME, centre, certificate, plain_report, sign, signed_report
from tests.exports.verify.verifying import WHOLE, checked, said

# Signatures and reports


def test_a_signature_of_another_pack_does_not_hold() -> None:
    members = pack(sign=lambda content: sign(content + b"?"))
    assert "tagmanifest-sha256.txt.p7s: the signature does not hold" in said(b"".join(stream(members)))


def test_a_pack_signed_by_somebody_else_than_the_given_certificate_is_told(tmp_path: Path) -> None:
    (tmp_path / "pack.zip").write_bytes(WHOLE)
    (tmp_path / "own.pem").write_bytes(certificate())
    (tmp_path / "other.pem").write_bytes(certificate("Somebody Else"))
    for names, trusted in ((["own.pem"], 0), (["other.pem"], 3), (["other.pem", "own.pem"], 0), ([], 3)):
        given = [part for name in names for part in ("--certificate", str(tmp_path / name))]
        assert verify.main([str(tmp_path / "pack.zip"), *given]) == trusted
    print_ = verify.fingerprint(tmp_path / "own.pem")
    assert verify.main([str(tmp_path / "pack.zip"), "--certificate", print_.upper()]) == 0


def test_a_report_with_another_record_than_the_packs_is_named() -> None:
    report = signed_report(frozen(replace(LEILA, qualification="Another")))
    own = kept(report)
    content = packed(
        reports={7: own}, open=lambda digest: io.BytesIO(report) if digest == own.sha256 else opened(digest)
    )
    assert "data/reports/leila-haddad-7.pdf: does not hold the record that the pack has" in said(content)


def test_a_changed_extended_cut_or_unsigned_report_does_not_hold() -> None:
    assert checked(REPORT).holds
    assert "was changed after it was signed" in said(REPORT.replace(b"/MediaBox", b"/MediaBoy", 1))
    assert not checked(REPORT + b"\n").holds
    assert not checked(REPORT + REPORT[-60:]).holds
    assert not checked(REPORT[:-10]).holds


@pytest.mark.parametrize("name", ["Report 202403041530.pdf", "Report 000000000000.", "x"])
def test_a_learner_names_their_evidence_as_they_like(name: str) -> None:
    """Titles are bookmarks and names of files those of attachments, in plain bytes before or after the report's own."""
    plain = plain_report(frozen(LEILA))
    for content in (
        plain.replace(b"\n", f"\n%{name}\n".encode(), 1),
        plain.replace(b"\nxref", f"\n%{name}\nxref".encode(), 1),
    ):
        result = verify.Result("")
        verify._recorded(content, result, "report", "")
        assert result.faults == []
        result = verify.Result("")
        verify._recorded(content, result, "report", kept(frozen(LEILA)).sha256)
        assert result.faults == []


def test_a_report_that_bears_no_name_of_a_record_in_it_is_refused() -> None:
    name = kept(b"{}").sha256[:12].encode()
    result = verify.Result("")
    verify._recorded(plain_report().replace(name, b"0" * 12), result, "report", "")
    assert [fault.what for fault in result.faults] == ["its name is not that of the record attached to it"]


def test_another_certificate_than_the_one_that_the_facts_name_is_said_and_blocks_nobody() -> None:
    own = verify.hashlib.sha256(centre(NAME).signing_cert.dump()).hexdigest()  # type: ignore[union-attr]
    for named, said_so in ((own, False), ("ab" * 32, True), ("", False)):
        result = checked(signed_report(frozen({"events": [], "certificate": named})))
        assert any("Why pack.zip is signed with another certificate" in text for text in result.unchecked) == said_so


@pytest.mark.parametrize(
    "written_as",
    [
        b"1 0 obj\n<< /Type /EmbeddedFile /Length 2 >>\nstream\n{}\nendstream",
        b"1 0 obj\n<< /Length 10 /Filter /FlateDecode /Type /EmbeddedFile >>\nstream\r\n%b\nendstream",
        b"1 0 obj\n<< /Filter /FlateDecode /Params << /Size 2 >> /Type /EmbeddedFile /Length 10 >>\nstream\n%b",
    ],
)
def test_an_attached_record_is_read_however_its_dictionary_is_ordered(written_as: bytes) -> None:
    content = written_as % zlib.compress(b"{}") if b"%b" in written_as else written_as
    assert list(verify.attached(content)) == [b"{}"]


@pytest.mark.slow
def test_every_single_changed_byte_of_a_signed_report_is_found_even_in_its_own_signature() -> None:
    made = certificates.self_made("Harbourside Training", "51234", password=b"x")
    content = signatures.sign(plain_report(), signatures.opened(made, b"x")).content
    assert checked(content).holds
    unseen, start = [], content.index(b"/Contents <") + len(b"/Contents <")
    for at in range(len(content)):
        if start < at < content.index(b">", start) and (at - start) % 4 in (1, 2):
            continue  # of the two digits that write one byte of the signature, one
        changed = bytearray(content)
        changed[at] ^= 1 << (at % 3)
        if checked(bytes(changed)).holds:
            unseen.append(at)
    assert unseen == []


@settings(max_examples=60)
@given(st.data())
def test_a_changed_byte_anywhere_in_a_report_is_found(data: st.DataObject) -> None:
    at = data.draw(st.integers(0, len(REPORT) - 1))
    assert not checked(REPORT[:at] + bytes([REPORT[at] ^ 1]) + REPORT[at + 1 :]).holds


# The command, alone on a bare machine


def _run(*arguments: object, bare: bool = False) -> subprocess.CompletedProcess[str]:
    isolated = ["-I", "-S"] if bare else []
    command = [sys.executable, *isolated, *map(str, arguments)]
    return subprocess.run(command, capture_output=True, text=True, check=False, encoding="utf-8")


@pytest.fixture
def alone(tmp_path: Path) -> Path:
    """The program copied alone into a folder with a pack and a report."""
    shutil.copy(verify.__file__, tmp_path / "verify.py")
    (tmp_path / "pack.zip").write_bytes(WHOLE)
    (tmp_path / "report.pdf").write_bytes(REPORT)
    return tmp_path


def test_copied_alone_it_runs_with_bare_python_and_says_what_it_could_not_check(alone: Path) -> None:
    for file in ("pack.zip", "report.pdf"):
        done = _run(alone / "verify.py", alone / file, bare=True)
        assert done.returncode == 3, done.stdout + done.stderr
        assert "who signed it could not be checked here" in done.stdout.splitlines()[-1]
        assert "With OpenSSL alone: python3 verify.py FILE --signature" in done.stdout


def test_bare_python_still_finds_a_changed_byte(alone: Path) -> None:
    (alone / "pack.zip").write_bytes(WHOLE.replace(b"Leila", b"Layla", 1))
    done = _run(alone / "verify.py", alone / "pack.zip", "--json", bare=True)
    assert done.returncode == 1
    told = json.loads(done.stdout)
    assert not told["holds"]
    assert told["faults"][0]["where"]


def test_it_ends_with_two_when_the_question_was_wrong(alone: Path) -> None:
    assert _run(alone / "verify.py", alone / "nothing.zip").returncode == 2
    assert _run(alone / "verify.py").returncode == 2
    assert _run(alone / "verify.py", alone / "pack.zip", "--certificate", alone / "verify.py").returncode == 2


def test_it_loads_nothing_of_the_house() -> None:
    ours = "('flask', 'sqlalchemy', 'weasyprint', 'exports.facts', 'portfolio', 'pyhanko')"
    done = _run("-c", f"import sys, exports.verify; print([name for name in {ours} if name in sys.modules])")
    assert done.stdout.strip() == "[]", done.stderr


@given(
    st.text(st.characters(exclude_categories=("Cs",)), min_size=1, max_size=20),
    st.integers(0, 1 << 40),
    st.integers(0, 1 << 40),
)
def test_the_checker_expects_the_very_records_that_the_writer_writes(name: str, size: int, offset: int) -> None:
    member, entry = (
        Member(name, size, crc32(name.encode()), "", tuple),
        verify.Entry(name, size, crc32(name.encode()), offset),
    )
    assert bag._local(member) == verify.local_record(entry)
    assert bag._central(member, offset) == verify.central_record(entry)
    assert bag._end(size, offset, size) == verify.end_record(size, offset, size)


def test_the_log_of_the_sample_is_true() -> None:
    assert LOG[0]["prev"] == verify.GENESIS
