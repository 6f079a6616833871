"""What an assessor's check of a witness needs."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from portfolio.evidence.drafts import STILL_TO_COME
from portfolio.foundation.errors import Incomplete
from portfolio.foundation.words.lengths import ensure_fits
from portfolio.foundation.words.text import is_blank


class How(StrEnum):
    """How an assessor makes sure of a witness."""

    KNOWN = "known"
    CONTACTED = "contacted"


CHECKED_LENGTHS = {"means": 200, "words": 2_000}
NO_MEANS = "Say how you reached the witness, for example: by telephone."


@dataclass(frozen=True, slots=True)
class Checked:
    """What an assessor states about a check."""

    how: How
    on: date
    means: str = ""
    """By what the witness was contacted."""
    words: str = ""


def ensure_checked(checked: Checked, *, today: date) -> None:
    """Raise `Incomplete` for a day after the centre's `today`, a contact without its means, or too many words."""
    if checked.on > today:
        raise Incomplete(STILL_TO_COME, ("on",))
    if checked.how is How.CONTACTED and is_blank(checked.means):
        raise Incomplete(NO_MEANS, ("means",))
    ensure_fits(checked, CHECKED_LENGTHS)
