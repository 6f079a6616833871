"""Ada points at parts of a photo: by finger, by mouse, by keys alone, and without a script."""

from collections.abc import Callable, Sequence
from pathlib import Path

import pytest
from playwright.sync_api import Locator, Page, expect

from portfolio.evidence import queries
from portfolio.evidence.models import Claim, Evidence
from portfolio.evidence.places import locators
from portfolio.evidence.places.locators import Region, Span
from portfolio.foundation.db import db
from tests.evidence.media.test_media import recorded
from tests.exports.samples.files import desk
from tests.fixtures.house import Street
from tests.journeys.learner.learning import WIDTHS, photo, point, recording
from tests.journeys.pages import focused, presses, tab_to, watch

pytestmark = pytest.mark.browser

BEGIN = "Mark a place in this photo"
SIDES = ("From the left, %", "From the top, %", "Width, %", "Height, %")


def claims_of(item: Evidence) -> Sequence[Claim]:
    """What is claimed in an item by now."""
    db.session.rollback()
    return queries.claims_on(item.id)


def rectangles(item: Evidence) -> list[tuple[float, ...]]:
    """The rectangles that are claimed in an item, as they are recorded: whole per cent."""
    places = [locators.read(one.locator) for one in claims_of(item)]
    return [tuple(round(side) for side in place.area or ()) for place in places if isinstance(place, Region | Span)]


def drag(page: Page, over: Locator, start: tuple[float, float], end: tuple[float, float]) -> None:
    """Drag with the mouse over a picture, from one share of its sides to another."""
    over.scroll_into_view_if_needed()
    box = over.bounding_box()
    assert box
    ends = [(box["x"] + box["width"] * x, box["y"] + box["height"] * y) for x, y in (start, end)]
    page.mouse.move(*ends[0])
    page.mouse.down()
    page.mouse.move(*ends[1], steps=6)
    page.mouse.up()


def touches(page: Page, over: Locator, start: tuple[float, float], end: tuple[float, float]) -> None:
    """Draw with one finger, by what the browser itself makes of touches."""
    box = over.bounding_box()
    assert box
    line = page.context.new_cdp_session(page)
    for part in range(11):
        share = [start[at] + (end[at] - start[at]) * part / 10 for at in (0, 1)]
        at = {"x": box["x"] + box["width"] * share[0], "y": box["y"] + box["height"] * share[1]}
        line.send("Input.dispatchTouchEvent", {"type": "touchMove" if part else "touchStart", "touchPoints": [at]})
    line.send("Input.dispatchTouchEvent", {"type": "touchEnd", "touchPoints": []})


@WIDTHS
def test_two_places_of_one_photo_are_drawn_and_claimed_without_leaving_the_page(
    street: Street, check_accessible: Callable[[Page], None], width: int, scheme: str
) -> None:
    item = photo(street, "desk.jpg", desk("#8a4b08"))
    page = street.opens("ada", f"/evidence/{item.id}", width=width, scheme=scheme)
    watch(page)
    for number, (start, end) in enumerate((((0.1, 0.1), (0.4, 0.3)), ((0.9, 0.9), (0.6, 0.5))), start=1):
        page.get_by_role("button", name=BEGIN).click()
        drag(page, page.locator(".area-sheet"), start, end)
        check_accessible(page)
        page.get_by_role("button", name="Choose points").click()
        point(page, "CS-301/1").click()
        point(page, f"CS-301/{number + 1}").click()
        check_accessible(page)
        page.get_by_role("button", name="Save claim").click()
        expect(page.locator(".areas .area")).to_have_count(number)
    assert presses(page) >= 0
    expect(page.locator("#places li [href^='#place-']")).to_have_text(
        ["2upper left part (10–40\u00a0% from the left, 10–30\u00a0% from the top)",
         "3lower right part (60–90\u00a0% from the left, 50–90\u00a0% from the top)"]
    )  # fmt: skip
    assert rectangles(item) == [(10, 10, 30, 20)] * 2 + [(60, 50, 30, 40)] * 2
    page.locator(".areas .area").first.click()
    expect(page.locator("#places li.is-current")).to_contain_text("upper left part")
    page.get_by_role("button", name="Take back the claim for CS-301 point 3").click()
    page.get_by_role("button", name="Undo").click()
    expect(page.locator("#undo")).to_have_count(0)
    assert len(rectangles(item)) == 4
    check_accessible(page)


