"""Forms that waited on a device: their script is told where they led, once, and no page is given their message."""

import pytest

from portfolio.evidence import queries
from portfolio.foundation.db import db
from portfolio.foundation.requests.waited import HEADER
from tests.fixtures.cast import House

pytestmark = pytest.mark.parametrize("database", ["sqlite"], indirect=True)
ACCOUNT = {
    "title": "The kettle",
    "text": "She brought it back.",
    "happened_on": "2026-03-03",
    "once": "k" * 22,
    "waits": "1:New account",
}


def test_a_form_that_waited_is_saved_once_and_its_script_is_told_where(house: House) -> None:
    house.app.config["WTF_CSRF_ENABLED"] = False
    browser = house.browser("ada")
    first, again = (browser.post("/evidence/new/account", data=ACCOUNT, headers={HEADER: "1"}) for _ in range(2))
    db.session.rollback()
    (item,) = queries.items_of(house.person("ada").id)
    assert first.json == again.json == {"address": f"/evidence/{item.evidence.id}"}
    assert (first.status_code, first.mimetype, "Location" in first.headers) == (200, "application/json", False)
    assert "Saved." not in browser.get("/evidence").text


def test_its_answer_that_was_lost_is_given_again_to_the_form_that_waits(house: House) -> None:
    house.app.config["WTF_CSRF_ENABLED"] = False
    browser = house.browser("ada")
    lost = browser.post("/evidence/new/account", data=ACCOUNT)
    answer = browser.post("/evidence/new/account", data=ACCOUNT, headers={HEADER: "1"})
    assert answer.json == {"address": lost.location}
    db.session.rollback()
    assert len(queries.items_of(house.person("ada").id)) == 1


def test_what_is_refused_says_why(house: House) -> None:
    house.app.config["WTF_CSRF_ENABLED"] = False
    answer = house.browser("ada").post("/evidence/new/account", data=ACCOUNT | {"title": ""}, headers={HEADER: "1"})
    assert answer.status_code == 422
    assert "data-errors" in answer.text
