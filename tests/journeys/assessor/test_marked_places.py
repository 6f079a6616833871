"""Ben says on which places a verdict rests: on some of those that Ada claimed, and on what he marks himself."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from portfolio.assessment.models import Assessment, Judgement
from portfolio.evidence.places.locators import Span, read
from portfolio.foundation.db import db
from tests.fixtures import deeds
from tests.fixtures.house import Street
from tests.journeys.assessor.judging import WIDTHS
from tests.journeys.pages import until, watch

pytestmark = pytest.mark.browser


def last(assessment: Assessment) -> Judgement:
    """The newest judgement on record."""
    db.session.rollback()
    found = db.session.query(Judgement).filter_by(assessment_id=assessment.id).order_by(Judgement.id)
    return found.all()[-1]


@WIDTHS
def test_by_keys_a_sentence_is_marked_and_the_verdict_rests_on_it(
    street: Street, assessment: Assessment, check_accessible: Callable[[Page], None], width: int, scheme: str
) -> None:
    page = street.opens("ben", f"/marking/{assessment.id}", width=width, scheme=scheme)
    watch(page)
    page.keyboard.press("Shift+M")
    sheet = page.locator("[data-pointed]")
    expect(sheet.locator(".sentence").first).to_be_focused()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    expect(sheet.get_by_role("button", name="Rest on it")).to_be_focused()
    check_accessible(page)
    page.keyboard.press("Enter")
    expect(page.locator("#said")).to_contain_text("one place of yours")
    expect(page.locator("[data-marked]:visible li")).to_have_count(1)
    page.keyboard.press("Shift+M")
    expect(sheet).to_have_count(0)
    page.keyboard.press("1")
    expect(page.locator("#said")).to_contain_text("Saved: point 1 met.")
    given = last(assessment)
    assert [one["lies"] for one in given.places or ()]
    page.keyboard.press("k")
    check_accessible(page)


def test_seconds_of_a_recording_are_marked_and_played_again(street: Street, assessment: Assessment) -> None:
    page = street.opens("ben", f"/marking/{assessment.id}?point={deeds.points(assessment)[3].id}")
    page.keyboard.press("Shift+M")
    pointed = page.locator("[data-pointed]")
    for name, said in (("From", "0:02"), ("To", "0:04")):
        pointed.get_by_label(f"{name}, minutes and seconds").fill(said)
        page.keyboard.press("Enter")
    expect(pointed.locator("[data-sheet-words]")).to_have_text("0:02.0–0:04.0")
    pointed.get_by_role("button", name="Rest on it").click()
    page.keyboard.press("Shift+M")
    line = page.locator("[data-marked]:visible a")
    expect(line).to_contain_text("0:02")
    line.click()
    until(page.locator(".pane:visible audio"), "it.currentTime >= 2 && it.currentTime < 4.5")
    file = str(page.locator(".pane:visible [data-player]").get_attribute("data-file"))
    page.keyboard.press("1")
    expect(page.locator("#said")).to_contain_text("met.")
    assert [read(one["locator"]) for one in last(assessment).places or ()] == [Span(2, 4, file)]


def test_one_key_lets_it_rest_on_the_place_that_is_shown_alone(street: Street, assessment: Assessment) -> None:
    page = street.opens("ben", f"/marking/{assessment.id}?point={deeds.points(assessment)[1].id}")
    ticks = page.locator("[data-point-where]:visible [data-rests]")
    expect(ticks).to_have_count(2)
    page.keyboard.press("p")
    page.keyboard.press("Shift+R")
    expect(ticks.nth(0)).not_to_be_checked()
    expect(ticks.nth(1)).to_be_checked()
    page.reload()
    expect(ticks.nth(0)).not_to_be_checked()
    page.keyboard.press("1")
    expect(page.locator("#said")).to_contain_text("Saved: point 2 met.")
    assert len(last(assessment).relied) == 1
    page.keyboard.press("k")
    page.keyboard.press("Shift+R")
    expect(page.locator("#said")).to_contain_text("Not saved yet.")


def test_what_was_marked_and_not_saved_comes_back_with_the_words(street: Street, assessment: Assessment) -> None:
    page = street.opens("ben", f"/marking/{assessment.id}")
    page.keyboard.press("Shift+M")
    page.locator("[data-pointed] .sentence").nth(1).click()
    page.locator("[data-pointed]").get_by_role("button", name="Rest on it").click()
    page.keyboard.press("Shift+M")
    page.reload()
    line = page.locator("[data-marked]:visible li")
    expect(line).to_contain_text("A repair cost less")
    line.get_by_role("button", name="Take out").click()
    expect(page.locator("[data-marked]:visible")).to_have_count(0)


def test_another_item_is_opened_and_the_first_is_as_it_was(street: Street, assessment: Assessment) -> None:
    page = street.opens("ben", f"/marking/{assessment.id}")
    page.keyboard.press("Shift+M")
    expect(page.locator("[data-pointed]")).to_be_visible()
    for _ in range(3):
        page.keyboard.press("j")
    expect(page.locator("[data-pointed]")).to_have_count(0)
    expect(page.locator(".pane:visible audio")).to_be_attached()
    for _ in range(3):
        page.keyboard.press("k")
    expect(page.locator(".pane:visible .account")).to_be_visible()


def test_what_was_chosen_and_not_saved_stays_in_sight_when_the_page_draws_its_pieces_anew(
    street: Street, assessment: Assessment
) -> None:
    page = street.opens("ben", f"/marking/{assessment.id}?point={deeds.points(assessment)[1].id}")
    ticks = page.locator("[data-point-where]:visible [data-rests]")
    ticks.nth(1).uncheck()
    page.keyboard.press("w")
    page.locator(".pane:visible [name=fails]").first.check(force=True)
    page.locator(".pane:visible").get_by_label("Why it is not").fill("It is of last spring.")
    page.locator(".pane:visible").get_by_role("button", name="Save").click()
    expect(page.locator("[data-point-where]:visible").get_by_text("E1 is not").first).to_be_visible()
    expect(ticks.nth(0)).to_be_checked()
    expect(ticks.nth(1)).not_to_be_checked()
    page.keyboard.press("3")
    page.keyboard.type("Too old.")
    page.keyboard.press("Control+Enter")
    expect(page.locator("#said")).to_contain_text("not met.")
    assert len(last(assessment).relied) == 1


def test_two_presses_open_one_decision_and_it_closes(street: Street, assessment: Assessment) -> None:
    deeds.judge_all(assessment, *[deeds.MET] * 4)
    page = street.opens("ben", f"/marking/{assessment.id}")
    page.locator("[data-decide]").dblclick(no_wait_after=True)
    expect(page.locator("#deciding textarea").first).to_be_focused()
    assert page.locator("#deciding").count() == 1
    page.get_by_role("button", name="Back to the points").click()
    expect(page.locator("#deciding")).to_have_count(0)
