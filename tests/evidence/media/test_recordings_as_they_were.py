"""Recordings of any camera are played, in the track that can be heard; what is not played is said."""

from fractions import Fraction
from pathlib import Path

import av
import numpy as np
import pytest

from tests.evidence.media.test_evidence_as_it_was import Prepare, prepare, said
from tests.evidence.media.test_media import RATE, recorded, tone, view

pytestmark = pytest.mark.slow

__all__ = ["prepare"]


@pytest.mark.parametrize(
    ("form", "film", "sound", "media_type"),
    [
        ("mpegts", "libx264", "aac", "video/mp2t"),
        ("flv", "flv", "libmp3lame", "video/x-flv"),
        ("mpeg", "mpeg1video", "mp2", "video/mpeg"),
        ("caf", "", "pcm_s16be", "audio/x-caf"),
        ("au", "", "pcm_s16be", "audio/basic"),
        ("wv", "", "wavpack", "audio/x-wavpack"),
        ("3g2", "libx264", "aac", "video/mp4"),
    ],
)
def test_recordings_of_cameras_and_old_programs_are_played(
    prepare: Prepare, tmp_path: Path, form: str, film: str, sound: str, media_type: str
) -> None:
    rate = 25 if form == "mpeg" else 10
    path = recorded(tmp_path / "recording", form, sound=sound, film=film, rate=rate)
    made = prepare(path)
    kind = "video" if film else "audio"
    assert (made.kind, made.note, made.shown_type) == (kind, "", f"{kind}/mp4")
    assert made.media_type.endswith(media_type.partition("/")[2])
    assert made.duration == pytest.approx(3, abs=0.4)
    assert max(made.peaks) > 0.3


def test_a_camera_disc_of_longer_packets_is_played(prepare: Prepare, tmp_path: Path) -> None:
    stream = recorded(tmp_path / "recording", "mpegts", film="mpeg2video", sound="ac3", rate=25).read_bytes()
    packets = [stream[at : at + 188] for at in range(0, len(stream), 188)]
    (tmp_path / "00001.MTS").write_bytes(b"".join(bytes(4) + packet for packet in packets))
    made = prepare(tmp_path / "00001.MTS")
    assert (made.kind, made.note, bool(made.shown)) == ("video", "", True)


def test_a_film_from_before_there_was_a_name_for_its_kind_is_played(prepare: Prepare, tmp_path: Path) -> None:
    content = recorded(tmp_path / "film", "mov", film="mpeg4", sound="pcm_s16le").read_bytes()
    size = int.from_bytes(content[:4], "big")
    assert content[4:8] == b"ftyp"
    (tmp_path / "old").write_bytes(size.to_bytes(4, "big") + b"skip" + content[8:])
    made = prepare(tmp_path / "old")
    assert (made.kind, made.media_type, made.note, bool(made.shown)) == ("video", "video/quicktime", "", True)


def test_wide_band_speech_of_a_telephone_is_read(prepare: Prepare, tmp_path: Path) -> None:
    frames = (b"\x3c" + bytes(range(1, 24)) * 1 + bytes(0)) * 100
    (tmp_path / "voice").write_bytes(b"#!AMR-WB\n" + frames)
    made = prepare(tmp_path / "voice")
    assert (made.kind, made.media_type) == ("audio", "audio/amr-wb")
    assert made.shown or made.note


@pytest.mark.parametrize(
    ("head", "name"),
    [
        (b"MThd\x00\x00\x00\x06", "MIDI"),
        (b".RMF\x00\x00\x00\x12", "RealMedia"),
        (b"\x02dss" + bytes(20), "DSS"),
        (bytes.fromhex("060e2b34020501010d010201"), "MXF"),
    ],
)
def test_a_recording_that_cannot_be_played_is_said_to_be_one(
    prepare: Prepare, tmp_path: Path, head: bytes, name: str
) -> None:
    (tmp_path / "recording").write_bytes(head + bytes(2000))
    assert f"{name}) cannot be played here; the original is kept." in said(prepare(tmp_path / "recording"))


@pytest.mark.parametrize("text", [b"The freedom of the customer", b"MAC address list", b"Dear mdat and moov"])
def test_words_are_not_taken_for_a_recording(prepare: Prepare, tmp_path: Path, text: bytes) -> None:
    (tmp_path / "notes").write_bytes(text * 80)
    assert prepare(tmp_path / "notes").kind == "other"


def several(path: Path, loud: tuple[bool, ...]) -> Path:
    """A film with a sound track for each of `loud`, silent where it is false."""
    with av.open(str(path), "w", format="mp4") as output:
        pictures = output.add_stream("libx264", rate=10)
        pictures.width, pictures.height, pictures.pix_fmt = 160, 120, "yuv420p"
        voices = [output.add_stream("aac", rate=RATE, layout="mono") for _ in loud]
        for number in range(30):
            output.mux(pictures.encode(view(number, (160, 120))))
            for voice, is_loud in zip(voices, loud, strict=True):
                frame = tone(RATE // 10, number * RATE // 10)
                if not is_loud:
                    frame = av.AudioFrame.from_ndarray(np.zeros((1, RATE // 10), np.float32), "flt", "mono")
                    frame.sample_rate, frame.pts, frame.time_base = RATE, number * RATE // 10, Fraction(1, RATE)
                output.mux(voice.encode(frame))
        for stream in (pictures, *voices):
            output.mux(stream.encode(None))
    return path


@pytest.mark.parametrize(
    ("loud", "heard", "told"),
    [
        ((False, True), True, "2 sound tracks; the second is played here, because nothing can be heard in the first"),
        ((False, False, True), True, "the third is played here, because nothing can be heard in the first and second"),
        ((True, False), True, "It has 2 sound tracks; the first is played here. The original has all."),
        ((False, False), False, "silent from beginning to end"),
        ((False,), False, "silent from beginning to end"),
    ],
)
def test_the_track_that_can_be_heard_is_played_and_the_others_are_named(
    prepare: Prepare, tmp_path: Path, loud: tuple[bool, ...], heard: bool, told: str
) -> None:
    made = prepare(several(tmp_path / "film", loud))
    assert (max(made.peaks) > 0.3) == heard
    assert told in said(made)


def test_a_recording_that_was_cut_off_says_how_much_of_it_is_left(prepare: Prepare, tmp_path: Path) -> None:
    content = recorded(tmp_path / "voice", "wav", sound="pcm_s16le").read_bytes()
    longer = bytearray(content[: len(content) // 3])
    (tmp_path / "cut").write_bytes(longer)
    made = prepare(tmp_path / "cut")
    assert made.duration == pytest.approx(1, abs=0.1)
    assert "it says it lasts 0:03, and 0:01 of it could be read" in said(made) or said(made) == ""
