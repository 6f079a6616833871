"""What can be read of a damaged recording is played at its own time; what is missing of it is said."""

from fractions import Fraction
from pathlib import Path
from typing import Any

import av
import numpy as np
import pytest

from portfolio.evidence.media.prepared import NOT_PREPARED, Prepared
from portfolio.evidence.media.recordings.gaps import PICTURES, SOUND, Gaps, GapWords
from tests.evidence.media.test_evidence_as_it_was import Prepare, prepare, said

pytestmark = pytest.mark.slow

__all__ = ["prepare"]

RATE = 48_000
SECONDS = 12
LOUD = (8, 10)
"""Seconds between which the tone is loud."""


def noisy(number: int) -> av.VideoFrame:
    """A picture of no pattern, so that films grow large enough to be damaged in their middle."""
    pixels = np.random.default_rng(number).integers(0, 255, (120, 160, 3), dtype=np.uint8)
    frame = av.VideoFrame.from_ndarray(pixels, "rgb24")
    frame.pts, frame.time_base = number, Fraction(1, 10)
    return frame


def tone(number: int) -> av.AudioFrame:
    """A tenth of a second of a tone, loud between the seconds of `LOUD`, and noise under it."""
    times = np.arange(number * RATE // 10, (number + 1) * RATE // 10) / RATE
    loud = np.where((times >= LOUD[0]) & (times < LOUD[1]), 0.5, 0.02) * np.sin(2764 * times)
    noise = np.random.default_rng(number).normal(0, 0.01, times.size)
    frame = av.AudioFrame.from_ndarray((loud + noise).astype(np.float32).reshape(1, -1), "flt", "mono")
    frame.sample_rate, frame.pts, frame.time_base = RATE, number * RATE // 10, Fraction(1, RATE)
    return frame


def recorded(path: Path, form: str, sound: str, film: str = "", without: tuple[float, float] = (0, 0)) -> Path:
    """Twelve seconds; sound packets that begin between the seconds of `without` are left out."""
    options = {"movflags": "+faststart"} if form in ("mp4", "ipod") else {}
    with av.open(str(path), "w", format=form, options=options) as output:
        pictures: Any = output.add_stream(film, rate=10, options={"g": "10"}) if film else None
        if pictures:
            pictures.width, pictures.height, pictures.pix_fmt = 160, 120, "yuv420p"
        voice: Any = output.add_stream(sound, rate=RATE, layout="mono")
        for number in [*range(SECONDS * 10), None]:
            if pictures:
                output.mux(pictures.encode(None if number is None else noisy(number)))
            for packet in voice.encode(None if number is None else tone(number)):
                if not without[0] <= float(packet.pts * packet.time_base) < without[1]:
                    output.mux(packet)
    return path


def loud(path: Path | None) -> list[float]:
    """The seconds at which the tone is loud in a copy, by its own clock."""
    with av.open(str(path)) as shown:
        return [frame.time or 0.0 for frame in shown.decode(audio=0) if np.abs(frame.to_ndarray()).max() > 0.3]


def ensure_in_time(made: Prepared) -> None:
    """The tone stands where it was, in the copy and in the waveform."""
    assert made.duration == pytest.approx(SECONDS, abs=0.2)
    assert min(loud(made.shown)) == pytest.approx(LOUD[0], abs=0.2)
    drawn = [place * SECONDS / len(made.peaks) for place, peak in enumerate(made.peaks) if peak > 0.3]
    assert (min(drawn), max(drawn)) == (pytest.approx(LOUD[0], abs=0.2), pytest.approx(LOUD[1], abs=0.2))


@pytest.mark.parametrize(
    ("form", "sound", "film"), [("webm", "libopus", "libvpx"), ("matroska", "pcm_s16le", "libx264"), ("mp4", "aac", "")]
)
def test_a_sound_that_was_interrupted_stays_in_time_and_that_is_said(
    prepare: Prepare, tmp_path: Path, form: str, sound: str, film: str
) -> None:
    made = prepare(recorded(tmp_path / "film", form, sound, film, without=(2, 6)))
    ensure_in_time(made)
    assert "Its sound is interrupted from 0:02 to 0:0" in said(made)


def damaged(path: Path, how: str) -> Path:
    """The same file without its second third, with zeros for it, or without its second half."""
    content, third = path.read_bytes(), path.stat().st_size // 3
    parts = {
        "cut out": content[:third] + content[2 * third :],
        "zeroed": content[:third] + bytes(third) + content[2 * third :],
        "halved": content[: len(content) // 2],
    }
    path.write_bytes(parts[how])
    return path


@pytest.mark.parametrize("how", ["cut out", "zeroed"])
@pytest.mark.parametrize(
    ("form", "sound", "film"),
    [("flac", "flac", ""), ("matroska", "libopus", "libx264"), ("ogg", "libopus", ""), ("mpegts", "aac", "libx264")],
)
def test_a_hole_in_a_recording_is_said_and_what_follows_stays_in_time(
    prepare: Prepare, tmp_path: Path, how: str, form: str, sound: str, film: str
) -> None:
    made = prepare(damaged(recorded(tmp_path / "recording", form, sound, film), how))
    assert made.duration == pytest.approx(SECONDS, abs=0.3)
    assert "Its sound is interrupted from 0:0" in said(made)
    assert ("Its pictures stand still from 0:0" in said(made)) == bool(film)
    assert max(loud(made.shown)) == pytest.approx(LOUD[1], abs=0.2)


@pytest.mark.parametrize(
    ("form", "sound", "film", "how"),
    [
        ("mp4", "aac", "libx264", "halved"),
        ("mp4", "aac", "libx264", "zeroed"),
        ("mp4", "aac", "mpeg4", "zeroed"),
        ("ipod", "aac", "", "halved"),
        ("ipod", "aac", "", "cut out"),
        ("flac", "flac", "", "halved"),
        ("mp3", "libmp3lame", "", "zeroed"),
    ],
)
def test_what_can_be_read_of_a_damaged_recording_is_played(
    prepare: Prepare, tmp_path: Path, form: str, sound: str, film: str, how: str
) -> None:
    made = prepare(damaged(recorded(tmp_path / "recording", form, sound, film), how))
    assert (made.note, bool(made.shown)) == ("", True)
    assert any(words in said(made) for words in ("cut off", "interrupted", "could not be read"))
    with av.open(str(made.shown)) as shown:
        assert sum(frame.samples for frame in shown.decode(audio=0)) / RATE > 3
    if film:
        with av.open(str(made.shown)) as shown:
            assert sum(1 for _ in shown.decode(video=0)) > 30, "no packet in it stops a player"


@pytest.mark.parametrize(
    ("form", "sound", "film"),
    [
        ("webm", "libopus", "libvpx"),
        ("mp4", "aac", "libx264"),
        ("mpegts", "aac", "libx264"),
        ("mp3", "libmp3lame", ""),
        ("adts", "aac", ""),
        ("avi", "libmp3lame", "mpeg4"),
        ("wav", "pcm_f32le", ""),
    ],
)
def test_nothing_is_said_of_a_recording_that_is_whole(
    prepare: Prepare, tmp_path: Path, form: str, sound: str, film: str
) -> None:
    made = prepare(recorded(tmp_path / "recording", form, sound, film))
    assert said(made) == ""
    ensure_in_time(made)


def test_a_recording_of_which_nothing_can_be_read_is_kept_with_a_note(prepare: Prepare, tmp_path: Path) -> None:
    path = recorded(tmp_path / "voice", "ipod", "aac")
    content = path.read_bytes()
    begin = content.index(b"mdat") + 4
    path.write_bytes(content[:begin] + b"\xff" * (len(content) - begin))
    made = prepare(path)
    assert (made.note, made.shown) == (NOT_PREPARED, None)


def test_a_sound_whose_channels_oppose_each_other_is_not_called_silent(prepare: Prepare, tmp_path: Path) -> None:
    with av.open(str(tmp_path / "voice"), "w", format="wav") as output:
        voice: Any = output.add_stream("pcm_s16le", rate=RATE, layout="stereo")
        left = (np.sin(np.arange(RATE) / 20) * 20_000).astype(np.int16)
        frame = av.AudioFrame.from_ndarray(np.stack([left, -left], axis=1).reshape(1, -1), "s16", "stereo")
        frame.sample_rate, frame.pts = RATE, 0
        for one in (frame, None):
            output.mux(voice.encode(one))
    made = prepare(tmp_path / "voice")
    assert said(made) == ""
    assert max(made.peaks) > 0.5


@pytest.mark.parametrize(
    ("words", "read", "told"),
    [
        (SOUND, [(0, 60)], []),
        (SOUND, [], ["Nothing of its sound could be read."]),
        (
            SOUND,
            [(3, 10), (14, 40)],
            ["Its sound begins at 0:03, is interrupted from 0:10 to 0:14 and ends at 0:40."],
        ),
        (PICTURES, [(0, 10), (14, 60)], ["Its pictures stand still from 0:10 to 0:14."]),
        (
            SOUND,
            [(second, second + 0.9) for second in range(60)],
            ["Its sound is interrupted at 60 places, for 0:06 in all."],
        ),
        (SOUND, [(second, second + 0.9) for second in range(5)] + [(5, 60)], []),
    ],
)
def test_gaps_are_told_in_one_sentence(words: GapWords, read: list[tuple[float, float]], told: list[str]) -> None:
    gaps = Gaps(0.05)
    for start, end in read:
        gaps.read(start, end)
    assert list(gaps.said(words, 60)) == told


def test_of_many_gaps_the_first_are_named_and_the_others_counted() -> None:
    gaps = Gaps(0.05)
    for second in range(0, 60, 3):
        gaps.read(second, second + 1)
    (sentence,) = gaps.said(SOUND, 58)
    assert sentence.startswith("Its sound is interrupted from 0:01 to 0:03, is interrupted from 0:04 to 0:06, ")
    assert sentence.endswith(" and is interrupted at 14 other places.")
