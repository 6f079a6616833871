"""A line that is bad rather than dead: forms that get no answer, and words that are written twice for want of one."""

from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from portfolio.evidence.queries import latest
from tests.evidence.pages import papers
from tests.fixtures.house import Street
from tests.journeys.capture.capturing import items, seen, sent
from tests.journeys.lost_words.losing import offers
from tests.journeys.offline.cutting import cut, installed, mended
from tests.journeys.offline.releases import HELD, LOST
from tests.journeys.pages import until

pytestmark = pytest.mark.browser
LONG_AGO = """(async () => {
  const asked = indexedDB.open("markwell-forms");
  await new Promise((on) => (asked.onsuccess = on));
  const forms = asked.result.transaction("forms", "readwrite").objectStore("forms"), all = forms.getAll();
  await new Promise((on) => (all.onsuccess = on));
  for (const one of all.result) forms.put({ ...one, thrown: "2020-01-02T03:04:05.678Z" });
  asked.result.close();
  return all.result.length === 1;
})()"""
"""What waits was thrown away years ago."""


def written(page: Page, title: str, words: str) -> None:
    page.get_by_label("Title").fill(title)
    page.get_by_label("What happened").fill(words)
    seen(page, "Save").click()


def test_a_form_that_gets_no_answer_waits_on_the_device_and_is_saved_once(street: Street, releases: Path) -> None:
    page = installed(street, "ada", "/evidence/new/account")
    (releases / HELD).touch()
    written(page, "Only once", "Nobody answered for a long time.")
    expect(page.get_by_role("heading", name="Kept on this device")).to_be_visible()
    (releases / HELD).unlink()
    page.goto("/evidence")
    sent(page)
    assert [latest(one).title for one in items(street)] == ["Only once"]


def test_words_of_a_form_that_cannot_wait_are_shown_to_be_copied(
    street: Street, releases: Path, check_accessible: Callable[[Page], None]
) -> None:
    page = installed(street, "ada", f"/witnesses/learners/{street.people['ada']}/ask", width=390)
    page.get_by_label("Name of the witness").fill("Gwen Parry")
    page.get_by_label("A note to them").fill("You were there: </script> on Monday.")
    (releases / LOST).touch()
    seen(page, "Ask").click()
    expect(page.get_by_role("heading", name="This may not be saved")).to_be_visible()
    expect(page.locator("[data-offline-texts]")).to_contain_text("You were there: </script> on Monday.")
    check_accessible(page)


def test_a_page_says_what_waits_to_be_sent_of_it(street: Street) -> None:
    item = papers.item(street.person("ada"), text="As it was.")
    page = installed(street, "ada", "/portfolio")
    page.goto(f"/evidence/{item.id}/change")
    cut(page)
    page.locator("textarea[name=text]").fill("As I changed it.")
    seen(page, "Save").click()
    expect(page.get_by_role("heading", name="Kept on this device")).to_be_visible()
    page.goto(f"/evidence/{item.id}/change")
    expect(page.locator("[data-waits]")).to_contain_text("waits to be sent, and is not on this page yet")
    page.locator("[data-waits] summary").click()
    expect(page.locator("[data-waits]")).to_contain_text("As I changed it.")


def test_what_was_thrown_away_is_not_offered_again_as_a_draft(street: Street) -> None:
    page = installed(street, "ada", "/evidence/new/account")
    cut(page)
    written(page, "Not this", "Nobody wants it.")
    expect(page.get_by_role("heading", name="Kept on this device")).to_be_visible()
    until(page, LONG_AGO)
    mended(page)
    page.goto("/evidence")
    until(page, "!Object.keys(localStorage).some(key => key.includes('draft:'))")
    page.goto("/evidence/new/account")
    expect(page.get_by_label("Title")).to_have_value("")
    expect(offers(page)).to_have_count(0)
    assert items(street) == []


def test_no_device_keeps_what_a_page_tells_of_deeds_before_it(street: Street) -> None:
    item = papers.item(street.person("ada"), text="As it was.")
    page = installed(street, "ada", "/portfolio")
    page.goto(f"/evidence/{item.id}")
    page.locator("form[action$='/remove'] button").evaluate("it => it.click()")
    expect(page.locator(".flash")).to_contain_text("E1 is out of your portfolio")
    until(page, KEPT_WITHOUT)


KEPT_WITHOUT = """caches.match("/evidence").then((kept) => kept?.text()).then((html) =>
  html?.includes("data-kept-at") && html.includes("/restore") && !html.includes("out of your portfolio"))"""
"""The page that told of what was taken out is kept, without the message."""
