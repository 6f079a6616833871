"""The administrator makes one record of two, and the learner goes on where they typed, on their own device."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from portfolio.foundation.db import db, transaction
from portfolio.people import operations as people
from portfolio.people.models import Account, MergedRecord
from portfolio.people.rules import Registration, Role
from tests.fixtures import deeds
from tests.fixtures.house import Street
from tests.journeys.lost_words.losing import kept, offers
from tests.journeys.pages import covered, every_window

pytestmark = pytest.mark.browser
NEW = "/evidence/new/account"
FULL = """if (localStorage.full) Storage.prototype.setItem = () => {
  throw new DOMException("full", "QuotaExceededError");
}"""


def twice(street: Street) -> None:
    """Ada is registered once more, by another number and address, and has written something there."""
    dee, ada = street.person("dee"), street.person("ada")
    with transaction():
        stated = Registration(ada.name, f"again-{ada.id}@example.org", (Role.LEARNER,), number=f"AGAIN-{ada.id}")
        double = people.register(stated, dee.centre, by=dee)
        double.account = Account(password=ada.account.password if ada.account else "")
    street.people["double"] = double.id
    deeds.write(double, title="The lamp")


def test_two_records_become_one_on_a_phone_and_at_a_desk(
    street: Street, check_html: Callable[[str], None], check_accessible: Callable[..., None]
) -> None:
    twice(street)
    learner = street.opens("double", NEW)
    learner.get_by_label("What happened").fill("Typed before the two were one.")
    kept(learner, "Typed before the two were one.")
    expect(learner.locator("[data-safe]")).to_contain_text("safe at the centre, ")
    learner.add_init_script(FULL)
    page = street.opens("dee", f"/people/{street.people['ada']}")
    page.get_by_role("link", name="Registered twice?").click()
    sound(page, check_html, check_accessible)
    page.locator("main table a").first.click()
    expect(page.locator("h1")).to_have_text("Merge two records")
    sound(page, check_html, check_accessible)
    page.locator("label", has_text="@example.org").click()
    page.get_by_role("button", name="Merge the records").click()
    expect(page.locator(".error-summary")).to_contain_text("Say why; it goes on record.")
    chosen = page.get_by_role("group", name="E-mail address to keep").get_by_label(f"again-{street.people['ada']}")
    expect(chosen).to_be_checked()
    page.get_by_label("Reason").fill("The college and the employer registered her.")
    page.get_by_role("button", name="Merge the records").click()
    expect(page.locator("#flashes")).to_contain_text("is merged into this one")
    expect(page.locator("main")).to_contain_text("The college and the employer registered her.")
    sound(page, check_html, check_accessible)
    db.session.rollback()
    assert db.session.get_one(MergedRecord, street.people["double"]).into_id == street.people["ada"]
    learner.goto(NEW)
    expect(learner.locator("h1")).to_have_text("Sign in")
    learner.evaluate("localStorage.full = 'yes'")
    writes_as(street, learner, "ada")
    expect(offers(learner)).to_contain_text("You typed this on another device")
    learner.evaluate("delete localStorage.full")
    learner.goto(NEW)
    expect(offers(learner)).to_contain_text("We kept what you typed")
    offers(learner).get_by_role("button").first.click()
    expect(learner.get_by_label("What happened")).to_have_value("Typed before the two were one.")
    writes_as(street, learner, "cy")
    expect(offers(learner)).to_have_count(0)


def writes_as(street: Street, page: Page, nick: str) -> None:
    """Sign in as somebody, and open the form of an account."""
    street.sign_in(page, nick)
    page.goto(NEW)


def sound(page: Page, check_html: Callable[[str], None], check_accessible: Callable[..., None]) -> None:
    """Valid, accessible in the light and in the dark, and no wider than a window of any width."""
    check_html(page.request.get(page.url).text())
    for scheme in ("dark", "light"):
        page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
        check_accessible(page)
    for window in every_window(page):
        assert covered(page) == [], window
    page.set_viewport_size({"width": 320, "height": 800})
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    page.set_viewport_size({"width": 1440, "height": 900})
