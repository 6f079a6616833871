"""The browser is killed while ada records: what she said until a second before is there when she comes back."""

import os
import re

import pytest
from playwright.sync_api import expect

from portfolio.evidence import queries
from tests.fixtures.house import Street
from tests.journeys.capture.capturing import Device, begins, items, keeps, saves, sent
from tests.journeys.pages import until

pytestmark = pytest.mark.browser
KILLS = int(os.environ.get("MARKWELL_KILLS", "5"))
MOST_LOST = 1.0
"""Seconds."""
SHOWN_THERE_OR_SAID = """(Math.round(it.currentTime * 10) === 15 ||
  document.querySelector("#flashes").textContent.includes("cannot be shown at 0:01 here. It begins anew."))"""
"""Browsers do not find every second of a film that was cut off; then the page says so."""


@pytest.mark.parametrize("seconds", [2 + kill % 5 for kill in range(KILLS)])
def test_a_killed_browser_loses_at_most_the_last_second(street: Street, device: Device, seconds: int) -> None:
    page = device.opens()
    begins(page, f"0:0{seconds}")
    keeps(page, seconds)
    device.killed()
    page = device.opens("/portfolio")
    page.get_by_role("button", name="Look at it").click()
    expect(page.locator("[data-tray-list]")).to_contain_text("Rescued")
    page.get_by_role("link", name="Keep").click()
    expect(page.get_by_label("Title")).to_be_focused()
    saves(page, "Cut off")
    sent(page)
    street.do_jobs()
    (file,) = queries.latest(items(street)[0]).files
    assert file.prepared == "ready"
    assert file.duration
    assert file.duration >= seconds - MOST_LOST


def test_a_page_that_is_closed_or_left_while_it_records_is_rescued_by_the_next(street: Street, device: Device) -> None:
    page = device.opens()
    begins(page, "0:02")
    other = page.context.new_page()
    other.goto("/evidence")
    expect(other.locator("[data-tray]")).to_be_hidden()
    page.close()
    other.goto("/portfolio")
    other.get_by_role("button", name="Look at it").click()
    other.get_by_role("button", name="Play: ").click()
    expect(other.locator("[data-tray-list] audio")).to_be_visible()
    other.get_by_role("button", name="Throw away: ").click()
    expect(other.locator("[data-tray]")).to_be_hidden()
    other.get_by_role("button", name="Undo").click()
    expect(other.locator("[data-tray]")).to_be_visible()
    assert items(street) == []


def test_a_rescued_film_can_be_looked_at_and_marked_before_it_is_sent(street: Street, device: Device) -> None:
    page = device.opens()
    begins(page, "0:03", way="Film")
    keeps(page, 3)
    device.killed()
    page = device.opens("/portfolio")
    page.get_by_role("button", name="Look at it").click()
    page.get_by_role("link", name="Keep: ").click()
    expect(page.get_by_label("Title")).to_be_focused()
    film = page.locator("video[src^='blob:']")
    until(film, "it.readyState >= it.HAVE_CURRENT_DATA")
    film.evaluate("it => { it.currentTime = 1.5 }")
    until(film, f"!it.error && !it.seeking && it.readyState >= it.HAVE_CURRENT_DATA && {SHOWN_THERE_OR_SAID}")
    expect(page.locator(".flash-error")).to_have_count(0)
    expect(page.locator("[data-lasts]").locator("visible=true")).to_have_text(re.compile("0:0[2-9]"))
    saves(page, "A film that was cut off")
    sent(page)
    street.do_jobs()
    (file,) = queries.latest(items(street)[0]).files
    assert (file.kind, file.prepared) == ("video", "ready")
    assert file.duration
    assert file.duration >= 3 - MOST_LOST
