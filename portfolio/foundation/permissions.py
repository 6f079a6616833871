"""Keeps what lies in the instance folder to the system's user that runs the house: folders 0700, files 0600."""

import os
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

from sqlalchemy.engine import make_url

from portfolio.foundation.settings import Settings

OURS_ONLY = 0o077
"""As a mask of file modes: nothing for the group, nothing for others."""
_FOLDERS = ("files", "uploads", "keys", "demo", "outbox")


def keep_to_ourselves(settings: Settings) -> None:
    """What this process makes from now on is its user's alone; what was there before is made so.

    Everything else inside lies behind these folders. What belongs to another user is left as it is.
    """
    os.umask(OURS_ONLY)
    settings.instance.mkdir(parents=True, exist_ok=True)
    for path in (*_folders(settings.instance), *_files(settings)):
        with suppress(PermissionError, FileNotFoundError):
            if (mode := path.stat().st_mode) & OURS_ONLY:
                path.chmod(mode & ~OURS_ONLY & 0o777)


def _folders(instance: Path) -> Iterator[Path]:
    yield instance
    yield from (instance / name for name in _FOLDERS)


def _files(settings: Settings) -> Iterator[Path]:
    """The files that lie in the instance folder itself, and SQLite's wherever they are."""
    yield from (path for path in settings.instance.iterdir() if path.is_file())
    url = make_url(settings.database)
    if url.get_backend_name() == "sqlite" and url.database:
        yield from (Path(f"{url.database}{end}") for end in ("", "-wal", "-shm"))
