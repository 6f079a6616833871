"""Every page that a witness may meet is accessible, and no wider than their phone, by day and by night."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import timedelta

import pytest
from playwright.sync_api import Page, expect

from portfolio.evidence.rules import Kind
from portfolio.evidence.witnesses import operations
from portfolio.evidence.witnesses.models import WitnessRequest
from portfolio.foundation.clock import now
from portfolio.foundation.db import db, transaction
from tests.evidence.witnesses.asking import GWEN, opened, signed, token_of
from tests.fixtures.house import Street

pytestmark = pytest.mark.browser

PHONE = {"width": 390}
LONG = "Bartholomew-Featherstonehaugh Llanfairpwllgwyngyllgogerychwyrndrobwll"
SMALL = """() => [...document.querySelectorAll("main :is(button, summary, input:not([type=hidden]), textarea)")]
  .filter((one) => one.checkVisibility())
  .map((one) => [one, (one.closest(".choice") ?? one).getBoundingClientRect()])
  .filter(([, box]) => box.height < 44)
  .map(([one, box]) => `${one.outerHTML.slice(0, 90)} is ${box.height} px high`)"""
TOPS = "links => links.map((link) => document.querySelector(link.hash).getBoundingClientRect().top)"
Check = Callable[..., None]


def asked(street: Street, kind: Kind = Kind.TESTIMONY) -> WitnessRequest:
    """Ada asks somebody with a long name about the first points of a unit."""
    ada, points = street.person("ada"), list(street.enrolment("CS-301").edition.points)[:3]
    with transaction():
        return operations.ask(replace(GWEN, kind=kind, name=LONG, email=""), points, learner=ada, by=ada)


def ended(street: Street) -> Iterator[WitnessRequest]:
    """One request that was declined, one that has expired, and one that was taken back."""
    with transaction():
        operations.decline(declined := opened(asked(street)), "I was away.")
    yield declined
    with transaction():
        expired = db.session.merge(asked(street))
        expired.expires_at = now() - timedelta(minutes=1)
    yield expired
    with transaction():
        operations.take_back(taken := asked(street), by=taken.by)
    yield taken


def check_phone(page: Page, check_accessible: Check) -> None:
    """The page as it stands, in the light and in the dark."""
    page.wait_for_load_state()
    assert page.evaluate("document.documentElement.scrollWidth") <= 390, page.url
    assert page.evaluate(SMALL) == []
    page.emulate_media(color_scheme="dark", reduced_motion="reduce")
    check_accessible(page, colours_only=True)
    page.emulate_media(color_scheme="light", reduced_motion="reduce")
    check_accessible(page)


def phone(street: Street) -> Page:
    """A phone that nobody signed in on."""
    return street.window(base_url=street.url, is_mobile=True, **PHONE)


@pytest.mark.parametrize("kind", [Kind.TESTIMONY, Kind.SUPERVISOR, Kind.CUSTOMER])
def test_what_a_witness_fills_in_signs_and_corrects(street: Street, kind: Kind, check_accessible: Check) -> None:
    request = asked(street, kind)
    page, path = phone(street), f"/witness/{token_of(request)}"
    page.goto(path)
    for fold in page.locator("main summary").all():
        fold.click()
    check_phone(page, check_accessible)
    page.get_by_role("button", name="Sign and send").click()
    expect(page.locator("[data-errors] li").nth(3)).to_be_visible()
    check_phone(page, check_accessible)
    signed(request)
    page.goto(path)
    check_phone(page, check_accessible)
    page.get_by_role("link", name="Correct something").click()
    check_phone(page, check_accessible)


def test_what_is_missing_is_told_in_the_order_of_the_page(street: Street) -> None:
    page = phone(street)
    page.goto(f"/witness/{token_of(asked(street))}")
    page.get_by_label("Your full name", exact=True).fill("")
    page.get_by_role("button", name="Sign and send").click()
    expect(page.locator("[data-errors] a").nth(5)).to_be_visible()
    tops = page.locator("[data-errors] a").evaluate_all(TOPS)
    assert tops == sorted(tops)


def test_links_that_have_ended(street: Street, check_accessible: Check) -> None:
    page = phone(street)
    for request in ended(street):
        page.goto(f"/witness/{token_of(request)}")
        assert page.locator("h1").inner_text().split() == ["Nothing", "more", "to", "do", "here"]
        check_phone(page, check_accessible)


def test_words_that_were_begun_elsewhere(street: Street, check_accessible: Check) -> None:
    path = f"/witness/{token_of(asked(street))}"
    first, other = phone(street), phone(street)
    first.goto(path)
    first.get_by_label("Your job or role").fill("Shift supervisor")
    first.get_by_role("button", name="Save and go on later").click()
    check_phone(first, check_accessible)
    other.goto(path)
    expect(other.get_by_role("button", name="Go on here")).to_be_visible()
    check_phone(other, check_accessible)
