"""An address is one, however it is typed; a link to an account is news to whoever comes by the next."""

import pytest
from flask import Flask

from portfolio.foundation.db import transaction
from portfolio.people import operations, signing_in
from portfolio.people.entering.operations import choose
from portfolio.people.rules import Registration, Role
from tests.people.house import Visitor, person
from tests.people.test_entering import WORDS, at_the_door, fails, give_passwords, person_in_here

pytestmark = pytest.mark.slow


def test_one_account_has_one_count_however_its_address_is_spelt(app: Flask) -> None:
    give_passwords()
    wide = str.maketrans({number: number + 0xFEE0 for number in range(0x21, 0x7F)})
    spelt = ["ada@harbour.example".translate(wide), "ADA@Harbour.Example", "a\u200bda@harbour.example"]
    spelt += [f"ada@harbour.example{' ' * number}" for number in range(7)]
    stranger = at_the_door(app)
    for number, email in enumerate(spelt):
        stranger.client.environ_base["REMOTE_ADDR"] = f"192.0.2.{number}"
        fails(stranger, email)
    stranger.client.environ_base["REMOTE_ADDR"] = "192.0.2.200"
    fails(stranger, "ada@harbour.example", 429)


@pytest.mark.parametrize(
    "email", ["jos\u00e9@harbour.example", "JOSE\u0301@harbour.example", "\uff4aos\u00e9@harbour.example"]
)
def test_who_is_registered_signs_in_however_their_address_is_typed(app: Flask, email: str) -> None:
    hashed = signing_in.hashed(WORDS)
    with transaction():
        dee = person_in_here("dee")
        told = Registration("Jos\u00e9 Lima", "jose\u0301@harbour.example", (Role.LEARNER,), "L-77")
        choose(operations.register(told, dee.centre, by=dee), hashed)
    visitor = at_the_door(app)
    visitor.sends("/sign-in", email=email, password=WORDS)
    assert "Sign out" in visitor.reads("/portfolio")


def test_who_comes_by_a_link_is_told_of_the_one_before_it(app: Flask, dee: Visitor) -> None:
    for turn in (1, 2):
        page = dee.sends(f"/people/{person('ada').id}/invite")
        link = page.split("http://localhost")[1].split('"')[0].split("<")[0]
        visitor = Visitor(app.test_client())
        visitor.reads(link)
        page = visitor.sends(link, password=WORDS, again=WORDS)
        assert ("Dee Abara made a link to your account on" in page) is (turn == 2)
