"""Anyone can check a pack or a report alone, and whatever was changed is found and named."""

import io
import json
import shutil
import subprocess
import sys
import zipfile
import zlib
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from zlib import crc32

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from exports import bag, verify
from exports.bag import Member, stream, written
from exports.canonical import canonical as frozen
from tests.exports.sample_pack import LEILA, LOG, REPORT, canonical, chained, kept, opened, pack, packed
from tests.exports.sample_signature import certificate, sign, signed_report

WHOLE = packed(sign=sign)
DEEDS = [{"at": "2026-03-04T09:30:00.000000Z", "actor": "Ada", "role": "learner", "deed": deed, "subject": "evidence 1",
          "facts": {}} for deed in ("write", "claim", "hand in", "judge", "award")]  # fmt: skip
CHAIN = chained(DEEDS)


def checked(content: bytes) -> verify.Result:
    result = verify.Result("pack.zip")
    try:
        verify.judge(io.BytesIO(content), len(content), result, "")
    except verify.Unreadable as unreadable:
        result.faults.append(unreadable.fault)
    return result


def said(content: bytes) -> str:
    return "\n".join(f"{fault.where}: {fault.what}" for fault in checked(content).faults)


def small(lines: list[bytes] | None = None, head: object = None, **more: bytes) -> bytes:
    """The least pack that has everything a check looks for, with hashes made right for whatever it holds."""
    log = b"".join(line + b"\n" for line in (lines if lines is not None else [canonical(line) for line in CHAIN]))
    files = {
        "data/log/events.jsonl": log,
        "data/log/head.json": canonical(head or {"centre": "51234", "seq": len(CHAIN), "hash": CHAIN[-1]["hash"]}),
        "data/evidence/ada-1/1/account-v1.txt": "Ŵe wept ☕.".encode(),
        "data/annotations/ada-1.jsonld": canonical({"items": [_annotation("wept", 3, 7)]}),
    }
    rows = {"events": [{"seq": 2, "hash": CHAIN[1]["hash"]}]}
    for name in ("learners", "files", "evidence", "rounds", "events"):
        files[f"data/records/{name}.json"] = canonical(rows.get(name, []))
    files |= {_path(name): content for name, content in more.items()}
    return _zipped(files)


def _path(name: str) -> str:
    path = name.replace("__", "/")
    return path if "." in path else f"{path}.json"


def _zipped(files: dict[str, bytes]) -> bytes:
    members = bag.bag((written(path, content) for path, content in files.items()), "p", info={})
    return b"".join(stream(members))


def _annotation(quote: str, start: int, end: int) -> dict[str, object]:
    position = {"type": "TextPositionSelector", "start": start, "end": end}
    selector = [{"type": "TextQuoteSelector", "exact": quote}, position]
    return {"id": "#claim-1", "target": {"source": "../evidence/ada-1/1/account-v1.txt", "selector": selector}}


def test_an_honest_pack_holds_and_says_what_was_checked() -> None:
    result = checked(WHOLE)
    assert result.faults == []
    assert any("14 events of the log" in text for text in result.checked)
    assert any("21 claims point" in text for text in result.checked)
    assert any("The pack is signed by" in text for text in result.checked)


def _owners(content: bytes) -> list[str]:
    """For every byte of a pack, the file whose content it is; empty for the ZIP's own records."""
    owners = [""] * len(content)
    with zipfile.ZipFile(io.BytesIO(content)) as read:
        for entry in read.infolist():
            start = entry.header_offset + 30 + len(entry.filename.encode())
            owners[start : start + entry.file_size] = [entry.filename.removeprefix("p/")] * entry.file_size
    return owners


def test_every_single_changed_byte_of_a_pack_is_found_and_its_file_named() -> None:
    content = small()
    unseen = []
    for at, owner in enumerate(_owners(content)):
        changed = bytearray(content)
        changed[at] ^= 1 << (at % 8)
        faults = checked(bytes(changed)).faults
        if not faults or (owner and owner not in {fault.where for fault in faults}):
            unseen.append((at, owner))
    assert unseen == []


@settings(max_examples=60)
@given(st.data())
def test_a_changed_byte_anywhere_in_a_large_signed_pack_is_found(data: st.DataObject) -> None:
    at = data.draw(st.integers(0, len(WHOLE) - 1))
    changed = WHOLE[:at] + bytes([WHOLE[at] ^ data.draw(st.integers(1, 255))]) + WHOLE[at + 1 :]
    assert not checked(changed).holds


