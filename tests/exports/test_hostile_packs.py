"""A pack that somebody made to harm is refused: nothing is unpacked, little is read, and the reason is said."""

import io
import json
import struct
import tracemalloc
import zipfile
import zlib
from copy import deepcopy
from time import process_time
from typing import Any
from zlib import crc32

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from exports import bag, verify
from exports.bag import Member, stream, written
from tests.exports.sample_log import canonical
from tests.exports.sample_pack import LEILA, pack
from tests.exports.verifying import CHAIN, annotation, checked, said, small, zipped

DEEP = b"[" * 200_000
WIDE = struct.pack("<HHQQ", 1, 16, 1 << 40, 1 << 40)


def lying(change: str) -> bytes:
    """A ZIP of two files in which a field of the directory's second record tells a lie."""
    entries = [verify.Entry("p/data/a", 9, crc32(b"x" * 9), 0)]
    entries.append(verify.Entry("p/data/b", 9, crc32(b"y" * 9), entries[0].start + 9))
    whole = b"".join(verify.local_record(one) + sign * 9 for one, sign in zip(entries, (b"x", b"y"), strict=True))
    lies = {
        "the first file again": entries[0],
        "a place beyond the end": verify.Entry("p/data/b", 9, entries[1].crc32, 1 << 31),
        "a place inside the first file": verify.Entry("p/data/b", 9, entries[1].crc32, 20),
        "a larger size": verify.Entry("p/data/b", 1 << 31, entries[1].crc32, entries[1].offset),
        "a ZIP64 size": verify.Entry("p/data/b", 1 << 40, entries[1].crc32, entries[1].offset),
        "another checksum": verify.Entry("p/data/b", 9, 7, entries[1].offset),
    }
    directory = verify.central_record(entries[0]) + verify.central_record(lies[change])
    return whole + directory + verify.end_record(2, len(directory), len(whole))


@pytest.mark.parametrize(
    "change",
    [
        "the first file again", "a place beyond the end", "a place inside the first file", "a larger size",
        "a ZIP64 size", "another checksum",
    ],
)  # fmt: skip
def test_a_directory_that_tells_a_lie_is_refused(change: str) -> None:
    assert not checked(lying(change)).holds


@pytest.mark.parametrize("field", [b"\0\0\0\0", b"\xff\xff\xff\xff"])
def test_a_wrong_zip64_record_is_refused(field: bytes) -> None:
    sound = small()
    assert not checked(sound[:-6] + field + sound[-2:]).holds
    long = struct.pack("<4sQ2H2L4Q", b"PK\6\6", 44, 3 << 8 | 45, 45, 0, 0, 1, 1, 1 << 62, 1 << 62)
    assert "absurd number" in said(sound[:-22] + long + struct.pack("<4sLQL", b"PK\6\7", 0, 9, 1) + _end(0xFFFF))


def _end(count: int) -> bytes:
    return struct.pack("<4s4H2LH", b"PK\5\6", 0, 0, count, count, 0xFFFFFFFF, 0xFFFFFFFF, 0)


@pytest.mark.parametrize(
    "path",
    [
        "data/records/events.json", "data/log/head.json", "data/annotations/ada-1.jsonld",
        "data/records/facts/ada-1.json", "data/log/countersignatures.json", "data/log/events.jsonl",
    ],
)  # fmt: skip
@pytest.mark.parametrize("content", [DEEP, b'{"a":' * 100_000, b"1" * 10_000, b"NaN", b"\xff\xfe", b'"\\ud800"', b""])
def test_json_that_is_deep_endless_or_none_at_all_is_named_and_never_a_traceback(path: str, content: bytes) -> None:
    name = path.replace("/", "__")
    assert path in said(small(**{name: content}))


def test_a_bomb_is_refused_before_a_byte_of_it_is_unpacked() -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as made:
        made.writestr("p/data/bomb", bytes(64 << 20))
    tracemalloc.start()
    told = said(out.getvalue())
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert "p/data/bomb: its record in the ZIP's directory is not as it was written" in told
    assert peak < 4 << 20


def test_an_absurdly_large_record_is_not_read() -> None:
    large = Member("p/manifest-sha256.txt", verify.WHOLE_LIMIT + 1, 0, "", tuple)
    with io.BytesIO(b"".join(stream([written("p/bagit.txt", b"x")]))) as file:
        pack = verify.Pack(file, len(file.getvalue()))
    pack.paths["manifest-sha256.txt"] = verify.Entry("p/manifest-sha256.txt", large.size, 0, 0)
    with pytest.raises(verify.Unreadable, match="absurdly large"):
        pack.read("manifest-sha256.txt")


