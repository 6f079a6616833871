"""Guessing at an address of two accounts: no faster, no less counted, and too late where the password was changed."""

from contextlib import nullcontext

import pytest

from portfolio.foundation.db import db, transaction
from portfolio.foundation.errors import Conflict
from portfolio.people import operations
from portfolio.people.entering import operations as entering
from portfolio.people.entering.rules import Opened
from portfolio.people.models import Account, Person
from tests.people.accounts.two_centres import ANN, FELL, HARBOUR, OTHERS, THIRD, WORDS, Two, sharing

pytestmark = pytest.mark.slow


def test_by_links_a_password_is_guessed_no_more_often_than_at_sign_in(two: Two) -> None:
    here = two.member(HARBOUR, WORDS)
    two.signs_in(WORDS)
    there = two.registered(FELL)
    for number in range(10):
        two.joins(two.link(FELL, there), f"{THIRD} {number} kelp orbit")
    two.joins(two.link(FELL, there), WORDS)
    assert two.account(there) != two.account(here), "the eleventh try at the account is not made"
    visitor = two.stranger()
    visitor.reads("/sign-in")
    for _ in range(12):
        two.signs_in("not the password")
    assert "Wait" in visitor.sends("/sign-in", 429, email=ANN, password="not the password")


def test_signing_in_to_ones_own_account_does_not_let_one_guess_at_another_of_the_address(two: Two) -> None:
    two.member(HARBOUR, WORDS)
    own = two.member(FELL, OTHERS)
    for _ in range(10):
        two.signs_in("not the password")
        assert two.who(two.signs_in(OTHERS)) == own
    assert two.who(two.signs_in(WORDS)) is None, "the true one is not tried any more either"


def test_a_password_that_was_changed_after_it_was_tried_opens_nothing(two: Two) -> None:
    here, there = two.member(HARBOUR, WORDS), two.registered(FELL)
    tried = Opened(two.account(here) or 0, db.session.get_one(Account, two.account(here)).password)
    token = two.link(FELL, there).removeprefix("/join/")
    two.joins(two.link(HARBOUR, here), OTHERS)
    with transaction():
        operations.join(token, tried.password, opened=[tried, Opened(999_999, tried.password)])
    assert two.account(there) not in (None, two.account(here))


def test_no_sign_in_begins_with_what_was_opened_before_another_password_was_chosen(two: Two) -> None:
    here, there = sharing(two)
    tried = Opened(two.account(here) or 0, db.session.get_one(Account, two.account(here)).password)
    two.joins(two.link(FELL, there), OTHERS)
    for id, refused in ((here, False), (there, True)):
        with pytest.raises(Conflict) if refused else nullcontext(), transaction():
            entering.ensure_opened(db.session.get_one(Person, id), [tried])
    visitor = two.signs_in(WORDS)
    visitor.reads("/password")
    visitor.sends("/password", present=WORDS, password=THIRD, again=THIRD)
    with pytest.raises(Conflict, match="Another password was chosen"), transaction():
        entering.ensure_opened(db.session.get_one(Person, here), [tried])


def test_a_failed_sign_in_takes_as_many_hashes_whoever_has_the_address(
    two: Two, monkeypatch: pytest.MonkeyPatch
) -> None:
    two.member(HARBOUR, WORDS)
    two.member(FELL, OTHERS)
    two.member(HARBOUR, WORDS, email="bo@freelance.example", name="Bo Lind")
    context, done = two.house.app.extensions["security"].pwd_context, list[str]()
    for name in ("hash", "verify"):
        there = getattr(context, name)
        monkeypatch.setattr(
            context, name, lambda *given, _there=there, **more: (done.append(""), _there(*given, **more))[1]
        )
    counts = {}
    for email in (ANN, "bo@freelance.example", "nobody@freelance.example"):
        done.clear()
        two.signs_in("not the password", email=email)
        counts[email] = len(done)
    assert set(counts.values()) == {2}
    for password, email in ((WORDS, ANN), (WORDS, "bo@freelance.example")):
        done.clear()
        assert two.who(two.signs_in(password, email=email)) is not None
        counts[email] = len(done)
    assert counts[ANN] == counts["bo@freelance.example"], "nor does a sign-in tell whether another centre knows it"


def test_whoever_locked_their_own_account_learns_nothing_of_another_one_of_the_address(two: Two) -> None:
    two.member(HARBOUR, WORDS)
    two.member(HARBOUR, WORDS, email="bo@freelance.example", name="Bo Lind")
    own = two.member(FELL, OTHERS)
    visitor = two.signs_in(OTHERS)
    for _ in range(11):
        visitor.reads("/password")
        visitor.client.post("/password", data={"present": "wrong", "password": THIRD, "again": THIRD,
                                               "csrf_token": visitor.token}).close()  # fmt: skip
    assert two.who(visitor) == own
    stranger = two.stranger()
    stranger.reads("/sign-in")
    assert "Wait" in stranger.sends("/sign-in", 429, email=ANN, password="not the password")


def test_the_log_of_a_centre_tells_of_no_failure_before_its_person_joined(two: Two) -> None:
    here, waits = two.member(HARBOUR, WORDS), two.registered(FELL)
    two.signs_in("not the password")
    assert two.told(here, "sign-in failed") == ["sign-in failed"]
    assert two.told(waits, "sign-in failed") == []
