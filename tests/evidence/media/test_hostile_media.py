"""What people send may be damaged, locked or meant to harm: it is kept, opened with limits at most, and told of."""

import io
import json
import struct
import subprocess
import sys
import zlib
from collections.abc import Callable
from pathlib import Path

import pikepdf
import pytest
from PIL import Image

from portfolio.evidence import media
from portfolio.evidence.media import Prepared
from portfolio.evidence.media.prepared import NOT_PREPARED, TOOK_TOO_LONG

pytestmark = pytest.mark.slow

Prepare = Callable[[Path], Prepared]


@pytest.fixture
def prepare(tmp_path: Path) -> Prepare:
    def made(path: Path) -> Prepared:
        into = tmp_path / "made"
        into.mkdir(exist_ok=True)
        return media.prepare(path, into)

    return made


def test_a_picture_that_would_fill_the_memory_is_not_opened(prepare: Prepare, tmp_path: Path) -> None:
    small = io.BytesIO()
    Image.new("1", (8, 8)).save(small, "PNG")
    content = bytearray(small.getvalue())
    content[16:24] = struct.pack(">II", 60_000, 60_000)
    content[29:33] = struct.pack(">I", zlib.crc32(content[12:29]))
    (tmp_path / "bomb").write_bytes(content)
    made = prepare(tmp_path / "bomb")
    assert (made.kind, made.shown) == ("image", None)
    assert "too many pixels" in made.note


def test_a_pdf_is_counted_and_one_that_does_not_open_says_why(prepare: Prepare, tmp_path: Path) -> None:
    with pikepdf.new() as pdf:
        for _ in range(3):
            pdf.add_blank_page()
        pdf.save(tmp_path / "open.pdf")
        pdf.save(tmp_path / "locked.pdf", encryption=pikepdf.Encryption(owner="a", user="b"))
    (tmp_path / "damaged.pdf").write_bytes(b"%PDF-1.7\n" + b"nothing of a PDF " * 50)
    assert (prepare(tmp_path / "open.pdf").kind, prepare(tmp_path / "open.pdf").pages) == ("document", 3)
    for name, reason in (("locked.pdf", "password"), ("damaged.pdf", "damaged")):
        made = prepare(tmp_path / name)
        assert (made.kind, made.media_type, made.pages) == ("document", "application/pdf", None)
        assert reason in made.note


@pytest.mark.parametrize(
    "content",
    [
        b"<!doctype html><script>alert(1)</script>",
        b'<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>',
        b"\x7fELF" + bytes(60),
        b"#!/bin/sh\nrm -rf /\n",
        b"#EXTM3U\nfile:///etc/passwd\n",
        b"",
    ],
)
def test_pages_programs_and_the_unknown_are_kept_but_never_opened(
    prepare: Prepare, tmp_path: Path, content: bytes
) -> None:
    (tmp_path / "strange").write_bytes(content)
    made = prepare(tmp_path / "strange")
    assert (made.kind, made.media_type, made.shown) == ("other", "application/octet-stream", None)


@pytest.mark.parametrize(
    "head", [b"\xff\xd8\xff\xe0", b"\x89PNG\r\n\x1a\n", b"ID3\x04", b"OggS\x00", b"RIFF\x00\x00\x00\x00WAVE"]
)
def test_what_only_begins_like_a_recording_or_picture_is_kept_with_a_note(
    prepare: Prepare, tmp_path: Path, head: bytes
) -> None:
    (tmp_path / "broken").write_bytes(head + b"but nothing that a decoder knows " * 40)
    made = prepare(tmp_path / "broken")
    assert made.kind in {"image", "audio"}
    assert (made.shown, made.note) == (None, NOT_PREPARED)


def test_the_confined_process_keeps_its_limits() -> None:
    code = (
        "from portfolio.evidence.media.__main__ import confine; import resource, json; confine('image'); "
        "print(json.dumps([resource.getrlimit(limit) for limit in (resource.RLIMIT_CPU, resource.RLIMIT_AS)]))\n"
        "try: bytearray(2 << 30)\nexcept MemoryError: print('too much')"
    )
    said = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout.split("\n")
    assert json.loads(said[0]) == [[60, 61], [3 << 29, 3 << 29]]
    assert said[1] == "too much"


def test_what_takes_too_long_is_ended_and_that_is_said(
    prepare: Prepare, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The bound on processor time cannot be waited for: a process stands in that meets it at once."""
    slow = tmp_path / "python"
    slow.write_text("#!/bin/sh\nkill -XCPU $$\n")
    slow.chmod(0o700)
    monkeypatch.setattr(sys, "executable", str(slow))
    with pikepdf.new() as pdf:
        pdf.add_blank_page()
        pdf.save(tmp_path / "slow.pdf")
    made = prepare(tmp_path / "slow.pdf")
    assert (made.kind, made.note, made.pages) == ("document", TOOK_TOO_LONG, None)


def chained_tiff(sheets: int) -> bytes:
    """A TIFF of one dot, shown on that many sheets that all say the same."""
    tags = ((256, 1), (257, 1), (258, 8), (259, 1), (262, 1), (273, 8), (277, 1), (278, 1), (279, 1))
    size = 2 + 12 * len(tags) + 4
    sheet = struct.pack("<H", len(tags)) + b"".join(struct.pack("<HHLL", tag, 4, 1, value) for tag, value in tags)
    chain = (sheet + struct.pack("<L", 12 + size * number) for number in range(1, sheets))
    return struct.pack("<2sHL4x", b"II", 42, 12) + b"".join(chain) + sheet + bytes(4)


def moving_gif(frames: int) -> bytes:
    """A GIF of one dot, that many times."""
    file = io.BytesIO()
    Image.new("P", (1, 1)).save(file, "GIF")
    content = file.getvalue()
    at = content.index(b",")
    return content[:at] + content[at:-1] * frames + b";"


@pytest.mark.parametrize(
    ("make", "told"), [(chained_tiff, "Page 1 of %s is shown"), (moving_gif, "the first of its %s pictures is shown")]
)
def test_pictures_in_a_file_are_counted_up_to_a_thousand(
    prepare: Prepare, tmp_path: Path, make: Callable[[int], bytes], told: str
) -> None:
    for count, number in ((3, "3"), (1000, "1,000"), (60_000, "more than 1,000")):
        (tmp_path / "many").write_bytes(make(count))
        made = prepare(tmp_path / "many")
        assert (made.note, bool(made.shown)) == ("", True)
        assert told % number in made.remarks[0]
