"""A centre's logo: one small copy for page and paper, on white, without metadata."""

from pathlib import Path

from PIL import Image

from portfolio.evidence.media.pictures import jpegs
from portfolio.evidence.media.pictures.picture import opened
from portfolio.evidence.media.prepared import NotPrepared, Prepared
from portfolio.evidence.media.sniff import PICTURES

SIZE = 1200, 400
"""Pixels across and down that the copy has at most: paper shows it 14 mm high."""
MOST_PIXELS = 20_000_000
"""Pixels of the largest picture that is opened."""
TOO_MANY = f"This picture has too many pixels: {MOST_PIXELS // 10**6} million are the most. Save a smaller one."
DAMAGED = "This picture is damaged: a part of it could not be read. Save it again, then choose that."


def logo(path: Path, media_type: str, into: Path) -> Prepared:
    """The copy of the picture at `path`, its first where it moves.

    Raises `NotPrepared` for one of too many pixels, and for a JPEG of which a part is missing.
    """
    format = PICTURES[media_type]
    _ensure_small(path, format)
    upright = opened(path, format)
    if jpegs.DAMAGED in upright.info["remarks"]:
        raise NotPrepared(DAMAGED)
    upright.thumbnail(SIZE, Image.Resampling.LANCZOS)
    bare = Image.frombytes("RGB", upright.size, upright.tobytes())
    copy = into / "logo.png"
    bare.save(copy, "PNG", optimize=True)
    return Prepared("logo", media_type, width=bare.width, height=bare.height, shown=copy, shown_type="image/png")


def _ensure_small(path: Path, format: str) -> None:
    try:
        with Image.open(path, formats=(format,)) as image:
            pixels = image.width * image.height
    except Image.DecompressionBombError:
        pixels = MOST_PIXELS + 1
    if pixels > MOST_PIXELS:
        raise NotPrepared(TOO_MANY)
