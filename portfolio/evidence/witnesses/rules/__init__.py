"""What is asked of a witness, what they state, and what an assessor's check of them needs."""

from portfolio.evidence.witnesses.rules.asking import (
    ASKING_LENGTHS,
    MOST_ASKED,
    MOST_POINTS,
    Asking,
    ensure_asked,
    ensure_not_themselves,
)
from portfolio.evidence.witnesses.rules.checking import CHECKED_LENGTHS, NO_MEANS, Checked, How, ensure_checked
from portfolio.evidence.witnesses.rules.stating import (
    AS_CUSTOMER,
    HEADINGS,
    LONGEST_REASON,
    LONGEST_WORDS,
    NOT_TICKED,
    TRUTH,
    WANTED,
    WitnessAnswer,
    ensure_stated,
    is_customer,
    parts_of,
    taken_apart,
    title_of,
)

__all__ = [
    "ASKING_LENGTHS",
    "AS_CUSTOMER",
    "CHECKED_LENGTHS",
    "HEADINGS",
    "LONGEST_REASON",
    "LONGEST_WORDS",
    "MOST_ASKED",
    "MOST_POINTS",
    "NOT_TICKED",
    "NO_MEANS",
    "TRUTH",
    "WANTED",
    "Asking",
    "Checked",
    "How",
    "WitnessAnswer",
    "ensure_asked",
    "ensure_checked",
    "ensure_not_themselves",
    "ensure_stated",
    "is_customer",
    "parts_of",
    "taken_apart",
    "title_of",
]
