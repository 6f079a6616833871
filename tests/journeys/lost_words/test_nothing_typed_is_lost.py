"""A save that fails, a sign-in that ends, a page that is left: what people typed is there again, and is saved once."""

from collections.abc import Callable
from functools import partial

import pytest
from playwright.sync_api import Page, Route, expect

from portfolio.assessment.models import Assessment
from portfolio.evidence.models import Evidence
from portfolio.foundation.db import db
from portfolio.people.entering.operations import choose
from portfolio.people.signing_in import hashed
from tests.fixtures.house import Street
from tests.journeys.assessor.judging import panel
from tests.journeys.pages import until

pytestmark = pytest.mark.browser
NEW = "/evidence/new/account"
PASSWORD = "a long password of hers"


def write(page: Page, words: str) -> None:
    page.get_by_label("Title").fill("A hard day")
    page.get_by_label("What happened").fill(words)


def there_again(page: Page, words: str) -> None:
    """Another page was opened meanwhile, and the form is opened once more."""
    page.goto("/evidence")
    page.goto(NEW)
    expect(page.get_by_role("region", name="Kept from before")).to_contain_text("was not saved")
    expect(page.get_by_label("What happened")).to_have_value(words)


def items_of(street: Street) -> int:
    db.session.rollback()
    return db.session.query(Evidence).filter_by(learner_id=street.people["ada"]).count()


def save(page: Page) -> None:
    page.get_by_role("button", name="Save", exact=True).click()


def test_a_save_that_fails_in_any_way_loses_nothing_and_makes_nothing_twice(street: Street) -> None:
    page = street.opens("ada", NEW)
    for status in (429, 413, 500, 502):
        words = f"Answered with {status}."
        write(page, words)
        page.route(f"**{NEW}", partial(fail, status))
        save(page)
        expect(page.locator("h1")).to_have_text("Broken")
        page.unroute(f"**{NEW}")
        there_again(page, words)
    page.context.set_offline(True)
    page.get_by_label("What happened").fill("Written in a tunnel.")
    save(page)
    expect(page.locator("#flashes")).to_contain_text("You are offline")
    page.context.set_offline(False)
    save(page)
    expect(page.locator("h1")).to_have_text("A hard day")
    page.goto(NEW)
    expect(page.get_by_label("What happened")).to_have_value("")
    assert items_of(street) == 1


def swallow(route: Route) -> None:
    """The form arrives, its answer does not."""
    route.fetch(max_redirects=0)
    route.abort()


def fail(status: int, route: Route) -> None:
    if route.request.method == "POST":
        route.fulfill(status=status, content_type="text/html", body="<!doctype html><title>x</title><h1>Broken</h1>")
    else:
        route.continue_()


def test_an_answer_that_got_lost_on_its_way_and_the_way_back_make_nothing_twice(street: Street) -> None:
    page = street.opens("ada", NEW)
    write(page, "It did arrive.")
    page.route(f"**{NEW}", swallow)
    with page.expect_event("requestfailed"):
        save(page)
    page.unroute(f"**{NEW}")
    page.goto("/evidence")
    until(page, "!Object.keys(localStorage).some(key => key.includes('draft:'))")
    assert items_of(street) == 1
    page.goto(NEW)
    write(page, "And one more.")
    save(page)
    expect(page.locator(".account")).to_contain_text("And one more.")
    page.go_back()
    if page.get_by_label("What happened").input_value():
        save(page)
        expect(page.locator(".account")).to_contain_text("And one more.")
    assert items_of(street) == 2


def test_a_sign_in_that_ended_is_renewed_there_and_another_person_sees_nothing(
    street: Street, check_accessible: Callable[[Page], None]
) -> None:
    email = give_password(street, "ada")
    page = street.opens("ada", NEW)
    write(page, "Sent without a session.")
    page.context.clear_cookies()
    save(page)
    expect(page.locator(".lede")).to_contain_text("Your sign-in has ended")
    expect(page.get_by_label("What happened").or_(page.get_by_label("Text"))).to_have_value("Sent without a session.")
    check_accessible(page)
    page.get_by_label("E-mail address").fill(email)
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Sign in and go on").click()
    expect(page.locator(".draft-offer")).to_contain_text("was not saved")
    expect(page.get_by_label("What happened")).to_have_value("Sent without a session.")
    street.sign_in(page, "cy")
    page.goto(NEW)
    expect(page.get_by_label("What happened")).to_have_value("")
    expect(page.locator(".draft-offer")).to_have_count(0)
    street.sign_in(page, "ada")
    page.goto(NEW)
    expect(page.get_by_label("What happened")).to_have_value("Sent without a session.")


def test_signing_out_with_unsaved_words_asks_first_and_another_tab_keeps_its_own(street: Street) -> None:
    here = street.opens("ada", NEW)
    write(here, "Half a sent")
    until(here, "Object.values(localStorage).some(it => it.includes('Half a sent'))")
    there = here.context.new_page()
    there.goto("/evidence")
    sign_out(there)
    expect(there.get_by_role("dialog")).to_contain_text("New reflective account")
    there.get_by_role("button", name="Stay signed in").click()
    sign_out(there)
    there.get_by_role("button", name="keep it here for me").click()
    expect(there.locator("h1")).to_have_text("Sign in")
    save(here)
    expect(here.locator(".lede")).to_contain_text("Your sign-in has ended")
    street.sign_in(here, "ada")
    there_again(here, "Half a sent")
    here.get_by_role("button", name="Throw away").click()
    sign_out(here)
    expect(here.locator("h1")).to_have_text("Sign in")


def sign_out(page: Page) -> None:
    page.locator(".person-menu summary").click()
    page.get_by_role("button", name="Sign out", exact=True).click()


def give_password(street: Street, nick: str) -> str:
    person = street.person(nick)
    choose(person, hashed(PASSWORD))
    db.session.commit()
    return person.email


def test_feedback_that_was_edited_is_saved_before_the_decision_or_named_there(
    street: Street, assessment: Assessment
) -> None:
    page = street.opens("ben", f"/marking/{assessment.id}")
    for turn in range(1, 5):
        page.keyboard.press("1")
        expect(page.locator("#said")).to_contain_text(f"Saved: point {turn} met.")
    panel(page).get_by_label("Feedback").fill("Well told.")
    page.route("**/points/*", lambda route: route.abort())
    page.locator("[data-decide]").click()
    expect(page.locator("#flashes")).to_contain_text("Not saved")
    page.unroute("**/points/*")
    page.goto(f"/marking/{assessment.id}/decision")
    unsaved = page.get_by_role("region", name="Not saved")
    expect(unsaved.get_by_role("link")).to_have_count(1)
    page.get_by_label("How you made sure").fill("Talked to her.")
    page.get_by_role("button", name="Award the unit").click()
    expect(unsaved).to_be_focused()
    unsaved.get_by_role("link").click()
    expect(panel(page).get_by_label("Feedback")).to_have_value("Well told.")
    page.locator("[data-decide]").click()
    expect(page.locator("#deciding")).to_be_visible()
    expect(unsaved).to_be_hidden()
