"""The desk in narrow windows, at 200 %, in forced colours and without motion."""

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Locator, Page, expect

from portfolio.assessment.models import Assessment
from portfolio.evidence import queries as gathered
from tests.fixtures import deeds
from tests.fixtures.house import Street
from tests.journeys.assessor.judging import ACCOUNT, panel, point_id
from tests.journeys.assessor.test_by_point import waiting, walk_of
from tests.journeys.desk.desks import EXPLAIN

__all__ = ["waiting"]
pytestmark = pytest.mark.browser
NARROW = ((320, 844), (640, 450))
"""A small phone; a window of 1280 by 900 at 200 %."""
WIDER = """() => [...document.querySelectorAll("main, main *")].filter((one) => one.checkVisibility()).filter((one) => {
  const scrolls = /auto|scroll/.test(getComputedStyle(one).overflowX);
  return scrolls && one.scrollWidth > one.clientWidth + 1 && !one.matches(".point-list");
}).map((one) => one.outerHTML.slice(0, 90))"""
LOOK = """it => {
  const { color, outlineStyle, outlineWidth, borderTopWidth, textDecorationLine } = getComputedStyle(it);
  return [color, outlineStyle, outlineWidth, borderTopWidth, textDecorationLine].join(" ");
}"""


def two_ways(page: Page) -> list[str]:
    """What has to be scrolled both ways; the strip of points is one line that scrolls one way alone."""
    found = []
    for width, height in NARROW:
        page.set_viewport_size({"width": width, "height": height})
        if page.evaluate("document.documentElement.scrollWidth") > width:
            found.append(f"the page at {width}")
        found += [f"{one} at {width}" for one in page.evaluate(WIDER)]
    return found


def pages_of(street: Street, assessment: Assessment) -> Iterator[tuple[str, Page]]:
    """Each page of the desk, with what it can have on it."""
    deeds.share(assessment.enrolment.edition, EXPLAIN, by=street.person("dee"))
    page = street.opens("ben", f"/marking/{assessment.id}?point={point_id(assessment, 2)}")
    yield "the desk", page
    page.keyboard.press("2")
    page.keyboard.press("f")
    page.keyboard.type("/")
    expect(panel(page).get_by_role("option").first).to_be_visible()
    yield "the list of phrases", page
    page.keyboard.press("Escape")
    page.keyboard.press("Escape")
    page.keyboard.press("w")
    yield "what evidence fails in", page
    deeds.judge(assessment, deeds.points(assessment)[1], deeds.NOT_MET)
    panel(page).get_by_role("button", name="Save verdict").click()
    expect(panel(page).locator("[role=alert]")).to_contain_text("saved another verdict")
    yield "a clash", page
    page.on("dialog", lambda asked: asked.accept())
    for path in ("/marking", "/marking/points", f"/units/{assessment.enrolment.edition_id}/phrases"):
        page.goto(path)
        yield path, page


def second_round(street: Street, assessment: Assessment) -> Iterator[tuple[str, Page]]:
    """The pages of what was decided, and of what changed since."""
    deeds.judge_all(assessment, deeds.NOT_MET, deeds.PARTLY)
    yield "the decision", street.opens("ben", f"/marking/{assessment.id}/decision")
    deeds.refer(assessment)
    yield "the feedback", street.opens("ada", f"/portfolio/{street.enrolment('CS-305').id}/feedback")
    account = gathered.items_of(street.person("ada").id)[0].evidence
    deeds.rewrite(account, ACCOUNT.replace("less than a new kettle", "half of a new kettle"))
    deeds.hand_in(street.enrolment("CS-305"))
    page = street.opens("ben", f"/marking/{assessment.id}?point={point_id(assessment, 2)}")
    page.keyboard.press("Shift+e")
    expect(page.locator(".account.is-compared")).to_be_visible()
    yield "what changed", page


@pytest.mark.parametrize("pages", [pages_of, second_round])
def test_no_page_of_the_desk_scrolls_two_ways_in_a_narrow_window(
    street: Street, assessment: Assessment, pages: object
) -> None:
    for name, page in pages(street, assessment):  # type: ignore[operator]
        assert two_ways(page) == [], name
        page.set_viewport_size({"width": 1440, "height": 900})


def test_nor_does_a_walk(street: Street, waiting: list[Assessment]) -> None:
    assert two_ways(walk_of(street, waiting, 1)) == []


def differ(one: Locator, other: Locator) -> bool:
    """Whether two look different by more than what lies behind them."""
    return bool(one.evaluate(LOOK) != other.evaluate(LOOK))


def test_forced_colours_leave_status_point_place_and_choice_to_be_told_apart(
    street: Street, assessment: Assessment
) -> None:
    deeds.judge(assessment, deeds.points(assessment)[0], deeds.NOT_MET)
    deeds.share(assessment.enrolment.edition, EXPLAIN, by=street.person("dee"))
    page = street.opens("ben", f"/marking/{assessment.id}?point={point_id(assessment, 2)}", forced_colors="active")
    here, other = page.locator(".point-link[aria-current]"), page.locator(".point-link:not([aria-current])").first
    assert differ(here, other)
    assert differ(page.locator("mark.is-current").first, page.locator("mark.is-other").first)
    assert re.search(r"#[\w-]*not-met", other.locator("use").get_attribute("href") or "")
    expect(other.locator("svg")).to_have_accessible_name("not met")
    expect(page.locator(".desk-head .status")).to_have_text("Handed in")
    assert page.locator(".desk-head .status").evaluate("it => getComputedStyle(it).borderTopWidth") == "1px"
    page.keyboard.press("2")
    options = panel(page).locator(".verdict-option > span")
    assert differ(options.nth(1), options.nth(0))
    page.keyboard.press("f")
    page.keyboard.type("/")
    listed = panel(page).get_by_role("option")
    expect(listed.first).to_have_attribute("aria-selected", "true")
    assert differ(listed.first, listed.nth(1))
    outlines = panel(page).locator("textarea").evaluate("it => getComputedStyle(it).outlineStyle")
    assert outlines == "solid"


def test_nothing_moves_for_whoever_wants_less_motion(street: Street, assessment: Assessment) -> None:
    page = street.opens("ben", f"/marking/{assessment.id}", reduced_motion="reduce")
    for key in ("2", "b", "Escape", "j", "w", "Escape", "p"):
        page.keyboard.press(key)
        assert page.evaluate("document.getAnimations().length") == 0
    moving = "[...document.querySelectorAll('*')].filter((it) => parseFloat(getComputedStyle(it).transitionDuration))"
    assert page.evaluate(f"{moving}.length") == 0
    assert page.evaluate("getComputedStyle(document.documentElement).scrollBehavior") == "auto"
