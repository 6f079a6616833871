"""What holds of every export, whoever asked for it: how long its file can be taken."""

from datetime import datetime, timedelta

TAKEN_WITHIN = timedelta(days=7)
"""How long a finished file can be taken away. What it was made from stays, so that it can be made again."""


def expires_at(finished_at: datetime) -> datetime:
    """When the file of an export can no longer be taken."""
    return finished_at + TAKEN_WITHIN
