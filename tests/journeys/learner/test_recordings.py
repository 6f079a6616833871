"""Ada points at the seconds of a recording."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from portfolio.evidence import queries
from portfolio.evidence.places import locators
from portfolio.evidence.places.locators import Span
from portfolio.foundation.db import db
from tests.fixtures.house import Street
from tests.journeys.learner.learning import WIDTHS, recording
from tests.journeys.pages import focused, presses, watch

pytestmark = pytest.mark.browser


@WIDTHS
def test_seconds_of_a_recording_are_marked_and_claimed_without_leaving_the_page(
    street: Street, check_accessible: Callable[[Page], None], width: int, scheme: str
) -> None:
    item = recording(street)
    page = street.opens("ada", f"/evidence/{item.id}", width=width, scheme=scheme)
    expect(page.locator("[data-wave] canvas").first).to_be_attached()
    watch(page)
    page.get_by_label("From, minutes and seconds").fill("0:05")
    page.get_by_label("To, minutes and seconds").fill("0:12.5")
    page.keyboard.press("Enter")
    assert focused(page, "data-key") == "CS-301/1"
    check_accessible(page)
    page.keyboard.press("Space")
    page.keyboard.press("Enter")
    expect(page.locator("#places .place-time")).to_contain_text("0:05")
    expect(page.locator("[part~=region] >> nth=0")).to_have_text("1")
    assert presses(page) == 0
    check_accessible(page)
    db.session.rollback()
    (claim,) = queries.claims_on(item.id)
    place = locators.read(claim.locator)
    assert isinstance(place, Span)
    assert (place.start, place.end) == (5, 12.5)


def test_the_player_gives_its_second_to_keys_and_buttons(street: Street) -> None:
    page = street.opens("ada", f"/evidence/{recording(street).id}")
    expect(page.locator("[data-wave] canvas").first).to_be_attached()
    page.locator("audio").evaluate("it => { it.currentTime = 3.25 }")
    page.locator("h1").click()
    page.keyboard.press("[")
    page.keyboard.press("ArrowRight")
    page.keyboard.press("Shift+ArrowRight")
    page.get_by_role("button", name="To here").click()
    expect(page.locator("[data-chosen]")).to_have_text("0:03.3–0:09.3")


def test_drawing_on_the_waveform_marks_what_was_drawn(street: Street) -> None:
    page = street.opens("ada", f"/evidence/{recording(street, 40).id}")
    expect(page.locator("[data-wave] canvas").first).to_be_attached()
    box = page.locator("[data-wave]").bounding_box()
    assert box
    page.mouse.move(box["x"] + box["width"] / 2, box["y"] + 30)
    page.mouse.down()
    page.mouse.move(box["x"] + box["width"] * 0.6, box["y"] + 30, steps=5)
    page.mouse.up()
    expect(page.locator("[data-chosen]")).to_contain_text("0:20.0–0:2")
