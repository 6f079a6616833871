"""One human joins two centres with one password; neither centre is told, and neither's links open the other."""

import html

import pytest
from sqlalchemy.exc import IntegrityError

from portfolio.foundation.db import db, transaction
from portfolio.people import operations, queries
from portfolio.people.models import Account, Person
from portfolio.people.rules import Registration, Role
from tests.people.accounts.two_centres import ANN, FELL, HARBOUR, OTHERS, THIRD, WORDS, Two, sharing, words
from tests.people.test_entering import cookies, with_cookies

pytestmark = pytest.mark.slow


def test_the_same_address_is_registered_at_another_centre_and_once_at_each(two: Two) -> None:
    here, there = two.registered(HARBOUR), two.registered(FELL)
    assert {two.person(id).email for id in (here, there)} == {ANN}
    for by in (HARBOUR, FELL):
        again = {"name": "Ann Again", "email": ANN.upper(), "roles": ["assessor"]}
        assert f"registered with {ANN.upper()} already" in two.offices[by].sends("/people/new", 422, **again)
    with pytest.raises(IntegrityError):
        db.session.execute(
            db.text("UPDATE person SET email = :a WHERE id = :id"), {"a": "dot@house.example", "id": there}
        )
    two.anew()


def test_who_writes_the_password_of_the_other_centre_has_one_sign_in_for_both(two: Two) -> None:
    here = two.member(HARBOUR, WORDS)
    link = two.link(FELL, there := two.registered(FELL))
    visitor = two.stranger()
    visitor.reads(link)
    page = html.unescape(visitor.sends(link, password=WORDS, again=WORDS))
    assert "Beside your name above you change between your centres." in page
    assert two.who(visitor) == there
    assert two.account(here) == two.account(there)
    assert two.told(there)[-2:] == ["password set", "signed in"]


def test_another_password_makes_an_account_of_its_own_and_leaves_the_other_as_it_is(two: Two) -> None:
    here, there = two.member(HARBOUR, WORDS), two.member(FELL, OTHERS)
    assert two.account(here) != two.account(there)
    for password, id in ((WORDS, here), (OTHERS, there), (THIRD, None)):
        visitor = two.signs_in(password)
        assert two.who(visitor) == id
        assert "Change to" not in visitor.reads("/sign-ins", 200 if id else 302)


def test_the_page_of_a_link_is_the_same_whether_the_address_is_known_elsewhere_or_not(two: Two) -> None:
    two.member(HARBOUR, WORDS)
    pages = []
    for email in (ANN, "ann@nowhere.example"):
        link = two.link(FELL, two.registered(FELL, email=email))
        visitor = two.stranger()
        opened = visitor.reads(link)
        refused = visitor.sends(link, 422, password="password1234", again="password1234")
        joined = visitor.sends(link, password=OTHERS, again=OTHERS)
        pages.append([words(page).replace(email, "") for page in (opened, refused, joined)])
    assert pages[0] == pages[1]
    assert "for another centre with this address" in pages[0][0]


def test_an_administrator_sees_nothing_of_what_another_centre_knows(two: Two) -> None:
    here, there = sharing(two)
    for by, id, other in ((HARBOUR, here, "Fell and Dale"), (FELL, there, "Harbour Street")):
        for path in (f"/people/{id}", f"/people/{id}/change", "/people", "/log", "/office"):
            assert other not in two.offices[by].reads(path)
    assert len(queries.who_can_sign_in()) == len({one.account_id for one in queries.who_can_sign_in()})


def test_who_only_has_links_of_one_centre_never_gets_into_the_other(two: Two) -> None:
    here, there = sharing(two)
    intruder = two.joins(two.link(FELL, there), THIRD)
    assert two.who(intruder) == there
    assert "Change to" not in intruder.reads("/sign-ins")
    intruder.sends(f"/centres/{here}", 404)
    assert two.who(two.signs_in(THIRD)) == there
    assert two.who(two.signs_in(WORDS)) == here
    assert two.told(here, "password set", "password changed", "signed out") == ["password set"]


def test_a_forgotten_password_is_chosen_by_a_link_and_signs_nobody_out_at_the_other_centre(two: Two) -> None:
    here, there = sharing(two)
    at_fell, at_harbour = two.signs_in(WORDS), two.signs_in(WORDS)
    at_harbour.sends(f"/centres/{here}")
    two.joins(two.link(FELL, there), OTHERS)
    assert (two.who(at_fell), two.who(at_harbour)) == (None, here)
    two.joins(two.link(HARBOUR, here), OTHERS)
    assert two.account(here) == two.account(there), "with the same password it is one sign-in again"
    assert {one.id for one in db.session.query(Account)} == {one.account_id for one in db.session.query(Person)} - {
        None
    }


