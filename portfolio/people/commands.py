"""Command line about people: open a centre, register and invite its people; how an installation begins."""

from dataclasses import replace
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

import click
from flask import Flask

from portfolio.foundation.db import transaction
from portfolio.foundation.errors import Missing, Refused
from portfolio.foundation.requests.sent import new_key
from portfolio.foundation.settings import Unset, current
from portfolio.foundation.terminal import Group
from portfolio.people import acting, operations, queries
from portfolio.people.models import Centre, Person
from portfolio.people.rules import LANGUAGES, Registration, Role

centres = Group(
    "centre",
    help="Open a centre, or list those there are.",
    later={"logo": "portfolio.evidence.commands:change_logo"},
)
persons = Group("person", help="Register people, and give them the link by which they choose a password.")
_LANGUAGE = click.Choice([*LANGUAGES])
_MAIL = click.option("--mail", is_flag=True, help="Send the link by mail instead of printing it.")
_ROLE = click.Choice([role.value for role in Role], case_sensitive=False)
_AT = click.option("--centre", help="Number of the centre; needed where several have somebody of that address.")


def install(app: Flask) -> None:
    """Give `app` these commands."""
    app.cli.add_command(centres)
    app.cli.add_command(persons)


@centres.command("open")
@click.option("--name", required=True, help="As reports name it.")
@click.option("--number", required=True, help="As the awarding organisation gave it.")
@click.option(
    "--qualification", default="", help="Named in reports of learners who work on no published qualification."
)
@click.option("--timezone", default="Europe/London", show_default=True, help="Where its clocks are, by IANA name.")
@click.option("--language", type=_LANGUAGE, default="en-GB", show_default=True, help="In which its reports are set.")
def open_centre(name: str, number: str, **about: str) -> None:
    """Open a new centre. Next: `flask person register --role administrator`."""
    _ensure_zone(about["timezone"])
    with transaction():
        operations.open_centre(name, number, **about)
    click.echo(f"{name} (centre {number}) is open. Register its first administrator with `flask person register`.")


@centres.command("change")
@click.argument("number")
@click.option("--name", help="As reports name it.")
@click.option("--number", "anew", help="Its number, where the awarding organisation gave it another.")
@click.option("--address", help="As reports show it.")
@click.option("--qualification", help="Named in reports of learners who work on no published qualification.")
@click.option("--timezone", help="Where its clocks are, by IANA name.")
@click.option("--language", type=_LANGUAGE, help="In which its reports are set.")
@acting.AS
def change_centre(number: str, anew: str | None, email: str | None, **about: str | None) -> None:
    """Correct what reports say of the centre NUMBER; what is not given stays."""
    stated = {name: value for name, value in (about | {"number": anew}).items() if value is not None}
    _ensure_zone(stated.get("timezone", "Europe/London"))
    by = acting.administrator(email, number=number)
    with transaction():
        operations.change_centre(by.centre, by=by, **stated)
    click.echo(f"{by.centre.name} (centre {by.centre.number}) is changed.")


@centres.command("list")
def list_centres() -> None:
    """Number and name of every centre."""
    for centre in queries.centres():
        click.echo(f"{centre.number}\t{centre.name}")


@persons.command("register")
@click.option("--centre", help="Number of the centre; not needed where there is only one.")
@click.option("--name", required=True, help="Full name, as it should stand on reports.")
@click.option("--email", required=True, help="What the person signs in with.")
@click.option("--role", "roles", required=True, multiple=True, type=_ROLE, help="May be given more than once.")
@click.option("--number", default="", help="A learner's registration number.")
@click.option("--work", default="", help="Job and employer in a line.")
@click.option("--another", is_flag=True, help="Somebody of that name is registered, and this is somebody else.")
@_MAIL
def register(centre: str | None, roles: tuple[str, ...], another: bool, mail: bool, **stated: str) -> None:
    """Register a person and print the link by which they choose a password.

    The log names the centre's first administrator as the one who did it; the first administrator registers themselves.
    """
    _ensure_address()
    home = the_centre(centre)
    registration = Registration(
        name=stated["name"],
        email=stated["email"],
        roles=tuple(Role(role) for role in roles),
        number=stated["number"],
        work=stated["work"],
    )
    with transaction():
        by = queries.first_administrator(home)
        if by is None and Role.ADMINISTRATOR not in registration.roles:
            raise Refused(f"{home.name} has no administrator yet. Register one first, with --role administrator.")
        person = _registered_anew(registration, home, by=by, another=another)
        token = _invited(person, by=by or person, mail=mail)
    _say_link(person, token)


