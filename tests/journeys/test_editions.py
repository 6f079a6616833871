"""A centre makes a redacted edition and a summary, and a learner takes their own copy: on a phone, and by keyboard."""

from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.exports.finished import text_of
from tests.fixtures.house import Street
from tests.journeys.test_centre import taken, verified

pytestmark = [pytest.mark.browser, pytest.mark.slow]


def finished(page: Page, street: Street, folder: Path) -> Path:
    """What the worker made of what the page has just asked for."""
    expect(page.get_by_role("button", name="Stop")).to_be_visible()
    street.do_jobs()
    page.reload()
    return taken(page, folder)


def test_a_summary_is_asked_for_by_keyboard_behind_other_editions(
    street: Street, check_accessible: Callable[[Page], None], tmp_path: Path
) -> None:
    page = street.opens("dee", f"/learners/{street.people['ada']}", width=390)
    disclosure = page.locator("summary", has_text="Other editions of the report")
    disclosure.press("Enter")
    check_accessible(page)
    page.get_by_role("radio", name="Learner’s own copy").focus()
    page.keyboard.press("ArrowUp")
    expect(page.get_by_role("radio", name="Summary on two pages")).to_be_checked()
    page.get_by_role("button", name="Make this edition").press("Enter")
    file = finished(page, street, tmp_path)
    assert "summary" in file.name
    assert verified(file).returncode == 0


def test_a_redacted_edition_withholds_what_was_typed_on_its_page(
    street: Street, check_accessible: Callable[[Page], None], tmp_path: Path
) -> None:
    page = street.opens("ivy", f"/learners/{street.people['ada']}", width=390)
    page.locator("summary", has_text="Other editions of the report").click()
    page.get_by_role("link", name="Redacted edition").click()
    check_accessible(page)
    first = page.get_by_role("group", name="Words 1")
    first.get_by_label("Name or words").fill("Ben Okafor")
    page.get_by_role("button", name="Make the redacted edition").click()
    expect(page.get_by_role("alert")).to_contain_text("Ben Okafor: Give the reason for everything that is withheld.")
    check_accessible(page)
    first.get_by_label("Why").fill("Does not want to be named")
    page.get_by_role("button", name="Make the redacted edition").click()
    file = finished(page, street, tmp_path)
    assert verified(file).returncode == 0
    assert "Ben Okafor" not in text_of(file)
    assert "Does not want to be named" in text_of(file)


def test_a_learner_takes_their_own_copy_from_their_portfolio(street: Street, tmp_path: Path) -> None:
    page = street.opens("ada", "/portfolio", width=390)
    page.get_by_role("link", name="Your own report").click()
    page.get_by_role("button", name="Make my report").click()
    file = finished(page, street, tmp_path)
    assert verified(file).returncode == 0
    page.get_by_role("link", name="Your own report").click()
    expect(page.get_by_role("link", name=file.name)).to_be_visible()
