"""What the administrator sees and changes of the people at the centre, and what nobody else may."""

import pytest
from flask import Flask

from portfolio.foundation.db import transaction
from portfolio.foundation.log import audit
from portfolio.people import operations
from portfolio.people.rules import Registration, Role
from tests.people.house import Visitor, person, signed_in


def test_the_list_holds_everybody_here_and_nobody_from_elsewhere(dee: Visitor) -> None:
    page = dee.reads("/people")
    assert all(name in page for name in ("Ada Marsh", "Ben Okafor", "Dee Abara", "Ivy Lund"))
    assert "Cy Strand" not in page


def test_searching_finds_by_name_address_and_role(dee: Visitor) -> None:
    assert "Ben Okafor" not in dee.reads("/people?q=marsh")
    assert "Ada Marsh" in dee.reads("/people?q=ADA@harbour")
    page = dee.reads("/people?role=assessor")
    assert "Ben Okafor" in page
    assert "Ada Marsh" not in page
    assert "Nobody found" in dee.reads("/people?q=%25")


def test_a_long_list_comes_in_pages(dee: Visitor) -> None:
    with transaction():
        by = person("dee")
        for number in range(30):
            stated = Registration(f"Learner {number:02}", f"l{number}@harbour.example", (Role.LEARNER,))
            operations.register(stated, by.centre, by=by)
    assert "Page 1 of 2" in dee.reads("/people")
    last = dee.reads("/people?page=99")
    assert "Page 2 of 2" in last
    assert "Learner 29" in last


def test_an_address_can_be_registered_once_in_any_case(dee: Visitor) -> None:
    dee.reads("/people/new")
    page = dee.sends("/people/new", 422, name="Ada Again", email="ADA@harbour.example", roles=["learner"])
    assert "registered with ADA@harbour.example already" in page
    assert 'value="Ada Again"' in page


def test_what_is_wrong_with_a_registration_is_said_at_its_field(dee: Visitor) -> None:
    page = dee.sends("/people/new", 422, name="", email="nowhere", roles=[])
    for sentence in ("Write the person’s name", "That is not an e-mail address", "Choose at least one role"):
        assert sentence in page


def test_dee_corrects_a_name_and_the_log_tells_it(dee: Visitor) -> None:
    ada = person("ada")
    assert "Ada Marsh" in dee.reads(f"/people/{ada.id}/change")
    page = dee.sends(
        f"/people/{ada.id}/change", name="Ada Marsh-Bell", email=ada.email, roles=["learner"], number="R-1"
    )
    assert "Ada Marsh-Bell" in page
    assert "R-1" in page
    line = list(audit.lines(person("ada").centre_id))[-1]
    assert (line["deed"], line["actor"], line["facts"]["name"]) == ("person changed", "Dee Abara", "Ada Marsh-Bell")


def test_shutting_an_account_ends_its_sessions_and_can_be_undone(app: Flask, dee: Visitor) -> None:
    ben = signed_in(app, "ben")
    page = dee.sends(f"/people/{person('ben').id}/shut")
    assert "is closed" in page
    assert f"/people/{person('ben').id}/open" in page
    assert ben.goes("/").endswith("/sign-in")
    dee.sends(f"/people/{person('ben').id}/open")
    signed_in(app, "ben")


def test_dee_cannot_lock_herself_out(dee: Visitor) -> None:
    me = person("dee")
    assert "cannot close your own account" in dee.sends(f"/people/{me.id}/shut", 422)
    page = dee.sends(f"/people/{me.id}/change", 422, name=me.name, email=me.email, roles=["assessor"])
    assert "cannot take the administrator" in page


@pytest.mark.parametrize("nick", ["ada", "ben", "cy"])
def test_nobody_but_the_centres_administrator_changes_people(app: Flask, nick: str) -> None:
    visitor, target = signed_in(app, nick), person("ivy")
    visitor.reads(f"/people/{target.id}/change", 404)
    for deed in ("change", "invite", "shut", "open"):
        visitor.sends(f"/people/{target.id}/{deed}", 404)
    assert person("ivy").active


def test_another_centres_people_are_not_there(cy: Visitor, dee: Visitor) -> None:
    cy.reads(f"/people/{person('ada').id}", 404)
    dee.reads(f"/people/{person('cy').id}", 404)


def test_a_learner_sees_their_own_page_and_no_colleague(ada: Visitor) -> None:
    ada.reads("/people", 404)
    ada.reads(f"/people/{person('ben').id}", 404)
    assert "Change your password" in ada.reads(f"/people/{person('ada').id}")


@pytest.mark.parametrize(
    ("nick", "start"), [("ada", "/portfolio"), ("ben", "/marking"), ("ivy", "/marking"), ("dee", "/office")]
)
def test_everybody_starts_where_their_work_is(app: Flask, nick: str, start: str) -> None:
    assert signed_in(app, nick).goes("/") == start


def test_who_is_not_signed_in_starts_at_the_sign_in_page(guest: Visitor) -> None:
    assert guest.goes("/") == "/sign-in"
    page = guest.reads("/sign-in")
    assert "Who is here in the demo" not in page
    assert "ada@" not in page
