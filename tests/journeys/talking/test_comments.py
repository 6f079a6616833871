"""Ben asks Ada something at a place; she reads it there on her phone and answers; he reads that at his desk."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from portfolio.assessment import queries
from portfolio.assessment.conversations.queries import conversations_in
from portfolio.assessment.models import Assessment
from portfolio.foundation.db import db
from tests.fixtures import deeds
from tests.fixtures.house import Street
from tests.journeys.assessor.judging import WIDTHS
from tests.journeys.lost_words.losing import hold
from tests.journeys.pages import until, watch

pytestmark = pytest.mark.browser


def said(assessment: Assessment) -> list[tuple[str, bool]]:
    """What is on record: the words, and whether they were read."""
    db.session.rollback()
    talks = conversations_in(deeds.the_round(assessment))
    return [(one.words, one.read_at is not None) for talk in talks for one in talk.comments]


@WIDTHS
def test_a_question_at_a_place_is_read_there_answered_and_the_answer_read(
    street: Street, assessment: Assessment, check_accessible: Callable[[Page], None], width: int, scheme: str
) -> None:
    desk = street.opens("ben", f"/marking/{assessment.id}", width=width, scheme=scheme)
    watch(desk)
    desk.keyboard.press("j")
    desk.keyboard.press("Shift+W")
    expect(desk.get_by_label("Place", exact=True).locator("visible=true")).to_have_value(
        "A repair cost less than a new kettle."
    )
    check_accessible(desk)
    desk.keyboard.type("What did he say to that?")
    desk.keyboard.press("Control+Enter")
    expect(desk.locator("#said")).to_have_text("Said.")
    expect(desk.locator(".pane:visible").get_by_text("not read yet")).to_be_visible()
    check_accessible(desk)
    phone = street.opens("ada", "/portfolio", width=390, scheme=scheme)
    phone.get_by_role("link", name="1 comment to read").click()
    expect(phone.locator("mark.passage")).to_have_text("A repair cost less than a new kettle.")
    check_accessible(phone)
    phone.get_by_label("Your answer").fill("That he would think about it.")
    phone.get_by_role("button", name="Send").click()
    expect(phone.locator("#said")).to_have_text("Said. Your assessor can read it now.")
    queue = street.opens("ben", "/marking", width=width, scheme=scheme)
    queue.get_by_role("link", name="1 answer to read").click()
    pane = queue.locator(".pane", has_text="That he would think about it.")
    expect(pane.get_by_text("That he would think about it.")).to_be_visible()
    pane.get_by_role("button", name="Mark as read").click()
    expect(queue.locator("#said")).to_have_text("Marked as read.")
    assert said(assessment) == [("What did he say to that?", True), ("That he would think about it.", True)]


def test_what_is_typed_while_a_comment_is_on_its_way_stays(street: Street, assessment: Assessment) -> None:
    page = street.opens("ben", f"/marking/{assessment.id}")
    held = hold(page, "**/comments")
    page.keyboard.press("Shift+W")
    words = page.locator(".pane:visible").get_by_label("Comment", exact=True)
    words.fill("What did he say?")
    page.keyboard.press("Control+Enter")
    until(page, "document.querySelector('form[aria-busy]')")
    words.fill("What did he say? And you?")
    held[0].continue_()
    expect(page.locator("#said")).to_contain_text("What you typed since then is not sent yet.")
    expect(words).to_have_value("What did he say? And you?")
    assert said(assessment) == [("What did he say?", False)]


def test_an_answer_that_is_being_typed_stays_when_something_else_is_said(
    street: Street, assessment: Assessment
) -> None:
    page = street.opens("ben", f"/marking/{assessment.id}")
    pane = page.locator(".pane:visible")
    for key, words in (("Shift+W", "Who was he?"), ("j", ""), ("Shift+W", "Which one did you choose?")):
        page.keyboard.press(key)
        if words and words.startswith("Which"):
            pane.get_by_text("Answer", exact=True).first.click()
            pane.get_by_label("Your answer").first.fill("Do you know him?")
            pane.get_by_label("Comment", exact=True).focus()
        if words:
            pane.get_by_label("Comment", exact=True).fill(words)
            page.keyboard.press("Control+Enter")
            expect(pane.get_by_text(words)).to_be_visible()
    expect(pane.get_by_label("Your answer").first).to_have_value("Do you know him?")


def test_after_the_decision_the_words_of_an_answer_stay_where_they_were_typed(
    street: Street, assessment: Assessment
) -> None:
    page = street.opens("ben", f"/marking/{assessment.id}")
    page.keyboard.press("Shift+W")
    words = page.locator(".pane:visible").get_by_label("Comment", exact=True)
    words.fill("What did he say?")
    deeds.judge_all(assessment, deeds.NOT_MET)
    deeds.refer(assessment)
    page.keyboard.press("Control+Enter")
    expect(page.locator("#flashes")).to_contain_text("decided")
    expect(words).to_have_value("What did he say?")
    page.reload()
    assert said(assessment) == []
    assert queries.present_round(assessment).decision == "referred"  # type: ignore[union-attr]


def test_nobody_decides_past_a_comment_that_is_not_sent(street: Street, assessment: Assessment) -> None:
    deeds.judge_all(assessment)
    page = street.opens("ben", f"/marking/{assessment.id}")
    page.keyboard.press("Shift+W")
    words = page.locator(".pane:visible").get_by_label("Comment", exact=True)
    words.fill("What did he say?")
    page.locator("[data-decide]").click()
    expect(page.locator("#said")).to_contain_text("Not decided: your comment is not sent.")
    expect(words).to_be_focused()
    page.on("dialog", lambda asked: asked.accept())
    page.goto(f"/marking/{assessment.id}/decision")
    expect(page.get_by_role("link", name="Go to E1 and send your comment")).to_be_visible()
