"""When a request is over: its link, what is kept of it, and whom one may ask again."""

import html
import re
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

import pytest
from flask.testing import FlaskClient

from portfolio.evidence.witnesses import operations
from portfolio.foundation.clock import at, now
from portfolio.foundation.db import transaction
from portfolio.foundation.log import audit
from portfolio.foundation.work import chores
from tests.evidence.witnesses.asking import GWEN, ask, opened, signed
from tests.evidence.witnesses.holding import as_it_is
from tests.fixtures.cast import House

ASKED = {"kind": "witness testimony", "name": "Gwen Parry", "relation": "Shift supervisor", "note": "Last Tuesday."}
Browser = Callable[[str], FlaskClient]


@pytest.fixture
def browser(house: House) -> Browser:
    """A browser of somebody, whose forms need no token."""
    house.app.config["WTF_CSRF_ENABLED"] = False
    return house.browser


def reads(client: FlaskClient, address: str) -> str:
    answer = client.get(address)
    assert answer.status_code == 200, address
    return html.unescape(re.sub(r"\s+", " ", answer.text))


def test_the_link_is_never_shown_once_it_was_signed(house: House, browser: Browser) -> None:
    ada, ended = browser("ada"), signed(ask(house))
    assert ada.post(f"/witnesses/requests/{ended.id}/link").status_code == 409
    assert as_it_is(ended).shown_at is None
    handed = ask(house, replace(GWEN, name="Tom Reece", email=""))
    assert 'id="link"' in reads(ada, f"/witnesses/requests/{handed.id}")
    signed(as_it_is(handed))
    assert 'id="link"' not in reads(ada, f"/witnesses/requests/{handed.id}")


def test_nobody_is_asked_twice_at_one_address_before_they_answer(house: House, browser: Browser) -> None:
    ada, request = house.person("ada"), ask(house)
    typed = ASKED | {"points": [request.points[0].id], "email": "Gwen@Tidewater.example"}
    address = f"/witnesses/learners/{ada.id}/ask"
    refused = browser("ben").post(address, data=typed)
    assert refused.status_code == 422
    assert "Gwen Parry is asked already; remind them instead." in refused.text
    assert "Last Tuesday." in refused.text
    signed(as_it_is(request))
    assert browser("ben").post(address, data=typed).status_code == 302


def test_requests_that_wait_in_restored_records_end_and_who_asked_asks_anew(house: House, browser: Browser) -> None:
    before, waits = signed(ask(house)), opened(ask(house))
    with transaction():
        operations.write_draft(waits, {"whole": ["She was"]}, sitting="one", turn=1, based_on=0)
    with transaction():
        for deed in chores.restored(house.app):
            deed()
    assert as_it_is(waits).draft == {}
    page = reads(browser("ada"), f"/witnesses/requests/{waits.id}")
    assert "Taken back" in page
    assert "restored from a backup. Ask anew" in page
    assert "Signed" in reads(browser("ada"), f"/witnesses/requests/{before.id}")
    told = [line["deed"] for line in audit.lines(waits.centre_id) if line["subject"] == f"request {waits.id}"]
    assert told[-1] == "request taken back"
    assert ask(house).id != waits.id


@pytest.mark.parametrize("end", ["declined", "expired", "taken back"])
def test_who_was_asked_and_never_signed_is_forgotten_90_days_after_the_end(
    house: House, browser: Browser, end: str
) -> None:
    signed_by = signed(ask(house))
    request = opened(ask(house, replace(GWEN, name="Tom Reece", email="tom@tidewater.example")))
    with transaction():
        if end == "declined":
            operations.decline(request, "I was on leave.")
        elif end == "taken back":
            operations.take_back(request, by=request.by)
        else:
            request.expires_at = now() - timedelta(minutes=1)
    for days, name in ((89, "Tom Reece"), (91, "")):
        with at(now() + timedelta(days=days)), transaction():
            operations.forget_witnesses()
        assert as_it_is(request).name == name
    over = as_it_is(request)
    assert (over.relation, over.email, over.note, over.reason) == ("", "", "", "")
    assert as_it_is(signed_by).name == "Gwen Parry"
    page = reads(browser("ada"), f"/witnesses/requests/{request.id}")
    assert "a witness" in page
    assert "a witness" in reads(browser("ada"), f"/witnesses/learners/{house.person('ada').id}")
    told = next(line for line in audit.lines(request.centre_id) if line["deed"] == "witness asked")
    assert not [fact for fact in told["facts"] if fact.endswith("_sha256")]
