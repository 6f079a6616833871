"""How a person gets their account: registered, invited by a one-time link, and from then on with a password."""

import re
from datetime import timedelta

import pytest
from flask import Flask

from portfolio.foundation.clock import now
from portfolio.foundation.db import db, transaction
from portfolio.foundation.log import audit
from portfolio.people import operations, queries
from portfolio.people.models import Invitation
from tests.people.house import Visitor, person

pytestmark = pytest.mark.slow

WORDS = "violet anchor seventeen"


def link_for(dee: Visitor, nick: str) -> str:
    page = dee.sends(f"/people/{person(nick).id}/invite")
    return re.search(r"/join/[\w-]+", page)[0]


def open_link() -> Invitation:
    db.session.rollback()
    return db.session.query(Invitation).filter_by(used_at=None).one()


def test_dee_registers_sam_and_sam_can_join_by_the_link(dee: Visitor, guest: Visitor) -> None:
    dee.reads("/people/new")
    page = dee.sends("/people/new", name="Sam Okoro", email="Sam@harbour.example", roles=["learner"], number="R-77")
    assert "Sam Okoro is registered" in page
    assert "No password yet" in page
    link = link_for(dee, "sam")
    assert "Sam Okoro" in guest.reads(link)
    page = guest.sends(link, password=WORDS, again=WORDS)
    assert "Welcome, Sam Okoro" in page
    assert "Sign out" in page


def test_a_join_link_works_once(dee: Visitor, app: Flask) -> None:
    link = link_for(dee, "ada")
    first, second = Visitor(app.test_client()), Visitor(app.test_client())
    first.reads(link)
    second.reads(link)
    first.sends(link, password=WORDS, again=WORDS)
    assert "used already or has expired" in second.sends(
        link, 404, password="another long word", again="another long word"
    )
    assert "used already or has expired" in second.reads(link, 404)


def test_the_form_of_a_link_that_is_sent_twice_makes_one_link(dee: Visitor, guest: Visitor) -> None:
    address, key = f"/people/{person('ada').id}/invite", "0123456789abcdef0123"
    first, second = (re.search(r"/join/[\w-]+", dee.sends(address, once=key))[0] for _ in range(2))
    assert first == second
    assert open_link().person.name == "Ada Marsh"
    assert "Ada" in guest.reads(first)
    guest.sends(first, password=WORDS, again=WORDS)
    shown = dee.reads(f"/people/{person('ada').id}/invited?key={key}", 302)
    assert first not in shown


def test_a_newer_link_ends_the_older_one(dee: Visitor, guest: Visitor) -> None:
    older, newer = link_for(dee, "ada"), link_for(dee, "ada")
    guest.reads(older, 404)
    guest.reads(newer)


def test_a_link_ends_after_seven_days(dee: Visitor, guest: Visitor) -> None:
    link = link_for(dee, "ada")
    with transaction():
        invitation = open_link()
        assert timedelta(days=6, hours=23) < invitation.expires_at - now() <= timedelta(days=7)
        invitation.expires_at = now() - timedelta(seconds=1)
    guest.reads(link, 404)


def test_the_link_of_a_shut_account_opens_nothing(dee: Visitor, guest: Visitor) -> None:
    link = link_for(dee, "ada")
    dee.sends(f"/people/{person('ada').id}/shut")
    guest.reads(link, 404)
    assert "is closed" in dee.sends(f"/people/{person('ada').id}/invite", 422)


@pytest.mark.parametrize(
    ("password", "again", "sentence"),
    [
        ("short", "short", "at least 10 characters"),
        (WORDS, WORDS + "!", "The two passwords differ"),
        ("", "", "Choose a password"),
    ],
)
def test_a_weak_or_mistyped_password_is_refused_and_the_link_stays_good(
    dee: Visitor, guest: Visitor, password: str, again: str, sentence: str
) -> None:
    link = link_for(dee, "ada")
    guest.reads(link)
    assert sentence in guest.sends(link, 422, password=password, again=again)
    guest.reads(link)


def test_only_the_hash_of_a_link_is_kept(dee: Visitor) -> None:
    token = link_for(dee, "ada").removeprefix("/join/")
    kept = open_link()
    assert kept.token_sha256 == operations.token_hash(token)
    assert token not in "".join(str(line) for line in audit.lines(person("ada").centre_id))


def test_somebody_who_joined_signs_in_with_their_password_and_is_sent_where_they_wanted(
    dee: Visitor, app: Flask
) -> None:
    link = link_for(dee, "dee")
    joining, visitor = Visitor(app.test_client()), Visitor(app.test_client())
    joining.reads(link)
    joining.sends(link, password=WORDS, again=WORDS)
    page = visitor.reads(visitor.goes("/people/new"))
    wanted = re.search(r'name="next"[^>]*value="([^"]*)"', page)[1]
    page = visitor.sends("/sign-in", email="dee@harbour.example", password=WORDS, next=wanted)
    assert "<h1>Register a person</h1>" in page


def test_a_wrong_password_and_an_unknown_person_read_the_same(guest: Visitor) -> None:
    guest.reads("/sign-in")
    wrong = guest.sends("/sign-in", email="ada@harbour.example", password="not the password")
    unknown = guest.sends("/sign-in", email="eve@harbour.example", password="not the password")
    heading = "error-summary-title"
    assert heading in wrong
    assert (
        wrong[wrong.index(heading) : wrong.index("</ul>", wrong.index(heading))]
        == (unknown[unknown.index(heading) : unknown.index("</ul>", unknown.index(heading))])
    )


def test_a_form_without_its_token_changes_nothing(dee: Visitor) -> None:
    dee.sends("/people/new", 400, name="Eve", email="eve@harbour.example", roles=["administrator"], csrf_token="")
    assert queries.person_by_email("eve@harbour.example") is None
