"""What a page tells without being asked: all that one may choose, and the time on the reader's own clock."""

import re

import pytest
from playwright.sync_api import expect

from tests.fixtures.sample import Harbour

pytestmark = [pytest.mark.browser, pytest.mark.slow]


def test_on_a_phone_no_tab_of_the_queue_is_out_of_sight(harbour: Harbour) -> None:
    tabs = harbour.opens("Lesley", "/marking", width=390).locator(".tabs a")
    expect(tabs.filter(has_text="No assessor")).to_be_visible()
    for tab in tabs.all():
        expect(tab).to_be_in_viewport(ratio=1)


def test_who_reads_in_another_zone_is_told_the_time_on_their_own_clock(harbour: Harbour) -> None:
    abroad = harbour.opens("Moira", "/marking", timezone_id="Asia/Tokyo")
    expect(abroad.locator("time[data-zone]").first).to_have_attribute("title", re.compile("on your clock$"))
    home = harbour.opens("Moira", "/marking", timezone_id="Europe/London")
    expect(home.locator("time[data-zone]").first).not_to_have_attribute("title", re.compile("."))
