"""What paper shows of a file besides its name and its bytes: what the worker found in it, and the picture it made."""

from collections.abc import Sequence
from itertools import pairwise

from portfolio.evidence.models import File

PEAKS = 200
"""Steps of loudness on paper."""


def printed(file: File, kind: str = "") -> dict[str, object]:
    """All of it, in an item of this kind, as plain values over which a line of the log gives a hash."""
    return {
        "kind": file.kind,
        "media_type": file.media_type,
        "duration": file.duration,
        "peaks": list(fewer(file.peaks)),
        "picture": picture(file),
        "remarks": file.said(kind),
    }


def picture(file: File) -> list[object] | None:
    """SHA-256, width and height in pixels of the picture that stands for it; None where there is none."""
    return [file.picture_sha256, file.picture_width or 1, file.picture_height or 1] if file.picture_sha256 else None


def fewer(peaks: Sequence[float], steps: int = PEAKS) -> tuple[float, ...]:
    """The loudest of each stretch, so that `steps` values are left."""
    if len(peaks) <= steps:
        return tuple(peaks)
    cuts = [round(at * len(peaks) / steps) for at in range(steps + 1)]
    return tuple(max(peaks[start:end]) for start, end in pairwise(cuts))
