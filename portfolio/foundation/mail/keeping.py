"""Where the demo's mail goes: kept in the instance as files, the last of them, and read again for the Outbox page."""

import re
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from email import message_from_bytes, policy
from email.message import EmailMessage
from pathlib import Path
from types import TracebackType
from typing import Self

MOST = 100
"""Mails that are kept; the oldest go first."""
_NAME = re.compile(r"[0-9a-f]{32}")


@dataclass(frozen=True, slots=True)
class KeptMail:
    """A mail as whoever it is for would get it."""

    name: str
    """Of its Message-ID."""
    headers: tuple[tuple[str, str], ...]
    to: str
    sender: str
    subject: str
    at: datetime
    text: str
    html: str


class Keeper:
    """Takes mail as a line to the mail server does, and keeps it under the folder of the instance."""

    def __init__(self, instance: Path) -> None:
        self._folder = folder_of(instance)

    def __enter__(self) -> Self:
        """Nothing is written yet."""
        return self

    def __exit__(self, _kind: type[BaseException] | None, _fault: object, _trace: TracebackType | None) -> None:
        """Nothing is open."""

    def try_out(self) -> None:
        """Make the folder."""
        self._folder.mkdir(parents=True, exist_ok=True)

    def send(self, message: EmailMessage, to: str, begins: Callable[[], bool] = lambda: True) -> bool:
        """Keep a mail to the address `to`, unless `begins` says no; one that is kept again replaces itself."""
        if not begins():
            return False
        found = _NAME.search(str(message["Message-ID"]))
        assert found is not None, to
        arriving = self._folder / f"{found[0]}.part"
        arriving.write_bytes(message.as_bytes())
        arriving.replace(self._folder / f"{found[0]}.eml")
        for old in _files(self._folder)[MOST:]:
            old.unlink(missing_ok=True)
        return True


def folder_of(instance: Path) -> Path:
    """Where an instance keeps it."""
    return instance / "outbox"


def kept(instance: Path) -> list[KeptMail]:
    """All that is kept, the last first."""
    return [mail for path in _files(folder_of(instance)) if (mail := _read(path))]


def named(instance: Path, name: str) -> KeptMail | None:
    """One of them, where it is there."""
    return _read(folder_of(instance) / f"{name}.eml") if _NAME.fullmatch(name) else None


def _files(folder: Path) -> list[Path]:
    """The files of whole mails, the last first."""
    dated = []
    for path in folder.glob("*.eml"):
        with suppress(FileNotFoundError):  # another process let it go
            dated.append((path.stat().st_mtime_ns, path))
    return [path for _, path in sorted(dated, reverse=True)]


def _read(path: Path) -> KeptMail | None:
    try:
        mail = message_from_bytes(path.read_bytes(), policy=policy.default)
    except FileNotFoundError:  # a newer one took its place
        return None
    assert isinstance(mail, EmailMessage)
    text, html = (part.get_content() if (part := mail.get_body((kind,))) else "" for kind in ("plain", "html"))
    return KeptMail(
        path.stem, tuple((name, str(value)) for name, value in mail.items()), str(mail["To"]), str(mail["From"]),
        str(mail["Subject"]), mail["Date"].datetime, text, html,
    )  # fmt: skip
