"""One human of two centres goes from one to the other by the keyboard, and what was typed stays where it was typed."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from portfolio.foundation.db import transaction
from tests.fixtures.house import Street
from tests.journeys.lost_words.losing import kept, offers
from tests.journeys.lost_words.test_nothing_typed_is_lost import NEW, write
from tests.journeys.pages import every_window, tab_to

pytestmark = [pytest.mark.browser, pytest.mark.slow]


@pytest.fixture
def both(street: Street) -> Street:
    """Ada learns at both centres, with one sign-in."""
    with transaction():
        street.person("cy").account_id = street.person("ada").account_id
    return street


def goes_to(page: Page, centre: str) -> None:
    """By the keyboard alone."""
    tab_to(page, ".person-menu summary")
    page.keyboard.press("Enter")
    tab_to(page, ".person-menu form[action^='/centres/'] button")
    expect(page.locator(":focus")).to_have_text(f"Change to {centre}")
    page.keyboard.press("Enter")
    expect(page.locator("#flashes")).to_contain_text(f"You are at {centre} now.")


@pytest.mark.parametrize(("width", "scheme"), [(390, "light"), (1440, "dark")])
def test_somebody_goes_to_their_other_centre_and_back_by_the_keyboard(
    both: Street, width: int, scheme: str, check_accessible: Callable[..., None]
) -> None:
    page = both.opens("ada", "/portfolio", width=width, scheme=scheme)
    for centre, person in (("Fell and Dale", "cy"), ("Harbour Street", "ada")):
        goes_to(page, centre)
        expect(page.locator(".person-menu-centre")).to_have_text(centre)
        expect(page.locator(".person-menu-centre")).to_be_visible()
        assert page.locator("body").get_attribute("data-person") == str(both.people[person])
        page.locator(".person-menu summary").click()
        check_accessible(page)
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
        page.keyboard.press("Escape")
    page.goto("/sign-ins")
    expect(page.get_by_role("heading", name="Your centres")).to_be_visible()
    check_accessible(page)
    page.get_by_role("main").get_by_role("button", name="Change to Fell and Dale").click()
    expect(page.locator("#flashes")).to_contain_text("You are at Fell and Dale now.")


def test_what_was_typed_at_one_centre_is_there_again_and_nowhere_at_the_other(both: Street) -> None:
    page = both.opens("ada", NEW)
    write(page, "I listened at Harbour Street.")
    kept(page, "I listened at Harbour Street.")
    goes_to(page, "Fell and Dale")
    page.goto(NEW)
    expect(page.get_by_label("What happened")).to_have_value("")
    expect(offers(page)).to_have_count(0)
    goes_to(page, "Harbour Street")
    page.goto(NEW)
    offers(page).get_by_role("button", name="Put it back").click()
    expect(page.get_by_label("What happened")).to_have_value("I listened at Harbour Street.")


def test_the_masthead_of_somebody_with_two_centres_fits_every_window(both: Street) -> None:
    with transaction():
        both.person("ada").centre.name = "The Harbour Street and Old Chandlery Training Company of Saltmere"
    page = both.opens("ada", "/portfolio")
    for window in every_window(page):
        right = page.locator(".person-menu").evaluate("menu => menu.getBoundingClientRect().right - innerWidth")
        assert right <= 0, window


def test_a_link_and_a_switch_work_without_javascript(both: Street) -> None:
    page = both.opens("ada", "/sign-ins", width=390, java_script_enabled=False)
    page.get_by_role("main").get_by_role("button", name="Change to Fell and Dale").click()
    expect(page.locator("#flashes")).to_contain_text("You are at Fell and Dale now.")
