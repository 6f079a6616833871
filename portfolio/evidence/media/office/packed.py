"""What a ZIP of an office program is before anything in it is read: how much, under a password, with programs in it."""

import zipfile
from collections.abc import Iterator
from pathlib import Path

from portfolio.evidence.media import unshown
from portfolio.evidence.media.office.kinds import SHEETS, SLIDES
from portfolio.evidence.media.prepared import NotPrepared

MOST_MEMBERS = 20_000
MOST_MARKUP = 48 * 1024**2
"""Bytes of XML in a text, unpacked: the words of some ten thousand pages."""
MOST_CELLS = 1024**3
"""Bytes of XML in a spreadsheet, unpacked; its reader keeps none of it."""
MOST_SLIDES = 600 * 1024**2
"""Bytes of a presentation with all its pictures and films, unpacked."""
AS_PDF = "Save it as a PDF and send that too, so that its pages can be seen."
TOO_MUCH = f"There is more in this file than can be read here; the original is kept. {AS_PDF}"
NO_ZIP = f"This file is damaged, so its words cannot be read; the original is kept. {AS_PDF}"
LOCKED = (
    "This file has a password, so its words cannot be read; the original is kept. "
    "Take the password off, save it as a PDF and send that too, so that its pages can be seen."
)
PICTURES = (".png", ".jpg", ".jpeg", ".gif", ".tif", ".tiff", ".bmp", ".wmf", ".emf", ".emz", ".wmz", ".svg")
"""How members of a text or a spreadsheet are called that count only where they unpack to far more than they are."""
TIGHTEST = 10
"""Bytes that one byte of a picture unpacks to, at most."""
_MACROS = ("vbaproject.bin", "basic/", "scripts/")


def ensure_bounded(path: Path, media_type: str) -> Iterator[str]:
    """What is said of the ZIP at `path`. Raises `NotPrepared` for one that is damaged, locked or too much to read."""
    try:
        with zipfile.ZipFile(path) as bundle:
            members = bundle.infolist()
            _ensure_little(members, media_type)
            manifest = next((one for one in members if one.filename == "META-INF/manifest.xml"), None)
            locked = manifest and manifest.file_size < MOST_MARKUP and b"encryption-data" in bundle.read(manifest)
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError, RuntimeError) as error:
        raise NotPrepared(NO_ZIP) from error
    if locked:
        raise NotPrepared(LOCKED)
    if any(_is_macro(one.filename.lower()) for one in members):
        yield unshown.MACROS


def _ensure_little(members: list[zipfile.ZipInfo], media_type: str) -> None:
    most = MOST_CELLS if media_type in SHEETS else MOST_SLIDES if media_type in SLIDES else MOST_MARKUP
    counted = [one for one in members if media_type in SLIDES or not _is_picture(one)]
    if len(members) > MOST_MEMBERS or sum(one.file_size for one in counted) > most:
        raise NotPrepared(TOO_MUCH)


def _is_picture(member: zipfile.ZipInfo) -> bool:
    """By its name, and packed no tighter than pictures are: a link within the file may call anything a text."""
    return member.filename.lower().endswith(PICTURES) and member.file_size <= TIGHTEST * max(member.compress_size, 1)


def _is_macro(name: str) -> bool:
    return name.endswith(_MACROS[0]) or (name.startswith(_MACROS[1:]) and name.endswith((".xml", ".py", ".js", ".bsh")))
