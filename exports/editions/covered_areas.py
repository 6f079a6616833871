"""Covers areas of the pictures that a redacted edition shows: what lay there is in no pixel of the picture any more.

A JPEG mixes the colours of neighbours within blocks of up to 16 by 16 pixels (ITU-T T.81, A.1 and A.2), and a reader
may smooth them across their borders. So what covers an area reaches to the border of the last block it could touch.
"""

import io
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from hashlib import sha256
from math import ceil, floor

from PIL import Image, ImageDraw, ImageFont

from exports.document.places import box
from exports.editions.withholding import Area, Withholding, meant
from exports.facts.frozen import EvidenceFacts, Facts, FileFacts
from exports.typesetting import fonts

BLOCK = 16
"""Pixels on a side."""
SMOOTHED = 2
"""Pixels beyond a block that readers smooth into it."""
COVER, NUMBER = "#1a2422", "#ffffff"
"""Of what covers an area, and of the number on it."""
_SMALLEST, _LARGEST = 12, 44
"""Size in pixels of the number."""
Read = Callable[[str], bytes]
"""The bytes of a picture by its SHA-256."""


@dataclass(frozen=True, slots=True)
class Covered:
    """Facts that name covered pictures, and these pictures by SHA-256."""

    facts: Facts
    pictures: Mapping[str, bytes]


def covered(facts: Facts, withhold: Sequence[Withholding], read: Read) -> Covered:
    """The facts with covered pictures in the place of those of which areas are withheld.

    A picture that cannot be read is left out. Raises `Unclear` for a file that the facts do not have.
    """
    files = [file for item in facts.evidence for file in item.files]
    chosen: dict[str, dict[int, Area]] = {}
    for number, each in enumerate(withhold, start=1):
        if isinstance(each, Area):
            for file in meant(each, files):
                chosen.setdefault(file.sha256, {})[number] = each
    made: dict[str, bytes] = {}
    evidence = tuple(_shown(item, chosen, read, made) for item in facts.evidence)
    return Covered(replace(facts, evidence=evidence), made)


def _shown(
    item: EvidenceFacts, chosen: Mapping[str, Mapping[int, Area]], read: Read, made: dict[str, bytes]
) -> EvidenceFacts:
    return replace(item, files=tuple(_file(file, chosen.get(file.sha256, {}), read, made) for file in item.files))


def _file(file: FileFacts, areas: Mapping[int, Area], read: Read, made: dict[str, bytes]) -> FileFacts:
    if not areas or not file.picture:
        return file
    try:
        content = painted(read(file.picture.sha256), {number: each.area for number, each in areas.items()})
    except (LookupError, OSError):
        return replace(file, picture=None)
    digest = sha256(content).hexdigest()
    made[digest] = content
    return replace(file, picture=replace(file.picture, sha256=digest))


def painted(content: bytes, areas: Mapping[int, str]) -> bytes:
    """A picture of ours (JPEG) with numbered areas (`percent:x,y,w,h`) covered, as JPEG without any metadata.

    Whatever lay under them, the bytes are the same. Raises `OSError` for what is no picture.
    """
    with Image.open(io.BytesIO(content), formats=("JPEG",)) as opened:
        picture = Image.frombytes("RGB", opened.size, opened.convert("RGB").tobytes())
    draw = ImageDraw.Draw(picture)
    boxes = {number: grown(area, picture.size) for number, area in areas.items()}
    for left, top, right, foot in boxes.values():
        draw.rectangle((left, top, right - 1, foot - 1), fill=COVER)
    for number, (left, top, right, foot) in boxes.items():
        size = min(max(min((foot - top) // 2, (right - left) // 2), _SMALLEST), _LARGEST)
        draw.text(((left + right) / 2, (top + foot) / 2), str(number), fill=NUMBER, font=_letters(size), anchor="mm")
    out = io.BytesIO()
    picture.save(out, "JPEG", quality=85, subsampling=0, optimize=True)
    return out.getvalue()


def grown(area: str, size: tuple[int, int]) -> tuple[int, int, int, int]:
    """Left, top, right and foot in pixels of all blocks that an area touches; the last two are not in it."""
    left, top, across, down = box(area)
    edges = [
        _outwards(start, start + length, side)
        for start, length, side in zip((left, top), (across, down), size, strict=True)
    ]
    (first, last), (upper, lower) = edges
    return first, upper, last, lower


def _outwards(start: float, end: float, side: int) -> tuple[int, int]:
    """From and to, both at borders of blocks or at the edge of the picture."""
    first = floor((start * side / 100 - SMOOTHED) / BLOCK) * BLOCK
    last = ceil((end * side / 100 + SMOOTHED) / BLOCK) * BLOCK
    return max(first, 0), min(last, side)


@cache
def _letters(size: int) -> ImageFont.FreeTypeFont:
    bold = next(face for face in fonts.faces() if face.parent.name == "700Bold")
    return ImageFont.truetype(bold, size, layout_engine=ImageFont.Layout.BASIC)
