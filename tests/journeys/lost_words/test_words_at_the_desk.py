"""What Ben typed and ticked at the desk and did not save meets his own saving, his undoing, and other windows."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from portfolio.assessment.models import Assessment
from tests.fixtures.house import Street
from tests.journeys.assessor.judging import panel, point_id
from tests.journeys.lost_words.losing import hold, kept, offers
from tests.journeys.pages import until

pytestmark = pytest.mark.browser


def test_feedback_typed_while_the_verdict_is_saved_stays_and_is_saved_next(
    street: Street, assessment: Assessment
) -> None:
    page = street.opens("ben", f"/marking/{assessment.id}")
    held = hold(page, "**/points/*")
    page.keyboard.press("1")
    until(page, "document.querySelector('form[aria-busy]')")
    page.keyboard.press("f")
    page.keyboard.type("Well heard.")
    held[0].continue_()
    expect(page.locator("#said")).to_contain_text("What you typed since then is not saved yet.")
    page.unroute("**/points/*")
    expect(panel(page).get_by_label("Feedback")).to_have_value("Well heard.")
    page.reload()
    expect(panel(page).get_by_label("Feedback")).to_have_value("Well heard.")
    page.keyboard.press("s")
    expect(page.locator("#said")).to_contain_text("Saved: point 1 met.")
    assert page.evaluate("Object.keys(localStorage).filter(it => it.includes('judging')).length") == 0


def test_taking_a_verdict_back_leaves_the_words_that_were_not_saved(street: Street, assessment: Assessment) -> None:
    page = street.opens("ben", f"/marking/{assessment.id}")
    page.keyboard.press("1")
    expect(page.locator("#said")).to_contain_text("Next is point 2")
    page.keyboard.press("k")
    panel(page).get_by_label("Feedback").fill("One more thing.")
    panel(page).get_by_role("button", name="Undo this verdict").click()
    expect(page.locator("#flashes")).to_contain_text("The verdict on point 1 is taken back.")
    for _ in range(2):
        expect(panel(page).get_by_label("Feedback")).to_have_value("One more thing.")
        expect(panel(page).locator("[name=verdict]:checked")).to_have_count(0)
        page.goto(f"/marking/{assessment.id}")


def test_words_on_a_point_that_was_judged_elsewhere_are_offered_and_named_before_the_decision(
    street: Street, assessment: Assessment
) -> None:
    here = street.opens("ben", f"/marking/{assessment.id}")
    panel(here).get_by_label("Feedback").fill("Read it twice.")
    kept(here, "Read it twice.")
    there = street.opens("ben", f"/marking/{assessment.id}")
    there.keyboard.press("1")
    expect(there.locator("#said")).to_contain_text("Saved: point 1 met.")
    here.goto(f"/marking/{assessment.id}/decision")
    expect(here.get_by_role("region", name="Not saved").get_by_role("link")).to_have_count(1)
    here.get_by_role("link", name="Go to point 1").click()
    expect(offers(here)).to_contain_text("Read it twice.")
    expect(panel(here).get_by_label("Feedback")).to_have_value("")
    offers(here).get_by_role("button", name="Put it back").click()
    expect(panel(here).get_by_label("Feedback")).to_have_value("Read it twice.")


def test_reasons_and_ticks_at_the_desk_are_there_again_like_feedback(street: Street, assessment: Assessment) -> None:
    page = street.opens("ben", f"/marking/{assessment.id}?point={point_id(assessment, 2)}")
    page.keyboard.press("2")
    page.keyboard.press("b")
    page.keyboard.press("w")
    evidence = page.locator(".pane:visible")
    evidence.locator("[name=fails][value=current]").check(force=True)
    evidence.get_by_label("Why it is not").fill("It is three years old.")
    kept(page, "It is three years old.")
    page.reload()
    offers(page).get_by_role("button", name="Put it back").click()
    expect(evidence.get_by_label("Why it is not")).to_have_value("It is three years old.")
    expect(evidence.locator("[name=fails][value=current]")).to_be_checked()
    expect(panel(page).locator("[name=verdict]:checked")).to_have_value("partly met")
    expect(panel(page).locator("[name=shown][value=b]")).not_to_be_checked()


@pytest.mark.parametrize(("width", "scheme"), [(390, "dark"), (1440, "light")])
def test_feedback_of_two_devices_on_one_point_is_shown_side_by_side(
    street: Street, assessment: Assessment, width: int, scheme: str, check_accessible: Callable[[Page], None]
) -> None:
    desk = f"/marking/{assessment.id}"
    there, here = street.opens("ben", desk), street.opens("ben", desk, width=width, scheme=scheme)
    panel(there).get_by_label("Feedback").fill("Typed at the office.")
    expect(panel(there).locator("[data-safe]")).to_contain_text("safe at the centre, ")
    panel(here).get_by_label("Feedback").fill("Typed on the way.")
    expect(panel(here).locator("[data-safe]")).to_contain_text("safe at the centre, ")
    office, way = offers(here).locator(".two-texts-words").filter(has_text="office"), offers(here).get_by_text("way.")
    expect(office).to_be_visible()
    expect(way).to_be_visible()
    expect(offers(here)).to_contain_text("on another device")
    if width > 1000:
        assert office.bounding_box()["y"] == way.bounding_box()["y"], "in two columns"  # type: ignore[index]
    check_accessible(here)
    offers(here).get_by_role("button", name="Put it back instead").click()
    expect(panel(here).get_by_label("Feedback")).to_have_value("Typed at the office.")
    expect(offers(here)).to_contain_text("Typed on the way.")
