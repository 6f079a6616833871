"""Rectangles of a picture: four numbers in per cent of it, and where they lie in words."""

import re

Area = tuple[float, float, float, float]
"""Left, top, width and height in per cent."""
_XYWH = re.compile(r"(?:percent:)?" + ",".join([r"(\d{1,3}(?:\.\d{1,20})?)"] * 4), re.ASCII)
_NEAR, _FAR = 40, 60
"""Per cent up to which, and from which on, the middle of a rectangle counts as at one side."""


def written(left: float, top: float, width: float, height: float) -> str:
    """The rectangle as Media Fragments URI 1.0 has it, to a tenth of one per cent: `percent:12.5,30,40,20`."""
    return "percent:" + ",".join(f"{round(side, 1):g}" for side in (left, top, width, height))


def read(xywh: str) -> Area | None:
    """Left, top, width and height in per cent; None for what is no rectangle in per cent."""
    found = _XYWH.fullmatch(xywh)
    if not found:
        return None
    left, top, width, height = map(float, found.groups())
    return left, top, width, height


def inside(xywh: str) -> bool:
    """Whether a rectangle in per cent has an area and lies within the picture, to a tenth of one per cent."""
    left, top, width, height = read(xywh) or (0.0, 0.0, 0.0, 0.0)
    return width > 0 < height and left + width <= 100.1 and top + height <= 100.1


def part(area: Area) -> str:
    """Which part of the picture it is, in English: `upper left part`, `middle`, `right part`."""
    left, top, width, height = area
    down = _side(top + height / 2, "upper", "lower")
    across = _side(left + width / 2, "left", "right")
    sides = " ".join(filter(None, (down, across)))
    return f"{sides} part" if sides else "middle"


def told(area: Area) -> str:
    """Where it lies, in English: `upper left part (12–52 % from the left, 30–50 % from the top)`."""
    left, right, top, bottom = edges(area)
    return f"{part(area)} ({left}–{right}\u00a0% from the left, {top}–{bottom}\u00a0% from the top)"


def edges(area: Area) -> tuple[str, str, str, str]:
    """Its left, right, upper and lower edge in per cent, from the left and from the top, as they are printed."""
    left, top, width, height = area
    sides = (left, min(left + width, 100), top, min(top + height, 100))
    return tuple(f"{round(side, 1):g}" for side in sides)  # type: ignore[return-value]


def _side(middle: float, near: str, far: str) -> str:
    return near if middle <= _NEAR else far if middle >= _FAR else ""
