"""Whoever holds a witness's link reaches exactly its own page; an ended link, and one that is none, reach nothing."""

from dataclasses import replace
from datetime import timedelta
from secrets import token_hex

import pytest
from flask.testing import FlaskClient

from portfolio.evidence.witnesses import operations
from portfolio.evidence.witnesses.models import WitnessRequest
from portfolio.foundation.clock import now
from portfolio.foundation.db import db, transaction
from tests.evidence.witnesses.asking import GWEN, SAW, ask, opened, signed, token_of
from tests.evidence.witnesses.holding import TYPED
from tests.fixtures.cast import House
from tests.gate.world import things_of

HOLDERS = ("open", "signed", "expired", "taken back", "declined", "nobody's")
REACHED = {
    "open": {"": 200, "/correct": 409, "/copy.pdf": 409},
    "signed": {"": 200, "/correct": 200, "/copy.pdf": 200},
    "expired": {"": 410, "/correct": 410, "/copy.pdf": 409},
    "taken back": {"": 410, "/correct": 410, "/copy.pdf": 409},
    "declined": {"": 410, "/correct": 410, "/copy.pdf": 409},
    "nobody's": {"": 404, "/correct": 404, "/copy.pdf": 404},
}
"""Holder of which link → status of each page of it."""
TAKEN = {
    "open": {"": 422, "/opened": 204, "/here": 200, "/draft": 302, "/decline": 302, "/correct": 409},
    "signed": {"": 302, "/opened": 204, "/here": 200, "/draft": 409, "/decline": 409, "/correct": 422},
    "expired": dict.fromkeys(("", "/opened", "/here", "/draft", "/decline", "/correct"), 410),
    "taken back": dict.fromkeys(("", "/opened", "/here", "/draft", "/decline", "/correct"), 410),
    "declined": dict.fromkeys(("", "/opened", "/here", "/draft", "/decline", "/correct"), 410),
    "nobody's": dict.fromkeys(("", "/opened", "/here", "/draft", "/decline", "/correct"), 404),
}
"""Holder of which link → status of an empty form that is sent to each address of it."""


def brought_to(holder: str, house: House) -> WitnessRequest:
    """A request whose link is so."""
    asking = replace(GWEN, email=f"{token_hex(4)}@tidewater.example")
    request = signed(ask(house, asking)) if holder == "signed" else opened(ask(house, asking))
    with transaction():
        if holder == "expired":
            request.expires_at = now() - timedelta(days=1)
        elif holder == "declined":
            operations.decline(request, "")
        elif holder == "taken back":
            operations.take_back(request, by=request.by)
    return request


def link(holder: str, house: House) -> tuple[FlaskClient, str]:
    """A phone without cookies, and the address."""
    token = token_of(brought_to(holder, house))
    db.session.remove()
    return house.browser(), f"/witness/{token[::-1] if holder == HOLDERS[-1] else token}"


@pytest.mark.parametrize("holder", HOLDERS)
def test_a_holder_reaches_the_pages_of_their_own_link(house: House, holder: str) -> None:
    phone, address = link(holder, house)
    assert {below: phone.get(address + below).status_code for below in REACHED[holder]} == REACHED[holder]


@pytest.mark.parametrize("holder", HOLDERS)
def test_what_a_holder_sends_is_taken_by_their_own_link_alone(house: House, holder: str) -> None:
    for below, status in TAKEN[holder].items():
        phone, address = link(holder, house)
        assert phone.post(address + below, data={}).status_code == status, below


def test_another_ones_link_tells_nothing_of_this_one(house: House) -> None:
    signed(ask(house))
    phone, address = link("open", house)
    assert SAW not in phone.get(address).text


def test_what_one_holder_sends_changes_nothing_of_another_ones_request(house: House) -> None:
    other = opened(ask(house, replace(GWEN, email=f"{token_hex(4)}@tidewater.example")))
    stood = {column.key: getattr(other, column.key) for column in WitnessRequest.__table__.columns}
    id = other.id
    for below in (*TAKEN["open"], ""):
        phone, address = link("open", house)
        phone.post(address + below, data=TYPED | {"once": "k" * 20, "turn": "1"})
    now_stands = db.session.get_one(WitnessRequest, id)
    assert {name: getattr(now_stands, name) for name in stood} == stood


def test_a_link_opens_no_door_but_its_own(house: House) -> None:
    things = things_of(house, learner="ada", spare="zoe", administrator="dee")
    phone, address = link("open", house)
    assert phone.get(address).status_code == 200
    reached = set()
    for rule in house.app.url_map.iter_rules():
        own = rule.endpoint.split(".")[0] in ("witness", "witness_copy", "security")
        if own or "GET" not in (rule.methods or ()):
            continue
        with phone.get(house.app.url_map.bind("").build(rule.endpoint, things.named_by(rule))) as answer:
            asked_in = answer.headers.get("Location", "").startswith("/sign-in")
            if answer.status_code != 404 and not asked_in:
                reached.add(rule.endpoint)
    nobodys = {"offline.worker", "offline.manifest", "offline.page"}
    assert reached <= {"static", "health", "design", "people.join", "exports.verifier"} | nobodys
