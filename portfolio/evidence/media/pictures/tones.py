"""Pictures of more shades, other colours or other measures than a screen has, and files of several pictures."""

import re
from collections.abc import Iterator

import numpy as np
from PIL import Image, ImageCms

from portfolio.evidence.media.pictures import counting

_DEPTHS = (1, 255, 1023, 4095, 16383, 65535)
"""Brightest values of 1, 8, 10, 12, 14 and 16 bits."""
_PHOTOMETRIC, _WHITE_IS_ZERO, _ORIENTATION = 262, 0, 274
"""TIFF 6.0, PhotometricInterpretation and Orientation."""
_REDUCED, _NEGATIVE = 254, 50706
"""TIFF 6.0, NewSubfileType; Digital Negative 1.7, DNGVersion."""
_PAGED = frozenset(("TIFF",))
_MOVING = frozenset(("GIF", "PNG", "WEBP", "AVIF"))
_FILM = re.compile(rb"\x00\x00\x00.ftyp", re.DOTALL)
"""How an MP4 begins (ISO/IEC 14496-12 §4.3)."""
_OBLONG = 5.0
"""How many times as long as wide a dot of a fax is at most."""


def eight_bits(image: Image.Image) -> Image.Image:
    """The same picture with 256 shades to a colour; what has no more as it is."""
    if image.mode == "LAB":
        profiles = ImageCms.createProfile("LAB"), ImageCms.createProfile("sRGB")
        return ImageCms.profileToProfile(image, *profiles, outputMode="RGB") or image
    if image.mode != "F" and not image.mode.startswith("I"):
        return image
    values = np.asarray(image).astype(np.float32)
    low, high = _range(values, image.mode)
    grey = np.clip((values - low) * (255 / (high - low)), 0, 255)
    tags = getattr(image, "tag_v2", {})
    turned = image.format == "TIFF" and tags.get(_PHOTOMETRIC) == _WHITE_IS_ZERO
    return _like(image, Image.fromarray((255 - grey if turned else grey).round().astype(np.uint8)))


def _like(image: Image.Image, shown: Image.Image) -> Image.Image:
    """What was made of a picture, with what its file says of how it is held."""
    shown.format, shown.info = image.format, dict(image.info)
    shown.getexif()[_ORIENTATION] = image.getexif().get(_ORIENTATION, 1)
    return shown


def _range(values: "np.ndarray[tuple[int, ...], np.dtype[np.float32]]", mode: str) -> tuple[float, float]:
    """Darkest and brightest value: of the depth that the values need, or those that occur where no depth tells."""
    finite = values[np.isfinite(values)]
    low, high = (float(finite.min()), float(finite.max())) if finite.size else (0.0, 1.0)
    if low >= 0 and high <= _DEPTHS[-1]:
        depths = _DEPTHS if mode == "F" else _DEPTHS[1:]
        return 0.0, float(next(depth for depth in depths if high <= depth))
    return low, high if high > low else low + 1


def square(image: Image.Image) -> Image.Image:
    """A fax with dots as high as wide; anything else as it is."""
    across, down = map(float, image.info.get("dpi", (0, 0)) if image.format == "TIFF" else (0, 0))
    if not across or not down or not 1.05 < max(across / down, down / across) < _OBLONG:
        return image
    width, height = image.size
    size = (width, round(height * across / down)) if across > down else (round(width * down / across), height)
    return _like(image, (image.convert("L") if image.mode == "1" else image).resize(size))


def remarks(image: Image.Image, count: int) -> Iterator[str]:
    """What of a file of so many pictures is not in the one that is shown of it."""
    number = f"{count:,}" if count <= counting.MOST else f"more than {counting.MOST:,}"
    if count > 1 and image.format in _PAGED:
        yield f"Page 1 of {number} is shown; the original has all."
    elif count > 1 and image.format in _MOVING:
        yield f"It is a moving picture: the first of its {number} pictures is shown, and the original has all."
    elif count > 1 and image.format == "HEIF":
        yield f"There are {number} pictures in this file: the main one is shown, and the original has all."
    if image.format == "TIFF" and _is_preview(image):
        yield (
            "This is what a camera saw before it made a photo of it (RAW): the small preview in it is shown, and the "
            "original has all. Save it as a JPEG and send that too."
        )
    if image.mode == "F" or (image.mode == "I" and image.format == "TIFF"):
        yield "Its range of brightness is wider than a screen can show; it was scaled to be seen."


def _is_preview(image: Image.Image) -> bool:
    """Whether the first picture in a TIFF stands for a larger one."""
    tags = getattr(image, "tag_v2", {})
    return _NEGATIVE in tags or bool(int(tags.get(_REDUCED, 0)) & 1)


def film_within(content: bytes, behind: int) -> Iterator[str]:
    """Whether a film begins in a photo behind so many bytes, as in those of telephones that take both at once."""
    if _FILM.search(content, behind):
        yield "A short film is in this photo; the original has it."
