"""A file is read as whatever saved it wrote it, and where that had to be assumed a person is told what to check."""

import pytest

from criteria.reader import Refusal, read
from criteria.reader.decoding import MAX_BYTES, decoded, lines

WORD = "Marking points\r\n- Award credit for a “safe” transfer – as the learner’s plan says – under £20…\r\n"
FRENCH = "Notes on crème brûlée, pâté en croûte, garçon, maïs, hors d’œuvre, à la crème and a fête for £5.\n"


@pytest.mark.parametrize(
    ("text", "encoding", "named"),
    [
        (WORD, "cp1252", "Windows-1252"),
        (WORD, "mac_roman", "Mac OS Roman"),
        (WORD, "utf-16-le", "UTF-16"),
        (WORD, "utf-16-be", "UTF-16"),
    ],
)
def test_a_file_in_an_older_encoding_is_read_and_what_was_assumed_is_said(text: str, encoding: str, named: str) -> None:
    found = decoded(text.encode(encoding))
    assert (found.text, found.assumed) == (text, named)
    assert f"it was read as {named}" in found.warning


def test_the_signs_to_be_checked_are_shown() -> None:
    assert decoded(WORD.encode("cp1252")).warning.endswith("signs: “ ” – ’ £ …")
    assert decoded((FRENCH + WORD).encode("cp1252")).warning.endswith(" and others")


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-32", "ascii"])
def test_nothing_is_said_where_the_bytes_leave_no_doubt(encoding: str) -> None:
    text = WORD if encoding != "ascii" else "Marking points\n- A smile."
    assert decoded(text.encode(encoding)).warning == ""


def test_the_words_of_a_point_are_the_same_however_they_were_saved() -> None:
    assert read(WORD.encode("cp1252")) == read(WORD)


@pytest.mark.parametrize(
    "data",
    [
        "Привет, мир! Как дела? ".encode("cp1251") * 10,
        "日本語のテキスト。".encode("shift_jis") * 10,
        bytes(range(256)) * 3_900,
        b"\xff" * MAX_BYTES,
        b"\0" * MAX_BYTES,
        b"PK\x03\x04" + bytes(range(128, 256)) * 100,
    ],
)
def test_what_makes_sense_in_no_such_encoding_is_refused(data: bytes) -> None:
    with pytest.raises(Refusal, match="this is not"):
        lines(data)


@pytest.mark.parametrize("data", [(b"a" * 50 + b"\x93") * 19_000, b"\x93\n" * 400_000, b"a\0" * 490_000])
def test_a_large_file_of_nothing_but_one_sign_comes_to_an_end(data: bytes) -> None:
    assert lines(data)
    with pytest.raises(Refusal):
        read(data)
