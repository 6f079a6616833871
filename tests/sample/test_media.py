"""What the sample makes at seeding plays, opens and is small."""

import io
from functools import cache

import av
import numpy as np
import pikepdf
import pytest
from PIL import Image

from sample.media import making as media
from sample.media.scripts import script

pytestmark = pytest.mark.slow

PHOTOS = [name for name in media.names() if name.endswith(".jpg")]
RECORDINGS = list(media.SCRIPTS)
MEGABYTE = 1_000_000


@cache
def made(name: str) -> bytes:
    return media.made(name)


@cache
def loudness(name: str) -> np.ndarray:
    """Root mean square of each tenth of a second."""
    with av.open(io.BytesIO(made(name))) as container:
        rate = container.streams.audio[0].rate
        whole = np.concatenate([f.to_ndarray().astype(float).mean(axis=0) for f in container.decode(audio=0)])
    tenth = rate // 10
    return np.sqrt((whole[: whole.size // tenth * tenth].reshape(-1, tenth) ** 2).mean(axis=1))


@pytest.mark.parametrize("name", RECORDINGS)
def test_a_recording_lasts_as_long_as_its_script(name: str) -> None:
    assert loudness(name).size / 10 == pytest.approx(script(media.SCRIPTS[name]).seconds, abs=0.5)


@pytest.mark.parametrize("name", RECORDINGS)
def test_people_can_be_heard_when_they_speak_and_are_quiet_between(name: str) -> None:
    loud, told = loudness(name), script(media.SCRIPTS[name])
    spoken = np.mean([loud[int(t.start * 10) : int(t.end * 10)].mean() for t in told.turns])
    pauses = np.mean([loud[int(t.end * 10) + 2 : int(t.end * 10) + 5].mean() for t in told.turns])
    assert spoken > 5 * pauses


@pytest.mark.parametrize("name", RECORDINGS)
def test_a_recording_is_small_enough_to_seed(name: str) -> None:
    assert len(made(name)) < (2 if name.endswith(".mp4") else 1) * MEGABYTE


def test_the_role_play_moves_and_is_640_by_360() -> None:
    with av.open(io.BytesIO(made("returns-role-play.mp4"))) as container:
        frames = [
            frame.to_ndarray(format="gray") for _, frame in zip(range(60), container.decode(video=0), strict=False)
        ]
    assert frames[0].shape == (360, 640)
    assert any((frames[0] != frame).any() for frame in frames[1:])


@pytest.mark.parametrize("name", PHOTOS)
def test_a_photo_opens_and_knows_when_it_was_taken(name: str) -> None:
    with Image.open(io.BytesIO(made(name))) as picture:
        picture.load()
        assert picture.size == (1200, 900)
        assert picture.getexif()[0x0132].startswith("2026:")


def test_one_photo_carries_the_place_it_was_taken_so_that_removal_can_be_seen() -> None:
    with Image.open(io.BytesIO(made("complaint-log.jpg"))) as picture:
        assert picture.getexif().get_ifd(0x8825)[1] == "N"


def test_the_procedure_has_two_pages_and_says_its_language() -> None:
    with pikepdf.open(io.BytesIO(made("complaints-procedure.pdf"))) as pdf:
        assert len(pdf.pages) == 2
        assert str(pdf.Root.Lang) == "en-GB"


@pytest.mark.parametrize("name", [*PHOTOS, "complaints-procedure.pdf", "blue-badge-call-back.webm"])
def test_making_it_again_gives_the_same_bytes(name: str) -> None:
    assert media.made(name) == made(name)
