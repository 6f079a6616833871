"""Pictures: a copy for the screen and one for paper, upright, in sRGB, without metadata."""

import io
import warnings
from collections.abc import Iterator
from pathlib import Path

import pillow_heif
from PIL import Image, ImageCms, ImageFile, ImageOps

from portfolio.evidence.media.pictures import counting, jpegs, tones
from portfolio.evidence.media.prepared import NotPrepared, Prepared
from portfolio.evidence.media.sniff import PICTURES

MOST_PIXELS = 120_000_000
"""Pixels of the largest picture that is opened."""
MOST_BYTES = 1_000_000_000
"""Of memory that a picture may take while its copies are made."""
ON_SCREEN = 1600
"""Longer side in pixels of the copy for the screen."""
ON_PAPER = 900
"""Longer side in pixels of the copy for lists and paper."""

_WHOLE = {"HEIF": 8, "AVIF": 8, "WEBP": 8, "TIFF": 8}
"""Bytes a pixel that these decoders hold besides the picture: they open it as a whole."""
_BEGINNING = 8
"""Bytes of a HEIC photo in which it says that it is one, as a film does."""
_TOO_MANY = (
    "This picture has too many pixels to be shown here; the original is kept. "
    "Save a smaller one, of 100 million pixels at most, and send that too."
)

Image.MAX_IMAGE_PIXELS = MOST_PIXELS
pillow_heif.register_heif_opener()


def picture(path: Path, media_type: str, into: Path) -> Prepared:
    """Copies of the picture at `path`. Raises `NotPrepared` for one of too many pixels."""
    upright = opened(path, PICTURES[media_type])
    size, remarks = upright.info["whole"], upright.info["remarks"]
    shown, small = into / "shown.jpg", into / "picture.jpg"
    save(upright, shown, ON_SCREEN)
    width, height = save(upright, small, ON_PAPER)
    return Prepared(
        "image",
        media_type,
        width=size[0],
        height=size[1],
        shown=shown,
        shown_type="image/jpeg",
        picture=small,
        picture_width=width,
        picture_height=height,
        remarks=remarks,
    )


def opened(path: Path, format: str) -> Image.Image:
    """The picture upright in sRGB, decoded no larger than needed; `info` has its full size (`whole`) and `remarks`.

    Raises `NotPrepared` for one of too many pixels.
    """
    ImageFile.LOAD_TRUNCATED_IMAGES = format == "JPEG"  # of which `jpegs` says what is missing
    with warnings.catch_warnings():
        warnings.simplefilter("error", Image.DecompressionBombWarning)
        try:
            image = Image.open(path, formats=(format,))
        except (Image.DecompressionBombWarning, Image.DecompressionBombError) as error:
            raise NotPrepared(_TOO_MANY) from error
    whole, remarks = image.size, tuple(_remarks(image, path, format))
    image.draft("RGB", (ON_SCREEN, ON_SCREEN))
    if _needed(image) > MOST_BYTES:
        raise NotPrepared(_TOO_MANY)
    plain = tones.square(tones.eight_bits(image))
    whole = plain.size if image.format == "TIFF" else whole
    upright = _srgb(ImageOps.exif_transpose(_reduced(plain)))
    turned = (whole[0] > whole[1]) != (upright.width > upright.height)
    upright.info["whole"] = whole[::-1] if turned else whole
    upright.info["remarks"] = remarks
    return upright


def _remarks(opened: Image.Image, path: Path, format: str) -> Iterator[str]:
    if format == "JPEG":
        yield from jpegs.remarks(path, opened)
    else:
        yield from tones.remarks(opened, counting.pictures(opened, path))
    if format == "HEIF":
        yield from tones.film_within(path.read_bytes(), _BEGINNING)


def _needed(image: Image.Image) -> int:
    """Bytes that a picture takes while its copies are made: opened, and once more where it is not made small at once.

    Pillow holds all colours in 4 bytes a pixel, 16 bits of each as well.
    """
    clear = image.mode in ("RGBA", "LA", "PA") or "transparency" in image.info
    plain = image.mode in ("L", "RGB", "CMYK", "YCbCr") and not clear
    copies = 1 if plain else 2 if image.mode in ("RGBA", "LA") else 3
    return image.width * image.height * (4 * copies + _WHOLE.get(image.format or "", 0))


def _reduced(image: Image.Image) -> Image.Image:
    """A large picture made smaller before it is copied again and again; still twice as large as it is shown."""
    factor = max(image.size) // (2 * ON_SCREEN)
    if factor < 2 or image.mode not in ("L", "RGB", "CMYK", "YCbCr", "RGBA", "LA") or "transparency" in image.info:
        return image
    small = image.reduce(factor)
    small.info = image.info
    return small


def _srgb(image: Image.Image) -> Image.Image:
    """Colours as every browser and printer takes them; what is transparent becomes paper white."""
    profile = image.info.get("icc_profile")
    if image.mode in ("RGBA", "LA", "PA") or "transparency" in image.info:
        clear = image.convert("RGBA")
        image = Image.alpha_composite(Image.new("RGBA", clear.size, "white"), clear).convert("RGB")
    if profile and image.mode in ("RGB", "CMYK", "L"):
        try:
            source = ImageCms.ImageCmsProfile(io.BytesIO(profile))
            converted = ImageCms.profileToProfile(image, source, ImageCms.createProfile("sRGB"), outputMode="RGB")
        except (ImageCms.PyCMSError, OSError):
            return image.convert("RGB")
        return converted or image
    return image.convert("RGB")


def save(image: Image.Image, path: Path, longest: int) -> tuple[int, int]:
    """Write a JPEG whose longer side is at most `longest` pixels, without any metadata; returns width and height."""
    small = image.copy()
    small.thumbnail((longest, longest), Image.Resampling.LANCZOS)
    bare = Image.frombytes("RGB", small.size, small.tobytes())
    kept = io.BytesIO()
    bare.save(kept, "JPEG", quality=85, optimize=True, progressive=True)
    path.write_bytes(kept.getbuffer())  # Pillow does not tell why a file could not be written
    return bare.size
