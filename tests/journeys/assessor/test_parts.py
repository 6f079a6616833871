"""Ben names the missing parts of a point by one key each, and the feedback says them by itself."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from portfolio.assessment import queries
from portfolio.assessment.models import Assessment
from portfolio.foundation.db import db
from tests.fixtures import deeds
from tests.fixtures.house import Street
from tests.journeys.assessor.judging import WIDTHS, panel, point_id
from tests.journeys.lost_words.losing import kept

pytestmark = pytest.mark.browser


def desk(street: Street, assessment: Assessment, **told: object) -> Page:
    """The desk at the second point, which has parts."""
    return street.opens("ben", f"/marking/{assessment.id}?point={point_id(assessment, 2)}", **told)


def second_round(assessment: Assessment) -> None:
    """One part of the second point was missing, and Ada handed in again."""
    deeds.judge_all(assessment, deeds.MET, deeds.PARTLY, deeds.MET, deeds.MET)
    deeds.refer(assessment)
    deeds.hand_in(assessment.enrolment)


def ticks(page: Page) -> list[str]:
    """The parts that are ticked."""
    return [
        str(one) for one in panel(page).locator("[name=shown]:checked").evaluate_all("all => all.map(it => it.value)")
    ]


def test_three_keys_say_partly_met_the_missing_part_and_the_feedback(street: Street, assessment: Assessment) -> None:
    page = desk(street, assessment)
    for key in ("2", "b", "s"):
        page.keyboard.press(key)
    expect(page.locator("#said")).to_have_text("Saved: point 2 partly met.")
    db.session.rollback()
    (given,) = queries.judgements(assessment)
    missing = deeds.points(assessment)[1].parts[1]["text"]
    assert (given.verdict, given.missing, given.feedback) == ("partly met", ["b"], f"Still needed: {missing}.")


def test_the_sentence_follows_the_ticks_until_somebody_changes_it(street: Street, assessment: Assessment) -> None:
    page = desk(street, assessment)
    first, second = (part["text"] for part in deeds.points(assessment)[1].parts[:2])
    feedback = panel(page).get_by_label("Feedback")
    page.keyboard.press("2")
    page.keyboard.press("b")
    expect(feedback).to_have_value(f"Still needed: {second}. ")
    page.keyboard.press("f")
    page.keyboard.type("Ask him.")
    page.keyboard.press("Escape")
    panel(page).get_by_label(second).check(force=True)
    expect(feedback).to_have_value("Ask him.")
    panel(page).get_by_label(first).uncheck(force=True)
    expect(feedback).to_have_value(f"Still needed: {first}. Ask him.")
    feedback.fill("You did not say what it cost.")
    panel(page).get_by_label(first).check(force=True)
    panel(page).get_by_label(second).uncheck(force=True)
    expect(feedback).to_have_value("You did not say what it cost.")


@WIDTHS
def test_the_next_round_asks_for_what_was_missing_and_folds_what_was_shown(
    street: Street, assessment: Assessment, check_accessible: Callable[[Page], None], width: int, scheme: str
) -> None:
    second_round(assessment)
    page = desk(street, assessment, width=width, scheme=scheme)
    first, second = (part["text"] for part in deeds.points(assessment)[1].parts[:2])
    expect(panel(page).get_by_label(first)).to_be_hidden()
    expect(panel(page).get_by_label(second)).to_be_visible()
    assert ticks(page) == ["a", "c"]
    check_accessible(page)
    panel(page).get_by_text("2 parts shown before").click()
    expect(panel(page).get_by_label(first)).to_be_checked()
    check_accessible(page)
    panel(page).locator(".verdict-option.is-partly-met").click()
    expect(panel(page).get_by_label("Feedback")).to_have_value(f"Still needed: {second}. ")
    assert ticks(page) == ["a", "c"]


def test_what_was_met_before_is_folded_with_its_verdict_until_it_is_judged_anew(
    street: Street, assessment: Assessment
) -> None:
    second_round(assessment)
    page = street.opens("ben", f"/marking/{assessment.id}?point={point_id(assessment, 1)}")
    expect(panel(page).get_by_text("round 1")).to_be_visible()
    expect(panel(page).get_by_label("Feedback")).to_be_hidden()
    page.keyboard.press("3")
    expect(panel(page).get_by_label("Feedback")).to_be_focused()
    page.keyboard.type("I looked again: who was it?")
    page.keyboard.press("Control+Enter")
    expect(page.locator("#said")).to_contain_text("Saved: point 1 not met.")
    expect(panel(page).get_by_label("Feedback")).to_be_visible()
    db.session.rollback()
    assert [one.verdict for one in queries.judgements(assessment) if one.point_id == point_id(assessment, 1)] == [
        "met", "not met",
    ]  # fmt: skip


def test_what_is_refused_of_a_point_that_was_met_before_stays_open_with_the_cursor_in_it(
    street: Street, assessment: Assessment
) -> None:
    second_round(assessment)
    page = street.opens("ben", f"/marking/{assessment.id}?point={point_id(assessment, 1)}")
    page.keyboard.press("2")
    page.keyboard.press("s")
    expect(panel(page).locator("[role=alert]")).to_contain_text("untick what is not shown yet")
    expect(panel(page).locator("[name=shown]").first).to_be_focused()


def test_undo_takes_no_verdict_of_an_earlier_round_back_unseen(street: Street, assessment: Assessment) -> None:
    second_round(assessment)
    page = street.opens("ben", f"/marking/{assessment.id}?point={point_id(assessment, 1)}")
    page.keyboard.press("u")
    expect(page.locator("#said")).to_contain_text("of an earlier round")
    assert len(queries.judgements(assessment)) == 4


def test_a_verdict_that_was_kept_for_later_comes_back_as_it_was(street: Street, assessment: Assessment) -> None:
    page = desk(street, assessment)
    for key in ("2", "b", "3"):
        page.keyboard.press(key)
    page.keyboard.type("Nothing of it is there.")
    kept(page, "Nothing of it is there.")
    page.reload()
    expect(panel(page).get_by_label("Feedback")).to_have_value("Still needed: time. Nothing of it is there.")
    expect(panel(page).locator("[name=verdict]:checked")).to_have_value("not met")
