"""How many pictures a file holds that is read one after the other, counted no further than people would."""

import struct
from collections.abc import Iterator
from itertools import islice
from pathlib import Path

from PIL import Image

MOST = 1000
"""Pictures that are counted."""


def pictures(image: Image.Image, path: Path) -> int:
    """Pictures in an opened file; `MOST` and one where there are more."""
    reader = {"TIFF": _sheets, "GIF": _frames}.get(image.format or "")
    if not reader:
        return int(getattr(image, "n_frames", 1))
    return sum(1 for _ in islice(reader(path.read_bytes()), MOST + 1))


def _sheets(content: bytes) -> Iterator[int]:
    """Where each directory of a TIFF or BigTIFF begins (TIFF 6.0, section 2); each is read once."""
    order = "<" if content[:2] == b"II" else ">"
    is_big = struct.unpack_from(order + "H", content, 2)[0] == 43
    count, entry, offset = ("Q", 20, "Q") if is_big else ("H", 12, "I")
    seen: set[int] = set()
    try:
        at = struct.unpack_from(order + offset, content, 8 if is_big else 4)[0]
        while at and at not in seen:
            entries = struct.unpack_from(order + count, content, at)[0]
            yield at
            seen.add(at)
            at = struct.unpack_from(order + offset, content, at + struct.calcsize(count) + entries * entry)[0]
    except (struct.error, OverflowError):
        return


def _frames(content: bytes) -> Iterator[int]:
    """Where each picture of a GIF begins (GIF89a, section 12 and appendix A)."""
    at = 13 + _table(content[10:11])
    while at < len(content) and content[at] in b"!,":
        if content[at] == 0x2C:
            yield at
            at += 10 + _table(content[at + 9 : at + 10]) + 1
        else:
            at += 2
        while at < len(content) and content[at]:
            at += content[at] + 1
        at += 1


def _table(packed: bytes) -> int:
    """Bytes of the colours that follow a descriptor."""
    return 3 << ((packed[0] & 7) + 1) if packed and packed[0] & 0x80 else 0
