"""The one place that asks what time it is."""

from datetime import UTC, datetime


def now() -> datetime:
    """This moment in UTC, aware."""
    return datetime.now(UTC)


def stamp(moment: datetime) -> str:
    """A moment as ISO 8601 in UTC with microseconds: `2026-03-04T09:30:00.000000Z`."""
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")
