"""The one place that asks what time it is."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

_told: ContextVar[datetime | None] = ContextVar("told", default=None)


def now() -> datetime:
    """This moment in UTC, aware; the one that `at` tells, within it."""
    return _told.get() or datetime.now(UTC)


def today(zone: str) -> date:
    """What day it is now where the clocks are set to `zone` (IANA name): a centre's own day."""
    return now().astimezone(ZoneInfo(zone)).date()


def local_time(zone: str) -> str:
    """What time of the day it is now where the clocks are set to `zone`, `10:42`."""
    return now().astimezone(ZoneInfo(zone)).strftime("%H:%M")


@contextmanager
def at(moment: datetime) -> Iterator[None]:
    """Let it be `moment` (aware) within: for a story told later, and for tests. Holds for this thread only.

    Raises `ValueError` for a moment without a zone: nobody knows when it is.
    """
    if moment.tzinfo is None:
        raise ValueError("A moment needs a time zone.")
    token = _told.set(moment.astimezone(UTC))
    try:
        yield
    finally:
        _told.reset(token)


def stamp(moment: datetime) -> str:
    """A moment as ISO 8601 in UTC with microseconds: `2026-03-04T09:30:00.000000Z`."""
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")
