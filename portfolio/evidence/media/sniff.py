"""What a file is by its first bytes: an allow-list; its name and what the sender said do not count."""

from pathlib import Path

import filetype

from portfolio.evidence.media import first_bytes
from portfolio.evidence.media.office import kinds

OPAQUE = ("other", "application/octet-stream")
"""What is kept but never opened: web pages, drawings with scripts, programs, everything unknown."""

FORMATS = {
    "audio/mpeg": "mp3",
    "audio/mp4": "mov",
    "audio/ogg": "ogg",
    "audio/flac": "flac",
    "audio/wav": "wav",
    "audio/aac": "aac",
    "audio/amr": "amr",
    "audio/aiff": "aiff",
    "video/mp4": "mov",
    "video/quicktime": "mov",
    "video/3gpp": "mov",
    "video/webm": "matroska",
    "video/x-matroska": "matroska",
    "video/ogg": "ogg",
    "video/x-msvideo": "avi",
    "video/x-ms-wmv": "asf",
    "video/mpeg": "mpeg",
    "video/mpv": "mpegvideo",
    "video/mp2t": "mpegts",
    "video/x-flv": "flv",
    "video/dv": "dv",
    "audio/x-caf": "caf",
    "audio/amr-wb": "amr",
    "audio/x-ape": "ape",
    "audio/x-wavpack": "wv",
    "audio/x-tta": "tta",
    "audio/basic": "au",
}
"""The one demuxer that may open each sound or film (FFmpeg's names)."""

PICTURES = {
    "image/jpeg": "JPEG",
    "image/png": "PNG",
    "image/gif": "GIF",
    "image/webp": "WEBP",
    "image/heic": "HEIF",
    "image/avif": "AVIF",
    "image/tiff": "TIFF",
    "image/bmp": "BMP",
}
"""The one decoder that may open each picture (Pillow's names)."""

LOGOS = frozenset({"image/png", "image/jpeg", "image/webp"})
"""Those of which a centre's logo can be made."""
PDF = "application/pdf"
MESSAGE = "message/rfc822"
"""An e-mail as mail programs save it."""
ZIP = "application/zip"
_OFFICE = kinds.READ | {"application/msword", "application/vnd.ms-powerpoint", ZIP}
_ALIASES = {
    "audio/x-wav": "audio/wav",
    "audio/x-flac": "audio/flac",
    "audio/x-aiff": "audio/aiff",
    "audio/m4a": "audio/mp4",
    "audio/x-m4a": "audio/mp4",
    "video/x-m4v": "video/mp4",
    "image/heif": "image/heic",
    "image/apng": "image/png",
    "application/x-rtf": "application/rtf",
}


HEAD = 1024
"""First bytes of a file that tell what it is."""
HEADERS = 64 * 1024
"""First bytes among which the headers are looked for that make a text an e-mail."""


def sniff(path: Path) -> tuple[str, str]:
    """Kind (`image`, `audio`, `video`, `document`, `other`) and IANA media type by the first bytes of a file."""
    with path.open("rb") as file:
        head = file.read(HEAD)
    if first_bytes.is_negative(head):
        return OPAQUE
    media_type = _guessed(path)
    if media_type not in PICTURES and media_type not in FORMATS:
        media_type = first_bytes.shown(head) if media_type not in _OFFICE | {PDF} else media_type
    if media_type in PICTURES or media_type in FORMATS:
        return media_type.partition("/")[0], media_type
    if media_type == PDF or (not media_type and b"%PDF-" in head):
        return "document", PDF
    if media_type == ZIP:
        media_type = kinds.of_bundle(path) or media_type
    if media_type in kinds.READ:
        return "document", media_type
    unplayed, _ = first_bytes.unplayed(head)
    if unplayed or media_type in _OFFICE:
        return "other", unplayed or media_type
    return ("other", MESSAGE) if _is_message(path) else OPAQUE


def _is_message(path: Path) -> bool:
    with path.open("rb") as file:
        return first_bytes.is_message(file.read(HEADERS))


def _guessed(path: Path) -> str:
    guessed = filetype.guess(str(path))
    found = guessed.mime if guessed else ""
    return _ALIASES.get(found, found)
