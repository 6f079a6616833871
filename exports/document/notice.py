"""What an edition of a report says about itself: its name, what it is, what was withheld and what was put in."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from portfolio.evidence.places.locators import Region


@dataclass(frozen=True, slots=True)
class Withheld:
    """One thing that a redacted edition does not show; its number stands wherever it was taken out."""

    number: int
    kind: str
    """`words`, `picture`, `area`, `file` or `seconds`."""
    items: tuple[str, ...]
    """Refs of the evidence it was taken out of; none for words."""
    reason: str
    places: int
    """How often it was taken out; 0 says that it was nowhere found."""
    span: str = ""
    """The seconds of a recording, `00:01:10–00:01:40`."""
    area: str = ""
    """The area of a picture, `percent:x,y,w,h` (Media Fragments URI 1.0); what covers it reaches a little further."""

    @property
    def place(self) -> Region:
        """The area as a place, to be told in words."""
        return Region(self.area)


@dataclass(frozen=True, slots=True)
class Uploaded:
    """An uploaded document that is attached or whose pages follow, or the reason why not."""

    evidence: str
    """`ref` of the item."""
    name: str
    sha256: str
    pages: int = 0
    reason: str = ""
    """Why it is not, as an English phrase with `%(name)s` for its numbers; empty where it is."""
    remarks: tuple[str, ...] = ()
    """What its pages do not show: English sentences."""
    numbers: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Notice:
    """What stands on the cover and before the contents of any edition but the plain full one."""

    name: str
    """`Redacted edition`; English, other languages know it by this."""
    kind: str
    """Which paragraphs it has: `learner`, `redacted`, `originals` or `reading`."""
    full: str = ""
    """Name of the full report of the same facts."""
    sealed: str = ""
    """SHA-256 of the sealed file that a redacted edition was made from."""
    room: int = 0
    """Bytes of originals that one file has room for."""
    withheld: tuple[Withheld, ...] = ()
    pageless: bool = False
    """Whether claimed pages of documents are left out of a redacted edition."""
    uploaded: tuple[Uploaded, ...] = ()
    conforms: bool = True
    """False where the file does not keep to the archive and accessibility standards, and must say so."""
