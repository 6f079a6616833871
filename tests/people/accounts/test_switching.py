"""Going from one centre to another: one person at a time, on record at both, and nothing is carried over."""

import re
from datetime import timedelta

import pytest

from portfolio.foundation.clock import now
from portfolio.foundation.db import db, transaction
from portfolio.people.entering.models import SignIn
from portfolio.people.rules import Role
from tests.people.accounts.two_centres import FELL, HARBOUR, OTHERS, WORDS, Two, sharing
from tests.people.house import Visitor
from tests.people.test_entering import cookies, with_cookies

pytestmark = pytest.mark.slow


def test_one_begins_where_one_was_last_and_else_where_one_joined_first(two: Two) -> None:
    here, there = sharing(two)
    assert two.who(two.signs_in(WORDS)) == there, "she joined it last, by a link"
    visitor = two.signs_in(WORDS)
    visitor.reads("/sign-ins")
    visitor.sends(f"/centres/{here}")
    assert two.who(two.signs_in(WORDS)) == here
    with transaction():
        db.session.query(SignIn).delete()
    assert two.who(two.signs_in(WORDS)) == here


def test_a_switch_ends_one_sign_in_and_begins_another_on_record_at_both(two: Two) -> None:
    here, there = sharing(two)
    visitor = two.signs_in(WORDS)
    page = visitor.reads("/sign-ins")
    assert "You are at Fell and Dale now." in page
    held = cookies(visitor.client)
    page = visitor.sends(f"/centres/{here}")
    assert "You are at Harbour Street now." in page
    assert "<h1>" in page
    assert re.search(r'person-menu-centre">Harbour Street<', page)
    assert two.who(visitor) == here
    assert cookies(visitor.client)["session"] != held["session"]
    assert two.who(with_cookies(two.house.app, held)) is None
    assert two.told(there, "signed in", "signed out") == ["signed in", "signed in", "signed out"]
    assert two.told(here, "signed in", "signed out") == ["signed in", "signed in"]


def test_the_start_page_is_that_of_the_other_centre(two: Two) -> None:
    here, there = two.member(HARBOUR, WORDS, role=Role.LEARNER), two.member(FELL, WORDS, role=Role.ASSESSOR)
    visitor = two.signs_in(WORDS)
    assert (two.who(visitor), visitor.goes("/")) == (there, "/marking")
    visitor.sends(f"/centres/{here}")
    assert visitor.goes("/") == "/portfolio"


def test_who_has_one_centre_is_shown_none(two: Two) -> None:
    visitor = two.signs_in(WORDS) if two.member(HARBOUR, WORDS) else None
    assert visitor
    page = visitor.reads("/sign-ins")
    for word in ("Change to", "person-menu-centre", "Your centres", ">Centre<"):
        assert word not in page


def test_nobody_becomes_somebody_of_another_account_or_themselves(two: Two) -> None:
    here, there = two.member(HARBOUR, WORDS), two.member(FELL, OTHERS)
    visitor = two.signs_in(WORDS)
    visitor.reads("/sign-ins")
    for id in (here, there, two.house.person("dee").id, 999_999):
        visitor.sends(f"/centres/{id}", 404)
    assert two.who(visitor) == here
    for id in (two.registered(HARBOUR, email="x@x.example", name="X"), two.registered(FELL, email="y@x.example")):
        visitor.sends(f"/centres/{id}", 404)


def test_a_switch_needs_the_token_of_a_page_and_a_form_of_the_other_centre_is_not_taken(two: Two) -> None:
    here, there = sharing(two, role=Role.LEARNER)
    visitor = two.signs_in(WORDS)
    visitor.reads("/evidence/new/account")
    before = visitor.token
    visitor.sends(f"/centres/{here}", 400, csrf_token="")
    assert two.who(visitor) == there
    visitor.sends(f"/centres/{here}")
    page = visitor.sends("/evidence/new/account", 400, title="A day at the desk", text="I listened.", csrf_token=before)
    assert "What you typed" in page
    assert "A day at the desk" in page
    assert "A day at the desk" not in visitor.reads("/evidence")


def test_only_a_learner_who_was_remembered_stays_remembered(two: Two) -> None:
    learner, staff = two.member(HARBOUR, WORDS, role=Role.LEARNER), two.member(FELL, WORDS, role=Role.IQA)
    with transaction():
        db.session.query(SignIn).filter_by(person_id=staff).delete()
    visitor = two.signs_in(WORDS, remember=True)
    assert two.who(visitor) == learner
    assert "remember_token" in cookies(visitor.client)
    visitor.sends(f"/centres/{staff}")
    assert "remember_token" not in cookies(visitor.client)
    visitor.reads("/sign-ins")
    visitor.sends(f"/centres/{learner}")
    assert "remember_token" not in cookies(visitor.client)
    with transaction():
        db.session.query(SignIn).update({"begun_at": now() - timedelta(days=1)})
    assert two.who(visitor) is None


