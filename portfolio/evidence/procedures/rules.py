"""What is stated about a policy or procedure in a centre's register."""

from dataclasses import dataclass
from datetime import date

from portfolio.foundation.errors import Incomplete
from portfolio.foundation.words.lengths import ensure_fits
from portfolio.foundation.words.text import is_blank

LENGTHS = {"title": 200, "version": 40, "place": 300}
"""Characters of what is stated."""
NO_TITLE = "Give its title, for example: Complaints procedure."
NO_VERSION = "Give its version or its date, as it stands on the document, for example: 3.1."


@dataclass(frozen=True, slots=True)
class Stated:
    """What is stated about one version of a policy or procedure."""

    title: str
    version: str
    place: str = ""
    """Where it is kept: an address, or words."""
    since: date | None = None
    """The day from which it is followed."""


def ensure_stated(stated: Stated) -> None:
    """Raise `Incomplete` without a title or version that can be seen, and for words that are too long."""
    if is_blank(stated.title):
        raise Incomplete(NO_TITLE, ("title",))
    if is_blank(stated.version):
        raise Incomplete(NO_VERSION, ("version",))
    ensure_fits(stated, LENGTHS)
