"""What strangers send to the door: other houses' addresses, odd addresses, the library's own pages."""

import pytest
from flask import Flask

from tests.people.house import Visitor, apart, person
from tests.people.test_entering import WORDS, at_the_door, cookies, fails, give_passwords

pytestmark = pytest.mark.slow


def test_links_begin_with_the_houses_own_address_whatever_a_request_says(dee: Visitor) -> None:
    dee.client.environ_base["HTTP_HOST"] = dee.client.environ_base["HTTP_X_FORWARDED_HOST"] = "evil.example"
    dee.client.set_cookie("session", cookies(dee.client)["session"], domain="evil.example")
    page = dee.sends(f"/people/{person('ada').id}/invite")
    assert "http://localhost/join/" in page
    assert "evil.example" not in page


@pytest.mark.parametrize(
    "beyond", ["https://evil.example/", "//evil.example", r"/\evil.example", r"\\evil.example", "x"]
)
def test_nobody_is_sent_to_another_house_after_signing_in(app: Flask, beyond: str) -> None:
    give_passwords()
    visitor = at_the_door(app)
    form = {"email": "ada@harbour.example", "password": WORDS, "next": beyond, "csrf_token": visitor.token}
    assert apart(visitor.client.post, "/sign-in", data=form).location in {"/", None}
    assert apart(visitor.client.post, f"/sign-in?next={beyond}", data=form | {"next": ""}).location in {"/", None}


def test_of_the_library_there_is_only_what_wears_our_look(app: Flask, guest: Visitor) -> None:
    rules = {rule.endpoint for rule in app.url_map.iter_rules() if rule.endpoint.startswith("security.")}
    assert rules == {"security.login", "security.logout"}
    assert not {"users", "roles"} & set(app.cli.commands)
    guest.reads("/sign-in")
    page = guest.sends("/sign-in", email="", password="")
    assert "That address and password do not belong together." in page


def test_a_token_of_the_library_opens_nothing(app: Flask) -> None:
    give_passwords()
    app.config["WTF_CSRF_ENABLED"] = False
    answer = apart(
        app.test_client().post, "/sign-in?include_auth_token", json={"email": "ada@harbour.example", "password": WORDS}
    )
    token = (answer.json or {}).get("response", {}).get("user", {}).get("authentication_token", "none")
    reply = apart(app.test_client().get, "/portfolio", headers={"Authentication-Token": token})
    assert (answer.status_code, reply.status_code) == (200, 302)


@pytest.mark.parametrize("email", ["a" * 51_000 + "@x.org", "a" + "\u0301\u0316" * 5_000, "%" * 20_000])
def test_an_address_of_any_length_is_a_failure_like_any_other(app: Flask, email: str) -> None:
    stranger = at_the_door(app)
    for _ in range(3):
        assert "do not belong together" in fails(stranger, email)
