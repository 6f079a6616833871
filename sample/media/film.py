"""Draws a scripted conversation as moving pictures: two people at a desk, mouths, blinks and captions."""

import math
import textwrap
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

import numpy as np
from PIL import Image, ImageDraw, ImageFont

from sample.media.scripts import Script, Timed
from sample.media.sound import Samples

SIZE = (640, 360)
FRAMES = 5
"""Pictures per second."""
FINE = 2
"""Everything is drawn at twice the size and scaled down, for smooth edges."""
Colour = tuple[int, int, int]


@dataclass(frozen=True, slots=True)
class _Person:
    x: int
    skin: Colour
    hair: Colour
    top: Colour
    scarf: bool = False


CUSTOMER = _Person(190, (232, 190, 160), (196, 196, 200), (96, 112, 92))
LEARNER = _Person(452, (150, 101, 72), (30, 86, 110), (36, 60, 92), scarf=True)


def scenes(told: Script, samples: Samples, *, rate: int) -> Iterator[Image.Image]:
    """Every frame in order, `SIZE` pixels, RGB. Mouths follow the loudness of `samples`."""
    for frame in range(int(told.seconds * FRAMES)):
        at = frame / FRAMES
        turn = told.at(at)
        opening = _opening(samples[int(at * rate) : int((at + 1 / FRAMES) * rate)])
        side = told.side(turn.who) if turn else -1
        mouths = (opening if side == 0 else 0, opening if side == 1 else 0)
        nod = round(1.5 * math.sin(at * 1.7)) if side == 0 else 0
        yield _scene(mouths, frame % 23 == 0, nod, turn)


def _opening(samples: Samples) -> int:
    """0 (shut) to 3 (wide) for one frame's sound."""
    loud = float(np.sqrt(np.mean(samples**2))) if samples.size else 0.0
    return min(3, int(loud * 22))


@cache
def _scene(mouths: tuple[int, int], blink: bool, nod: int, turn: Timed | None) -> Image.Image:
    picture = _people(mouths, blink, nod).copy()
    if turn:
        _caption(picture, turn)
    return picture


@cache
def _people(mouths: tuple[int, int], blink: bool, nod: int) -> Image.Image:
    picture = _room().copy()
    pen = ImageDraw.Draw(picture)
    for person, mouth, lean in ((CUSTOMER, mouths[0], nod), (LEARNER, mouths[1], -nod)):
        _body(pen, person, lean)
        _face(pen, person, mouth, blink)
    _desk(pen)
    return picture.resize(SIZE, Image.Resampling.LANCZOS)


@cache
def _room() -> Image.Image:
    picture = Image.new("RGB", (SIZE[0] * FINE, SIZE[1] * FINE), (226, 221, 208))
    pen = ImageDraw.Draw(picture)
    _box(pen, (0, 218, 640, 360), (170, 148, 122))
    _box(pen, (40, 34, 148, 134), (250, 248, 240), radius=3)
    _box(pen, (46, 40, 142, 128), (164, 202, 222))
    _box(pen, (92, 40, 95, 128), (250, 248, 240))
    _ellipse(pen, (52, 106, 92, 150), (122, 160, 128))
    _box(pen, (46, 128, 142, 134), (250, 248, 240))
    _box(pen, (500, 40, 600, 112), (34, 66, 84), radius=4)
    pen.text((1100, 116), "RETURNS", font=_font(30), fill=(255, 255, 255), anchor="mm")
    pen.text((1100, 162), "Ask us anything", font=_font(20), fill=(190, 214, 222), anchor="mm")
    for row in range(2):
        pen.line((1060, 192 + 14 * row, 1140, 192 + 14 * row), fill=(94, 134, 150), width=4)
    _plant(pen)
    return picture


def _plant(pen: ImageDraw.ImageDraw) -> None:
    for dx, dy in ((-16, 4), (16, 4), (-9, -12), (9, -12), (0, -20)):
        _ellipse(pen, (312 + dx - 7, 168 + dy - 18, 326 + dx, 190 + dy), (74, 124, 88))
    _box(pen, (304, 190, 334, 220), (196, 112, 78), radius=4)


def _body(pen: ImageDraw.ImageDraw, who: _Person, lean: int) -> None:
    x = who.x + lean
    _box(pen, (x - 62, 188, x + 62, 330), who.top, radius=44)
    _box(pen, (x - 14, 162, x + 14, 204), who.skin, radius=10)
    if who.scarf:
        _box(pen, (x - 48, 92, x + 48, 214), who.hair, radius=44)
    else:
        _ellipse(pen, (x - 46, 84, x + 46, 164), who.hair)
        _ellipse(pen, (x - 50, 122, x - 36, 146), who.skin)
        _ellipse(pen, (x + 36, 122, x + 50, 146), who.skin)


def _face(pen: ImageDraw.ImageDraw, who: _Person, mouth: int, blink: bool) -> None:
    x = who.x
    _ellipse(pen, (x - 37, 102, x + 37, 186), who.skin)
    if not who.scarf:
        _box(pen, (x - 34, 96, x + 34, 112), who.hair, radius=8)
    for eye in (x - 15, x + 15):
        tall = 1 if blink else 4
        _ellipse(pen, (eye - 4, 138 - tall, eye + 4, 138 + tall), (40, 34, 34))
        _box(pen, (eye - 8, 123, eye + 8, 126), (64, 52, 46), radius=2)
    shade: Colour = (who.skin[0] - 26, who.skin[1] - 26, who.skin[2] - 24)
    _ellipse(pen, (x - 4, 144, x + 4, 155), shade)
    if mouth or not who.scarf:
        _ellipse(pen, (x - 10, 165 - mouth * 2, x + 10, 168 + mouth * 2), (124, 52, 52))
    else:
        pen.arc([edge * FINE for edge in (x - 12, 154, x + 12, 171)], 20, 160, fill=(124, 52, 52), width=3 * FINE)


def _desk(pen: ImageDraw.ImageDraw) -> None:
    _box(pen, (0, 262, 640, 360), (132, 92, 62))
    _box(pen, (0, 262, 640, 270), (160, 116, 80))
    _box(pen, (286, 222, 352, 264), (206, 172, 128), radius=2)
    _box(pen, (315, 222, 323, 264), (184, 148, 104))
    _box(pen, (372, 248, 416, 263), (250, 250, 246), radius=2)


def _caption(picture: Image.Image, turn: Timed) -> None:
    lines = textwrap.wrap(turn.words, 66)
    pen = ImageDraw.Draw(picture)
    top = 346 - 19 * (len(lines) + 1)
    pen.rounded_rectangle((22, top - 6, 618, 352), 8, fill=(20, 26, 32))
    pen.text((36, top), turn.who, font=_font(14), fill=(255, 206, 112))
    for row, line in enumerate(lines, start=1):
        pen.text((36, top + 19 * row), line, font=_font(15), fill=(255, 255, 255))


def _font(size: int) -> ImageFont.FreeTypeFont | ImageFont.ImageFont:
    return ImageFont.load_default(size)


def _box(pen: ImageDraw.ImageDraw, corners: tuple[int, int, int, int], fill: Colour, *, radius: int = 0) -> None:
    pen.rounded_rectangle([edge * FINE for edge in corners], radius * FINE, fill=fill)


def _ellipse(pen: ImageDraw.ImageDraw, corners: tuple[int, int, int, int], fill: Colour) -> None:
    pen.ellipse([edge * FINE for edge in corners], fill=fill)
