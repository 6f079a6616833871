"""Draws the logo of a sample centre: a lamp on a harbour wall over two waves, and the centre's name."""

import io
import math
from collections.abc import Iterator
from itertools import pairwise

from PIL import Image, ImageDraw

from sample.media.brush import At, Colour, stroke, write_print

SEA: Colour = (12, 62, 84)
LAMP: Colour = (214, 146, 38)
FINE = 3
"""How many times as large it is drawn as it is kept, so that its edges are smooth."""


def harbour_street() -> bytes:
    """The logo of Harbour Street Training, as a PNG on nothing."""
    picture = Image.new("RGBA", (900 * FINE, 300 * FINE), (255, 255, 255, 0))
    pen = ImageDraw.Draw(picture)
    _lamp(pen)
    for row in (0, 1):
        _wave(pen, row)
    write_print(pen, _at(312, 62), "Harbour Street", size=84 * FINE, fill=SEA)
    write_print(pen, _at(315, 168), "TRAINING", size=46 * FINE, fill=LAMP)
    out = io.BytesIO()
    picture.resize((900, 300), Image.Resampling.LANCZOS).save(out, "PNG")
    return out.getvalue()


def _lamp(pen: ImageDraw.ImageDraw) -> None:
    stroke(pen, (_at(150, 92), _at(150, 196)), SEA, 16 * FINE)
    stroke(pen, (_at(112, 196), _at(188, 196)), SEA, 16 * FINE)
    pen.ellipse((*_at(118, 22), *_at(182, 86)), fill=LAMP)


def _wave(pen: ImageDraw.ImageDraw, row: int) -> None:
    for ends in pairwise(_crests(232 + 36 * row)):
        stroke(pen, ends, SEA, 12 * FINE)


def _crests(height: float) -> Iterator[At]:
    for x in range(30, 271, 2):
        yield _at(x, height + 10 * math.cos((x - 30) * math.pi / 40))


def _at(x: float, y: float) -> At:
    return x * FINE, y * FINE