def test_a_finger_draws_and_the_page_stays_where_it_is(street: Street) -> None:
    item = photo(street, "desk.jpg", desk("#8a4b08"))
    page = street.opens("ada", f"/evidence/{item.id}", width=390)
    page.get_by_role("button", name=BEGIN).tap()
    before = page.evaluate("scrollY")
    touches(page, page.locator(".area-sheet"), (0.5, 0.9), (0.1, 0.2))
    assert page.evaluate("scrollY") == before
    page.get_by_role("button", name="Choose points").click()
    point(page, "CS-301/2").click()
    page.get_by_role("button", name="Save claim").click()
    expect(page.locator(".areas .area")).to_have_count(1)
    assert rectangles(item) == [(10, 20, 40, 70)]


def test_by_keys_alone_a_rectangle_is_moved_sized_claimed_and_let_go(street: Street) -> None:
    item = photo(street, "desk.jpg", desk("#8a4b08"))
    page = street.opens("ada", f"/evidence/{item.id}")
    tab_to(page, "[data-area-begin]")
    page.keyboard.press("Enter")
    assert focused(page, "aria-label").startswith("Rectangle: middle (30–70")
    for key in ["ArrowLeft"] * 3 + ["ArrowDown"] * 2 + ["Shift+ArrowRight"] * 5 + ["Shift+ArrowUp"] * 50:
        page.keyboard.press(key)
    expect(page.locator("[data-area-said]")).to_contain_text("27–72\u00a0% from the left, 32–33\u00a0% from the top")
    page.keyboard.press("Enter")
    assert focused(page, "data-key") == "CS-301/1"
    page.keyboard.press("Space")
    page.keyboard.press("Enter")
    expect(page.locator(".areas .area")).to_have_count(1)
    assert rectangles(item) == [(27, 32, 45, 1)]
    assert focused(page, "data-area-begin") == ""
    page.keyboard.press("Enter")
    page.keyboard.press("Escape")
    expect(page.locator(".area-drawn")).to_have_count(0)
    assert focused(page, "data-area-begin") == ""


def test_the_numbers_and_the_rectangle_say_the_same(street: Street) -> None:
    item = photo(street, "desk.jpg", desk("#8a4b08"))
    page = street.opens("ada", f"/evidence/{item.id}")
    page.get_by_role("button", name=BEGIN).click()
    page.get_by_role("button", name="Choose points").click()
    page.get_by_text("A part of a photo, in numbers").click()
    expect(page.get_by_label(SIDES[2])).to_have_value("40")
    page.get_by_label(SIDES[2]).fill("12.5")
    drag(page, page.locator(".area-sheet"), (0.35, 0.5), (0.15, 0.5))
    expect(page.get_by_label(SIDES[0])).to_have_value("10")
    expect(page.locator("[data-chosen]")).to_contain_text("10–22.5\u00a0% from the left")
    point(page, "CS-301/2").click()
    page.get_by_role("button", name="Save claim").click()
    expect(page.locator(".areas .area")).to_have_count(1)
    assert rectangles(item) == [(10, 30, 12, 40)]


def test_a_rectangle_that_was_not_saved_is_offered_again_after_a_crash(street: Street) -> None:
    item = photo(street, "desk.jpg", desk("#8a4b08"))
    page = street.opens("ada", f"/evidence/{item.id}")
    page.get_by_role("button", name=BEGIN).click()
    drag(page, page.locator(".area-sheet"), (0.1, 0.1), (0.2, 0.2))
    page.get_by_role("button", name="Choose points").click()
    page.get_by_label("Why this proves it").fill("The till is clean.")
    page.reload()
    page.locator("[data-unclaimed]").get_by_role("button").first.click()
    expect(page.locator(".area-drawn")).to_be_visible()
    expect(page.get_by_label("Why this proves it")).to_have_value("The till is clean.")
    point(page, "CS-301/2").click()
    page.get_by_role("button", name="Save claim").click()
    expect(page.locator(".areas .area")).to_have_count(1)
    assert rectangles(item) == [(10, 10, 10, 10)]


