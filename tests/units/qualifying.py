"""A qualification of the shipped units, and how dee publishes it and has ada begin it."""

from portfolio.units.qualifications import queries
from tests.people.house import Visitor, person

SERVICE = {
    "title": "Level 3 Certificate in Looking After Guests", "number": "603/1234/5", "level": "3",
    "body": "Guild of Hosts", "credit": "",
    "group__0__title": "Mandatory units", "group__0__units": ["CS-301", "CS-302"],
    "group__0__needed": "", "group__0__credit": "",
    "group__1__title": "Optional units", "group__1__units": ["CS-303", "CS-304", "CS-305"],
    "group__1__needed": "1", "group__1__credit": "",
}  # fmt: skip


def published(dee: Visitor, **other: object) -> str:
    """The page of the qualification once it is published."""
    dee.sends("/units/shipped")
    return dee.sends("/qualifications/new", **SERVICE | other)


def qualification_id() -> int:
    return queries.current(person("dee").centre_id)[0].id


def programme() -> tuple[int, list[str]]:
    """The number of ada's programme, and the units chosen for it."""
    (found,) = queries.programmes_of(person("ada").id)
    return found.id, found.codes


def begun(dee: Visitor, *codes: str) -> str:
    address = f"/learners/{person('ada').id}/qualifications/{qualification_id()}"
    mandatory = [code for code in codes if code in ("CS-301", "CS-302")]
    optional = [code for code in codes if code not in mandatory]
    return dee.sends(
        address, group__0=mandatory, group__1=optional, assessor=person("ben").id, iqa=person("ivy").id
    )  # fmt: skip
