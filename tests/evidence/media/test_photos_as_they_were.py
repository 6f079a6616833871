"""A damaged photo is said to be damaged, a whole one never; what else lies in a photo is told."""

import io
import struct
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pillow_heif
import pytest
from PIL import Image

from portfolio.evidence.media.prepared import Prepared
from tests.evidence.media.test_evidence_as_it_was import Prepare, prepare, said

pytestmark = pytest.mark.slow

__all__ = ["prepare"]

DAMAGED = (
    "This photo is damaged: a part of it could not be read. See whether it is whole on your own device, and send it "
    "again from there."
)
FILM = b"\x00\x00\x00\x1cftypmp42" + bytes(16) + b"\x00\x00\x00\x08mdat"


def photo(mode: str = "RGB") -> Image.Image:
    """A picture of slow colours under the noise of a camera."""
    down, across = np.mgrid[0:600, 0:800]
    colours = np.stack([across * 0.3, down * 0.4, (across + down) * 0.17], -1)
    noise = np.random.default_rng(3).normal(0, 12, colours.shape)
    return Image.fromarray((colours + noise).clip(0, 255).astype(np.uint8)).convert(mode)


def jpeg(image: Image.Image | None = None, form: str = "JPEG", **save: object) -> bytes:
    """The photo as a JPEG."""
    file = io.BytesIO()
    (image or photo()).save(file, form, quality=85, **save)
    return file.getvalue()


@pytest.fixture
def shown(prepare: Prepare, tmp_path: Path) -> Callable[[bytes], Prepared]:
    def made(content: bytes) -> Prepared:
        (tmp_path / "photo").write_bytes(content)
        return prepare(tmp_path / "photo")

    return made


Shown = Callable[[bytes], Prepared]


@pytest.mark.parametrize("progressive", [False, True])
@pytest.mark.parametrize("how", ["middle zeroed", "second half zeroed", "half, then its end", "half"])
def test_a_damaged_photo_is_shown_as_far_as_it_can_be_and_said_to_be_damaged(
    shown: Shown, how: str, progressive: bool
) -> None:
    whole = jpeg(progressive=progressive)
    size = len(whole)
    damaged = {
        "middle zeroed": whole[: size // 3] + bytes(size // 3) + whole[size // 3 * 2 :],
        "second half zeroed": whole[: size // 2] + bytes(size - size // 2),
        "half, then its end": whole[: size // 2] + b"\xff\xd9",
        "half": whole[: size // 2],
    }
    made = shown(damaged[how])
    assert (said(made), bool(made.shown), made.width) == (DAMAGED, True, 800)


def with_exif() -> bytes:
    """A photo with a camera's name and a smaller picture of itself."""
    exif = Image.Exif()
    exif[0x010F] = "Camera"
    thumbnail = photo().resize((160, 120))
    return jpeg(exif=exif, comment=jpeg(thumbnail)[:60_000], dpi=(72, 72))


def odd(name: str) -> bytes:
    """Photos of programs that do not keep to the letter of the standard, and lose nothing by it."""
    whole = jpeg(photo("CMYK") if name == "colours" else None)
    scan = whole.index(b"\xff\xda")
    ends = scan + 2 + int.from_bytes(whole[scan + 2 : scan + 4], "big")
    version, colours = whole.find(b"JFIF\x00") + 5, whole.find(b"Adobe") + 11
    return {
        "version": whole[:version] + b"\x02\x01" + whole[version + 2 :],
        "colours": whole[:colours] + b"\x05" + whole[colours + 1 :],
        "scan": whole[: ends - 3] + bytes(3) + whole[ends:],
        "filled": whole[:scan] + b"\xff\xff" + whole[scan:],
        "padded": whole[:-2] + bytes(3) + whole[-2:],
        "endless": whole[:-2],
        "followed": whole + bytes(5000) + b"\xff\xd8 and more",
    }[name]


@pytest.mark.parametrize(
    "content",
    [
        jpeg(),
        jpeg(progressive=True),
        jpeg(restart_marker_rows=1),
        jpeg(restart_marker_blocks=3, progressive=True),
        jpeg(subsampling=0, optimize=True),
        jpeg(photo("CMYK")),
        jpeg(photo("L"), progressive=True),
        jpeg(Image.new("RGB", (3000, 2000), "white"), optimize=True),
        with_exif(),
        *map(odd, ("version", "colours", "scan", "filled", "padded", "endless", "followed")),
    ],
)
def test_nothing_is_said_of_a_photo_that_is_whole(shown: Shown, content: bytes) -> None:
    made = shown(content)
    assert (said(made), bool(made.shown)) == ("", True)


def several(*kinds: str) -> bytes:
    """A file of a photo and others of these kinds (CIPA DC-007): `photo`, `gain` for a gain map, `preview`."""
    xmp = b'<x:xmpmeta><rdf:Description hdrgm:Version="1.0"/></x:xmpmeta>'
    others = [photo().resize((160, 120)) for _ in kinds]
    for other, kind in zip(others, kinds, strict=True):
        other.encoderinfo = {"xmp": xmp} if kind == "gain" else {}
    content = bytearray(jpeg(form="MPO", save_all=True, append_images=others))
    entries = content.index(b"MPF\x00") + 4
    for number, kind in enumerate(kinds, 1):
        if kind == "preview":
            at = content.index(struct.pack("<L", 0x030000), entries) + 16 * number
            content[at : at + 4] = struct.pack("<L", 0x010002)
    return bytes(content)


@pytest.mark.parametrize(
    ("kinds", "told"),
    [
        (("photo", "photo"), "There are 3 pictures in this file: the main one is shown, and the original has all."),
        (("preview",), ""),
        (("gain",), ""),
        (("gain", "photo"), "There are 2 pictures in this file: the main one is shown, and the original has all."),
    ],
)
def test_several_photos_in_one_file_are_counted_without_those_that_nobody_took(
    shown: Shown, kinds: tuple[str, ...], told: str
) -> None:
    assert said(shown(several(*kinds))) == told


@pytest.mark.parametrize("form", ["JPEG", "HEIF"])
def test_a_film_in_a_photo_is_said(shown: Shown, form: str) -> None:
    if form == "JPEG":
        content = jpeg() + FILM
    else:
        pillow_heif.register_heif_opener()
        content = jpeg(form="HEIF")
        content += (len(FILM) + 8).to_bytes(4, "big") + b"mpvd" + FILM
    assert said(shown(content)) == "A short film is in this photo; the original has it."