def test_without_a_script_four_numbers_name_the_rectangle(street: Street) -> None:
    item = photo(street, "desk.jpg", desk("#8a4b08"))
    page = street.opens("ada", f"/evidence/{item.id}", java_script_enabled=False)
    page.get_by_text("A part of a photo, in numbers").click()
    for label, side in zip(SIDES, ("5", "6", "7", "8"), strict=True):
        page.get_by_label(label).fill(side)
    point(page, "CS-301/2").click()
    page.get_by_role("button", name="Save claim").click()
    expect(page.locator("#places")).to_contain_text("upper left part (5–12")
    assert rectangles(item) == [(5, 6, 7, 8)]


def test_seconds_of_a_film_are_claimed_with_a_part_of_its_picture(
    street: Street, check_accessible: Callable[[Page], None], tmp_path: Path
) -> None:
    film = recorded(tmp_path / "film", "mp4", film="mpeg4", sound="aac").read_bytes()
    item = recording(street, film=film)
    page = street.opens("ada", f"/evidence/{item.id}", width=390)
    expect(page.locator("[data-wave] canvas").first).to_be_attached()
    page.get_by_label("From, minutes and seconds").fill("0:01")
    page.get_by_label("From, minutes and seconds").press("Tab")
    page.get_by_role("button", name="Mark a place in the picture").click()
    expect(page.locator("video")).to_have_js_property("currentTime", 1)
    expect(page.locator("video")).to_have_js_property("paused", True)
    drag(page, page.locator(".area-sheet"), (0.1, 0.1), (0.5, 0.6))
    page.get_by_role("button", name="Choose points").click()
    expect(page.locator("[data-span-said]")).to_have_text("Now mark where it ends.")
    page.get_by_label("To, minutes and seconds").fill("0:02")
    page.get_by_role("button", name="Choose points").click()
    expect(page.locator("[data-chosen]")).to_contain_text("0:01.0–0:02.0 upper left part (10–50")
    page.locator(".area-drawn").press("ArrowRight")
    expect(page.locator("[data-chosen]")).to_contain_text("upper left part (11–51")
    check_accessible(page)
    point(page, "CS-301/2").click()
    page.get_by_role("button", name="Save claim").click()
    expect(page.locator("#places .place")).to_contain_text("upper left part (11–51")
    (place,) = (locators.read(one.locator) for one in claims_of(item))
    assert isinstance(place, Span)
    assert (place.start, place.end, place.region) == (1, 2, "percent:11,10,40,50")
    expect(page.locator(".area.is-now")).to_be_visible()
    page.locator("video").evaluate("it => { it.currentTime = 0.2 }")
    expect(page.locator(".area")).to_be_hidden()
    page.locator("#places a.place").click()
    expect(page.locator(".area.is-now.is-current")).to_be_visible()
    check_accessible(page)


@WIDTHS
def test_a_part_of_a_films_picture_can_be_added_to_the_seconds_that_are_offered_and_left_out_again(
    street: Street, tmp_path: Path, width: int, scheme: str
) -> None:
    film = recorded(tmp_path / "film", "mp4", film="mpeg4", sound="aac").read_bytes()
    item = recording(street, film=film)
    page = street.opens("ada", f"/evidence/{item.id}", width=width, scheme=scheme)
    page.get_by_label("From, minutes and seconds").fill("0:01")
    page.get_by_label("To, minutes and seconds").fill("0:02")
    page.get_by_label("To, minutes and seconds").press("Tab")
    page.get_by_role("button", name="Mark a place in the film’s picture").click()
    expect(page.locator("[data-chosen]")).to_contain_text("middle (30–70")
    assert focused(page, "aria-label").startswith("Rectangle: middle")
    page.keyboard.press("Escape")
    expect(page.locator("[data-chosen]")).to_have_text("0:01.0–0:02.0")
    point(page, "CS-301/2").click()
    page.get_by_role("button", name="Save claim").click()
    expect(page.locator("#places .place-time")).to_have_count(1)
    assert rectangles(item) == [()]