@pytest.mark.parametrize(
    "path", ["data/evidence/leila-haddad-7/42/call 2026-03-11 0915.wav", "data/reports/leila-haddad-7.pdf"]
)
def test_the_changed_file_is_the_one_that_is_named(path: str) -> None:
    with zipfile.ZipFile(io.BytesIO(WHOLE)) as read:
        entry = next(entry for entry in read.infolist() if entry.filename.endswith(path))
    at = entry.header_offset + 200 + len(entry.filename)
    found = checked(WHOLE[:at] + bytes([WHOLE[at] ^ 1]) + WHOLE[at + 1 :]).faults
    assert {fault.where for fault in found} == {path}


@given(st.binary(min_size=1, max_size=40), st.booleans())
def test_bytes_before_or_after_a_pack_are_found(added: bytes, before: bool) -> None:
    assert not checked(added + small() if before else small() + added).holds


@given(st.binary(max_size=300))
def test_any_other_file_is_refused_without_a_traceback(content: bytes) -> None:
    assert not checked(content).holds


@pytest.mark.parametrize("cut", [1, 22, 500, 3000])
def test_a_pack_cut_short_is_refused(cut: int) -> None:
    assert not checked(small()[:-cut]).holds


# Hostile ZIPs, each whole in itself


def _hostile(paths: list[str], content: bytes = b"x") -> str:
    sound = bag.bag([written("data/a", b"a")], "p", info={})
    return said(b"".join(stream([*sound, *(written(path, content) for path in paths)])))


@pytest.mark.parametrize("path", ["p/../../x", "p//x", "p/./x", "p/a\\b", "p/C:/x/..", "p/a\u202eb", "p/a\nb"])
def test_a_path_that_leads_elsewhere_is_named(path: str) -> None:
    assert path in _hostile([path])


def test_a_file_twice_is_named_even_in_another_case() -> None:
    assert "p/data/A: stands in the pack twice" in _hostile(["p/data/A"])
    assert "p/data/a: stands in the pack twice" in _hostile(["p/data/a"])


def test_a_second_top_folder_is_refused() -> None:
    assert "should hold one folder and holds p, q" in _hostile(["q/x"])
    assert "should hold one folder" in _hostile(["/etc/passwd"])


def _made_by_others(mode: int, *, compression: int = zipfile.ZIP_STORED) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", compression) as made:
        entry = zipfile.ZipInfo("p/data/link")
        entry.external_attr = mode << 16
        made.writestr(entry, b"/etc/passwd" * 1000, compress_type=compression)
    return out.getvalue()


def test_links_and_compressed_files_are_refused() -> None:
    assert "p/data/link: its record" in said(_made_by_others(0o120777))
    assert "p/data/link: its record" in said(_made_by_others(0o100644, compression=zipfile.ZIP_DEFLATED))


def test_an_absurd_number_or_size_of_files_is_refused_without_reading_them() -> None:
    assert "absurd number" in said(b"PK" + bag._end(1 << 40, 1 << 50, 7))
    member = Member("p/data/huge", 1 << 60, 0, "", tuple)
    pieces = [piece for piece in bag.pieces([member]) if isinstance(piece, bytes)]
    lying = pieces[1] + bag._end(1, len(pieces[1]), 0)
    assert "p/data/huge: is said to be larger" in said(lying)


def test_a_file_that_was_added_dropped_or_swapped_is_named() -> None:
    members = pack()
    assert "data/log/head.json: is listed in manifest" in said(
        b"".join(stream(member for member in members if not member.path.endswith("head.json")))
    )
    extra = sorted([*members, written(f"{members[0].path.split('/')[0]}/data/new.txt", b"")], key=lambda m: m.path)
    assert "data/new.txt: is in the pack and not listed" in said(b"".join(stream(extra)))


# The event log, in packs whose hashes were all made right again


def _lines(change: Callable[[list[bytes]], object]) -> str:
    lines = [canonical(line) for line in CHAIN]
    change(lines)
    return said(small(lines))


def test_the_least_pack_holds() -> None:
    assert said(small()) == ""