def test_a_learner_at_both_stays_remembered_at_the_other(two: Two) -> None:
    here, _ = sharing(two, role=Role.LEARNER)
    visitor = two.signs_in(WORDS, remember=True)
    visitor.reads("/sign-ins")
    visitor.sends(f"/centres/{here}")
    held = cookies(visitor.client)["remember_token"]
    assert two.who(with_cookies(two.house.app, {"remember_token": held})) == here


def test_another_password_is_that_of_all_centres_and_ends_the_sign_ins_at_each(two: Two) -> None:
    here, there = sharing(two)
    at_fell, elsewhere, at_harbour = (two.signs_in(WORDS) for _ in range(3))
    at_harbour.reads("/sign-ins")
    at_harbour.sends(f"/centres/{here}")
    page = at_fell.reads("/password")
    assert "at each of your centres" in page
    at_fell.sends("/password", present=WORDS, password=OTHERS, again=OTHERS)
    assert [two.who(one) for one in (at_fell, elsewhere, at_harbour)] == [there, None, None]
    assert two.who(two.signs_in(WORDS)) is None
    assert [two.told(id, "password changed") for id in (here, there)] == [["password changed"]] * 2


def test_who_takes_the_password_of_another_centre_has_one_sign_in_for_both(two: Two) -> None:
    here, there = two.member(HARBOUR, WORDS), two.member(FELL, OTHERS)
    visitor = two.signs_in(OTHERS)
    assert "one sign-in is good for both" in visitor.reads("/password")
    visitor.sends("/password", present=OTHERS, password=WORDS, again=WORDS)
    assert two.account(here) == two.account(there)
    assert "Change to Harbour Street" in visitor.reads("/sign-ins")
    assert two.told(here, "password changed") == [], "hers there is what it was"


def test_the_password_that_one_has_can_be_chosen_again(two: Two) -> None:
    here = two.member(HARBOUR, WORDS)
    visitor = two.signs_in(WORDS)
    visitor.reads("/password")
    visitor.sends("/password", present=WORDS, password=WORDS, again=WORDS)
    assert two.who(two.signs_in(WORDS)) == here


def test_signing_out_elsewhere_is_at_every_centre_and_on_record_at_each(two: Two) -> None:
    here, there = sharing(two)
    visitor, other, third = (two.signs_in(WORDS) for _ in range(3))
    other.reads("/sign-ins")
    other.sends(f"/centres/{here}")
    page = visitor.reads("/sign-ins")
    assert "On every other device, at each of your centres." in page
    assert page.count(">Fell and Dale</td>") >= 3
    visitor.sends("/sign-ins/end")
    assert [two.who(one) for one in (visitor, other, third)] == [there, None, None]
    assert [two.told(id, "signed out elsewhere") for id in (here, there)] == [["signed out elsewhere"]] * 2


def test_signing_out_here_leaves_the_other_centre_signed_in_elsewhere(two: Two) -> None:
    here, there = sharing(two)
    visitor, other = two.signs_in(WORDS), two.signs_in(WORDS)
    other.reads("/sign-ins")
    other.sends(f"/centres/{here}")
    visitor.reads("/sign-ins")
    visitor.sends("/sign-out")
    assert (two.who(visitor), two.who(other)) == (None, here)
    assert two.told(there, "signed out") == ["signed out"] * 2


def test_a_failure_is_on_record_at_each_centre_that_knows_the_address(two: Two) -> None:
    here, there = sharing(two)
    two.signs_in("not the password")
    assert [two.told(id, "sign-in failed") for id in (here, there)] == [["sign-in failed"]] * 2
    two.registered(FELL, email="zed@x.example", name="Zed")
    assert two.who(two.signs_in("not the password", email="zed@x.example")) is None


def test_a_page_of_the_other_centre_is_not_there_until_one_goes_over(two: Two) -> None:
    here, there = sharing(two)
    visitor: Visitor = two.signs_in(WORDS)
    visitor.reads(f"/people/{there}")
    visitor.reads(f"/people/{here}", 404)
    visitor.sends(f"/centres/{here}", csrf_token=visitor.token)
    visitor.reads(f"/people/{here}")
    visitor.reads(f"/people/{there}", 404)
