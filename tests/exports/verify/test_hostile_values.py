"""Values of another kind than we write, in packs and reports that are whole otherwise, are never a traceback."""

import json
import struct
import tracemalloc
import zlib
from contextlib import suppress
from copy import deepcopy
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from exports import verify
from tests.exports.samples.log import canonical
from tests.exports.samples.pack import LEILA, pack
from tests.exports.verify.verifying import CHAIN, annotation, checked, said, small, zipped

pytestmark = pytest.mark.slow

DEEP = b"[" * 200_000
WIDE = struct.pack("<HHQQ", 1, 16, 1 << 40, 1 << 40)


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
    with suppress(verify.Newer):
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