def _registered_anew(registration: Registration, home: Centre, *, by: Person | None, another: bool) -> Person:
    """Refused for who may be registered already, unless it is said to be `another`."""
    try:
        return operations.register(registration, home, by=by, sure=another)
    except operations.Namesakes as refusal:
        raise Refused(f"{refusal.sentence} If it is, add --another.") from refusal


@persons.command("invite")
@click.argument("whom", metavar="EMAIL")
@_AT
@_MAIL
@acting.AS
def invite(whom: str, centre: str | None, email: str | None, mail: bool) -> None:
    """Print a new link for somebody who lost theirs, or their password. Links given before end."""
    _ensure_address()
    with transaction():
        person = _registered(whom, centre)
        token = _invited(person, by=_actor(email, person), mail=mail)
    _say_link(person, token)


def _invited(person: Person, *, by: Person, mail: bool) -> str:
    """The token of a new link, or nothing where the worker sends it by mail."""
    token = operations.invite(person, key=(key := new_key()), by=by)
    if mail:
        operations.mail_links([person], key=key, by=by)
    return "" if mail else token


@persons.command("shut")
@click.argument("whom", metavar="EMAIL")
@_AT
@acting.AS
def shut(whom: str, centre: str | None, email: str | None) -> None:
    """Shut an account: its sign-ins end, and everything its person did stays."""
    with transaction():
        person = _registered(whom, centre)
        operations.close(person, by=_actor(email, person))
    click.echo(f"The account of {person.name} is closed.")


@persons.command("open")
@click.argument("whom", metavar="EMAIL")
@_AT
@acting.AS
def reopen(whom: str, centre: str | None, email: str | None) -> None:
    """Open a shut account again."""
    with transaction():
        person = _registered(whom, centre)
        operations.reopen(person, by=_actor(email, person))
    click.echo(f"The account of {person.name} is open.")


@persons.command("roles")
@click.argument("whom", metavar="EMAIL")
@click.option("--role", "roles", required=True, multiple=True, type=_ROLE, help="May be given more than once.")
@_AT
@acting.AS
def roles(whom: str, roles: tuple[str, ...], centre: str | None, email: str | None) -> None:
    """Give somebody these roles in place of those they have."""
    with transaction():
        person = _registered(whom, centre)
        stated = replace(operations.stated(person), roles=tuple(Role(role) for role in roles))
        operations.change(person, stated, by=_actor(email, person))
    click.echo(f"{person.name}: {', '.join(person.role_names)}")


def _registered(email: str, number: str | None) -> Person:
    """Whoever has that address at a centre, or anywhere. Raises `Missing` for nobody, and for people of several."""
    found = queries.people_by_email(email)
    if number:
        found = [one for one in found if one.centre_id == the_centre(number).id]
    if not found:
        raise Missing(f"Nobody is registered with {email}{' there' if number else ''}.")
    if len(found) > 1:
        raise Missing(f"Several centres have somebody with the address {email}. {acting.SEVERAL}")
    return found[0]


def _actor(email: str | None, person: Person) -> Person:
    """Who does it: the administrator of that address, else the first; a centre that has none acts by the person."""
    if email is None and queries.first_administrator(person.centre) is None:
        return person
    return acting.administrator(email, number=person.centre.number)


def the_centre(number: str | None) -> Centre:
    """The centre of that number, or the only one there is; raises `Missing` for neither."""
    if number:
        centre = queries.centre_by_number(number)
        if centre is None:
            raise Missing(f"There is no centre with the number {number}. `flask centre list` shows them all.")
        return centre
    centres = queries.centres()
    if len(centres) != 1:
        raise Missing(
            "Say which centre is meant, with --centre NUMBER."
            if centres
            else "There is no centre yet: `flask centre open`."
        )
    return centres[0]


def _ensure_zone(name: str) -> None:
    try:
        ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError) as error:
        raise Refused(f"There is no time zone {name}. One is named like this: Europe/London") from error


def _say_link(person: Person, token: str) -> None:
    if not token:
        return click.echo(
            f"The worker sends a link to {person.email}; the person’s page says when the mail server took it."
        )
    click.echo(f"{person.name} chooses a password at this link, within {operations.INVITATION_LASTS.days} days, once:")
    return click.echo(f"{current().address}/join/{token}")


def _ensure_address() -> None:
    """Raises `Unset` where nobody said how people find the house: a link without that leads nowhere."""
    if not current().address:
        raise Unset(
            "MARKWELL_ADDRESS is missing: set it to the address at which people find the house, for example "
            "https://markwell.example. The link begins with it."
        )
