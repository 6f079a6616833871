"""What is read of the desk comes in the order of the work: the point, its places, the evidence, verdict, feedback."""

import pytest
from playwright.sync_api import Page, expect

from portfolio.assessment.models import Assessment
from portfolio.foundation import keys
from tests.fixtures.house import Street
from tests.journeys.assessor.test_by_point import CLASS, brought, waiting, walk_of
from tests.journeys.pages import tab_to

__all__ = ["waiting"]
pytestmark = pytest.mark.browser

STEPS = {
    "point": ".point-link[aria-current]",
    "places": "[data-point-where] [data-go]",
    "evidence": ".pane h3",
    "verdict": ".verdict-panel [name=verdict]",
    "feedback": ".verdict-panel textarea",
}
"""What stands for each step of the work, of which the first that is shown counts."""
READ = """steps => {
  const first = (selector) => [...document.querySelectorAll(selector)].find((one) => one.checkVisibility());
  const shown = Object.keys(steps).filter((name) => first(steps[name]));
  const follows = (one, other) => one.compareDocumentPosition(other) & Node.DOCUMENT_POSITION_FOLLOWING;
  return shown.sort((one, other) => (follows(first(steps[one]), first(steps[other])) ? -1 : 1));
}"""
PLACED = """() => [...document.querySelectorAll("main *")].filter((one) => one.checkVisibility()).filter((one) => {
  const { order, flexDirection } = getComputedStyle(one);
  return one.tabIndex > 0 || order !== "0" || flexDirection.endsWith("reverse");
}).map((one) => one.outerHTML.slice(0, 90))"""
"""What is drawn, or reached by Tab, elsewhere than where it is read."""
DEEDS = """all => [...new Set(all.map(({ dataset }) =>
  ["undo", "flaw", "judge", "talk"].find((name) => name in dataset) ?? "another"))].sort()"""
"""What the forms of a desk do."""


def order(page: Page) -> list[str]:
    """The steps in the order in which they are read."""
    return list(page.evaluate(READ, STEPS))


def test_the_point_its_places_the_evidence_the_verdict_the_feedback(street: Street, assessment: Assessment) -> None:
    page = street.opens("ben", f"/marking/{assessment.id}")
    for key in ("", "j", "1", "k"):
        if key:
            page.keyboard.press(key)
        expect(page.locator("form[aria-busy]")).to_have_count(0)
        assert order(page) == list(STEPS)
        assert page.evaluate(PLACED) == []
    regions = page.locator("main").get_by_role("heading", level=2)
    assert regions.all_text_contents()[:3] == ["Marking points", "Evidence", "Verdict"]


def test_it_is_the_same_on_a_walk_when_the_next_learner_is_in_hand(street: Street, waiting: list[Assessment]) -> None:
    page = walk_of(street, waiting, 1)
    brought(page, CLASS[1])
    assert order(page) == list(STEPS)
    page.keyboard.press("j")
    brought(page, CLASS[2])
    assert order(page) == list(STEPS)


def test_tab_comes_to_them_in_that_order(street: Street, assessment: Assessment) -> None:
    page = street.opens("ben", f"/marking/{assessment.id}")
    page.keyboard.press("l")
    for selector in list(STEPS.values())[1:2] + list(STEPS.values())[3:]:
        tab_to(page, selector)


def test_every_form_of_the_desk_has_a_key_that_is_listed(street: Street, assessment: Assessment) -> None:
    page = street.opens("ben", f"/marking/{assessment.id}")
    page.keyboard.press("?")
    listed = page.locator("dialog dt").all_text_contents()
    groups = ("points", "marking", "phrases", "recording", "span", "sentences", "page")
    assert listed == [row.deed for group in keys.groups() if group.name in groups for row in group.rows]
    page.keyboard.press("Escape")
    page.keyboard.press("3")
    page.keyboard.type("Who was it?")
    page.keyboard.press("Control+Enter")
    expect(page.locator("#said")).to_contain_text("Saved: point 1 not met.")
    assert page.locator("main form:not([method=dialog])").evaluate_all(DEEDS) == ["flaw", "judge", "talk", "undo"]