def test_a_link_changes_the_password_of_an_account_that_opens_this_centre_alone(two: Two) -> None:
    here = two.member(HARBOUR, WORDS)
    before = two.account(here)
    two.joins(two.link(HARBOUR, here), OTHERS)
    assert two.account(here) == before
    assert (two.who(two.signs_in(WORDS)), two.who(two.signs_in(OTHERS))) == (None, here)


def test_a_corrected_address_takes_the_password_along_and_says_nothing_of_other_centres(two: Two) -> None:
    here, there = sharing(two)
    link = two.link(FELL, there)
    page = two.offices[FELL].sends(
        f"/people/{there}/change", name="Ann Frey", email="cy@freelance.example", roles=["assessor"]
    )
    assert "Saved." in page
    two.stranger().reads(link, 404)
    assert {two.person(here).email, two.person(there).email} == {ANN, "cy@freelance.example"}
    for email in (ANN, "cy@freelance.example"):
        assert two.who(two.signs_in(WORDS, email=email)) in (here, there)
    assert two.who(two.signs_in(OTHERS, email="cy@freelance.example")) is None


def test_an_address_corrected_to_one_of_another_account_opens_neither_with_the_others_password(two: Two) -> None:
    here = two.member(HARBOUR, WORDS)
    there = two.member(FELL, OTHERS, email="bo@freelance.example")
    two.offices[FELL].sends(f"/people/{there}/change", name="Ann Frey", email=ANN, roles=["assessor"])
    assert two.person(there).email == ANN
    assert (two.who(two.signs_in(WORDS)), two.who(two.signs_in(OTHERS))) == (here, there)


def test_two_accounts_that_one_address_and_one_password_open_are_one_after_the_next_sign_in(two: Two) -> None:
    here = two.member(HARBOUR, WORDS)
    there = two.member(FELL, WORDS, email="bo@freelance.example")
    two.offices[FELL].sends(f"/people/{there}/change", name="Ann Frey", email=ANN, roles=["assessor"])
    assert two.account(here) != two.account(there)
    assert "Change to Harbour Street" in two.signs_in(WORDS).reads("/sign-ins")
    assert two.account(here) == two.account(there)


def test_who_is_removed_or_shut_at_one_centre_stays_at_the_other(two: Two) -> None:
    here, there = sharing(two, role=Role.LEARNER)
    visitor = two.signs_in(WORDS)
    visitor.sends(f"/centres/{here}")
    two.offices[FELL].sends(f"/people/{there}/shut")
    assert two.who(visitor) == here
    assert "Change to" not in visitor.reads("/sign-ins")
    visitor.sends(f"/centres/{there}", 404)
    two.anew()
    with transaction():
        operations.remove(db.session.get_one(Person, there), by=two.house.person(FELL))
    assert two.account(there) is None
    assert two.who(visitor) == two.who(two.signs_in(WORDS)) == here
    assert two.told(here)[-1] == "signed in", "nothing of it is told there"


def test_who_is_signed_in_at_one_centre_and_joins_another_leaves_the_first_for_now(two: Two) -> None:
    here, there = two.member(HARBOUR, WORDS, role=Role.LEARNER), two.registered(FELL, role=Role.LEARNER)
    link, visitor = two.link(FELL, there), two.signs_in(WORDS)
    visitor.reads("/evidence/new/account")
    before, held = visitor.token, cookies(visitor.client)
    visitor.reads(link)
    visitor.sends(link, password=WORDS, again=WORDS)
    assert two.who(visitor) == there
    assert two.who(with_cookies(two.house.app, held)) is None
    assert two.told(here)[-1] == "signed out"
    visitor.sends("/evidence/new/account", 400, title="A day at the desk", text="I listened.", csrf_token=before)


def test_the_last_person_of_an_account_takes_it_along(two: Two) -> None:
    here = two.member(HARBOUR, WORDS)
    account = two.account(here)
    two.anew()
    with transaction():
        operations.remove(queries.people_of(account)[0], by=two.house.person(HARBOUR))
    assert db.session.get(Account, account) is None


def test_namesakes_and_numbers_of_another_centre_are_told_nobody(two: Two) -> None:
    two.registered(HARBOUR)
    with transaction():
        dot = two.house.person(FELL)
        stated = Registration("Ann Frey", ANN, (Role.LEARNER,), "L-ada")
        assert operations.register(stated, dot.centre, by=dot, sure=False).email == ANN
