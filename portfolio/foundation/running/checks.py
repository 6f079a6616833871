"""What has to hold for a house to be well: each check is a sentence of what is wrong and what to do, or empty."""

import shutil

from sqlalchemy import inspect, text
from sqlalchemy.exc import DBAPIError
from sqlalchemy.exc import TimeoutError as NoConnection

from portfolio.foundation import files, sealing, unfinished
from portfolio.foundation.db import db
from portfolio.foundation.errors import Refused, Unavailable
from portfolio.foundation.settings import current
from portfolio.foundation.work import alive

LITTLE = 1 << 30
"""Bytes that have to be free on the disk of the instance, but no more than a twentieth of it."""
ASLEEP = (
    "No worker is running: nothing is exported or prepared. Start it with `systemctl start markwell-worker`, or with "
    "`flask worker`."
)
_NOBODY = "0" * 64
"""An address at which no file is kept."""


def database() -> str:
    """Whether the database answers, has tables, and is not being restored."""
    try:
        with db.engine.connect() as line:
            if inspect(line).has_table(unfinished.MARK.name):
                return unfinished.UNFINISHED
            line.execute(text("SELECT 1 FROM centre LIMIT 1"))
    except (DBAPIError, NoConnection):
        return "The database does not answer, or has no tables. Start it, or lay its tables with `flask db upgrade`."
    return ""


def secret() -> str:
    """Whether the secret opens what the house was sealed with; asks once for each process."""
    try:
        sealing.ensure_opens()
    except sealing.WrongSecret:
        return "MARKWELL_SECRET is not the secret that this house was sealed with. Set that one again."
    except (DBAPIError, NoConnection, Refused):
        return "Whether the secret is the right one cannot be seen while the database does not answer."
    return ""


def store() -> str:
    """Whether a file can be written, and the store answers when it is asked for one."""
    try:
        with files.store().workshop() as folder:
            (folder / "probe").write_bytes(b"1")
        files.store().has(_NOBODY)
    except (OSError, Unavailable):
        return "The file store cannot be written, or does not answer. See to its folder, or to the bucket."
    return ""


def worker() -> str:
    """Whether a worker breathes."""
    try:
        breathes = alive.breathes(current().instance)
    except (DBAPIError, NoConnection):
        return "Whether a worker runs cannot be seen while the database does not answer."
    return "" if breathes else ASLEEP


def disk() -> str:
    """Whether there is room on the disk of the instance."""
    usage = shutil.disk_usage(current().instance)
    if usage.free >= min(LITTLE, usage.total // 20):
        return ""
    return "The disk of the instance is nearly full. Make room: files that arrive are refused before it is full."
