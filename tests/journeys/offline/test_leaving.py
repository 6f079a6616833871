"""What lies on a device is its person's: whoever signs out, or comes after, finds nothing of it."""

import pytest
from playwright.sync_api import expect

from portfolio.assessment import operations as assessments
from portfolio.evidence.queries import latest
from portfolio.foundation.db import transaction
from portfolio.people import operations as people
from tests.fixtures.house import Street
from tests.journeys.capture.capturing import items, seen, sent
from tests.journeys.centre.test_registered_twice import twice
from tests.journeys.offline.cutting import AHEAD, cut, installed, keeps, kept, mended
from tests.journeys.pages import until

pytestmark = pytest.mark.browser


def test_signing_out_empties_what_is_kept_of_pages(street: Street) -> None:
    page = installed(street, "ada", "/portfolio")
    assert {"/portfolio", "/evidence/new/account", "/evidence/record"} < set(kept(page))
    page.locator(".person-menu > summary").click()
    seen(page, "Sign out").click()
    expect(page).to_have_url(f"{street.url}/sign-in")
    keeps(page)


def test_whoever_comes_after_finds_nothing_of_whoever_was_there_before(street: Street) -> None:
    page = installed(street, "ada", "/portfolio")
    theirs = f"/portfolio/{street.enrolment('CS-301').id}"
    assert theirs in kept(page)
    street.sign_in(page, "ben")
    page.goto("/marking")
    until(page, AHEAD)
    keeps(page, "/meetings/notes", "/offline/owner", "/offline/pages")
    cut(page)
    page.goto(theirs)
    expect(page.get_by_role("heading", name="There is no line")).to_be_visible()


def test_signing_out_with_a_form_that_waits_asks_first(street: Street) -> None:
    page = installed(street, "ada", "/evidence/new/account")
    page.get_by_label("Title").fill("The late parcel")
    page.get_by_label("What happened").fill("I looked for it.")
    cut(page)
    seen(page, "Save").click()
    expect(page.get_by_role("heading", name="Kept on this device")).to_be_visible()
    page.goto("/portfolio")
    expect(page.locator("[data-tray-count]")).to_have_text("1")
    page.locator(".person-menu > summary").click()
    seen(page, "Sign out").click()
    dialog = page.get_by_role("dialog")
    expect(dialog).to_contain_text("Not everything is sent")
    expect(dialog).to_contain_text("The late parcel")
    dialog.get_by_role("button", name="Sign out and throw it away").click()
    expect(page.get_by_role("heading", name="You are not signed out at the centre yet")).to_be_visible()
    assert [path for path in kept(page) if not path.startswith("/offline")] == []
    assert items(street) == []


def test_a_form_that_waits_in_a_record_that_was_merged_is_sent_for_whoever_it_became(street: Street) -> None:
    twice(street)
    page = installed(street, "double", "/evidence/new/account")
    page.get_by_label("Title").fill("The late parcel")
    page.get_by_label("What happened").fill("I looked for it.")
    cut(page)
    seen(page, "Save").click()
    expect(page.get_by_role("heading", name="Kept on this device")).to_be_visible()
    double, ada, dee = (street.person(nick) for nick in ("double", "ada", "dee"))
    with transaction():
        assessments.merge(double, ada, people.stated(ada), "Registered twice.", by=dee)
    mended(page)
    page.context.clear_cookies()
    street.sign_in(page, "ada")
    page.goto("/portfolio")
    sent(page)
    assert "The late parcel" in [latest(item).title for item in items(street)]
