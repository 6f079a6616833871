"""What costs too much to prepare is told of: a large film keeps its sound and a picture, a large picture its bytes."""

import struct
import zlib
from pathlib import Path

import av
import numpy as np
import pytest

from portfolio.evidence import media
from portfolio.evidence.media.recordings.recording import TOO_MUCH
from portfolio.foundation.work.jobs import Cancelled
from tests.evidence.formats.crawling import crawling

pytestmark = pytest.mark.slow


def large_film(path: Path, *, sound: bool) -> Path:
    """Three frames that are wider than what is encoded anew, and a second of a tone."""
    with av.open(str(path), "w", format="mp4") as output:
        picture = output.add_stream("libx264", rate=3, options={"preset": "ultrafast"})
        picture.width, picture.height, picture.pix_fmt = 4608, 2592, "yuv420p"
        voice = output.add_stream("aac", rate=48_000, layout="mono") if sound else None
        for _ in range(3):
            frame = av.VideoFrame.from_ndarray(np.full((2592, 4608, 3), 120, np.uint8), format="rgb24")
            output.mux(picture.encode(frame))
        output.mux(picture.encode(None))
        if voice:
            wave = np.sin(np.arange(48_000) / 20).astype(np.float32).reshape(1, -1)
            heard = av.AudioFrame.from_ndarray(wave, format="fltp", layout="mono")
            heard.rate = 48_000
            output.mux(voice.encode(heard))
            output.mux(voice.encode(None))
    return path


@pytest.mark.parametrize(("sound", "shown_type"), [(True, "audio/mp4"), (False, "")])
def test_a_film_beyond_the_budget_keeps_its_sound_and_one_picture_and_says_so(
    tmp_path: Path, sound: bool, shown_type: str
) -> None:
    made = media.prepare(large_film(tmp_path / "film", sound=sound), tmp_path)
    assert (made.kind, made.width, made.shown_type, made.note) == ("video", 4608, shown_type, "")
    assert TOO_MUCH in made.remarks
    assert made.picture is not None
    assert bool(made.peaks) == sound


def plain_png(path: Path, side: int, *, depth: int, colours: int, bytes_a_pixel: int, extra: bytes = b"") -> Path:
    """A square PNG of nothing, packed to a few hundred kilobytes (its specification, §11.2)."""
    packer = zlib.compressobj(9)
    rows = b"".join(packer.compress(bytes(1 + side * bytes_a_pixel)) for _ in range(side)) + packer.flush()
    head = struct.pack(">IIBBBBB", side, side, depth, colours, 0, 0, 0)
    content = [chunk(b"IHDR", head), extra, chunk(b"IDAT", rows), chunk(b"IEND", b"")]
    path.write_bytes(b"\x89PNG\r\n\x1a\n" + b"".join(content))
    return path


def chunk(name: bytes, content: bytes) -> bytes:
    return struct.pack(">I", len(content)) + name + content + struct.pack(">I", zlib.crc32(name + content))


def test_a_small_file_of_a_hundred_million_clear_pixels_of_16_bits_is_shown_within_the_limit(tmp_path: Path) -> None:
    made = media.prepare(plain_png(tmp_path / "large", 10_900, depth=16, colours=6, bytes_a_pixel=8), tmp_path)
    assert (made.note, made.width, made.height) == ("", 10_900, 10_900)


def test_a_picture_that_would_need_more_memory_than_there_is_says_so(tmp_path: Path) -> None:
    palette = chunk(b"PLTE", bytes(768)) + chunk(b"tRNS", bytes(256))
    path = plain_png(tmp_path / "large", 10_900, depth=8, colours=3, bytes_a_pixel=1, extra=palette)
    made = media.prepare(path, tmp_path)
    assert made.shown is None
    assert "too many pixels" in made.note


def test_a_preparation_that_nobody_wants_any_more_ends_at_once(tmp_path: Path) -> None:
    def called_off() -> None:
        raise Cancelled

    with pytest.raises(Cancelled):
        media.prepare(crawling(tmp_path / "film"), tmp_path, called_off)
    assert not (tmp_path / "picture.jpg").exists()
