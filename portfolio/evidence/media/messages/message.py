"""What was read in an e-mail, as plain values."""

from dataclasses import asdict, dataclass, replace
from datetime import datetime
from typing import Any

_AS_PDF = "Print it to a PDF and send that too, so that its words can be read."
UNREAD = f"The words of this e-mail could not be read here; the original is kept. {_AS_PDF}"
NOT_REACHED = (
    "Its words were not read, because an e-mail before it could not be. Make an item of its own of it to show them."
)
TOOK_TOO_LONG = f"It takes too long to read the words of this e-mail here; the original is kept. {_AS_PDF}"


@dataclass(frozen=True, slots=True)
class Enclosed:
    """One file in an e-mail, by what the e-mail says of it."""

    name: str
    """In one line; empty where it has none."""
    media_type: str
    size: int
    """Bytes as it was before it was packed for sending."""


@dataclass(frozen=True, slots=True)
class Message:
    """An e-mail as it was read: words without control characters, headers in one line each."""

    sender: str = ""
    to: str = ""
    cc: str = ""
    date: str = ""
    """As its header says it."""
    subject: str = ""
    sent_at: str = ""
    """The moment of its date with its offset, ISO 8601; empty where its header names none."""
    words: str = ""
    enclosed: tuple[Enclosed, ...] = ()
    unlisted: int = 0
    """Files in it beyond those in `enclosed`."""
    notes: tuple[str, ...] = ()
    """What was cut or could not be read: sentences."""

    @property
    def headers(self) -> list[tuple[str, str]]:
        """Those that it has, by their names, in the order in which people read them."""
        named = {"From": self.sender, "To": self.to, "Cc": self.cc, "Date": self.date, "Subject": self.subject}
        return [(name, value) for name, value in named.items() if value]

    @property
    def moment(self) -> datetime | None:
        """When it was sent, by its own words; None where they name no moment with a zone."""
        moment = datetime.fromisoformat(self.sent_at) if self.sent_at else None
        return moment if moment and moment.tzinfo else None

    def to_json(self) -> dict[str, Any]:
        """The values as JSON knows them."""
        return asdict(self)


def from_json(values: dict[str, Any]) -> Message:
    """The inverse of `Message.to_json`."""
    read = Message(**values)
    enclosed = tuple(Enclosed(**one) for one in values["enclosed"])
    return replace(read, enclosed=enclosed, notes=tuple(values["notes"]))
