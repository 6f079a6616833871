"""One person is registered once: a number that is taken is refused, a name is asked about, a slip can be removed."""

import html
from datetime import date

import pytest
from flask import Flask

from portfolio.foundation.db import db, transaction
from portfolio.foundation.errors import Incomplete, Refused
from portfolio.foundation.log import audit
from portfolio.people import operations, queries
from portfolio.people.models import Person
from portfolio.people.rules import Registration, Role
from tests.people.house import Visitor, person

NIA = {"name": "Nia Rees", "email": "nia@harbour.example", "roles": ["learner"]}
ASKS = "Perhaps this is somebody who is registered already"


def registered(name: str, email: str, **more: object) -> Person:
    by = person("dee")
    with transaction():
        return operations.register(Registration(name, email, (Role.LEARNER,), **more), by.centre, by=by)  # type: ignore[arg-type]


def people_named(name: str) -> list[Person]:
    db.session.rollback()
    return [one for one in queries.learners_named(name) if one.name == name]


@pytest.mark.parametrize("typed", ["HS-2026-77", "hs–2026–77", " HS-2026-77 "])
def test_a_registration_number_is_given_once_at_a_centre_however_it_is_typed(dee: Visitor, typed: str) -> None:
    registered("Tom Ash", "tom@harbour.example", number="HS-2026-77")
    dee.reads("/people/new")
    page = html.unescape(dee.sends("/people/new", 422, **NIA, number=typed))
    assert "Tom Ash is registered with the number" in page
    nia = registered("Nia Rees", "nia@harbour.example")
    page = dee.sends(f"/people/{nia.id}/change", 422, **NIA, number=typed)
    assert "Tom Ash is registered with the number" in html.unescape(page)


def test_another_centre_may_give_the_same_number(cy: Visitor) -> None:
    registered("Tom Ash", "tom@harbour.example", number="77")
    cy.reads("/people/new")
    assert "is registered" in cy.sends(
        "/people/new", name="Una Bay", email="una@x.example", roles=["learner"], number="77"
    )


def test_who_has_the_number_keeps_it_when_something_else_is_corrected(dee: Visitor) -> None:
    tom = registered("Tom Ash", "tom@harbour.example", number="77")
    page = dee.sends(f"/people/{tom.id}/change", name="Tom Ashe", email=tom.email, roles=["learner"], number="77")
    assert "Tom Ashe" in page


def test_somebody_of_the_same_name_is_asked_about_and_registered_when_it_is_another(dee: Visitor) -> None:
    registered("Nia Rees", "nia.rees@harbour.example", work="Baker")
    dee.reads("/people/new")
    page = html.unescape(dee.sends("/people/new", 422, **NIA | {"name": "NIA  REES"}))
    assert ASKS in page
    assert "Baker" in page
    assert "This is somebody else of that name" in page
    assert len(people_named("Nia Rees")) == 1
    assert "is registered" in dee.sends("/people/new", **NIA, another="y")
    assert len(people_named("Nia Rees")) == 2


@pytest.mark.parametrize(("born", "asked"), [(None, True), ("2001-05-04", True), ("1999-01-31", False)])
def test_a_date_of_birth_tells_people_of_one_name_apart(dee: Visitor, born: str | None, asked: bool) -> None:
    registered("Nia Rees", "nia.rees@harbour.example", born=date(2001, 5, 4))
    dee.reads("/people/new")
    page = dee.sends("/people/new", 422 if asked else 200, **NIA, **({"born": born} if born else {}))
    assert (ASKS in page) is asked


def test_the_command_asks_too(app: Flask) -> None:
    registered("Nia Rees", "nia.rees@harbour.example")
    said = [
        "person",
        "register",
        "--centre",
        "1001",
        "--name",
        "Nia Rees",
        "--email",
        "n@x.example",
        "--role",
        "learner",
    ]
    refused = app.test_cli_runner().invoke(args=said)
    assert refused.exit_code == 1
    assert "add --another" in refused.output
    assert app.test_cli_runner().invoke(args=[*said, "--another"]).exit_code == 0


def test_a_corrected_address_ends_the_links_that_were_given_for_the_wrong_one(dee: Visitor, guest: Visitor) -> None:
    nia = registered("Nia Rees", "nya@harbour.example")
    with transaction():
        token = operations.invite(nia, key="k", by=person("dee"))
    assert "Nia Rees" in guest.reads(f"/join/{token}")
    dee.sends(f"/people/{nia.id}/change", **NIA)
    assert "was used already or has expired" in html.unescape(guest.reads(f"/join/{token}", 404))


def test_who_was_registered_by_mistake_is_removed_and_can_be_registered_again(dee: Visitor, guest: Visitor) -> None:
    nia = registered("Nia Rees", NIA["email"], number="77")
    with transaction():
        token = operations.invite(nia, key="k", by=person("dee"))
    assert "Remove from the centre" in dee.reads(f"/people/{nia.id}")
    page = dee.sends(f"/people/{nia.id}/remove")
    assert "Nia Rees is removed." in page
    assert "Nia Rees" not in dee.reads("/people")
    dee.reads(f"/people/{nia.id}", 404)
    guest.reads(f"/join/{token}", 404)
    assert audit.lines_about(nia.id)[-1]["deed"] == "person removed"
    dee.reads("/people/new")
    assert "is registered" in dee.sends("/people/new", **NIA, number="77")


def test_who_did_something_or_is_named_is_not_removed(dee: Visitor) -> None:
    for nick in ("ada", "ben", "ivy"):
        somebody = person(nick)
        if operations_allow(somebody):
            continue
        assert "Remove from the centre" not in dee.reads(f"/people/{somebody.id}")
        assert "Close the account instead" in html.unescape(dee.sends(f"/people/{somebody.id}/remove", 409))


def operations_allow(somebody: Person) -> bool:
    return not audit.has_acted(somebody.id) and not somebody.has_joined


@pytest.mark.usefixtures("app")
def test_nobody_is_registered_twice_by_a_program_either() -> None:
    registered("Tom Ash", "tom@harbour.example", number="77")
    with pytest.raises(Incomplete, match="registered with the number 77"):
        registered("Una Bay", "una@harbour.example", number="77")
    with pytest.raises(Refused, match=r"registered with tom@harbour\.example"):
        registered("Una Bay", "tom@harbour.example")
