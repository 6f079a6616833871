"""Ben marks at the desk, by keys alone if he likes."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, Request, expect

from portfolio.assessment.models import Assessment
from tests.fixtures import deeds
from tests.fixtures.house import Street
from tests.journeys.assessor.judging import SENTENCES, WIDTHS, decide, in_hand, panel, point_id, state_of
from tests.journeys.pages import covered, every_window, presses, tab_to, watch

pytestmark = pytest.mark.browser


def is_deed(asked: Request) -> bool:
    """Whether a request does something, other than saying that somebody is here."""
    return asked.method == "POST" and not asked.url.endswith("/here")


def test_keys_alone_refer_a_unit_and_award_it_in_the_second_round(street: Street, assessment: Assessment) -> None:
    page = street.opens("ben", "/marking")
    tab_to(page, ".table th a")
    page.keyboard.press("Enter")
    expect(page.locator("#verdict")).to_be_visible()
    page.wait_for_load_state()
    watch(page)
    posts: list[str] = []
    page.on("request", lambda asked: posts.append(asked.url) if is_deed(asked) else None)
    page.keyboard.press("1")
    expect(page.locator("#said")).to_have_text("Saved: point 1 met. Next is point 2.")
    for key in ("2", "Space", "f"):
        page.keyboard.press(key)
    page.keyboard.type("Say what a new kettle would have cost.")
    page.keyboard.press("Control+Enter")
    expect(page.locator("#said")).to_have_text("Saved: point 2 partly met.")
    page.keyboard.press("n")
    page.keyboard.press("1")
    expect(page.locator("#said")).to_have_text("Saved: point 3 met. Next is point 4.")
    page.keyboard.press("1")
    expect(page.locator("#said")).to_contain_text("Every point has a verdict.")
    assert len(posts) == 4
    assert presses(page) == 0
    page.keyboard.press("d")
    decide(page, "Nearly there: one thing is missing.")
    assert state_of(assessment) == "referred"
    deeds.hand_in(street.enrolment("CS-305"))
    page.goto(f"/marking/{assessment.id}")
    assert in_hand(page) == "2"
    page.keyboard.press("1")
    expect(page.locator("#said")).to_contain_text("Every point has a verdict.")
    page.keyboard.press("d")
    decide(page, "Well done.", authenticity="We talked about the kettle.")
    assert state_of(assessment) == "achieved"


@WIDTHS
def test_every_state_of_the_desk_is_open_to_everybody(
    street: Street, assessment: Assessment, check_accessible: Callable[[Page], None], width: int, scheme: str
) -> None:
    page = street.opens("ben", f"/marking/{assessment.id}", width=width, scheme=scheme)
    check_accessible(page)
    panel(page).locator(".verdict-option.is-partly-met").click()
    panel(page).get_by_role("button", name="Save verdict").click()
    expect(panel(page).locator("[role=alert]")).to_be_visible()
    check_accessible(page)
    panel(page).locator(".verdict-option.is-met").click()
    expect(page.locator("#said")).to_contain_text("Next is point 2")
    page.locator(".point-link", has_text="4").last.click()
    expect(page.locator(".pane:visible [data-wave] canvas").first).to_be_attached()
    check_accessible(page)
    page.locator("h1").click()
    page.keyboard.press("?")
    expect(page.locator("dialog[open]")).to_be_visible()
    check_accessible(page)


def test_who_comes_to_a_judged_unit_can_decide_at_once_in_any_window(street: Street, assessment: Assessment) -> None:
    deeds.judge_all(assessment)
    page = street.opens("ben", f"/marking/{assessment.id}")
    for window in every_window(page):
        page.evaluate("scrollTo(0, 0)")
        at_once = not window.startswith(("320 px, 200", "390 px, 200"))  # there, letters fill the first screen
        unseen = [one for one in covered(page, on_arrival=at_once) if one.startswith("Decide")]
        assert unseen == [], window


def test_a_point_opens_the_evidence_at_its_place_and_marks_that_place_only(
    street: Street, assessment: Assessment
) -> None:
    page = street.opens("ben", f"/marking/{assessment.id}")
    page.keyboard.press("j")
    expect(page.locator("mark.is-current")).to_have_text("A repair cost less than a new kettle.")
    expect(page.locator("mark.is-other").first).to_have_text(SENTENCES[0])
    page.keyboard.press("p")
    expect(page.locator("mark.is-current")).to_have_text("I told him both")
    expect(page).to_have_url(f"{street.url}/marking/{assessment.id}?point={point_id(assessment, 2)}")


def test_a_claimed_span_plays_from_its_first_second_to_its_last(street: Street, assessment: Assessment) -> None:
    page = street.opens("ben", f"/marking/{assessment.id}?point={point_id(assessment, 4)}")
    expect(page.locator("[part~=region]").first).to_have_text("1")
    page.locator(".place-row:visible [data-go]").click()
    more = page.get_by_role("button", name="Go on from here")
    expect(more).to_be_visible()
    sound = page.locator(".pane:visible audio")
    assert sound.evaluate("it => it.paused")
    assert 5.4 < sound.evaluate("it => it.currentTime") < 7
    more.click()
    expect(more).to_be_hidden()


def test_single_keys_can_be_switched_off(street: Street, assessment: Assessment) -> None:
    page = street.opens("ben", f"/marking/{assessment.id}")
    page.keyboard.press("?")
    page.get_by_text("Use single keys on this device").click()
    page.get_by_role("button", name="Close").click()
    page.keyboard.press("3")
    expect(panel(page).get_by_role("radio", name="Not met")).not_to_be_checked()
    page.keyboard.press("f")
    expect(panel(page).get_by_label("Feedback")).not_to_be_focused()


def test_ada_reads_the_verdicts_at_the_places_they_are_about(
    street: Street, assessment: Assessment, check_accessible: Callable[[Page], None]
) -> None:
    deeds.judge_all(assessment, deeds.MET, deeds.NOT_MET)
    deeds.refer(assessment)
    page = street.opens("ada", f"/portfolio/{street.enrolment('CS-305').id}/feedback", width=390)
    page.get_by_role("link", name="not met").click()
    expect(page.locator("mark.is-current")).to_have_text("A repair cost less than a new kettle.")
    expect(panel(page)).to_contain_text("Tell how it ended.")
    check_accessible(page)
