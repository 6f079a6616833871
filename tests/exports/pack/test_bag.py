"""A bag is one stream whose length is known before, and others' tools read it."""

import io
import subprocess
import unicodedata
import zipfile
from pathlib import Path
from zlib import crc32

import bagit
import pytest
from hypothesis import given
from hypothesis import strategies as st

from exports.pack.bag import (
    Member,
    NotAsRegistered,
    bag,
    length,
    manifest,
    pieces,
    stream,
    walked,
    written,
)

pytestmark = pytest.mark.slow

INFO = {"Source-Organization": "Harbourside Training", "Bagging-Date": "2026-04-20"}
NAMES = st.text(
    st.characters(exclude_categories=("Cs", "Cc"), exclude_characters='/\\%<>:"|?*'), min_size=1, max_size=12
).map(lambda name: f"data/{unicodedata.normalize('NFC', name)}.bin")
CONTENTS = st.dictionaries(NAMES, st.binary(max_size=300), max_size=12)


def _bag(contents: dict[str, bytes]) -> list[Member]:
    return bag((written(path, content) for path, content in contents.items()), "pack", info=INFO)


@given(CONTENTS)
def test_its_length_is_known_before_the_first_byte(contents: dict[str, bytes]) -> None:
    members = _bag(contents)
    assert length(members) == len(b"".join(stream(members)))


@given(CONTENTS)
def test_the_order_in_which_files_come_changes_no_byte(contents: dict[str, bytes]) -> None:
    backwards = dict(reversed(contents.items()))
    assert b"".join(stream(_bag(contents))) == b"".join(stream(_bag(backwards)))


@given(CONTENTS)
def test_any_zip_reader_finds_every_file_as_it_was_put_in(contents: dict[str, bytes]) -> None:
    with zipfile.ZipFile(io.BytesIO(b"".join(stream(_bag(contents))))) as read:
        assert read.testzip() is None
        assert {name: read.read(f"pack/{name}") for name in contents} == contents


def test_bagit_and_unzip_accept_it(tmp_path: Path) -> None:
    file = tmp_path / "pack.zip"
    contents = {"data/a b.txt": b"one", "data/deep/Tŵm’s ☕.txt": b"two", "data/empty": b""}
    file.write_bytes(b"".join(stream(_bag(contents))))
    subprocess.run(["unzip", "-tq", file], check=True, capture_output=True)
    with zipfile.ZipFile(file) as read:
        read.extractall(tmp_path)
    opened = bagit.Bag(str(tmp_path / "pack"))
    assert opened.validate()
    assert opened.version_info == (1, 0)
    assert opened.info["Payload-Oxum"] == "6.3"


def test_paths_are_encoded_in_manifests_as_the_rfc_says_and_no_further() -> None:
    line = manifest([written("data/50% a\r\nb ŵ.txt", b"")]).decode()
    assert line.endswith("  data/50%25 a%0D%0Ab ŵ.txt\n")


def test_a_name_with_a_line_break_adds_no_label_to_the_bag_info() -> None:
    members = bag([], "pack", info={"Source-Organization": "A\nPayload-Oxum: 9.9"})
    content = next(member for member in members if member.path == "pack/bag-info.txt")
    assert b"".join(content.blocks()).decode().splitlines() == [
        "Payload-Oxum: 0.0",
        "Source-Organization: A Payload-Oxum: 9.9",
    ]


@pytest.mark.parametrize("held", [b"ABC", b"abcd", b"ab"])
def test_a_file_that_is_not_what_the_register_says_stops_the_stream_and_is_named(held: bytes) -> None:
    told = written("data/call.wav", b"abc")
    lying = Member(told.path, told.size, told.crc32, told.sha256, lambda: (held,))
    with pytest.raises(NotAsRegistered, match=r"data/call\.wav"):
        b"".join(stream(bag([lying], "pack", info=INFO)))


def test_nothing_is_opened_before_it_is_streamed() -> None:
    def never() -> list[bytes]:
        raise AssertionError("opened")

    told = written("data/call.wav", b"abc")
    members = bag([Member(told.path, told.size, told.crc32, told.sha256, never)], "pack", info=INFO)
    assert length(members) > 3


def test_a_walked_file_is_known_like_a_written_one() -> None:
    one, other = walked("data/log", lambda: (b"ab", b"", b"c")), written("data/log", b"abc")
    assert (one.size, one.crc32, one.sha256) == (other.size, other.crc32, other.sha256)


def test_more_files_than_old_zips_can_count(tmp_path: Path) -> None:
    members = [Member(f"pack/data/{number:05}", 0, 0, "", tuple) for number in range(65_536)]
    file = tmp_path / "many.zip"
    file.write_bytes(b"".join(piece for piece in pieces(members) if isinstance(piece, bytes)))
    with zipfile.ZipFile(file) as read:
        assert len(read.namelist()) == 65_536
    assert file.stat().st_size == length(members)


def test_files_and_offsets_beyond_four_gigabytes(tmp_path: Path) -> None:
    sizes = {"pack/data/a": 5 << 30, "pack/data/b": 0xFFFFFFFF, "pack/data/c": 3}
    members = [Member(path, size, crc32(bytes(3)), "", tuple) for path, size in sizes.items()]
    file = tmp_path / "large.zip"
    with file.open("wb") as sparse:
        for piece in pieces(members):
            if isinstance(piece, bytes):
                sparse.write(piece)
            else:
                sparse.seek(piece.size, io.SEEK_CUR)
    assert file.stat().st_size == length(members)
    with zipfile.ZipFile(file) as read:
        assert {entry.filename: entry.file_size for entry in read.infolist()} == sizes
        assert read.read("pack/data/c") == bytes(3)
