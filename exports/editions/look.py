"""Editions of a report: which there are, and all that somebody may ask of one besides whom it is about."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from exports.document.sheet import Paper
from exports.editions.withholding import Withholding, read, written


class ReportEdition(StrEnum):
    """What a report is made for."""

    FULL = "full"
    SUMMARY = "summary"
    LEARNER = "learner"
    REDACTED = "redacted"
    READING = "reading"


NAMES = {
    ReportEdition.FULL: "Full report",
    ReportEdition.SUMMARY: "Summary",
    ReportEdition.LEARNER: "Learner’s own copy",
    ReportEdition.REDACTED: "Redacted edition",
    ReportEdition.READING: "Reading copy",
}
"""As they are called on pages and on paper."""
ENDINGS = {
    ReportEdition.FULL: "",
    ReportEdition.SUMMARY: ", summary",
    ReportEdition.LEARNER: ", learner’s own",
    ReportEdition.REDACTED: ", redacted",
    ReportEdition.READING: ", reading copy (not for the archive)",
}
"""What the name of the file says."""


@dataclass(frozen=True, slots=True)
class Look:
    """One edition on one paper; every look of the same facts is a report of its own."""

    edition: ReportEdition = ReportEdition.FULL
    paper: Paper = field(default_factory=Paper)
    originals: bool = False
    """A full report only: with the uploaded documents inside."""
    withhold: tuple[Withholding, ...] = ()
    """A redacted edition only: what it must not show."""

    @property
    def is_plain(self) -> bool:
        """The full report as it always was: what packs hold."""
        return self == Look()

    def written(self) -> dict[str, Any]:
        """Plain values for a row; `read_look` reads them."""
        paper = {"size": self.paper.size, "large": self.paper.large}
        withhold = [written(each) for each in self.withhold]
        return {"edition": str(self.edition), "paper": paper, "originals": self.originals, "withhold": withhold}

    def told(self) -> dict[str, Any]:
        """What the log says of it: how much is withheld and never what; nothing of the plain full report."""
        if self.is_plain:
            return {}
        paper = {"paper": self.paper.size, "large_print": self.paper.large}
        return {"edition": str(self.edition), **paper, "originals": self.originals, "withheld": len(self.withhold)}


def read_look(values: Mapping[str, Any]) -> Look:
    """The look that `Look.written` wrote; the plain one of nothing. Raises `Unclear` where `withholding.read` does."""
    if not values:
        return Look()
    return Look(
        edition=ReportEdition(values["edition"]),
        paper=Paper(**values["paper"]),
        originals=bool(values["originals"]),
        withhold=tuple(read(each) for each in values["withhold"]),
    )


def described(look: Look) -> str:
    """The edition and its paper, in a few words for a page."""
    originals = "with originals" if look.originals else ""
    withheld = f"{len(look.withhold)} withheld" if look.withhold else ""
    paper = (look.paper.size, "large print" if look.paper.large else "")
    return ", ".join(filter(None, (NAMES[look.edition], originals, withheld, *paper)))


def file_name(folder: str, look: Look) -> str:
    """The name under which a report of this look leaves the house."""
    originals = ", with originals" if look.originals else ""
    sheet = ("" if look.paper.size == "A4" else f", {look.paper.size}") + (", large print" if look.paper.large else "")
    return f"{folder} evidence report{ENDINGS[look.edition]}{originals}{sheet}.pdf"
