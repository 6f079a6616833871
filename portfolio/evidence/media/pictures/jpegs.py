"""JPEG files (ITU-T T.81): whether the picture in them is whole, and what lies in them besides it."""

import re
from collections.abc import Iterator
from pathlib import Path

import pikepdf
from PIL import Image

from portfolio.evidence.media.pictures import tones

DAMAGED = (
    "This photo is damaged: a part of it could not be read. See whether it is whole on your own device, and send it "
    "again from there."
)
_NEXT = re.compile(rb"\xff[^\x00\xd0-\xd7\xff]", re.DOTALL)
"""A marker that ends the data of a scan: neither an escaped byte nor a restart (§B.1.1)."""
_SCAN, _END = 0xDA, 0xD9
_BASELINE = frozenset((0xC0, 0xC1))
_ASIDE = frozenset((*range(0xE0, 0xF0), 0xFE))
"""Markers of what is said about the picture: APP0 to APP15 and comments."""
_CORRUPT = "JPEG data"
"""What QPDF says of damaged data, and of nothing else."""
_GAIN_MAPS = (b"hdrgm:", b"hdrgainmap", b"21496")
"""By which the brightness of a picture is known that makes another one brighter: Adobe, Apple, ISO 21496-1."""
_ENTRIES, _PREVIEW = 0xB002, "Large Thumbnail"
"""Tag of the list of pictures, and their type (CIPA DC-007 §5.2.3.3)."""


def remarks(path: Path, image: Image.Image) -> Iterator[str]:
    """What of the opened JPEG is not in the one picture that is shown of it."""
    content = path.read_bytes()
    bare, end = _bare(content)
    if _is_damaged(bare):
        yield DAMAGED
    count = _pictures(content, image)
    if count > 1:
        yield f"There are {count} pictures in this file: the main one is shown, and the original has all."
    yield from tones.film_within(content, end)


def _bare(content: bytes) -> tuple[bytes, int]:
    """The picture alone, as strict readers take it, and where it ends in the file."""
    kept, at, is_baseline = [content[:2]], 2, False
    while found := _NEXT.search(content, at):
        marker, begin = content[found.start() + 1], found.end()
        if marker == _END:
            return b"".join([*kept, b"\xff\xd9"]), begin
        at = begin + max(int.from_bytes(content[begin : begin + 2], "big"), 2)
        segment = content[found.start() : at]
        is_baseline = is_baseline or marker in _BASELINE
        if marker == _SCAN:
            data = _NEXT.search(content, at)
            until = data.start() if data else len(content)
            head = segment[:-3] + b"\x00\x3f\x00" if is_baseline else segment
            kept += head, _trimmed(content[at:until])
            at = until
        elif marker not in _ASIDE:
            kept.append(segment)
    return b"".join([*kept, b"\xff\xd9"]), len(content)


def _trimmed(data: bytes) -> bytes:
    """A scan without zeros behind it: its own last bits are ones (§F.1.2.3), or an escaped byte."""
    short = data.rstrip(b"\x00")
    return short + b"\x00" if short.endswith(b"\xff") else short


def _is_damaged(bare: bytes) -> bool:
    """Whether a strict reader complains; those that draw the picture fill in what they lack."""
    with pikepdf.new() as pdf:
        pdf.Root.Photo = pikepdf.Stream(pdf, bare, Filter=pikepdf.Name.DCTDecode)
        return any(_CORRUPT.lower() in said.lower() for said in pdf.check_pdf_syntax())


def _pictures(content: bytes, image: Image.Image) -> int:
    """Pictures that a person took; previews and gain maps are none."""
    listed = getattr(image, "mpinfo", {}).get(_ENTRIES, []) if image.format == "MPO" else []
    base = int(image.info.get("mpoffset", 0))
    taken = 0
    for entry in listed:
        begin = entry["DataOffset"] and entry["DataOffset"] + base
        head = content[begin : begin + min(entry["Size"], 1 << 16)]
        is_preview = str(entry["Attribute"]["MPType"]).startswith(_PREVIEW)
        taken += not is_preview and (not begin or not any(mark in head for mark in _GAIN_MAPS))
    return taken
