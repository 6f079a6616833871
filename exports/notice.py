"""What an edition of a report says about itself: its name, what it is, what was withheld and what was put in."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Withheld:
    """One thing that a redacted edition does not show; its number stands wherever it was taken out."""

    number: int
    kind: str
    """`words`, `picture`, `file` or `seconds`."""
    where: str
    """Where it was taken out, in words that tell nothing of it."""
    reason: str
    places: int
    """How often it was taken out; 0 says that it was nowhere found."""


@dataclass(frozen=True, slots=True)
class Appended:
    """An uploaded document whose pages follow a reading copy, or the reason why they do not."""

    evidence: str
    """`ref` of the item."""
    name: str
    sha256: str
    pages: int = 0
    reason: str = ""
    """Why its pages are not shown; empty where they are."""


@dataclass(frozen=True, slots=True)
class Notice:
    """What stands on the cover and before the contents of any edition but the plain full one."""

    name: str
    """`Redacted edition`."""
    says: tuple[str, ...] = ()
    """Paragraphs for the reader."""
    withheld: tuple[Withheld, ...] = ()
    appended: tuple[Appended, ...] = ()
    conforms: bool = True
    """False where the file does not keep to the archive and accessibility standards, and must say so."""
