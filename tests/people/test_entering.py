"""The door: guessing is stopped, a class gets in, a sign-out is one everywhere, and people know who was there."""

from datetime import timedelta

import pytest
from flask import Flask
from flask.testing import FlaskClient

from portfolio.foundation.clock import now
from portfolio.foundation.db import db, transaction
from portfolio.foundation.errors import Unavailable
from portfolio.foundation.log import audit
from portfolio.people import operations, signing_in
from portfolio.people.entering.limits import Counter
from portfolio.people.entering.models import SignIn
from portfolio.people.models import Account, Person
from portfolio.people.rules import Registration, Role
from tests.people.house import Visitor, apart, person

pytestmark = pytest.mark.slow

WORDS = "violet anchor seventeen"
OTHERS = "copper lantern ninety"


def give_passwords() -> None:
    hashed, people = signing_in.hashed(WORDS), [person(nick) for nick in ("ada", "ben", "dee")]
    ids = [one.id for one in people]
    with transaction():
        for id in ids:
            db.session.get_one(Person, id).account = Account(password=hashed)


def at_the_door(app: Flask) -> Visitor:
    visitor = Visitor(app.test_client())
    visitor.reads("/sign-in")
    return visitor


def enters(app: Flask, nick: str, password: str = WORDS, **more: str) -> Visitor:
    """Somebody who signs in with their password."""
    visitor = at_the_door(app)
    visitor.sends("/sign-in", email=f"{nick}@harbour.example", password=password, **more)
    return visitor


def fails(visitor: Visitor, email: str, status: int = 200) -> str:
    """The page after a wrong password; what is written once the answer has gone is written."""
    form = {"email": email, "password": "not the password", "csrf_token": visitor.token}
    with apart(visitor.client.post, "/sign-in", data=form) as answer:
        return visitor.sees(answer, status)


def lines(deed: str) -> list[dict[str, object]]:
    db.session.rollback()
    return [line for line in audit.lines(person("ada").centre_id) if line["deed"] == deed]


def cookies(client: FlaskClient) -> dict[str, str]:
    return {name: cookie.value for name in ("session", "remember_token") if (cookie := client.get_cookie(name))}


def with_cookies(app: Flask, held: dict[str, str]) -> Visitor:
    client = app.test_client()
    for name, value in held.items():
        client.set_cookie(name, value)
    return Visitor(client)


def test_guessing_stops_at_the_account_and_the_class_behind_the_same_address_gets_in(app: Flask) -> None:
    give_passwords()
    stranger = at_the_door(app)
    for email in ("ada@harbour.example", "nobody@harbour.example"):
        for _ in range(10):
            fails(stranger, email)
        page = fails(stranger, email, 429)
        assert "Wait 15 minutes, then try again" in page
        assert f'value="{email}"' in page
        assert "not the password" not in page
    assert len(lines("sign-in failed")) == 10
    right = {"email": "ADA@harbour.example", "password": WORDS, "csrf_token": stranger.token}
    answer = apart(stranger.client.post, "/sign-in", data=right)
    assert (answer.status_code, 0 < int(answer.headers["Retry-After"]) <= 900) == (429, True)
    assert "Sign out" in enters(app, "ben").reads("/marking")


def test_successes_are_not_counted_and_failures_at_many_accounts_are_at_their_address() -> None:
    counter = Counter("memory://", "secret")
    for number in range(300):
        assert counter.wait("192.0.2.7", f"learner{number % 30}@x.example") == 0
        counter.succeeded(f"learner{number % 30}@x.example")
    for number in range(100):
        assert counter.wait(f"2001:db8::{number:x}", f"guess{number}@x.example") == 0
        counter.failed(f"2001:db8::{number:x}")
    assert 0 < counter.wait("2001:db8::ffff:1", "new@x.example") <= 900
    assert counter.wait("::ffff:192.0.2.7", "new@x.example") == 0
    with pytest.raises(Unavailable):
        Counter("redis://127.0.0.1:1", "secret").wait("192.0.2.7", "ada@x.example")


def test_many_tries_at_once_are_no_more_than_the_limit() -> None:
    counter = Counter("memory://", "secret")
    assert [counter.wait("192.0.2.7", "ada@x.example") == 0 for _ in range(12)] == [True] * 10 + [False] * 2
    counter.succeeded("Ada@x.example ")
    assert counter.wait("192.0.2.7", "ada@x.example") == 0


