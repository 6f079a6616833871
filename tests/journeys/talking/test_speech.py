"""Ben speaks what he asks, beside a written line; Ada hears it. What was recorded is never lost."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from portfolio.assessment.conversations.queries import conversations_in
from portfolio.assessment.models import Assessment
from portfolio.foundation.db import db
from tests.fixtures import deeds
from tests.fixtures.house import Street
from tests.journeys.assessor.judging import WIDTHS
from tests.journeys.capture.capturing import ALL, LAST_KEPT
from tests.journeys.pages import until

pytestmark = pytest.mark.browser
NOTHING_KEPT = f"""(async () => {{ {ALL} return !(await all("markwell-captures", "captures")).length; }})()"""


def spoken(assessment: Assessment) -> list[tuple[str, bool]]:
    """What is on record: the words, and whether they are spoken besides."""
    db.session.rollback()
    talks = conversations_in(deeds.the_round(assessment))
    return [(one.words, one.file is not None) for talk in talks for one in talk.comments]


def records(page: Page) -> None:
    """Begin to record, until some of it lies on the device."""
    page.get_by_role("button", name="Record speech").locator("visible=true").click()
    until(page, f"((one) => one?.state === 'recording' && one.slices > 1)(await {LAST_KEPT})")


@WIDTHS
def test_a_question_is_spoken_and_heard_at_its_place(
    street: Street, assessment: Assessment, check_accessible: Callable[[Page], None], width: int, scheme: str
) -> None:
    desk = street.opens("ben", f"/marking/{assessment.id}", width=width, scheme=scheme)
    desk.keyboard.press("Shift+W")
    pane = desk.locator(".pane:visible")
    records(desk)
    check_accessible(desk)
    pane.get_by_role("button", name="Send").click()
    expect(pane.get_by_text("The recording is not sent yet.")).to_be_visible()
    pane.get_by_role("button", name="Stop").click()
    expect(pane.get_by_text("A recording goes with it.")).to_be_visible()
    until(desk, NOTHING_KEPT)
    pane.get_by_label("Comment", exact=True).fill("I ask it aloud: what did he say?")
    desk.keyboard.press("Control+Enter")
    expect(desk.locator("#said")).to_have_text("Said.")
    assert spoken(assessment) == [("I ask it aloud: what did he say?", True)]
    expect(pane.get_by_text("A recording goes with it.")).to_have_count(0)
    street.do_jobs()
    phone = street.opens("ada", f"/portfolio/{assessment.enrolment_id}/comments", width=390, scheme=scheme)
    sound = phone.locator("article[id^=conversation] audio")
    until(sound, "it.readyState > 0 && it.duration > 0.5")
    check_accessible(phone)
    records(phone)
    phone.get_by_role("button", name="Stop").click()
    expect(phone.get_by_text("A recording goes with it.")).to_be_visible()
    phone.get_by_label("Your answer").fill("That it leaked.")
    phone.get_by_role("button", name="Send").click()
    expect(phone.locator("#said")).to_have_text("Said. Your assessor can read it now.")
    assert spoken(assessment)[-1] == ("That it leaked.", True)


def test_what_was_recorded_when_the_page_ended_goes_with_the_form_when_it_is_opened_again(
    street: Street, assessment: Assessment
) -> None:
    page = street.opens("ben", f"/marking/{assessment.id}")
    page.keyboard.press("Shift+W")
    records(page)
    page.goto("about:blank")
    page.goto(f"{street.url}/marking/{assessment.id}")
    page.keyboard.press("Shift+W")
    pane = page.locator(".pane:visible")
    expect(pane.get_by_text("A recording goes with it.")).to_be_visible()
    pane.get_by_label("Comment", exact=True).fill("Listen.")
    page.keyboard.press("Control+Enter")
    expect(page.locator("#said")).to_have_text("Said.")
    assert spoken(assessment) == [("Listen.", True)]


def test_a_recording_that_is_removed_is_not_sent(street: Street, assessment: Assessment) -> None:
    page = street.opens("ben", f"/marking/{assessment.id}")
    page.keyboard.press("Shift+W")
    pane = page.locator(".pane:visible")
    records(page)
    pane.get_by_role("button", name="Stop").click()
    pane.get_by_role("button", name="Remove the recording").click()
    expect(pane.get_by_role("button", name="Record speech")).to_be_focused()
    pane.get_by_label("Comment", exact=True).fill("In writing alone.")
    page.keyboard.press("Control+Enter")
    expect(page.locator("#said")).to_have_text("Said.")
    assert spoken(assessment) == [("In writing alone.", False)]
