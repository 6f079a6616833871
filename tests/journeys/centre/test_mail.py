"""An administrator sends links to a class by mail, sees what came of each, and puts right what did not go out."""

from collections.abc import Callable, Iterator

import pytest
from flask import Flask
from playwright.sync_api import Page, expect

from portfolio.foundation.db import db, transaction
from portfolio.people import operations
from portfolio.people.rules import Registration, Role
from tests.fixtures.browser import Window
from tests.fixtures.house import Street, settled
from tests.foundation.mail.postbox import Postbox

pytestmark = [pytest.mark.browser, pytest.mark.slow]
CLASS = ("Ann Doe", "Bea Doe", "Cas Doe")


@pytest.fixture
def street(mailing: tuple[Flask, str], window: Window) -> Iterator[Street]:
    """A centre of this test's own, with a class without passwords."""
    app, url = mailing
    with app.app_context():
        here = settled(Street(app, url, window))
        with transaction():
            dee = here.person("dee")
            for name in CLASS:
                nick = f"{name[:3].lower()}{dee.id}"
                stated = Registration(name, f"{nick}@house.example", (Role.LEARNER,))
                here.people[name] = operations.register(stated, dee.centre, by=dee).id
        yield here
        db.session.remove()


@pytest.mark.parametrize("width", [390, 1440])
def test_a_class_is_sent_its_links_and_what_failed_is_put_right(
    street: Street, post: Postbox, check_accessible: Callable[..., None], width: int
) -> None:
    post.refuses[street.person("Bea Doe").email] = ["550 5.1.1 No such user"]
    page = street.opens("dee", "/people/links", width=width)
    check_accessible(page)
    page.get_by_role("button", name="Send all by mail").click()
    expect(page.get_by_text("Sending", exact=True)).to_have_count(len(CLASS))
    expect(page.get_by_role("progressbar")).to_be_visible()
    fits(page, check_accessible)
    with post.up():
        street.do_jobs()
        expect(page.get_by_text("Sent", exact=True)).to_have_count(2)
        expect(page.get_by_text("No such user")).to_be_visible()
        fits(page, check_accessible)
        page.goto("/office")
        expect(page.get_by_role("heading", name="1 link that the mail server did not take")).to_be_visible()
        fits(page, check_accessible)
        page.get_by_role("listitem").filter(has_text="No such user").get_by_role("link").click()
        fits(page, check_accessible)
        page.get_by_role("button", name="Try again").click()
        street.do_jobs()
        expect(page.get_by_text("The mail server took it")).to_be_visible()
        fits(page, check_accessible)
    page.goto("/office")
    expect(page.get_by_text("did not take")).to_have_count(0)


def test_one_link_is_sent_from_its_page_without_scripts(street: Street, post: Postbox) -> None:
    before, ann = len(post.mails), street.person("Ann Doe")
    page = street.opens("dee", f"/people/{ann.id}", java_script_enabled=False)
    page.get_by_role("button", name="Make a one-time link").click()
    page.get_by_role("button", name=f"Send by mail to {ann.email}").click()
    expect(page.get_by_role("progressbar")).to_be_visible()
    with post.up():
        street.do_jobs()
    page.reload()
    expect(page.get_by_text("The mail server took it")).to_be_visible()
    assert [to for to, _ in post.mails[before:]] == [ann.email]


def fits(page: Page, check_accessible: Callable[..., None]) -> None:
    """The page has no fault that axe knows, and is no wider than its window."""
    check_accessible(page)
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth"), page.url
