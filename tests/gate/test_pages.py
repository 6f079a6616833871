"""What every answer carries: a strict policy with a fresh nonce, and where something is wrong a way back and an id."""

import logging
import re

import pytest
from flask import Flask
from werkzeug.routing import Rule
from werkzeug.test import TestResponse

from portfolio.foundation.db import db, transaction
from portfolio.people.operations import close
from tests.fixtures.cast import House
from tests.gate.world import things_of

NONCE = re.compile(r"'nonce-([\w-]{16,})'")
REFERENCE = re.compile(r"\b[0-9a-f]{8}\b")

WRITTEN = "I listened to Mrs Okoro"
"""What a person wrote; the log may not quote it."""


def broken() -> str:
    return str(db.session.execute(db.text("SELECT :words FROM nowhere"), {"words": WRITTEN}))


@pytest.fixture
def faulty(house: House) -> House:
    """A house with a page that breaks, and one that names no policy."""
    house.app.testing = False
    house.app.config["PROPAGATE_EXCEPTIONS"] = False
    house.app.add_url_rule("/unguarded", "unguarded", lambda: "nobody decided who may see this")
    view = house.app.view_functions["evidence.choose"]
    broken.policy = view.policy  # type: ignore[attr-defined]
    house.app.view_functions["evidence.choose"] = broken
    return house


def refused(answer: TestResponse) -> bool:
    """Whether nothing was done: no token, not theirs to see, or not signed in."""
    return answer.status_code in (400, 401, 404) or answer.headers.get("Location", "").startswith("/sign-in?")


def posts(app: Flask) -> list[Rule]:
    """Routes that change something, but those that open by a link: whoever has the address may."""
    rules = [rule for rule in app.url_map.iter_rules() if not rule.endpoint.startswith("witness.")]
    return [rule for rule in rules if {"POST", "PUT", "PATCH", "DELETE"} & set(rule.methods or ())]


def test_every_change_needs_the_token_of_a_page_that_the_person_has_open(house: House) -> None:
    things = things_of(house, learner="ada", spare="zoe", administrator="dee")
    people = [house.browser(nick) for nick in ("", "ada", "ben", "dee")]
    taken = []
    for rule in posts(house.app):
        address = house.app.url_map.bind("").build(rule.endpoint, things.named_by(rule))
        for method in sorted({"POST", "PATCH", "DELETE"} & set(rule.methods or ())):
            answers = [one.open(address, method=method, headers={"Tus-Resumable": "1.0.0"}) for one in people]
            if not all(map(refused, answers)):
                taken.append((method, address, [answer.status_code for answer in answers]))
    assert taken == []


@pytest.mark.parametrize("address", ["/sign-in", "/portfolio", "/evidence/new/account", "/nowhere", "/people"])
def test_every_page_carries_a_strict_policy_with_a_fresh_nonce(house: House, address: str) -> None:
    browser = house.browser("ada" if address != "/sign-in" else "")
    answers = [browser.get(address) for _ in range(2)]
    policies = [answer.headers["Content-Security-Policy"] for answer in answers]
    nonces = [NONCE.search(policy) for policy in policies]
    assert None not in nonces
    assert policies[0] != policies[1]
    for answer, policy, nonce in zip(answers, policies, nonces, strict=True):
        assert "default-src 'none'" in policy
        assert "unsafe" not in policy
        for part in ("frame-ancestors 'none'", "base-uri 'none'", "form-action 'self'"):
            assert part in policy
        assert nonce
        for tag in re.findall(r"<script[^>]*>", answer.text):
            assert f'nonce="{nonce[1]}"' in tag
        assert answer.headers["X-Content-Type-Options"] == "nosniff"
        assert "no-store" in answer.headers["Cache-Control"]
    assert "HttpOnly" in str(house.browser().get("/sign-in").headers.getlist("Set-Cookie"))


@pytest.mark.parametrize(("address", "status"), [("/nowhere", 404), ("/people", 404), ("/evidence/new", 500)])
def test_an_error_is_a_page_with_a_way_back_and_an_id_that_the_log_has_too(
    faulty: House, caplog: pytest.LogCaptureFixture, address: str, status: int
) -> None:
    answer = faulty.browser("ada").get(address)
    assert answer.status_code == status
    main = answer.text[answer.text.index("<main") :]
    assert 'href="/"' in main
    reference = REFERENCE.search(re.sub(r"<[^>]*>", " ", main))
    assert reference
    assert [reference[0] in line for line in caplog.messages].count(True) == 1


def test_the_log_of_a_fault_names_nobody_and_quotes_nothing(faulty: House, caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.INFO, "markwell"):
        page = faulty.browser("ada").get("/evidence/new").text
        faulty.browser("ada").get("/learners?q=Okoro")
    for words in ("Okoro", "Ada Marsh", "ada@house.example"):
        assert words not in caplog.text
    assert "Traceback" in caplog.text
    assert "Traceback" not in page


def test_a_script_is_told_the_same_in_json(faulty: House) -> None:
    answer = faulty.browser("ada").get("/nowhere", headers={"Accept": "application/json"})
    assert (answer.status_code, set(answer.json or {})) == (404, {"sentence", "reference"})


def test_a_route_for_which_nobody_decided_is_not_there(faulty: House) -> None:
    for nick in ("", "ada", "dee"):
        assert faulty.browser(nick).get("/unguarded").status_code == 404


def test_whoever_is_asked_to_sign_in_comes_back_to_where_they_wanted_to_go(house: House) -> None:
    answer = house.browser().get("/evidence/new")
    assert answer.status_code == 302
    assert answer.headers["Location"] == "/sign-in?next=/evidence/new"


def test_an_account_that_is_shut_is_signed_out_everywhere(house: House) -> None:
    browser = house.browser("ada")
    assert browser.get("/portfolio").status_code == 200
    with transaction():
        close(house.person("ada"), by=house.person("dee"))
    assert browser.get("/portfolio").status_code == 302
