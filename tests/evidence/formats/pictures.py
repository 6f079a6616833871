"""Photos and pictures as telephones, cameras and programs write them; each maker writes one file."""

import struct
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pillow_heif
from PIL import Image

from tests.evidence.formats.recordings import MADE as RECORDINGS

pillow_heif.register_heif_opener()

CAMERA = "Camera of Ada"
"""What every photo says of its maker, and no copy may."""
PLACE = "51.5074 North"
"""Where every photo says that it was taken."""
_GPS, _ORIENTATION, _MAKE = 0x8825, 0x0112, 0x010F


def scene(width: int = 640, height: int = 480) -> Image.Image:
    """A picture that changes from left to right and from above to below."""
    across = np.linspace(0, 255, width, dtype=np.uint8)[None, :].repeat(height, 0)
    down = np.linspace(0, 255, height, dtype=np.uint8)[:, None].repeat(width, 1)
    return Image.fromarray(np.stack([across, down, np.full_like(across, 90)], axis=2))


def exif(orientation: int = 1) -> bytes:
    """What a telephone writes of place, camera and of how it was held."""
    told = Image.Exif()
    told[_ORIENTATION], told[_MAKE] = orientation, CAMERA
    told.get_ifd(_GPS).update({1: "N", 2: (51.0, 30.0, 26.6), 3: "W", 4: (0.0, 7.0, 40.0), 29: PLACE})
    return told.tobytes()


def _saved(form: str, orientation: int = 1, picture: Callable[[], Image.Image] = scene, **how: Any) -> "Maker":
    def make(path: Path) -> None:
        picture().save(path, form, exif=exif(orientation), **how)

    return make


def _deep(path: Path) -> None:
    """Ten bits to a colour."""
    values = np.linspace(0, 65535, 640 * 480 * 3).astype(np.uint16).tobytes()
    pillow_heif.encode("RGB;16", (640, 480), values, str(path), quality=80)


def _many(form: str, count: int = 3) -> "Maker":
    def make(path: Path) -> None:
        first, *others = (scene(320, 240 + number).resize((320, 240)).rotate(number * 30) for number in range(count))
        first.save(path, form, save_all=True, append_images=others)

    return make


def _with_film(path: Path) -> None:
    """A photo that a telephone took with a few seconds before it, in one file."""
    scene().save(path, "JPEG", exif=exif())
    film = path.with_name("film.mp4")
    RECORDINGS["film_h264_mp4"](film)
    path.write_bytes(path.read_bytes() + film.read_bytes())


def _noisy() -> Image.Image:
    """Forty-eight million pixels without a pattern."""
    tile = Image.fromarray(np.random.default_rng(1).integers(0, 255, (1000, 1000, 3), np.uint8))
    large = Image.new("RGB", (8000, 6000))
    for number in range(48):
        large.paste(tile, (number % 8 * 1000, number // 8 * 1000))
    return large


def _deep_png(path: Path) -> None:
    Image.fromarray(np.linspace(0, 65535, 640 * 480).reshape(480, 640).astype(np.uint16)).save(path, "PNG")


def _fax(path: Path) -> None:
    scene().convert("1").save(path, "TIFF", compression="group4", tiffinfo={_MAKE: CAMERA})


def _raw(path: Path) -> None:
    """A negative of a camera (DNG): a TIFF that says so in a tag of its own."""
    scene(160, 120).save(path, "TIFF", tiffinfo={50706: bytes((1, 4, 0, 0)), 271: CAMERA})


def _jpeg_xl(path: Path) -> None:
    path.write_bytes(bytes.fromhex("0000000c4a584c200d0a870a") + bytes(500))


def _cut(path: Path) -> None:
    """A photo of which the line brought the first half."""
    Image.effect_noise((640, 480), 60).convert("RGB").save(path, "JPEG")
    path.write_bytes(path.read_bytes()[: path.stat().st_size // 2])


def _nothing(path: Path) -> None:
    path.write_bytes(b"\x89PNG\r\n\x1a\n" + b"and nothing of a picture " * 40)


def _bomb(path: Path) -> None:
    """A small file that says it is a picture of billions of dots."""
    head = struct.pack("<2sIHHI", b"BM", 54, 0, 0, 54)
    path.write_bytes(head + struct.pack("<IiiHHIIiiII", 40, 60_000, 60_000, 1, 24, 0, 0, 0, 0, 0, 0) + bytes(100))


Maker = Callable[[Path], None]
MADE: dict[str, Maker] = {
    "photo_heic": _saved("HEIF"),
    "photo_heic_turned": _saved("HEIF", 6),
    "photo_heic_10_bit": _deep,
    "photo_heic_several": _many("HEIF"),
    "photo_avif": _saved("AVIF"),
    "photo_jpeg": _saved("JPEG"),
    "photo_jpeg_turned": _saved("JPEG", 8),
    "photo_jpeg_mirrored": _saved("JPEG", 5),
    "photo_jpeg_cmyk": _saved("JPEG", picture=lambda: scene().convert("CMYK")),
    "photo_jpeg_grey": _saved("JPEG", picture=lambda: scene().convert("L")),
    "photo_jpeg_50_mb": _saved("JPEG", picture=_noisy, quality=94),
    "photo_jpeg_with_film": _with_film,
    "photo_jpeg_cut": _cut,
    "panorama": _saved("JPEG", picture=lambda: scene(20_000, 3_800)),
    "panorama_too_large": _saved("JPEG", picture=lambda: Image.new("RGB", (30_000, 5_000), "teal")),
    "photo_webp": _saved("WEBP"),
    "moving_webp": _many("WEBP"),
    "moving_gif": _many("GIF"),
    "moving_png": _many("PNG"),
    "screenshot_png": _saved("PNG"),
    "clear_png": _saved("PNG", picture=lambda: Image.new("RGBA", (300, 200), (10, 90, 200, 60))),
    "deep_png": _deep_png,
    "scan_tiff": _fax,
    "scan_tiff_pages": _many("TIFF"),
    "bmp": _saved("BMP"),
    "raw_dng": _raw,
    "jpeg_xl": _jpeg_xl,
    "broken_png": _nothing,
    "picture_bomb": _bomb,
}
