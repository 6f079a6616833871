"""Draws the parts of the sample's photos: print, handwriting, wood, shadow, and what a telephone adds."""

import io
import random
from collections.abc import Iterable
from functools import cache

import numpy as np
from PIL import Image, ImageDraw, ImageFilter, ImageFont

SIZE = (1200, 900)
INK = (36, 44, 96)
Colour = tuple[int, int, int]
At = tuple[float, float]


def wrapped(words: str, most: int) -> Iterable[str]:
    """The words in lines of fewer than `most` characters."""
    line = ""
    for word in words.split():
        if len(line) + len(word) >= most:
            yield line
            line = ""
        line = f"{line} {word}".strip()
    yield line


@cache
def lettering(size: int) -> ImageFont.FreeTypeFont | ImageFont.ImageFont:
    """The letters that come with Pillow, `size` pixels tall."""
    return ImageFont.load_default(size)


def write_print(pen: ImageDraw.ImageDraw, at: At, words: str, *, size: int, fill: Colour = (50, 52, 60)) -> None:
    """Words as a printer sets them; `at` is their top left corner."""
    pen.text(at, words, font=lettering(size), fill=fill)


def write_hand(pen: ImageDraw.ImageDraw, at: At, words: str, *, seed: int, size: int = 25, fill: Colour = INK) -> None:
    """Words as handwriting: letters a little up, down, larger, smaller."""
    dice, (x, y) = random.Random(seed), at
    slope = dice.uniform(-0.012, 0.012)
    for letter in words:
        font = lettering(size + dice.choice((-1, 0, 0, 1)))
        pen.text((x, y + slope * (x - at[0]) + dice.uniform(-1.6, 1.6)), letter, font=font, fill=fill)
        x += pen.textlength(letter, font=font) * 0.97 + dice.uniform(-0.4, 0.6)


def stroke(pen: ImageDraw.ImageDraw, ends: tuple[At, At], fill: Colour, width: int) -> None:
    """A line with round ends, as a marker draws it."""
    pen.line((*ends[0], *ends[1]), fill=fill, width=width)
    for x, y in ends:
        pen.ellipse((x - width / 2, y - width / 2, x + width / 2, y + width / 2), fill=fill)


def grained(tint: Colour, *, seed: int) -> Image.Image:
    """A wooden top: long soft streaks."""
    rng = np.random.default_rng(seed)
    streaks = np.repeat(rng.normal(0, 7, (225, 1)), 4, axis=0) + rng.normal(0, 3, (900, 1))
    wave = np.sin(np.linspace(0, 5, 1200))[None, :] * 4
    plane = np.clip(np.asarray(tint)[None, None, :] + (streaks + wave)[:, :, None], 0, 255)
    return Image.fromarray(plane.astype(np.uint8)).filter(ImageFilter.GaussianBlur(1.2))


def lay(under: Image.Image, thing: Image.Image, at: tuple[int, int], degrees: float) -> None:
    """Lays a thing on the picture, turned a little, with its shadow."""
    turned = thing.convert("RGBA").rotate(degrees, Image.Resampling.BICUBIC, expand=True)
    shade = turned.getchannel("A").point(lambda a: a * 0.45).filter(ImageFilter.GaussianBlur(12))
    under.paste((30, 24, 20), (at[0] + 12, at[1] + 16), shade)
    under.paste(turned, at, turned)


def photo(picture: Image.Image, *, seed: int, taken: str, place: bool = False, sharp: bool = False) -> bytes:
    """The picture as a telephone takes it: vignette, a little noise, EXIF (and GPS where asked), JPEG."""
    rng = np.random.default_rng(seed)
    rows, columns = np.mgrid[-1 : 1 : SIZE[1] * 1j, -1 : 1 : SIZE[0] * 1j]
    light = 1.0 if sharp else (1.06 - 0.22 * (rows**2 + columns**2) / 2 - 0.05 * columns)[:, :, None]
    noise = rng.normal(0, 0.6 if sharp else 3.2, (SIZE[1], SIZE[0], 1))
    plane = np.clip(np.asarray(picture, dtype=np.float32) * light + noise, 0, 255).astype(np.uint8)
    out = io.BytesIO()
    Image.fromarray(plane).save(out, "JPEG", quality=86, exif=_exif(taken, place=place))
    return out.getvalue()


def _exif(taken: str, *, place: bool) -> Image.Exif:
    exif = Image.Exif()
    exif[0x010F], exif[0x0132] = "Invented Phone", taken
    exif.get_ifd(0x8769)[0x9003] = taken
    if place:
        exif.get_ifd(0x8825).update({1: "N", 2: (54.0, 29.0, 12.0), 3: "W", 4: (0.0, 36.0, 48.0)})
    return exif
