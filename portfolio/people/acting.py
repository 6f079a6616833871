"""Who acts when a command is given at a terminal: the log names a person for every deed."""

import click

from portfolio.foundation.errors import Missing, Refused
from portfolio.foundation.words.text import alike
from portfolio.people import queries
from portfolio.people.models import Centre, Person
from portfolio.people.policy import may_administer

AS = click.option("--as", "email", help="Who does this, as the log names them; else the centre's first administrator.")


def administrator(email: str | None, *, number: str | None = None) -> Person:
    """The administrator of that address, or the first one of the centre `number`, else of the centre opened first.

    Refused for anybody else, and for one of another centre. Raises `Missing` where there is no such centre or
    administrator.
    """
    if email:
        person = queries.person_by_email(email)
        if person is None or not may_administer(person) or (number and alike(person.centre.number) != alike(number)):
            raise Refused(f"{email} is not an administrator{' of that centre' if number else ''}.")
        return person
    return _first(queries.centre_by_number(number) if number else next(iter(queries.centres()), None))


def _first(centre: Centre | None) -> Person:
    if centre is None:
        raise Missing("There is no such centre. `flask centre list` shows those there are.")
    person = queries.first_administrator(centre)
    if person is None:
        raise Missing(f"{centre.name} has no administrator yet: `flask person register --role administrator`.")
    return person
