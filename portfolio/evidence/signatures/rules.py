"""Who signs, and what a signature needs."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from portfolio.foundation.errors import Incomplete
from portfolio.foundation.words.lengths import ensure_fits
from portfolio.foundation.words.text import is_blank


class Signer(StrEnum):
    """In which part somebody signs."""

    WITNESS = "witness"
    LEARNER = "learner"
    ASSESSOR = "assessor"


LENGTHS = {"name": 200, "comment": 2_000}
NO_NAME = "Type your full name: it is your signature."
NO_COMMENT = "Say what you do not agree with."


@dataclass(frozen=True, slots=True)
class Signing:
    """What somebody does when they sign."""

    signer: Signer
    name: str
    """As it was typed."""
    words: str
    """The sentence that they accepted."""
    agrees: bool = True
    """False for a learner who does not agree with what was written down."""
    comment: str = ""
    reached: str = ""
    """How a witness was reached, in words; empty for people with an account."""
    request: int | None = None
    """Id of the request to which a witness answered."""


def ensure_signed(signing: Signing) -> None:
    """Raise `Incomplete` where no name can be seen, somebody disagrees without a word, or the words are too long."""
    if is_blank(signing.name):
        raise Incomplete(NO_NAME, ("name",))
    if not signing.agrees and is_blank(signing.comment):
        raise Incomplete(NO_COMMENT, ("comment",))
    ensure_fits(signing, LENGTHS)


def units_of(testimony: Mapping[str, Any] | None, minutes: Mapping[str, Any] | None) -> list[str]:
    """The codes of the units whose points a witness names, or the minutes of a meeting, each once in their order."""
    noted = minutes or {"agreed": (), "entries": ()}
    points = [*(testimony or {}).get("points", ()), *noted["agreed"]]
    points += [point for entry in noted["entries"] for point in entry["points"]]
    return sorted({str(code) for code, _ in points})
