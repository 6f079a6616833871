"""Writes about centres: opened, and corrected."""

from portfolio.foundation.db import db, hold
from portfolio.foundation.errors import Refused
from portfolio.foundation.log import audit
from portfolio.foundation.log.deeds import Deed
from portfolio.foundation.words.lengths import ensure_fits
from portfolio.foundation.words.text import is_blank
from portfolio.people import queries
from portfolio.people.models import Centre, Person
from portfolio.people.rules import CENTRE_LENGTHS, KEEPERS, WITNESS_DAYS, ensure_keepers, ensure_witness_days


def open_centre(
    name: str, number: str, *, qualification: str = "", timezone: str = "Europe/London", language: str = "en-GB"
) -> Centre:
    """A new centre, which is the first line of its log; `language` is that of its documents.

    Raises `Incomplete` for words that are too long. Refused when the number is taken, or where name or number cannot
    be seen.
    """
    if is_blank(name) or is_blank(number):
        raise Refused("A centre needs a name and a number that can be seen.")
    centre = Centre(
        name=name, number=number, qualification=qualification, timezone=timezone, language=language, address="",
        beginning="", logo_sha256="", witness_days=WITNESS_DAYS, phrase_keepers=KEEPERS,
    )  # fmt: skip
    ensure_fits(centre, CENTRE_LENGTHS)
    if queries.centre_by_number(number):
        raise Refused(f"There is already a centre with the number {number}.")
    db.session.add(centre)
    db.session.flush()
    audit.open_log(centre.id, number)
    _record_centre(Deed.CENTRE_OPENED, centre, by=audit.Terminal(centre.id))
    return centre


def change_centre(centre: Centre, *, by: Person, **stated: str | int) -> None:
    """Correct what is stated about a centre: any of its columns but the id. Its log keeps the number it began with.

    Raises `Incomplete` for words that are too long and as `ensure_witness_days` and `ensure_keepers` do. Refused for a
    name or a number that cannot be seen, and for another centre's number.
    """
    hold(centre)
    name, number = (str(stated.get(one, getattr(centre, one))) for one in ("name", "number"))
    if is_blank(name) or is_blank(number):
        raise Refused("A centre needs a name and a number that can be seen.")
    other = queries.centre_by_number(number)
    if other and other.id != centre.id:
        raise Refused(f"There is already a centre with the number {other.number}.")
    for column, value in stated.items():
        setattr(centre, column, value)
    ensure_fits(centre, CENTRE_LENGTHS)
    ensure_witness_days(centre.witness_days)
    ensure_keepers(centre.phrase_keepers)
    _record_centre(Deed.CENTRE_CHANGED, centre, by=by)


def _record_centre(deed: Deed, centre: Centre, *, by: audit.Actor) -> None:
    db.session.flush()
    audit.record(
        deed, f"centre {centre.id}", by=by, name=centre.name, number=centre.number, timezone=centre.timezone,
        qualification=centre.qualification, language=centre.language, address=centre.address,
        beginning_sha256=audit.hash_of(centre.beginning), logo_sha256=centre.logo_sha256, log=audit.name_of(centre.id),
        witness_days=centre.witness_days, phrase_keepers=centre.phrase_keepers,
    )  # fmt: skip
