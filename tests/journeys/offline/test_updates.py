"""Answers that are lost, and a release that comes while somebody writes: nothing is stranded, or saved twice."""

from pathlib import Path

import pytest
from playwright.sync_api import expect

from portfolio.evidence.queries import latest
from tests.fixtures.house import Street
from tests.journeys.capture.capturing import items, seen, sent
from tests.journeys.offline.cutting import cut, installed, mended
from tests.journeys.offline.releases import LOST, RELEASE, UNANSWERED, WITHDRAWN
from tests.journeys.pages import until

pytestmark = pytest.mark.browser
UPDATE = "navigator.serviceWorker.ready.then((registration) => registration.update()).then(() => null)"
INSTALLED = "navigator.serviceWorker.ready.then(({ waiting }) => waiting?.state === 'installed')"
NEWEST = """(async (release) => {
  const names = await caches.keys();
  const { waiting, active } = (await navigator.serviceWorker.getRegistration()) ?? {};
  return !waiting && active?.state === "activated" && names.includes(`markwell-assets-${release}`);
})(it)"""

GONE = "(async () => !(await navigator.serviceWorker.getRegistration()) && !(await caches.keys()).length)()"


def test_a_release_that_comes_while_somebody_writes_strands_nothing(street: Street, releases: Path) -> None:
    page = installed(street, "ada", "/evidence/new/account")
    page.get_by_label("Title").fill("Half way")
    (releases / RELEASE).write_text("0123abcd")
    page.evaluate(UPDATE)
    until(page, INSTALLED)
    page.get_by_label("What happened").fill("I went on writing.")
    expect(page.get_by_label("Title")).to_have_value("Half way")
    cut(page)
    seen(page, "Save").click()
    expect(page.get_by_role("heading", name="Kept on this device")).to_be_visible()
    context = page.context
    page.goto("about:blank")
    page = context.new_page()
    page.goto("/offline")
    until(page, NEWEST, "0123abcd")
    page.goto("/")
    expect(page.locator("h1")).to_have_text("Your portfolio")
    expect(page.locator("[data-tray-count]")).to_have_text("1")
    mended(page)
    sent(page)
    assert [latest(one).title for one in items(street)] == ["Half way"]
    page.goto("/evidence")
    expect(page.locator("[data-kept-notice]")).to_have_count(0)
    (releases / RELEASE).write_text("4567cdef")
    page.evaluate(UPDATE)
    until(page, NEWEST, "4567cdef")


def test_without_pages_that_are_kept_what_waits_is_sent_all_the_same(street: Street, releases: Path) -> None:
    page = installed(street, "ada", "/evidence/new/account")
    page.get_by_label("Title").fill("Before it was withdrawn")
    page.get_by_label("What happened").fill("I went on writing.")
    cut(page)
    seen(page, "Save").click()
    expect(page.get_by_role("heading", name="Kept on this device")).to_be_visible()
    (releases / WITHDRAWN).touch()
    mended(page)
    assert any(page.goto("/portfolio") and page.evaluate(GONE) for _ in range(60)), "while one goes from page to page"
    page.goto("/evidence")
    sent(page)
    assert page.evaluate("navigator.serviceWorker.controller") is None
    assert [latest(one).title for one in items(street)] == ["Before it was withdrawn"]


def test_a_worker_that_is_withdrawn_leaves_no_pages_on_a_device_on_which_none_is_opened(
    street: Street, releases: Path
) -> None:
    page = installed(street, "ada", "/portfolio")
    (releases / WITHDRAWN).touch()
    page.evaluate(UPDATE)
    until(page, "caches.keys().then((names) => !names.length)")
    page.goto("/portfolio")
    until(page, GONE)


def test_what_was_saved_while_its_answer_got_lost_is_not_saved_twice(street: Street, releases: Path) -> None:
    page = installed(street, "ada", "/evidence/new/account")
    page.get_by_label("Title").fill("Only once")
    page.get_by_label("What happened").fill("It was saved, and nobody said so.")
    (releases / LOST).touch()
    seen(page, "Save").click()
    expect(page.get_by_role("heading", name="Kept on this device")).to_be_visible()
    assert "/evidence/new/account" in (releases / UNANSWERED).read_text().splitlines()
    page.goto("/portfolio")
    expect(page.locator("[data-kept-notice]")).to_contain_text("The centre does not answer just now.")
    (releases / LOST).unlink()
    page.goto("/portfolio")
    sent(page)
    assert [latest(one).title for one in items(street)] == ["Only once"]
