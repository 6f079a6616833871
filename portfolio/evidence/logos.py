"""A centre's logo: the copy that is made of the picture that somebody sent, and kept in place of it."""

from collections.abc import Iterator
from contextlib import contextmanager
from threading import BoundedSemaphore

from portfolio.evidence import media
from portfolio.foundation import files
from portfolio.foundation.errors import Incomplete, Missing, Unavailable
from portfolio.foundation.files import Source
from portfolio.foundation.words.sizes import filesize
from portfolio.people.rules import LOGO_BYTES

TOO_BIG = f"This picture is too big: {filesize(LOGO_BYTES)} is the most. Save a smaller one, then choose that."
CROWDED = "Others are changing a logo at this moment. Nothing was saved. Try again in a moment."
PLACES = BoundedSemaphore(2)
"""Copies that one server process makes at a time, each in a process that may take a gigabyte."""
NOT_KEPT = "The file of that logo is not kept any more. Choose the picture again."


def kept(picture: Source) -> str:
    """Make the copy of a picture, keep it in the store, and return its SHA-256; the picture itself is not kept.

    Raises `Incomplete` for what is too big, and for what no logo can be made of; `Unavailable` as the store does,
    and where so many are being made that there is no place for another.
    """
    content = picture.read(LOGO_BYTES + 1)
    if len(content) > LOGO_BYTES:
        raise Incomplete(TOO_BIG, ("picture",))
    with _place(), files.room_on_disk(), files.store().workshop() as folder:
        original = folder / "picture"
        original.write_bytes(content)
        made = media.prepare_logo(original, folder)
        if made.shown is None:
            raise Incomplete(made.note, ("picture",))
        return files.store().put(made.shown).sha256


@contextmanager
def _place() -> Iterator[None]:
    if not PLACES.acquire(blocking=False):
        raise Unavailable(CROWDED)
    try:
        yield
    finally:
        PLACES.release()


def ensure_kept(sha256: str) -> None:
    """Raises `Missing` for a logo whose file is gone; none at all is no file."""
    if sha256 and not files.store().has(sha256):
        raise Missing(NOT_KEPT)
