"""E-mails among the files of an item: read apart while who sent them waits, and the day on which they were sent."""

from collections.abc import Sequence
from contextlib import suppress
from datetime import date
from threading import BoundedSemaphore
from zoneinfo import ZoneInfo

from portfolio.evidence import media
from portfolio.evidence.media import Message
from portfolio.evidence.models import File
from portfolio.foundation import files as stored
from portfolio.foundation.clock import today
from portfolio.foundation.db import db
from portfolio.foundation.errors import Incomplete, Unavailable

MOST = 10
"""E-mails of one item, which are read while somebody waits."""
TOO_MANY = f"One item shows at most {MOST} e-mails. Make a second item of the others."
CROWDED = "Others are adding e-mails at this moment. Nothing was saved. Try again in a moment."
PLACES = BoundedSemaphore(2)
"""Items whose e-mails one server process reads at a time, those of each in a process that may take a gigabyte."""
PATIENCE = 20
"""Seconds for which one waits for a place."""


def read(files: Sequence[File]) -> list[Message]:
    """What the e-mails among `files` say, in their order.

    Raises `Incomplete` for more than `MOST`; `Unavailable` where so many are being read that there is no place, and as
    the store does.
    """
    hashes = [file.sha256 for file in files if file.media_type == media.MESSAGE]
    if len(hashes) > MOST:
        raise Incomplete(TOO_MANY, ("uploads",))
    db.session.rollback()  # no transaction stays open meanwhile
    return _read(hashes) if hashes else []


def _read(hashes: Sequence[str]) -> list[Message]:
    if not PLACES.acquire(timeout=PATIENCE):
        raise Unavailable(CROWDED)
    try:
        return media.read_messages([stored.store().path(sha256) for sha256 in hashes])
    finally:
        PLACES.release()


def day(messages: Sequence[Message], zone: str) -> date | None:
    """The day at a centre in `zone` (IANA name) on which the first of them that names a moment was sent.

    None where none does, and for a day that is still to come.
    """
    for moment in (message.moment for message in messages):
        with suppress(OverflowError):
            found = moment.astimezone(ZoneInfo(zone)).date() if moment else None
            if found and found <= today(zone):
                return found
    return None