def test_twenty_thousand_names_are_looked_through_and_the_one_that_stands_twice_is_found() -> None:
    members = [written(f"p/data/{number:06}", b"") for number in range(20_000)]
    twice = [*members, written("p/data/ŴX", b""), written("p/data/ŵx", b"")]
    assert "stands in the pack twice" in said(b"".join(stream(bag.bag([], "p", info={}) + twice)))


# Values of another kind than we write, in packs that are whole otherwise

ODD = (
    10**400,
    -(10**400),
    1e308,
    None,
    True,
    -1,
    "",
    "x" * 99,
    "\ud800",
    "%(said)9999s",
    [],
    [[]],
    {},
    {"a": []},
    [None],
)
MEMBERS = {
    one.path.partition("/")[2]: b"".join(one.blocks()) for one in pack(LEILA, reports={}) if "/data/" in one.path
}
TOUCHED = sorted(path for path in MEMBERS if path.endswith((".json", ".jsonld")) and "framework" not in path)


def _spots(value: Any) -> list[tuple[Any, Any]]:
    """Every place in a value of JSON at which another value could stand: what holds it, and the key."""
    keys = list(value) if isinstance(value, dict) else range(len(value)) if isinstance(value, list) else []
    return [*((value, key) for key in keys), *(spot for key in keys for spot in _spots(value[key]))]


def _altered(content: bytes, data: st.DataObject) -> bytes:
    """JSON with odd values at some places; in a text that is JSON itself, within it, too."""
    whole = [json.loads(content)]
    for _ in range(data.draw(st.integers(1, 2))):
        holder, key = data.draw(st.sampled_from(_spots(whole)))
        inner = str(holder[key])
        if inner.startswith("{") and isinstance(holder[key], str) and data.draw(st.booleans()):
            holder[key] = _altered(inner.encode(), data).decode()
        else:
            holder[key] = deepcopy(data.draw(st.sampled_from(ODD)))
    return json.dumps(whole[0]).encode()


def test_the_pack_that_odd_values_are_put_in_holds_before() -> None:
    assert said(zipped(MEMBERS)) == ""


@settings(max_examples=150, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.data())
def test_odd_values_anywhere_in_the_records_of_a_pack_are_never_a_traceback(data: st.DataObject) -> None:
    path = data.draw(st.sampled_from(TOUCHED))
    result = checked(zipped(MEMBERS | {path: _altered(MEMBERS[path], data)}))
    assert verify.spoken(result)
    assert json.loads(verify.as_json(result))["kind"] == "audit pack"


@settings(max_examples=150, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.data())
def test_odd_values_anywhere_in_the_record_of_a_report_are_never_a_traceback(data: st.DataObject) -> None:
    record = _altered(MEMBERS["data/records/facts/leila-haddad-7.json"], data)
    result = verify.Result("report.pdf")
    content = b"1 0 obj <</Type /EmbeddedFile /Length %d>>stream\n%s\nReport %s." % (
        len(record), record, verify.hash_of(record.decode())[:12].encode(),
    )  # fmt: skip
    verify.check_report(content, result, "report.pdf", trusted=frozenset())
    assert not any("its name is not that" in fault.what for fault in result.faults)


@pytest.mark.parametrize(
    ("path", "content"),
    [
        ("data/records/rounds.json", [{"versions": None}]),
        ("data/records/rounds.json", [{"learner": [], "versions": ["E1 version 1 x"]}]),
        ("data/records/learners.json", [{"report": []}]),
        ("data/records/learners.json", [{"learner": {}, "report": {}}]),
        ("data/log/head.json", {"centre": [], "seq": len(CHAIN), "hash": CHAIN[-1]["hash"]}),
        ("data/annotations/ada-1.jsonld", {"items": [annotation("wept", 10**400, 10**401)]}),
        ("data/records/files.json", [{"path": [], "duration": 10**400}]),
        ("data/records/events.json", [{"seq": True, "hash": []}]),
    ],
)  # fmt: skip
def test_the_file_that_holds_a_value_of_another_kind_is_named(path: str, content: object) -> None:
    assert path in said(small(**{path.replace("/", "__"): canonical(content)}))