def test_who_signs_out_is_out_with_every_copy_of_the_cookies_and_stays_in_elsewhere(app: Flask) -> None:
    give_passwords()
    here, elsewhere = enters(app, "ada", remember="y"), enters(app, "ada")
    held = cookies(here.client)
    assert set(held) == {"session", "remember_token"}
    for name in held:
        assert "Ada Marsh" in with_cookies(app, {name: held[name]}).reads("/portfolio")
    here.reads("/portfolio")
    here.sends("/sign-out")
    for copied in (held, {"session": held["session"]}, {"remember_token": held["remember_token"]}):
        assert with_cookies(app, copied).goes("/portfolio").startswith("/sign-in")
    assert "Ada Marsh" in elsewhere.reads("/portfolio")
    elsewhere.reads("/sign-ins")
    again = enters(app, "ada")
    elsewhere.sends("/sign-ins/end")
    assert again.goes("/portfolio").startswith("/sign-in")
    assert "Ada Marsh" in elsewhere.reads("/portfolio")
    told = {deed: len(lines(deed)) for deed in ("signed in", "signed out", "signed out elsewhere")}
    assert told == {"signed in": 3, "signed out": 1, "signed out elsewhere": 1}
    db.session.rollback()
    assert {line["facts"].get("way") for line in lines("signed in")} == {"password"}
    assert not [line for line in audit.lines_about(person("ada").id) if "sign" in line["deed"]]


def test_learners_are_remembered_for_thirty_days_and_those_who_sign_for_a_day(app: Flask) -> None:
    give_passwords()
    ben = enters(app, "ben", remember="y")
    assert set(cookies(ben.client)) == {"session"}
    ada = cookies(enters(app, "ada", remember="y").client)["remember_token"]
    for days, nick, there in ((29, "ada", True), (31, "ada", False), (0.6, "ben", False)):
        with transaction():
            db.session.query(SignIn).update({"begun_at": now() - timedelta(days=days)})
        visitor = ben if nick == "ben" else with_cookies(app, {"remember_token": ada})
        assert visitor.goes("/").startswith("/sign-in") is not there
    with transaction():
        db.session.query(SignIn).update({"begun_at": now() - timedelta(days=1)})
        roles = Registration("Ada Marsh", "ada@harbour.example", (Role.LEARNER, Role.ASSESSOR))
        operations.change(person_in_here("ada"), roles, by=person_in_here("dee"))
    assert with_cookies(app, {"remember_token": ada}).goes("/").startswith("/sign-in")


def person_in_here(nick: str) -> Person:
    """Somebody, without leaving the transaction."""
    return db.session.query(Person).filter_by(email=f"{nick}@harbour.example").one()


def test_a_changed_password_signs_out_elsewhere_and_a_wrong_one_counts_as_at_the_door(app: Flask) -> None:
    give_passwords()
    here, elsewhere = enters(app, "ada"), enters(app, "ada")
    here.reads("/password")
    wrong = {"present": "not the password", "password": OTHERS, "again": OTHERS}
    with apart(here.client.post, "/password", data=wrong | {"csrf_token": here.token}) as answer:
        assert "not your password now" in here.sees(answer, 422)
    assert [line["actor_id"] for line in lines("sign-in failed")] == [None]
    assert "differ" in here.sends("/password", 422, present=WORDS, password=OTHERS, again=WORDS)
    page = here.sends("/password", present=WORDS, password=OTHERS, again=OTHERS)
    assert "Your password is changed" in page
    assert "The password was changed" in page
    assert elsewhere.goes("/portfolio").startswith("/sign-in")
    assert "Ada Marsh" in enters(app, "ada", OTHERS).reads("/portfolio")
    assert len(lines("password changed")) == 1
    for _ in range(10):
        apart(here.client.post, "/password", data=wrong | {"csrf_token": here.token}).close()
    assert "Wait" in here.sends("/password", 429, **(wrong | {"present": OTHERS, "password": WORDS, "again": WORDS}))


def test_who_tries_many_links_has_to_wait(guest: Visitor) -> None:
    for number in range(100):
        guest.reads(f"/join/{number}", 404)
    assert "Wait" in guest.reads("/join/100", 429)
