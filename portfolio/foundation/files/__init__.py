"""The file store of the application: a folder, or a bucket that many machines share, behind the same few calls."""

from pathlib import Path
from typing import Any, cast

from flask import Flask, current_app

from portfolio.foundation.files.local import STALE, LocalStore
from portfolio.foundation.files.stored import (
    BLOCK,
    NO_ROOM,
    PIECE,
    Measure,
    Sink,
    Source,
    Sparing,
    Store,
    Stored,
    between,
    measure,
    room_on_disk,
    syncing,
)

__all__ = (
    "BLOCK", "NAMED", "NO_ROOM", "PIECE", "STALE", "LocalStore", "Measure", "Sink", "Source", "Sparing", "Store",
    "Stored", "between", "connect", "measure", "room_on_disk", "store", "syncing",
)  # fmt: skip
_EXTENSION = "markwell-files"
NAMED: dict[Any, Any] = {"names": "a file of the store"}
"""What the columns of records bear that name a file by its SHA-256."""


def connect(app: Flask, root: Path, *, bucket: str = "") -> None:
    """Give `app` its file store: the folder `root`, or the `bucket` (`s3://name/prefix`) with near copies in `root`."""
    app.extensions[_EXTENSION] = _bucket(bucket, root) if bucket else LocalStore(root)


def store() -> Store:
    """The file store of the application that is running."""
    return cast("Store", current_app.extensions[_EXTENSION])


def _bucket(url: str, root: Path) -> Store:
    from portfolio.foundation.files.bucket import BucketStore  # noqa: PLC0415 (a large library that most never need)

    return BucketStore(url, root)
