"""What a backup says of itself: which database, keys and files belong to it, with their hashes."""

import json
import os
from contextlib import suppress
from dataclasses import asdict, dataclass, field
from datetime import datetime
from pathlib import Path

from portfolio.foundation.errors import Missing, Unreadable
from portfolio.foundation.files import Stored, measure

NAME = "manifest.json"
FILES = "files.sha256"
"""The list of all files, which `sha256sum --check` reads as well."""
FORMAT = 1
MADE = "backed-up"
"""File of the instance that says when its last whole backup was made."""


@dataclass(frozen=True, slots=True)
class Manifest:
    """The content of a backup; written last, so that a backup is whole or was not made."""

    made_at: str
    """ISO 8601 in UTC; the database is as it was then."""
    secret: str
    """Fingerprint of the secret that it can be opened with; empty where nothing was sealed yet."""
    kind: str
    """`sqlite` or `postgresql`."""
    database: str
    """Name of its file."""
    database_sha256: str
    files: int
    """How many."""
    files_sha256: str
    """Of their list."""
    keys: dict[str, str]
    """Name of a key file → its SHA-256."""
    logs: dict[str, tuple[int, str]]
    """Number of a centre → number and hash of the line that ended its log just before."""
    damaged: list[str] = field(default_factory=list)
    """Addresses of files that the store could not give whole; they are not in the backup."""
    missing: list[str] = field(default_factory=list)
    """Addresses of files that the records name and the store has not."""
    faults: list[str] = field(default_factory=list)
    """A sentence for each key file that is missing or not good, and for each log that does not hold."""

    format: int = FORMAT

    @property
    def is_whole(self) -> bool:
        """Whether all of the house is in it, and good."""
        return not (self.damaged or self.missing or self.faults)

    @property
    def lacking(self) -> str:
        """Which files of the store are not in the backup, in words; empty where all are."""
        counts = [(len(self.damaged), "damaged in the store"), (len(self.missing), "missing from the store")]
        return " and ".join(f"{count} files are {what}" for count, what in counts if count)


def read(folder: Path) -> Manifest:
    """What the backup in `folder` says. Raises `Missing` where there is none, `Unreadable` for a later format."""
    path = folder / NAME
    if not path.is_file():
        raise Missing(f"There is no backup in {folder}: it has no {NAME}.")
    try:
        told = json.loads(path.read_text("utf-8"))
        found = Manifest(**told | {"logs": {number: (end[0], end[1]) for number, end in told["logs"].items()}})
    except (ValueError, TypeError, KeyError, AttributeError):
        raise Unreadable(f"{path} cannot be read: it is damaged, or of a later release.") from None
    if found.format != FORMAT:
        raise Unreadable(f"The backup in {folder} is of format {found.format}; this release reads {FORMAT}.")
    return found


def write(folder: Path, manifest: Manifest) -> None:
    """Put a finished backup's manifest in the place of the one before, whole or not at all."""
    draft = folder / f".{NAME}"
    with draft.open("w", encoding="utf-8") as file:
        json.dump(asdict(manifest), file, indent=1, ensure_ascii=False)
        file.flush()
        os.fsync(file.fileno())
    draft.replace(folder / NAME)


def note(instance: Path, made: Manifest) -> None:
    """Write down in the instance that it was backed up as a whole."""
    (instance / MADE).write_text(made.made_at, "ascii")


def last_made(instance: Path) -> datetime | None:
    """When the last whole backup of this instance was made; None where none is known."""
    with suppress(OSError, ValueError):
        return datetime.fromisoformat((instance / MADE).read_text("ascii"))
    return None


def sha256_of(path: Path) -> str:
    """SHA-256 of a file's bytes, hexadecimal. Raises `Missing` where there is no file."""
    return measured(path).sha256


def measured(path: Path) -> Stored:
    """SHA-256 and size in bytes of a file in one pass. Raises `Missing` where there is none."""
    if not path.is_file():
        raise Missing(f"{path} is missing.")
    with path.open("rb") as file:
        return measure(file)


def ensure_whole(path: Path, sha256: str) -> None:
    """Raises `Unreadable` for a file of other bytes than the backup names, `Missing` for none."""
    if sha256_of(path) != sha256:
        raise Unreadable(f"{path} is damaged: its hash is not the one that the backup names. Nothing was restored.")
