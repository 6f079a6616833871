"""What a browser plays and a printer prints is made from what people send, without what they did not mean to tell."""

import math
import struct
from collections.abc import Callable
from fractions import Fraction
from pathlib import Path

import av
import numpy as np
import pillow_heif
import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from portfolio.evidence import media
from portfolio.evidence.media import Prepared
from portfolio.evidence.waveform import thinned

pytestmark = pytest.mark.slow

RATE = 48_000


def tone(samples: int, at: int) -> av.AudioFrame:
    """A tone that is silent in its second second."""
    times = np.arange(at, at + samples) / RATE
    loud = np.where((times >= 1) & (times < 2), 0, 0.5) * np.sin(2 * math.pi * 440 * times)
    frame = av.AudioFrame.from_ndarray(loud.astype(np.float32).reshape(1, -1), format="flt", layout="mono")
    frame.sample_rate, frame.pts = RATE, at
    return frame


def view(number: int, size: tuple[int, int]) -> av.VideoFrame:
    """A picture: red above, blue below."""
    pixels = np.zeros((size[1], size[0], 3), np.uint8)
    pixels[: size[1] // 2], pixels[size[1] // 2 :] = (220, 0, 0), (0, 0, 220)
    frame = av.VideoFrame.from_ndarray(pixels, "rgb24")
    frame.pts, frame.time_base = number, Fraction(1, 10)
    return frame


def recorded(
    path: Path, form: str, *, sound: str = "", film: str = "", size: tuple[int, int] = (160, 120), rate: int = 10
) -> Path:
    """Three seconds of sound, film or both; pictures of a quick camera are shown ten a second."""
    with av.open(str(path), "w", format=form) as output:
        output.metadata["title"] = output.metadata["location"] = "+51.5074-000.1278/"
        pictures = output.add_stream(film, rate=rate) if film else None
        if pictures:
            pictures.width, pictures.height, pictures.pix_fmt = *size, "yuv420p"
        voice = output.add_stream(sound, rate=RATE, layout="mono") if sound else None
        for number in range(30):
            if pictures:
                output.mux(pictures.encode(view(number, size)))
            if voice:
                output.mux(voice.encode(tone(RATE // 10, number * RATE // 10)))
        for stream in filter(None, (pictures, voice)):
            output.mux(stream.encode(None))
    return path


def turned(path: Path) -> Path:
    """The same film, held upright by the phone: a quarter turn in the header of its first track (ISO/IEC 14496-12)."""
    content = bytearray(path.read_bytes())
    matrix = content.index(b"tkhd") + 44
    content[matrix : matrix + 36] = struct.pack(">9i", 0, 1 << 16, 0, -1 << 16, 0, 0, 120 << 16, 0, 1 << 30)
    path.write_bytes(content)
    return path


@pytest.fixture
def prepare(tmp_path: Path) -> Callable[[Path], Prepared]:
    def made(path: Path) -> Prepared:
        into = tmp_path / "made"
        into.mkdir(exist_ok=True)
        return media.prepare(path, into)

    return made


Prepare = Callable[[Path], Prepared]


@pytest.mark.parametrize(
    ("form", "codec", "media_type"),
    [
        ("mp3", "libmp3lame", "audio/mpeg"),
        ("ipod", "aac", "audio/mp4"),
        ("ogg", "libopus", "audio/ogg"),
        ("webm", "libopus", "audio/webm"),
        ("wav", "pcm_s16le", "audio/wav"),
        ("flac", "flac", "audio/flac"),
    ],
)
def test_a_voice_recording_plays_everywhere_with_its_waveform(
    prepare: Prepare, tmp_path: Path, form: str, codec: str, media_type: str
) -> None:
    made = prepare(recorded(tmp_path / "voice", form, sound=codec))
    assert (made.kind, made.media_type, made.shown_type, made.note) == ("audio", media_type, "audio/mp4", "")
    assert made.duration == pytest.approx(3, abs=0.1)
    silent = made.peaks[len(made.peaks) * 4 // 9 : len(made.peaks) * 5 // 9]
    assert max(made.peaks) > 0.3
    assert max(silent) < 0.05
    assert made.shown is not None
    assert b"51.5074" not in made.shown.read_bytes()
    with av.open(str(made.shown)) as shown:
        assert [stream.codec_context.name for stream in shown.streams] == ["aac"]
        assert sum(frame.samples for frame in shown.decode(audio=0)) / RATE == pytest.approx(3, abs=0.1)


@pytest.mark.parametrize(
    ("form", "film", "sound"),
    [("mp4", "libx264", "aac"), ("webm", "libvpx", "libopus"), ("mov", "libx264", "pcm_s16le"), ("mp4", "mpeg4", "")],
)
def test_a_film_plays_everywhere_with_a_poster(
    prepare: Prepare, tmp_path: Path, form: str, film: str, sound: str
) -> None:
    made = prepare(recorded(tmp_path / "film", form, film=film, sound=sound))
    assert (made.kind, made.shown_type, made.note, bool(made.peaks)) == ("video", "video/mp4", "", bool(sound))
    assert (made.width, made.height, made.picture_width) == (160, 120, 160)
    assert made.duration == pytest.approx(3, abs=0.1)
    assert made.shown is not None
    content = made.shown.read_bytes()
    assert b"51.5074" not in content
    assert content.index(b"moov") < content.index(b"mdat"), "playing must not wait for the whole file"
    with av.open(str(made.shown)) as shown:
        assert shown.streams.video[0].codec_context.name == "h264"
        assert sum(1 for _ in shown.decode(video=0)) == 30


@pytest.mark.parametrize("film", ["libx264", "mpeg4"])
def test_a_film_held_upright_is_shown_upright(prepare: Prepare, tmp_path: Path, film: str) -> None:
    made = prepare(turned(recorded(tmp_path / "film", "mp4", film=film)))
    assert (made.width, made.height) == (120, 160)
    assert made.picture is not None
    with Image.open(made.picture) as poster:
        left, right = (poster.convert("RGB").getpixel((x, 80)) for x in (20, 100))
    assert left[2] > 150 > left[0], "what was below is now on the left"
    assert right[0] > 150 > right[2]


def test_a_large_film_is_made_smaller(prepare: Prepare, tmp_path: Path) -> None:
    made = prepare(recorded(tmp_path / "film", "webm", film="libvpx", size=(1024, 768)))
    assert (made.width, made.height) == (1024, 768)
    with av.open(str(made.shown)) as shown:
        assert (shown.streams.video[0].width, shown.streams.video[0].height) == (960, 720)


@pytest.mark.parametrize("form", ["JPEG", "PNG", "WEBP", "GIF", "TIFF", "HEIF"])
def test_a_photo_is_shown_upright_and_tells_neither_place_nor_camera(
    prepare: Prepare, tmp_path: Path, form: str
) -> None:
    pillow_heif.register_heif_opener()
    exif = Image.Exif()
    exif[0x0112], exif[0x010F] = 6, "Camera of Ada"
    path = tmp_path / "photo"
    keeps_exif = form not in ("GIF", "HEIF")
    Image.new("RGB", (2400, 1200), "teal").save(path, form, **({"exif": exif} if keeps_exif else {}))
    made = prepare(path)
    wide = (1200, 2400) if keeps_exif else (2400, 1200)
    assert (made.kind, made.note, made.width, made.height) == ("image", "", *wide)
    assert made.shown is not None
    assert made.picture is not None
    with Image.open(made.shown) as shown, Image.open(made.picture) as small:
        assert (max(shown.size), max(small.size), small.format) == (1600, 900, "JPEG")
        assert (shown.width < shown.height) == keeps_exif
        assert not shown.getexif()
    assert b"Camera of Ada" not in made.shown.read_bytes() + made.picture.read_bytes()


def test_a_transparent_picture_stands_on_paper_white(prepare: Prepare, tmp_path: Path) -> None:
    Image.new("RGBA", (50, 50), (0, 0, 0, 0)).save(tmp_path / "clear", "PNG")
    made = prepare(tmp_path / "clear")
    with Image.open(made.shown or "") as shown:
        assert shown.getpixel((10, 10)) == (255, 255, 255)


def test_a_recording_that_was_cut_off_in_the_middle_does_no_harm(prepare: Prepare, tmp_path: Path) -> None:
    whole = recorded(tmp_path / "film", "webm", film="libvpx", sound="libopus")
    whole.write_bytes(whole.read_bytes()[: whole.stat().st_size // 2])
    made = prepare(whole)
    assert made.kind == "video"
    assert made.shown is not None
    assert 0 < (made.duration or 0) <= 3.1


@given(st.lists(st.floats(0, 1), max_size=2000), st.integers(1, 900))
def test_a_thinner_waveform_keeps_the_loudest(peaks: list[float], most: int) -> None:
    thin = thinned(peaks, most)
    assert len(thin) == min(len(peaks), most)
    assert max(thin, default=0) == max(peaks, default=0)
