"""What Ben gave is kept, undone, or shown beside somebody else's."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from portfolio.assessment.models import Assessment
from tests.fixtures.house import Street
from tests.journeys.assessor.judging import in_hand, panel, point_id
from tests.journeys.pages import focused

pytestmark = pytest.mark.browser


def test_two_windows_that_judge_the_same_point_are_shown_both_verdicts(
    street: Street, assessment: Assessment, check_accessible: Callable[[Page], None]
) -> None:
    address = f"/marking/{assessment.id}"
    here, there = street.opens("ben", address), street.opens("ben", address, width=390)
    here.keyboard.press("1")
    expect(here.locator("#said")).to_contain_text("Saved: point 1 met.")
    panel(there).locator(".verdict-option.is-not-met").click()
    there.keyboard.type("He was not heard.")
    there.keyboard.press("Control+Enter")
    expect(panel(there).locator("[role=alert]")).to_contain_text("both are shown")
    expect(panel(there).locator(".compare .status")).to_have_text(["Met", "Not met"])
    assert focused(there, "role") == "alert"
    check_accessible(there)
    panel(there).get_by_role("button", name="Save verdict").click()
    expect(there.locator("#said")).to_have_text("Saved: point 1 not met.")


def test_undo_takes_the_last_verdict_back_from_wherever_ben_is(street: Street, assessment: Assessment) -> None:
    page = street.opens("ben", f"/marking/{assessment.id}")
    page.keyboard.press("1")
    expect(page.locator("#said")).to_contain_text("Next is point 2")
    page.keyboard.press("u")
    expect(page.locator("#said")).to_have_text("The verdict on point 1 is taken back.")
    expect(page.locator("#tally")).to_contain_text("4 open")
    assert in_hand(page) == "1"


def test_partly_met_without_the_missing_part_says_so_and_brings_the_cursor_there(
    street: Street, assessment: Assessment
) -> None:
    page = street.opens("ben", f"/marking/{assessment.id}?point={point_id(assessment, 2)}")
    page.keyboard.press("2")
    page.keyboard.press("s")
    expect(panel(page).locator("[role=alert]")).to_contain_text("untick what is not shown yet")
    assert focused(page, "name") == "shown"


def test_feedback_that_is_not_saved_yet_is_there_again_after_the_page_was_loaded_anew(
    street: Street, assessment: Assessment
) -> None:
    page = street.opens("ben", f"/marking/{assessment.id}")
    page.keyboard.press("f")
    page.keyboard.type("Read the second")
    page.reload()
    expect(panel(page).get_by_label("Feedback")).to_have_value("Read the second")
    page.keyboard.press("1")
    expect(page.locator("#said")).to_contain_text("Saved")
    assert page.evaluate("Object.keys(localStorage).filter(it => it.includes('judging')).length") == 0


def test_nothing_is_lost_while_the_line_is_down_or_the_session_is_over(street: Street, assessment: Assessment) -> None:
    page = street.opens("ben", f"/marking/{assessment.id}")
    page.keyboard.press("3")
    page.keyboard.type("Tell what he said.")
    page.context.set_offline(True)
    page.keyboard.press("Control+Enter")
    expect(page.locator("#flashes")).to_contain_text("Nothing is lost; try again.")
    page.context.set_offline(False)
    page.context.clear_cookies()
    page.keyboard.press("Control+Enter")
    expect(page.locator("#flashes")).to_contain_text("you are signed out")
    expect(panel(page).get_by_label("Feedback")).to_have_value("Tell what he said.")
    page.get_by_role("button", name="Sign in again").click()
    expect(page).to_have_title("Sign in · Markwell")
    page.wait_for_load_state("networkidle")  # what the page still asks for would take the new session away
    street.sign_in(page, "ben")
    page.goto(f"/marking/{assessment.id}")
    expect(panel(page).get_by_label("Feedback")).to_have_value("Tell what he said.")
