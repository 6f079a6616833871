"""In the second round Ben sees what Ada changed, in the text with its claims, without leaving the desk."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from portfolio.assessment.models import Assessment
from portfolio.evidence import queries as gathered
from tests.fixtures import deeds
from tests.fixtures.house import Street
from tests.journeys.assessor.judging import ACCOUNT, WIDTHS
from tests.journeys.pages import focused

pytestmark = pytest.mark.browser


@pytest.fixture
def second(street: Street, assessment: Assessment) -> Assessment:
    """Ada's unit in its second round: one sentence of the account is another, one went."""
    deeds.judge_all(assessment, *[deeds.NOT_MET] * 4)
    deeds.refer(assessment)
    account = gathered.items_of(street.person("ada").id)[0].evidence
    text = ACCOUNT.replace("less than a new kettle", "half of a new kettle").replace(" He said that it worked.", "")
    deeds.rewrite(account, text)
    return deeds.hand_in(street.enrolment("CS-305"))


@WIDTHS
def test_what_changed_comes_into_the_text_by_one_key_and_goes_by_it(
    street: Street, second: Assessment, check_accessible: Callable[[Page], None], width: int, scheme: str
) -> None:
    page = street.opens("ben", f"/marking/{second.id}", width=width, scheme=scheme)
    page.evaluate("window.same = true")
    page.keyboard.press("Shift+e")
    text = page.locator(".account.is-compared")
    expect(text.locator("ins")).to_have_text(["half of"])
    expect(text.locator("del")).to_have_text(["less than", "He said that it worked."])
    expect(text.locator("mark.is-current").first).to_be_visible()
    assert focused(page, "aria-label") == "What changed of E1"
    check_accessible(page)
    page.keyboard.press("Shift+e")
    expect(page.locator("del")).to_have_count(0)
    expect(page.get_by_role("link", name="What changed since round 1")).to_be_focused()
    assert page.evaluate("window.same")


def test_without_scripts_what_changed_is_a_page_with_a_way_back(street: Street, second: Assessment) -> None:
    page = street.opens("ben", f"/marking/{second.id}", java_script_enabled=False)
    page.get_by_role("link", name="What changed since round 1").click()
    expect(page.locator("ins", has_text="half of")).to_be_visible()
    page.get_by_role("link", name="Without the changes").click()
    expect(page.locator("h1")).to_have_text("Ada Marsh")
