"""Whoever listens to the desk hears of each change, and hears it once."""

import pytest
from playwright.sync_api import expect

from portfolio.assessment import operations
from portfolio.assessment.models import Assessment
from portfolio.evidence import queries as gathered
from portfolio.foundation.db import transaction
from tests.fixtures import deeds
from tests.fixtures.house import Street
from tests.journeys.assessor.judging import ACCOUNT, panel
from tests.journeys.assessor.test_by_point import CLASS, brought, waiting, walk_of
from tests.journeys.assessor.test_together import desk as opened
from tests.journeys.assessor.test_together import ticks
from tests.journeys.desk.desks import EXPLAIN
from tests.journeys.desk.listening import heard, listen
from tests.journeys.pages import focused

__all__ = ["waiting"]
pytestmark = pytest.mark.browser


def test_a_verdict_and_its_undoing_are_said_once_each(street: Street, assessment: Assessment) -> None:
    page = street.opens("ben", f"/marking/{assessment.id}")
    listen(page)
    page.keyboard.press("1")
    assert heard(page, "Saved") == ["Saved: point 1 met. Next is point 2."]
    page.keyboard.press("u")
    assert heard(page, "taken back") == ["The verdict on point 1 is taken back."]
    page.keyboard.press("3")
    page.keyboard.type("Who was it?")
    page.keyboard.press("Control+Enter")
    assert heard(page, "Saved") == ["Saved: point 1 not met."]
    for key in ("n", "1", "1", "1"):
        page.keyboard.press(key)
        expect(page.locator("form[aria-busy]")).to_have_count(0)
    said = "Saved: point 4 met. Every point has a verdict. You can decide now."
    assert heard(page, "You can decide now").count(said) == 1


def test_what_is_refused_is_said_once_and_the_cursor_goes_where_it_is_mended(
    street: Street, assessment: Assessment
) -> None:
    page = street.opens("ben", f"/marking/{assessment.id}")
    listen(page)
    page.keyboard.press("3")
    page.keyboard.press("Control+Enter")
    assert len(heard(page, "eedback")) == 1
    expect(panel(page).get_by_label("Feedback")).to_be_focused()


def test_a_part_a_phrase_and_what_evidence_fails_in_are_said_once_each(street: Street, assessment: Assessment) -> None:
    deeds.share(assessment.enrolment.edition, EXPLAIN, by=street.person("dee"))
    page = street.opens("ben", f"/marking/{assessment.id}")
    listen(page)
    page.keyboard.press("2")
    assert heard(page, "Partly met") == ["Partly met. Name the part that is missing."]
    page.keyboard.press("b")
    assert heard(page, "Still needed") == ["Partly met. Still needed: as the customer sees it."]
    page.keyboard.press("f")
    page.keyboard.type("/")
    assert heard(page, "to insert") == ["5 phrases to insert."]
    page.keyboard.press("Enter")
    assert heard(page, "Inserted") == [f"Inserted: {EXPLAIN}"]
    page.keyboard.press("Escape")
    page.keyboard.press("w")
    page.keyboard.press("Space")
    page.locator(".pane:visible").get_by_label("Why it is not").fill("Not hers.")
    page.keyboard.press("Control+Enter")
    assert heard(page, "E1") == ["E1: noted, for every point that it is claimed for."]


def test_on_a_walk_a_verdict_on_one_learner_is_said_once_while_the_next_is_in_hand(
    street: Street, waiting: list[Assessment]
) -> None:
    page = walk_of(street, waiting, 1)
    brought(page, CLASS[1])
    listen(page)
    page.keyboard.press("1")
    expect(page.locator("form[aria-busy]")).to_have_count(0)
    assert len([one for one in heard(page, "Saved") if "Saved" in one]) == 1
    assert page.evaluate("document.activeElement.dataset.called") == CLASS[1]


def test_who_comes_is_named_once_and_a_clash_is_said_once(street: Street, assessment: Assessment) -> None:
    page, said = opened(street, "ben", assessment)
    listen(page)
    for _ in range(2):
        with transaction():
            operations.be_here(assessment, deeds.points(assessment)[0].id, by=street.person("ivy"))
        ticks(page, said)
    page.clock.resume()
    assert heard(page, "Ivy") == ["Ivy Lund is here, at point 1."]
    deeds.judge(assessment, deeds.points(assessment)[0], deeds.NOT_MET)
    page.keyboard.press("1")
    expect(panel(page).locator("[role=alert]")).to_be_focused()
    clash = heard(page, "saved another verdict")
    assert len([one for one in clash if "saved another verdict" in one]) == 1


def test_what_changed_is_told_by_the_cursor_that_comes_to_it_and_by_nothing_else(
    street: Street, assessment: Assessment
) -> None:
    deeds.judge_all(assessment, *[deeds.NOT_MET] * 4)
    deeds.refer(assessment)
    account = gathered.items_of(street.person("ada").id)[0].evidence
    deeds.rewrite(account, ACCOUNT.replace("less than a new kettle", "half of a new kettle"))
    second = deeds.hand_in(street.enrolment("CS-305"))
    page = street.opens("ben", f"/marking/{second.id}")
    listen(page)
    page.keyboard.press("Shift+e")
    expect(page.locator(".account.is-compared")).to_be_visible()
    assert focused(page, "aria-label") == "What changed of E1"
    page.keyboard.press("d")
    assert [one for one in heard(page, "Not yet") if "Not yet" not in one] == []
