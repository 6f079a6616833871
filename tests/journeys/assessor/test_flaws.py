"""Ben says once what an item fails in, and sees it at every point that it is claimed for."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from portfolio.assessment import queries
from portfolio.assessment.models import Assessment
from portfolio.foundation.db import db
from tests.fixtures import deeds
from tests.fixtures.house import Street
from tests.journeys.assessor.judging import WIDTHS, panel
from tests.journeys.lost_words.losing import hold
from tests.journeys.pages import until, watch

pytestmark = pytest.mark.browser


def told(assessment: Assessment) -> list[tuple[list[str], str]]:
    """What is said against the evidence by now, on record."""
    db.session.rollback()
    return [(one.fails, one.reason) for one in queries.in_force(queries.flaws(assessment)).values()]


@WIDTHS
def test_by_keys_it_is_said_once_seen_at_every_point_and_taken_back(
    street: Street, assessment: Assessment, check_accessible: Callable[[Page], None], width: int, scheme: str
) -> None:
    page = street.opens("ben", f"/marking/{assessment.id}", width=width, scheme=scheme)
    watch(page)
    evidence = page.locator(".pane:visible")
    page.keyboard.press("w")
    check_accessible(page)
    for key in ("Tab", "Tab", "Space", "Tab", "Tab"):
        page.keyboard.press(key)
    page.keyboard.type("It tells of the spring before last.")
    for key in ("Tab", "Enter"):
        page.keyboard.press(key)
    expect(evidence.get_by_text("Not current.")).to_be_visible()
    expect(evidence.get_by_label("Why it is not")).to_be_hidden()
    assert told(assessment) == [(["current"], "It tells of the spring before last.")]
    check_accessible(page)
    page.keyboard.press("1")
    expect(panel(page).locator("[role=alert]")).to_contain_text("lies in evidence that fails")
    page.keyboard.press("j")
    expect(page.locator("[data-point-where]:visible").get_by_text("E1 is not current")).to_have_count(2)
    page.keyboard.press("j")
    page.keyboard.press("j")
    page.keyboard.press("1")
    expect(page.locator("#said")).to_contain_text("Saved: point 4 met.")
    page.keyboard.press("k")
    evidence.get_by_role("button", name="Take this back").click()
    expect(page.locator("[data-point-where]:visible").get_by_text("E1 is not current")).to_have_count(0)
    page.keyboard.press("1")
    expect(page.locator("#said")).to_contain_text("met")
    assert told(assessment) == []


def test_a_second_window_is_told_what_was_said_meanwhile_and_keeps_its_words(
    street: Street, assessment: Assessment
) -> None:
    here, there = (street.opens("ben", f"/marking/{assessment.id}") for _ in range(2))
    for page, reason in ((here, "Not hers."), (there, "Very old.")):
        page.keyboard.press("w")
        page.locator(".pane:visible [name=fails][value=valid]").check(force=True)
        page.locator(".pane:visible").get_by_label("Why it is not").fill(reason)
        page.locator(".pane:visible").get_by_role("button", name="Save").click()
        expect(page.locator(".pane:visible").get_by_text("Not hers.")).to_be_visible()
    expect(there.locator(".pane:visible [role=alert]")).to_contain_text("changed what is said of this evidence")
    expect(there.locator(".pane:visible").get_by_label("Why it is not")).to_have_value("Very old.")
    there.locator(".pane:visible").get_by_role("button", name="Save").click()
    expect(there.locator(".pane:visible").get_by_text("Very old.").first).to_be_visible()
    assert told(assessment) == [(["valid"], "Very old.")]


def test_ctrl_enter_saves_what_is_typed_against_evidence_and_gives_no_verdict(
    street: Street, assessment: Assessment
) -> None:
    page = street.opens("ben", f"/marking/{assessment.id}")
    page.keyboard.press("w")
    page.keyboard.press("Space")
    page.locator(".pane:visible").get_by_label("Why it is not").fill("Not hers.")
    page.keyboard.press("Control+Enter")
    expect(page.locator(".pane:visible").get_by_text("Not valid.")).to_be_visible()
    assert told(assessment) == [(["valid"], "Not hers.")]
    assert queries.judgements(assessment) == []


def test_words_typed_while_a_flaw_is_on_its_way_stay(street: Street, assessment: Assessment) -> None:
    page = street.opens("ben", f"/marking/{assessment.id}")
    evidence = page.locator(".pane:visible")
    held = hold(page, "**/flaw")
    page.keyboard.press("w")
    page.keyboard.press("Space")
    evidence.get_by_label("Why it is not").fill("Not hers.")
    evidence.get_by_role("button", name="Save").click()
    until(page, "document.querySelector('form[aria-busy]')")
    evidence.get_by_label("Why it is not").fill("Not hers. Her sister wrote it.")
    held[0].continue_()
    expect(page.locator("#said")).to_contain_text("What you typed since then is not saved yet.")
    expect(evidence.get_by_label("Why it is not")).to_have_value("Not hers. Her sister wrote it.")
    assert told(assessment) == [(["valid"], "Not hers.")]


def test_nobody_decides_past_words_against_evidence_that_are_not_saved(street: Street, assessment: Assessment) -> None:
    deeds.judge_all(assessment)
    page = street.opens("ben", f"/marking/{assessment.id}")
    page.keyboard.press("w")
    page.keyboard.press("Space")
    reason = page.locator(".pane:visible").get_by_label("Why it is not")
    reason.fill("Not hers.")
    page.locator("[data-decide]").click()
    expect(page.locator("#said")).to_contain_text("Not decided")
    expect(reason).to_be_focused()
    page.on("dialog", lambda asked: asked.accept())
    page.goto(f"/marking/{assessment.id}/decision")
    expect(page.get_by_role("link", name="Go to E1 and save what you say against it")).to_be_visible()
