"""The administrator describes the centre on record, and learners begin in the words of their trade."""

import html

import pytest
from flask import Flask

from portfolio.foundation.db import db
from portfolio.foundation.log import audit
from portfolio.people import queries
from tests.people.house import Visitor, person

STATED = {
    "name": "Harbour Kitchens", "number": "1001", "address": "2 Quay Street\r\nPortree", "qualification": "",
    "timezone": "Europe/Dublin", "language": "cy", "beginning": "Begin with a dish that you made this week.",
    "witness_days": "14", "phrase_keepers": "IQAs",
}  # fmt: skip


def test_what_is_stated_about_the_centre_is_changed_and_on_record(dee: Visitor) -> None:
    assert "Harbour Street" in dee.reads("/centre")
    page = dee.sends("/centre", **STATED)
    assert "Saved." in page
    centre = person("dee").centre
    assert (centre.name, centre.timezone, centre.language) == ("Harbour Kitchens", "Europe/Dublin", "cy")
    assert centre.address == "2 Quay Street\nPortree"
    line = [*audit.lines(centre.id)][-1]
    assert line["deed"] == "centre changed"
    assert line["facts"]["address"] == centre.address


def test_a_learner_begins_in_the_words_of_the_trade(dee: Visitor, ada: Visitor) -> None:
    assert "Start with something you did at work this week." in html.unescape(ada.reads("/evidence"))
    dee.reads("/centre")
    dee.sends("/centre", **STATED)
    assert STATED["beginning"] in html.unescape(ada.reads("/evidence"))


def test_another_number_is_taken_and_the_log_goes_on_under_the_first(dee: Visitor) -> None:
    dee.reads("/centre")
    dee.sends("/centre", **STATED | {"number": "1001-B"})
    centre = person("dee").centre
    assert centre.number == "1001-B"
    assert audit.check(audit.lines(centre.id), audit.head(centre.id)) is None
    assert {line["centre"] for line in audit.lines(centre.id)} == {"1001"}


@pytest.mark.parametrize(
    ("changed", "sentence"),
    [
        ({"number": "2002"}, "There is already a centre with the number 2002."),
        ({"name": ""}, "Write the centre’s name."),
        ({"number": ""}, "Write the centre’s number."),
        ({"timezone": "Mars/Olympus"}, "Not a valid choice"),
        ({"language": "tlh"}, "Not a valid choice"),
        ({"beginning": "x" * 301}, "300"),
        ({"witness_days": "91"}, "from 7 to 90"),
        ({"witness_days": "soon"}, "from 7 to 90"),
        ({"phrase_keepers": "learners"}, "Not a valid choice"),
    ],
)
def test_what_cannot_be_is_refused_and_comes_back(dee: Visitor, changed: dict[str, str], sentence: str) -> None:
    dee.reads("/centre")
    page = html.unescape(dee.sends("/centre", 422, **STATED | changed))
    assert sentence in page
    assert person("dee").centre.name == "Harbour Street"


def test_the_command_changes_a_number_too(app: Flask) -> None:
    done = app.test_cli_runner().invoke(args=["centre", "change", "1001", "--number", "77", "--address", "1 Quay"])
    assert done.exit_code == 0, done.output
    assert "(centre 77) is changed" in done.output
    db.session.rollback()
    assert queries.centre_by_number("77") is not None


def test_nobody_else_describes_it(ada: Visitor) -> None:
    ada.reads("/centre", 404)
