"""What paper shows of a file besides its name and its bytes: what the worker found in it, and the picture it made."""

from portfolio.evidence.models import File, FilePage
from portfolio.evidence.waveform import thinned


def printed(file: File, kind: str = "") -> dict[str, object]:
    """All of it, in an item of this kind, as plain values over which a line of the log gives a hash."""
    return {
        "kind": file.kind,
        "media_type": file.media_type,
        "duration": file.duration,
        "peaks": list(thinned(file.peaks)),
        "picture": picture(file),
        "remarks": file.said(kind),
    }


def picture(file: File) -> list[object] | None:
    """SHA-256, width and height in pixels of the picture that stands for it; None where there is none."""
    return [file.picture_sha256, file.picture_width or 1, file.picture_height or 1] if file.picture_sha256 else None


def printed_page(page: FilePage) -> dict[str, object]:
    """What is shown of a claimed page, as plain values over which the line of the claim gives a hash; of a still of a
    film, the line of its copies.
    """
    return {
        "number": page.number,
        "of": page.file.pages or round((page.file.duration or 0) * 10),
        "sha256": page.picture_sha256,
        "size": page.size,
        "crc32": page.crc32,
        "width": page.width,
        "height": page.height,
        "text": page.text,
    }
