"""Recordings as browsers write them while they go on: none says how long it is, and some end in the middle."""

from pathlib import Path
from typing import Any

import av
import pytest

from tests.evidence.media.test_damaged_recordings import RATE, SECONDS, noisy, tone
from tests.evidence.media.test_media import Prepare, prepare

pytestmark = pytest.mark.slow
__all__ = ["prepare"]

FRAGMENTS = {"movflags": "frag_keyframe+empty_moov+default_base_moof", "frag_duration": "500000"}
"""As Safari writes MP4 while it records; every half second stands on its own (ISO/IEC 14496-12 §8.8)."""
LIVE = {"live": "1", "cluster_time_limit": "500"}
"""As Chromium and Firefox write WebM: no duration, no index, clusters of half a second."""
FORMS = {
    "sound of Chromium": ("webm", "libopus", "", LIVE),
    "film of Chromium": ("webm", "libopus", "libvpx", LIVE),
    "film of Chromium with H.264": ("matroska", "libopus", "libx264", LIVE),
    "sound of Safari": ("mp4", "aac", "", FRAGMENTS),
    "film of Safari": ("mp4", "aac", "libx264", FRAGMENTS),
}


def written(path: Path, form: str) -> Path:
    """Twelve seconds, written as they come."""
    container, sound, film, options = FORMS[form]
    with av.open(str(path), "w", format=container, options=options) as output:
        pictures: Any = output.add_stream(film, rate=10, options={"g": "10"}) if film else None
        if pictures:
            pictures.width, pictures.height, pictures.pix_fmt = 160, 120, "yuv420p"
        voice: Any = output.add_stream(sound, rate=RATE, layout="mono")
        for number in [*range(SECONDS * 10), None]:
            if pictures:
                output.mux(pictures.encode(None if number is None else noisy(number)))
            output.mux(voice.encode(None if number is None else tone(number)))
    return path


@pytest.mark.parametrize("form", FORMS)
def test_the_length_is_measured_and_the_copy_can_be_sought_in(prepare: Prepare, tmp_path: Path, form: str) -> None:
    made = prepare(written(tmp_path / "whole", form))
    assert made.note == ""
    assert made.remarks == ()
    assert made.duration == pytest.approx(SECONDS, abs=0.3)
    assert made.shown
    with av.open(str(made.shown)) as copy:
        assert copy.duration
        assert copy.duration / av.time_base == pytest.approx(SECONDS, abs=0.3)
        voice = copy.streams.audio[0]
        copy.seek(8 * RATE, stream=voice)
        first = next(frame for frame in copy.decode(voice))
        assert 6 < float(first.time or 0) <= 8.1


@pytest.mark.parametrize("share", [0.31, 0.5, 0.83, 0.97])
@pytest.mark.parametrize("form", FORMS)
def test_what_was_rescued_of_one_that_was_cut_off_is_prepared(
    prepare: Prepare, tmp_path: Path, form: str, share: float
) -> None:
    path = written(tmp_path / "cut", form)
    content = path.read_bytes()
    path.write_bytes(content[: int(len(content) * share)])
    made = prepare(path)
    assert made.note == ""
    assert made.shown
    assert made.duration is not None
    assert SECONDS * share - 1.5 <= made.duration <= SECONDS * share + 1.5
    assert made.peaks