def test_a_recording_of_absurd_length_is_no_traceback() -> None:
    rows = [{"path": "data/a.mp3", "sha256": verify.hashlib.sha256(b"").hexdigest(), "duration": 10**400}]
    target = {"source": "../a.mp3", "selector": {"value": "t=9,12"}}
    more = {"data__a.mp3": b"", "data__records__files.json": canonical(rows)}
    page = canonical({"items": [{"id": "#claim-2", "target": target}]})
    assert "#claim-2: is not an annotation" in said(small(**more, **{"data__annotations__ada-1.jsonld": page}))


# Reports that are small and would be unpacked to much


def _attached(packing: bytes, content: bytes, times: int) -> bytes:
    about = b"/Type /EmbeddedFile " * times
    return b"1 0 obj <<%s%s/Length %d>>stream\n%s\nendstream\n" % (about, packing, len(content), content)


def test_one_stream_is_unpacked_once_however_often_it_is_said_to_be_a_file() -> None:
    content = _attached(b"/Filter /FlateDecode ", zlib.compress(b"{}"), 40)
    assert list(verify.attached(content)) == [b"{}"]


def test_a_report_that_unpacks_to_gigabytes_is_hashed_on_the_way_and_only_up_to_the_limit(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(verify, "UNPACKED_LIMIT", 48 << 20)
    bomb = _attached(b"/Filter /FlateDecode ", zlib.compress(bytes(30 << 20), 9), 1)
    tracemalloc.start()
    result = verify.Result("report.pdf")
    verify.check_report(bomb * 200, result, "report.pdf", trusted=frozenset())
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert not result.holds
    assert peak < 24 << 20


def test_a_broken_or_endless_stream_is_left_out_and_the_others_are_read() -> None:
    packed_up = zlib.compress(b"x" * 5000)
    cut = _attached(b"/Filter /FlateDecode ", packed_up[:-9] + b"\0" * 9, 1)
    assert list(verify.attached(cut + _attached(b"", b"{}", 1)))[-1] == b"{}"
    for size in (0, 1, verify.BLOCK - 1, verify.BLOCK, verify.BLOCK + 1, 3 * verify.BLOCK + 7):
        whole = bytes(size)
        assert list(verify.attached(_attached(b"/Filter /FlateDecode ", zlib.compress(whole), 1))) == [whole]
        assert list(verify.attached(_attached(b"", whole, 1))) == [whole]


def test_many_words_that_begin_an_object_nowhere_are_looked_through_quickly() -> None:
    """Each is looked before for a few kilobytes, and not to the beginning of the file."""
    content = b"/Type /EmbeddedFile " * 60_000
    begun = process_time()
    assert list(verify.attached(content)) == []
    assert process_time() - begun < 10


def test_ten_times_the_facts_take_about_ten_times_as_long() -> None:
    """Thousands of units, points and verdicts, as a hostile pack may tell of them."""
    short, long = _spent(300), _spent(3000)
    assert long < 30 * short + 0.5


def _spent(size: int) -> float:
    said = [{"deed": deed, "seq": at, "subject": f"enrolment {at}", "hash": "", "at": "", "actor": "A", "centre": "",
             "facts": canonical({"unit": f"U{at}", "edition": 1, "assessor": "", "iqa": ""}).decode()}
            for at in range(size) for deed in ("learner enrolled", "allocated")]  # fmt: skip
    unit = dict.fromkeys(("title", "level", "edition_sha256", "state", "assessor", "iqa"), "") | {"edition": 1}
    units = [unit | {"code": f"U{at}", "points": [], "rounds": [], "gaps": []} for at in range(size)]
    verdicts = [{"id": at, "unit": "U0", "point": f"{at}", "round": 1, "verdict": "met", "missing": [], "vacsr": [],
                 "assessor": "", "feedback": "", "reason": "", "at": "", "current": True}
                for at in range(size)]  # fmt: skip
    facts = {
        "units": units, "judgements": verdicts, "claims": [], "evidence": [], "events": said, "other_lines": [],
        "centre": dict.fromkeys(("id", "name", "number", "timezone", "language"), ""), "qualification": "",
        "learner": {"id": 1, "name": "", "number": ""}, "head": {"seq": 0, "hash": ""}, "as_at": "", "format": 1,
    }  # fmt: skip
    begun = process_time()
    assert verify.against_log(facts, verify.Counter())
    return process_time() - begun
