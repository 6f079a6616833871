"""Who acts when a command is given at a terminal: the log names a person for every deed."""

import click

from portfolio.foundation.errors import Missing, Refused
from portfolio.foundation.words.text import alike
from portfolio.people import queries
from portfolio.people.models import Centre, Person
from portfolio.people.policy import may_administer

AS = click.option("--as", "email", help="Who does this, as the log names them; else the centre's first administrator.")
SEVERAL = "Say which one is meant, with --centre NUMBER."


def administrator(email: str | None, *, number: str | None = None) -> Person:
    """The administrator of that address, or the first one of the centre `number`, else of the centre opened first.

    Refused for anybody else, for one of another centre, and for one of several centres where none is named. Raises
    `Missing` where there is no such centre or administrator.
    """
    if email:
        known = [one for one in queries.people_by_email(email) if may_administer(one)]
        found = [one for one in known if not number or alike(one.centre.number) == alike(number)]
        if not found:
            raise Refused(f"{email} is not an administrator{' of that centre' if number else ''}.")
        if len(found) > 1:
            raise Refused(f"{email} is an administrator of several centres. {SEVERAL}")
        return found[0]
    return _first(queries.centre_by_number(number) if number else next(iter(queries.centres()), None))


def _first(centre: Centre | None) -> Person:
    if centre is None:
        raise Missing("There is no such centre. `flask centre list` shows those there are.")
    person = queries.first_administrator(centre)
    if person is None:
        raise Missing(f"{centre.name} has no administrator yet: `flask person register --role administrator`.")
    return person
