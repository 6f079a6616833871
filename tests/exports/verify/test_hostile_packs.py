"""A pack that somebody made to harm is refused: nothing is unpacked, little is read, and the reason is said."""

import io
import struct
import tracemalloc
import zipfile
from zlib import crc32

import pytest

from exports import verify
from exports.pack import bag
from exports.pack.bag import Member, stream, written
from tests.exports.verify.verifying import checked, said, small

pytestmark = pytest.mark.slow

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
    with pytest.raises(verify.Malformed, match="absurdly large"):
        pack.read("manifest-sha256.txt")


def test_twenty_thousand_names_are_looked_through_and_the_one_that_stands_twice_is_found() -> None:
    members = [written(f"p/data/{number:06}", b"") for number in range(20_000)]
    twice = [*members, written("p/data/ŴX", b""), written("p/data/ŵx", b"")]
    assert "stands in the pack twice" in said(b"".join(stream(bag.bag([], "p", info={}) + twice)))
