"""What lies on a device is its person's: nobody else sends it, a merged record hands it on, signing out asks first."""

import pytest
from playwright.sync_api import expect

from portfolio.assessment import operations as assessments
from portfolio.evidence import queries
from portfolio.foundation.db import transaction
from portfolio.people import operations as people
from tests.fixtures.house import Street
from tests.journeys.capture.capturing import files, items, seen, sent
from tests.journeys.capture.test_tray import queued, told
from tests.journeys.centre.test_registered_twice import twice

pytestmark = pytest.mark.browser


def test_what_lies_here_is_not_sent_for_somebody_else(street: Street) -> None:
    page = queued(street)
    page.context.clear_cookies()
    street.sign_in(page, "ben")
    page.context.set_offline(False)
    told(page, "Somebody else is signed in now: it goes when you are.")
    page.goto("/learners")
    expect(page.locator("[data-tray]")).to_be_hidden()
    assert files(street) == []
    page.context.clear_cookies()
    street.sign_in(page, "ada")
    page.goto("/portfolio")
    sent(page)
    assert len(items(street)) == 1


def test_what_a_record_left_here_that_was_merged_is_sent_for_whoever_it_became(street: Street) -> None:
    twice(street)
    page = queued(street, nick="double")
    with transaction():
        double, ada, dee = (street.person(nick) for nick in ("double", "ada", "dee"))
        assessments.merge(double, ada, people.stated(ada), "Registered twice.", by=dee)
    page.context.clear_cookies()
    page.context.set_offline(False)
    street.sign_in(page, "ben")
    page.goto("/learners")
    expect(page.locator("[data-tray]")).to_be_hidden()
    page.context.clear_cookies()
    street.sign_in(page, "ada")
    page.goto("/portfolio")
    expect(page.locator("#flashes")).to_contain_text("“The kettle” is sent.")
    sent(page)
    assert sorted(queries.latest(item).title for item in items(street)) == ["The kettle", "The lamp"]


def test_signing_out_asks_first_and_throws_nothing_away_unasked(street: Street) -> None:
    page = queued(street)
    page.context.set_offline(False)
    page.route("**/uploads**", lambda route: route.abort("connectionreset"))
    page.locator(".person-menu > summary").click()
    seen(page, "Sign out").click()
    dialog = page.get_by_role("dialog")
    expect(dialog).to_contain_text("Not everything is sent")
    expect(dialog).to_contain_text("The kettle")
    dialog.get_by_role("button", name="Sign out and keep it here for me").click()
    expect(page).to_have_url(f"{street.url}/sign-in")
    page.unroute("**/uploads**")
    street.sign_in(page, "ada")
    page.goto("/portfolio")
    sent(page)
    assert len(items(street)) == 1


def test_signing_out_can_throw_it_away(street: Street) -> None:
    page = queued(street)
    page.context.set_offline(False)
    page.route("**/uploads**", lambda route: route.abort("connectionreset"))
    page.locator(".person-menu > summary").click()
    seen(page, "Sign out").click()
    page.get_by_role("dialog").get_by_role("button", name="Sign out and throw it away").click()
    expect(page).to_have_url(f"{street.url}/sign-in")
    street.sign_in(page, "ada")
    page.goto("/portfolio")
    expect(page.locator("h1")).to_have_text("Your portfolio")
    expect(page.locator("[data-tray]")).to_be_hidden()
    assert items(street) == []
