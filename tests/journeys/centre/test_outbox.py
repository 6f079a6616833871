"""In the demo an administrator sends a link, and whoever it is for opens it from the Outbox, by phone and at a desk."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import Literal

import pytest
from flask import Flask
from playwright.sync_api import Page, expect

from portfolio.foundation.db import db, transaction
from portfolio.people import operations
from portfolio.people.rules import Registration, Role
from tests.fixtures.browser import Window
from tests.fixtures.house import Street, serving, settled

pytestmark = [pytest.mark.browser, pytest.mark.slow]


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Flask, str]]:
    """A house as `make demo` runs it, which knows where it is found."""
    with serving(tmp_path_factory.mktemp("demo"), demo=True) as (app, url):
        app.extensions["markwell"] = replace(app.extensions["markwell"], address=url)
        yield app, url


@pytest.fixture
def street(demo: tuple[Flask, str], window: Window) -> Iterator[Street]:
    """A centre of this test's own, with somebody who has no password."""
    app, url = demo
    with app.app_context():
        here = settled(Street(app, url, window))
        with transaction():
            dee = here.person("dee")
            stated = Registration("Ann Doe", f"ann{dee.id}@house.example", (Role.LEARNER,))
            here.people["ann"] = operations.register(stated, dee.centre, by=dee).id
        yield here
        db.session.remove()


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [390, 1440])
def test_a_link_is_sent_and_opened_from_the_outbox(
    street: Street, check_accessible: Callable[..., None], width: int, scheme: Literal["light", "dark"]
) -> None:
    page = street.opens("dee", f"/people/{street.person('ann').id}", width=width, scheme=scheme)
    page.get_by_role("button", name="Make a one-time link").click()
    page.get_by_role("button", name="Send by mail to").click()
    expect(page.get_by_role("progressbar")).to_be_visible()
    street.do_jobs()
    expect(page.get_by_role("progressbar")).to_have_count(0)  # the page was loaded anew when it was done
    page.goto("/people/mail")
    fits(page, check_accessible)
    page.get_by_role("main").get_by_role("link", name="Outbox").click()
    fits(page, check_accessible)
    page.get_by_role("link", name="Your link to").first.click()
    mail = page.frame_locator("iframe")
    expect(mail.get_by_text("Hello Ann Doe,")).to_be_visible()
    wide = mail.locator("html").evaluate("root => [root.scrollWidth, root.clientWidth]")
    assert wide[0] <= wide[1]
    fits(page, check_accessible)
    unheard = page.context.new_page()  # the frame refuses what Playwright runs for a click, and the console tells that
    unheard.goto(page.url)
    with page.context.expect_page() as opened:
        unheard.frame_locator("iframe").get_by_role("link", name="Choose a password").click()
    expect(opened.value.get_by_text("Ann Doe").first).to_be_visible()


def fits(page: Page, check_accessible: Callable[..., None]) -> None:
    """The page has no fault that axe knows, and is no wider than its window."""
    check_accessible(page)
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth"), page.url
