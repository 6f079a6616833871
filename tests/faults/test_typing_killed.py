"""The server is killed right after a page said that words are safe: they are there on another device."""

import os
import re
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.faults import centre
from tests.faults.programs import WHOLE_HOUSE, free_port, nursery, serving
from tests.fixtures.browser import Window

pytestmark = pytest.mark.slow
NEW = "/evidence/new/account"
KILLS = int(os.environ.get("MARKWELL_KILLS", "3"))
SAFE = re.compile("safe at the centre, ")


def signed_in(window: Window, port: int) -> Page:
    page = window(base_url=f"http://127.0.0.1:{port}", width=390)
    page.goto(f"/sign-in?next={NEW}")
    page.get_by_label("E-mail address").fill(centre.email("Ada"))
    page.get_by_label("Password").fill(centre.PASSWORD)
    page.get_by_role("button", name="Sign in").click()
    page.goto(NEW)
    return page


def test_what_a_page_called_safe_is_there_on_another_device_after_a_kill(tmp_path: Path, window: Window) -> None:
    house, text = centre.opened(tmp_path), ""
    with nursery(house, WHOLE_HOUSE) as home:
        for kill in range(1, KILLS + 1):
            with serving(home, port := free_port()):
                page = signed_in(window, port)
                if text:
                    page.get_by_role("button", name="Put it back").click()
                    expect(page.get_by_label("What happened")).to_have_value(text)
                text = f"{text}Typed before kill {kill}. "
                page.get_by_label("What happened").fill(text)
                expect(page.locator("[data-safe]")).to_contain_text(SAFE)
        with serving(home, port := free_port()):
            page = signed_in(window, port)
            page.get_by_role("button", name="Put it back").click()
            expect(page.get_by_label("What happened")).to_have_value(text)