@pytest.mark.parametrize(
    ("change", "named"),
    [
        (lambda lines: lines.pop(2), "event 3: is missing, or lines changed places: number 4"),
        (lambda lines: lines.insert(2, lines[1]), "event 3: is missing, or lines changed places: number 2"),
        (lambda lines: lines.reverse(), "event 1: is missing, or lines changed places: number 5"),
        (lambda lines: lines.__setitem__(3, lines[3].replace(b"Ada", b"Eve")), "event 4: was changed"),
        (lambda lines: lines.__setitem__(1, lines[1].replace(b":", b": ", 1)), "event 2: is not one canonical"),
        (lambda lines: lines.pop(), "ends at event 4, and the head names event 5"),
        (lambda lines: lines.clear(), "ends at event 0, and the head names event 5"),
        (lambda lines: lines.__setitem__(0, b"[" * 100_000), "event 1: is not one canonical"),
    ],
)
def test_a_fault_in_the_event_log_is_found_at_its_line(change: Callable[[list[bytes]], object], named: str) -> None:
    assert named in _lines(change)


def test_a_rewritten_end_of_the_log_does_not_meet_the_head() -> None:
    rewritten = chained([*DEEDS[:-1], {**DEEDS[-1], "deed": "refer"}])
    assert "its end was cut, extended or rewritten" in said(small([canonical(line) for line in rewritten]))


def test_records_that_tell_another_story_than_the_log_are_named() -> None:
    other = canonical([{"seq": 2, "hash": "0" * 64}])
    assert "event 2: is not the event of that number in the log" in said(small(data__records__events=other))
    assert "data/records/events.json: is not a table of records" in said(small(data__records__events=b"[["))


@pytest.mark.parametrize(
    ("annotation", "named"),
    [
        (_annotation("slept", 3, 7), "does not say “slept” at 3 to 7"),
        (_annotation("wept", 4, 8), "does not say “wept” at 4 to 8"),
        ({"id": "#claim-1", "target": ["../evidence/ada-1/1/gone.txt"]}, "gone.txt: is claimed as evidence and is not"),
        ({"id": "#claim-1", "target": {}}, "#claim-1: is not an annotation"),
        ("nonsense", "is not an annotation"),
    ],
)
def test_a_claim_that_points_at_what_is_not_there_is_named(annotation: object, named: str) -> None:
    assert named in said(small(**{"data__annotations__ada-1.jsonld": canonical({"items": [annotation]})}))


def test_seconds_beyond_a_recordings_end_are_named() -> None:
    rows = [{"path": "data/evidence/ada-1/1/a.mp3", "sha256": verify.hashlib.sha256(b"").hexdigest(), "duration": 10.0}]
    target = {"source": "../evidence/ada-1/1/a.mp3", "selector": {"value": "t=9,12"}}
    more = {
        "data__evidence__ada-1__1__a.mp3": b"",
        "data__records__files.json": canonical(rows),
        "data__annotations__ada-1.jsonld": canonical({"items": [{"id": "#claim-2", "target": target}]}),
    }
    assert "lasts 10 s, and the claim is for 9 to 12 s" in said(small(**more))


# Signatures and reports


def test_a_signature_of_another_pack_does_not_hold() -> None:
    members = pack(sign=lambda content: sign(content + b"?"))
    assert "tagmanifest-sha256.txt.p7s: the signature does not hold" in said(b"".join(stream(members)))


def test_a_pack_signed_by_somebody_else_than_the_given_certificate_is_told(tmp_path: Path) -> None:
    (tmp_path / "pack.zip").write_bytes(WHOLE)
    (tmp_path / "own.pem").write_bytes(certificate())
    (tmp_path / "other.pem").write_bytes(certificate("Somebody Else"))
    for name, holds in (("own.pem", True), ("other.pem", False)):
        result = verify.check(tmp_path / "pack.zip", trusted=verify.fingerprint(tmp_path / name))
        assert result.holds is holds


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


@settings(max_examples=60)
@given(st.data())
def test_a_changed_byte_anywhere_in_a_report_is_found_even_in_its_signature(data: st.DataObject) -> None:
    start, end = REPORT.index(b"/Contents <"), REPORT.index(b">", REPORT.index(b"/Contents <"))
    at = data.draw(st.integers(0, len(REPORT) - 1) | st.integers(start, end))
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
        assert done.returncode == 0, done.stdout + done.stderr
        assert "because pyHanko is not installed" in done.stdout


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
