"""Ada asks; Gwen writes on a phone whose line drops and which starts anew; what she signs is checked and claimed."""

from collections.abc import Callable
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.fixtures.house import Street

pytestmark = pytest.mark.browser

Check = Callable[[Page], None]
PHONE = {"width": 390}
SAW = "She let the man finish, then asked when it had begun."
MORE = " She wrote down what he said."


def asked(street: Street) -> str:
    """Ada asks on her phone, and is given the link: its path."""
    page = street.opens("ada", f"/witnesses/learners/{street.people['ada']}/ask", **PHONE)
    page.get_by_label("Name of the witness").fill("Gwen Parry")
    page.get_by_label("How they know the work").fill("Shift supervisor")
    page.locator("summary", has_text="CS-301").click()
    tick(page, "CS-301 · 1 ")
    page.get_by_role("button", name="Ask", exact=True).click()
    expect(page.locator("h1")).to_have_text("Gwen Parry")
    assert wide(page) <= 390
    return urlsplit(page.get_by_label("Link for Gwen Parry").input_value()).path


def tick(where: Page | Locator, words: str) -> None:
    """Press the first label that has these words."""
    where.locator("label", has_text=words).first.click()


def wide(page: Page) -> int:
    """How wide the page is, in pixels."""
    width: int = page.evaluate("document.documentElement.scrollWidth")
    return width


def test_a_witness_signs_on_a_phone_whatever_happens_to_it(street: Street, check_accessible: Check) -> None:
    path = asked(street)
    phone = street.window(base_url=street.url, **PHONE)
    phone.goto(path)
    assert wide(phone) <= 390
    check_accessible(phone)
    saw = phone.get_by_label("What you saw Ada Marsh do, in your own words")
    saw.fill(SAW)
    expect(phone.locator("[data-kept]")).to_have_text("Saved on this phone and at the centre")
    other = street.window(base_url=street.url, **PHONE)
    other.goto(path)
    expect(other.locator("main")).to_contain_text("Words were begun on another device")
    expect(other.locator("main")).not_to_contain_text(SAW)
    check_accessible(other)
    phone.context.set_offline(True)
    saw.fill(SAW + MORE)
    expect(phone.locator("[data-kept]")).to_contain_text("no connection to the centre")
    phone.close()  # it dies
    again = phone.context.new_page()
    again.context.set_offline(False)
    again.goto(path)
    expect(again.get_by_label("What you saw Ada Marsh do, in your own words")).to_have_value(SAW + MORE)
    signs(again)
    page = street.opens("ada", f"/witnesses/learners/{street.people['ada']}", **PHONE)
    page.get_by_role("link", name="E1").first.click()
    expect(page.locator(".account")).to_contain_text(MORE.strip())
    check_accessible(page)
    tick(page.locator("form", has_text="Claim these places"), "CS-301 · 1")
    page.get_by_role("button", name="Claim these places").click()
    expect(page.locator("#flashes")).to_contain_text("Claimed for 1 point.")


def test_a_witness_who_types_without_a_pause_is_kept_on_the_phone_and_at_the_centre(street: Street) -> None:
    path = asked(street)
    phone = street.window(base_url=street.url, **PHONE)
    phone.clock.install()
    phone.goto(path)
    phone.get_by_label("What you saw Ada Marsh do, in your own words").focus()
    with phone.expect_request(lambda it: "on+on" in (it.post_data or "")):
        for _ in range(50):
            phone.keyboard.type("on ")
            phone.clock.run_for(200)
    assert phone.evaluate("Object.values(localStorage).some(it => it.includes('on on on on'))")


def signs(page: Page) -> None:
    """Gwen tells who she is, and signs."""
    for label, words in (("Your job or role", "Shift supervisor"), ("How you can be reached", "029 2018 0199"),
                         ("The day", "2026-03-02"), ("Type your full name to sign", "Gwen Parry")):  # fmt: skip
        page.get_by_label(label).fill(words)
    for question, answer in (
        ("Are you an expert", "Yes"),
        ("Are you familiar with the standards?", "No"),
        ("Does family", "No"),
    ):
        tick(page.get_by_role("group", name=question), answer)
    tick(page, "What I have written is true.")
    page.get_by_role("button", name="Sign and send").click()
    expect(page.locator("h1")).to_have_text("This is what you signed")
    assert wide(page) <= 390
    assert page.evaluate("Object.keys(localStorage).filter(key => key.includes('witness:')).length") == 0


def test_the_assessor_checks_whoever_signed(street: Street, check_accessible: Check) -> None:
    path = asked(street)
    phone = street.window(base_url=street.url, **PHONE)
    phone.goto(path)
    phone.get_by_label("What you saw Ada Marsh do, in your own words").fill(SAW)
    signs(phone)
    page = street.opens("ben", f"/witnesses/learners/{street.people['ada']}")
    page.get_by_role("link", name="E1").first.click()
    page.get_by_role("link", name="Check the witness").click()
    check_accessible(page)
    tick(page, "I contacted this witness")
    page.get_by_label("How you contacted them").fill("by telephone")
    page.get_by_role("button", name="Put on record").click()
    expect(page.locator("main")).to_contain_text("Contacted by Ben Okafor")
    listed = street.opens("ivy", "/witnesses")
    expect(listed.locator("tbody tr").first).to_contain_text("contacted")
    check_accessible(listed)
