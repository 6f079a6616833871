"""Every page of the sample centre, as each person sees it: reachable, valid, accessible, no wider than a phone."""

import re
from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Page

from tests.fixtures.sample import Harbour
from tests.journeys.pages import covered, every_window

pytestmark = [pytest.mark.browser, pytest.mark.slow]

PEOPLE = {
    "Amina": "/portfolio",
    "Dafydd": "/portfolio",
    "Ruth": "/portfolio",
    "Moira": "/marking",
    "Gareth": "/marking",
    "Lesley": "/people",
}
"""Who walks, and where they begin."""
NEVER = re.compile(r"^/(files|static|exports/\d+/file|witnesses/(?:learners/\d+/)?list\.csv|sign-out)")
"""Addresses that are not pages."""


def pattern(path: str) -> str:
    """The kind of page at an address: one of each kind is enough for each person."""
    path = re.sub(r"\?(\w+)=.*", r"?\1", path)
    return re.sub(r"\d+", "N", path)


def walked(page: Page, begin: str) -> Iterator[str]:
    """Follow every link from `begin` to every kind of page; the page stands at each address in turn."""
    to_do, seen = [begin], {pattern(begin)}
    while to_do:
        path = to_do.pop(0)
        answer = page.goto(path)
        assert answer is not None
        assert answer.status == 200, f"{path} answers {answer.status}"
        yield path
        for href in page.locator("a[href^='/']").evaluate_all("links => links.map(link => link.getAttribute('href'))"):
            target = href.split("#")[0]
            if target and not NEVER.match(target) and pattern(target) not in seen:
                seen.add(pattern(target))
                to_do.append(target)


@pytest.mark.parametrize("name", PEOPLE)
def test_every_page_that_a_person_can_reach_is_valid_accessible_and_fits_a_phone(
    name: str, harbour: Harbour, check_html: Callable[[str], None], check_accessible: Callable[..., None]
) -> None:
    page = harbour.opens(name, PEOPLE[name])
    reached = 0
    for path in walked(page, PEOPLE[name]):
        reached += 1
        assert page.locator("h1").count() == 1, f"{path} has no one h1"
        check_html(harbour_html(page))
        check_in_both_schemes(page, check_accessible)
        if page.locator(".columns-3").count():
            assert page.evaluate("document.documentElement.scrollHeight <= innerHeight"), f"{path} has two scrolls"
        if page.locator("main .button-primary").count():
            for window in every_window(page):
                assert covered(page) == [], f"{path} at {window}"
        page.set_viewport_size({"width": 320, "height": 800})
        wide = page.evaluate("document.documentElement.scrollWidth")
        assert wide <= 320, f"{path} is {wide} px wide on a phone of 320"
        page.set_viewport_size({"width": 1440, "height": 900})
    assert reached >= 4


def check_in_both_schemes(page: Page, check_accessible: Callable[..., None]) -> None:
    """All of the page in the light, and what the dark changes of it."""
    page.emulate_media(color_scheme="dark", reduced_motion="reduce")
    check_accessible(page, colours_only=True)
    page.emulate_media(color_scheme="light", reduced_motion="reduce")
    check_accessible(page)


def harbour_html(page: Page) -> str:
    """The page as the server sent it."""
    return page.request.get(page.url).text()


@pytest.mark.parametrize("path", ["/sign-in", "/design", "/nowhere"])
def test_pages_that_need_nobody_are_valid_and_accessible(
    path: str, harbour: Harbour, check_html: Callable[[str], None], check_accessible: Callable[..., None]
) -> None:
    page = harbour.window(base_url=harbour.url)
    page.goto(path)
    check_html(harbour_html(page))
    check_in_both_schemes(page, check_accessible)
