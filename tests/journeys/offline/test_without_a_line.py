"""Ada has no line: she opens the application, reads, writes and records; all of it goes up once, in order."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from portfolio.evidence.queries import latest
from tests.fixtures.house import Street
from tests.journeys.capture.capturing import items, records, saves, seen, sent
from tests.journeys.offline.cutting import cut, installed, mended

pytestmark = pytest.mark.browser


def test_without_a_line_a_learner_reads_writes_and_records_and_all_of_it_goes_up_once_in_order(street: Street) -> None:
    page = installed(street, "ada", "/portfolio", width=390)
    enrolment = street.enrolment("CS-301")
    cut(page)
    page.goto("/")
    expect(page.locator("h1")).to_have_text("Your portfolio")
    expect(page.locator("[data-kept-notice]")).to_contain_text("This is the page as it was")
    page.goto(f"/portfolio/{enrolment.id}")
    expect(page.locator("h1")).to_contain_text(enrolment.edition.title)
    for title in ("The late parcel", "The second parcel"):
        page.goto("/evidence/new/account")
        expect(page.locator("[data-kept-notice]")).to_be_visible()
        page.get_by_label("Title").fill(title)
        page.get_by_label("What happened").fill(f"I looked for it. {title}.")
        expect(page.locator(".draft-offer")).to_have_count(0)
        seen(page, "Save").click()
        expect(page.get_by_role("heading", name="Kept on this device")).to_be_visible()
    page.goto("/evidence/record")
    records(page)
    saves(page, "What I said")
    page.locator("[data-tray] > summary").click()
    expect(page.locator("[data-tray-list] .tray-name")).to_have_text(
        ["What I said", "The late parcel", "The second parcel"]
    )
    page.goto("/evidence/witnesses")
    expect(page.get_by_role("heading", name="There is no line")).to_be_visible()
    page.goto("/portfolio")  # the page before loads itself anew once there is a line, in the middle of the next one
    mended(page)
    page.goto("/portfolio")
    sent(page)
    titles = [item.title for item in map(latest, items(street))]
    assert titles == ["The late parcel", "The second parcel", "What I said"]


def test_a_form_that_is_refused_says_why_and_its_page_gives_the_words_back(
    street: Street, check_accessible: Callable[[Page], None]
) -> None:
    page = installed(street, "ada", "/evidence/new/account", width=390, scheme="dark")
    page.get_by_label("What happened").fill("I looked for it.")
    cut(page)
    seen(page, "Save").click()
    expect(page.get_by_role("heading", name="Kept on this device")).to_be_visible()
    mended(page)
    page.goto("/portfolio")
    page.locator("[data-tray] > summary").click()
    expect(page.locator("[data-tray-list] .is-refused")).to_contain_text("Not taken: ")
    page.get_by_text("What you wrote").click()
    expect(page.locator("[data-tray-list]")).to_contain_text("I looked for it.")
    check_accessible(page)
    page.get_by_role("link", name="Open the form: ").click()
    expect(page.get_by_label("What happened")).to_have_value("I looked for it.")
    page.get_by_label("Title").fill("The late parcel")
    seen(page, "Save").click()
    expect(page.locator("h1")).to_contain_text("The late parcel")
    sent(page)
    assert len(items(street)) == 1
