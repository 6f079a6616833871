"""What a request to a witness needs."""

import re
from dataclasses import dataclass

from portfolio.evidence.rules import STATED, Kind
from portfolio.foundation.errors import Incomplete
from portfolio.foundation.words.lengths import ensure_fits
from portfolio.foundation.words.text import alike, is_blank
from portfolio.people.rules import ensure_address

ASKING_LENGTHS = {"name": 100, "relation": 200, "email": 254, "note": 2_000}
MOST_POINTS = 60
"""Marking points of one request: a witness reads all of them."""
MOST_ASKED = 20
"""Requests that one person makes within a day."""
ASKED_MAIL, REMINDED_MAIL = "witness asked", "witness reminded"
SIGNED_MAIL, CORRECTED_MAIL, DECLINED_MAIL = "witness signed", "witness corrected", "witness declined"
YOU_SIGNED_MAIL = "signed by link"
"""The kinds of mail about requests."""
NO_NAME_GIVEN = "Give the name of the witness."
NO_RELATION = "Say how they know the learner’s work, for example: shift supervisor."
NO_POINT = "Choose at least one marking point that they may have seen."
NO_KIND = "Choose what they are asked for."
TOO_MANY = f"Choose at most {MOST_POINTS} points: a witness reads all of them. Ask a second time for the others."
NO_PERSONS_NAME = "Give the name alone: no address of a page or of mail belongs into it."
NO_NAMES = re.compile(r"://|@|/|\w\.[a-z]{2,}|\w{2,}\.[A-Z]{2,}")
"""What mail programs make a link of, in the name in the mail to a witness; `J.Smith` and `B.Ed` are none."""
ASKED_ALREADY = "{} is asked already; remind them instead. If it is about something else, take that request back first."
YOURSELF = "You cannot ask yourself. What you saw yourself you write down as an observation."


@dataclass(frozen=True, slots=True)
class Asking:
    """Who is asked for what."""

    kind: Kind
    """One of `STATED`."""
    name: str
    """Of the witness."""
    relation: str
    """How they know the learner's work."""
    email: str = ""
    """Empty where the link is handed over."""
    note: str = ""


def ensure_asked(asking: Asking, points: int) -> None:
    """Raise `Incomplete` for no name or one that is an address, no relation, no point, too many, another kind, no
    address, or too many words.
    """
    if asking.kind not in STATED:
        raise Incomplete(NO_KIND, ("kind",))
    if is_blank(asking.name):
        raise Incomplete(NO_NAME_GIVEN, ("name",))
    if NO_NAMES.search(asking.name):
        raise Incomplete(NO_PERSONS_NAME, ("name",))
    if is_blank(asking.relation):
        raise Incomplete(NO_RELATION, ("relation",))
    if not points:
        raise Incomplete(NO_POINT, ("points",))
    if points > MOST_POINTS:
        raise Incomplete(TOO_MANY, ("points",))
    ensure_fits(asking, ASKING_LENGTHS)
    if asking.email:
        ensure_address(asking.email)


def ensure_not_themselves(name: str, email: str, *, own: tuple[str, str], sentence: str) -> None:
    """Raise `Incomplete` with `sentence` where a witness has the name or the address of somebody's `own`."""
    if alike(name) == alike(own[0]):
        raise Incomplete(sentence, ("name",))
    if email and alike(email) == alike(own[1]):
        raise Incomplete(sentence, ("email",))
