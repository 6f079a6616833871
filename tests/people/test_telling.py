"""A person is told of what let somebody into their account, once, and a learner's report says nothing of it."""

import pytest
from flask import Flask

from portfolio.foundation.log import audit
from tests.people.house import Visitor, person
from tests.people.test_entering import OTHERS, WORDS, at_the_door, enters, give_passwords, lines

pytestmark = pytest.mark.slow


def test_a_person_is_told_of_a_link_that_somebody_else_made_for_them(app: Flask, dee: Visitor) -> None:
    give_passwords()
    enters(app, "ada")
    dee.sends(f"/people/{person('ada').id}/invite")
    told = "Dee Abara made a link to your account on"
    visitor = at_the_door(app)
    assert told in visitor.sends("/sign-in", email="ada@harbour.example", password=WORDS)
    page = visitor.reads("/sign-ins")
    assert "A link was made" in page
    assert "Dee Abara" in page
    again = at_the_door(app)
    assert told not in again.sends("/sign-in", email="ada@harbour.example", password=WORDS)


def test_a_person_is_told_once_of_a_password_that_was_changed_in_another_sign_in(app: Flask, dee: Visitor) -> None:
    give_passwords()
    here, told = enters(app, "ada"), "Your password was changed on"
    enters(app, "ada")
    here.reads("/password")
    assert told not in here.sends("/password", present=WORDS, password=OTHERS, again=OTHERS), "she has just done it"
    page = at_the_door(app).sends("/sign-in", email="ada@harbour.example", password=OTHERS)
    assert (page.count(told), "If that was not you, change it now and tell your centre." in page) == (1, True)
    assert told not in at_the_door(app).sends("/sign-in", email="ada@harbour.example", password=OTHERS)
    here = enters(app, "ada", OTHERS)
    here.reads("/password")
    here.sends("/password", present=OTHERS, password=WORDS, again=WORDS)
    assert told in joins(app, dee), "by a link she is told of it as well"


def test_a_person_is_told_once_of_a_password_that_was_chosen_by_a_link(app: Flask, dee: Visitor) -> None:
    give_passwords()
    told = "Your password was chosen by a link on"
    enters(app, "ada")
    assert told not in joins(app, dee), "she chooses it now"
    assert told in joins(app, dee), "who used the link before need not have been her"
    for once in (True, False):
        page = at_the_door(app).sends("/sign-in", email="ada@harbour.example", password=WORDS)
        assert (told in page) is once


def joins(app: Flask, dee: Visitor) -> str:
    """The page that ada sees once she has chosen a password by a link."""
    link = dee.sends(f"/people/{person('ada').id}/invite").split("http://localhost")[1].split('"')[0].split("<")[0]
    visitor = Visitor(app.test_client())
    visitor.reads(link)
    return visitor.sends(link, password=WORDS, again=WORDS)


def test_links_and_passwords_are_lines_of_the_house_and_none_of_a_learners_work(app: Flask, dee: Visitor) -> None:
    before = [line["seq"] for line in audit.lines_about(person("ada").id)]
    joins(app, dee)
    here = enters(app, "ada")
    here.reads("/password")
    here.sends("/password", present=WORDS, password=OTHERS, again=OTHERS)
    assert [line["seq"] for line in audit.lines_about(person("ada").id)] == before
    for deed in ("person invited", "password set", "password changed"):
        (line,) = lines(deed)
        assert line["facts"].keys() == {"name", "salt"}
        assert line["subject"] == f"person {person('ada').id}"
