"""A centre makes a redacted edition and a summary, and a learner takes their own copy: on a phone, and by keyboard."""

import io
import re
from collections.abc import Callable
from pathlib import Path

import pytest
from PIL import Image
from playwright.sync_api import Locator, Page, expect

from tests.exports.document.finished import text_of
from tests.exports.samples.editions import photos_in
from tests.exports.samples.files import desk
from tests.fixtures.house import Street
from tests.journeys.centre.test_centre import taken, verified
from tests.journeys.learner.learning import photo

pytestmark = [pytest.mark.browser, pytest.mark.slow]
COVERED = (26, 36, 34)
"""The colour of what covers an area: red, green, blue."""


def finished(page: Page, street: Street, folder: Path) -> Path:
    """What the worker made of what the page has just asked for."""
    expect(page.get_by_role("button", name="Stop")).to_be_visible()
    street.do_jobs()
    page.reload()
    return taken(page, folder)


def test_a_summary_is_asked_for_by_keyboard_behind_other_editions(
    street: Street, check_accessible: Callable[[Page], None], tmp_path: Path
) -> None:
    page = street.opens("dee", f"/learners/{street.people['ada']}", width=390)
    disclosure = page.locator("summary", has_text="Other editions of the report")
    disclosure.press("Enter")
    check_accessible(page)
    page.get_by_role("radio", name="Learner’s own copy").focus()
    page.keyboard.press("ArrowUp")
    expect(page.get_by_role("radio", name="Summary on two pages")).to_be_checked()
    page.get_by_role("button", name="Make this edition").press("Enter")
    file = finished(page, street, tmp_path)
    assert "summary" in file.name
    assert verified(file).returncode == 3


def test_a_redacted_edition_withholds_what_was_typed_on_its_page(
    street: Street, check_accessible: Callable[[Page], None], tmp_path: Path
) -> None:
    page = street.opens("ivy", f"/learners/{street.people['ada']}", width=390)
    page.locator("summary", has_text="Other editions of the report").click()
    page.get_by_role("link", name="Redacted edition").click()
    check_accessible(page)
    first = page.get_by_role("group", name="Words 1")
    first.get_by_label("Name or words").fill("Ben Okafor")
    page.get_by_role("button", name="Add other words").click()
    expect(page.get_by_role("group", name="Words 2").get_by_label("Name or words")).to_be_focused()
    expect(first.get_by_label("Name or words")).to_have_value("Ben Okafor")
    page.get_by_role("button", name="Make the redacted edition").click()
    expect(page.get_by_role("alert")).to_contain_text("Ben Okafor: Give the reason for everything that is withheld.")
    check_accessible(page)
    first.get_by_label("Why").fill("Does not want to be named")
    page.get_by_role("button", name="Make the redacted edition").click()
    file = finished(page, street, tmp_path)
    assert verified(file).returncode == 3
    assert "Ben Okafor" not in text_of(file)
    assert "Does not want to be named" in text_of(file)


@pytest.mark.parametrize("width", [390, 1440])
def test_a_face_is_covered_where_it_was_drawn_on_the_photo(
    street: Street, check_accessible: Callable[[Page], None], tmp_path: Path, width: int
) -> None:
    photo(street, "desk.jpg", desk("#8a4b08"))
    page = street.opens("ivy", f"/exports/learners/{street.people['ada']}/redacted", width=width)
    part = page.get_by_role("group", name="Part of a photo 1")
    part.get_by_label("Picture").select_option(label="E1 desk.jpg")
    draws(page, part.locator("svg rect"), (0.42, 0.5), (0.22, 0.1))
    part.get_by_text("Say in numbers where it is").click()
    expect(part.get_by_label("From the left, %")).to_have_value(re.compile("^2[12]"))
    expect(part.get_by_label("Height, %")).to_have_value(re.compile("^(39|40)"))
    check_accessible(page)
    part.get_by_label("Width, %").fill("21,5")
    part.get_by_label("Why").fill("A customer’s face")
    page.get_by_role("button", name="Make the redacted edition").click()
    file = finished(page, street, tmp_path)
    assert verified(file).returncode == 3
    assert "Withheld: upper left part of the picture (" in text_of(file)
    (shown,) = photos_in(file.read_bytes())
    with Image.open(io.BytesIO(shown)) as picture:
        assert picture.convert("RGB").getpixel((250, 100)) == pytest.approx(COVERED, abs=2)


def draws(page: Page, part: Locator, start: tuple[float, float], end: tuple[float, float]) -> None:
    """Draws a rectangle on a photo, between two spots that are shares of its width and height."""
    expect(part).to_be_attached()
    sheet = part.locator("xpath=..")
    sheet.scroll_into_view_if_needed()
    box = sheet.bounding_box()
    assert box
    for (across, down), then in ((start, page.mouse.down), (end, page.mouse.up)):
        page.mouse.move(box["x"] + box["width"] * across, box["y"] + box["height"] * down, steps=3)
        then()


def test_a_part_of_a_photo_is_said_in_numbers_without_a_script(street: Street) -> None:
    photo(street, "desk.jpg", desk("#8a4b08"))
    page = street.opens("ivy", f"/exports/learners/{street.people['ada']}/redacted", java_script_enabled=False)
    part = page.get_by_role("group", name="Part of a photo 1")
    part.get_by_label("Picture").select_option(label="E1 desk.jpg")
    part.get_by_label("Why").fill("A customer’s face")
    page.get_by_role("button", name="Make the redacted edition").click()
    expect(page.get_by_role("alert")).to_contain_text("Give an area as four numbers from 0 to 100")
    part.get_by_text("Say in numbers where it is").click()
    for label, value in (("From the left", "22"), ("From the top", "10"), ("Width", "20"), ("Height", "40")):
        part.get_by_label(f"{label}, %").fill(value)
    page.get_by_role("button", name="Make the redacted edition").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Evidence report")


def test_a_learner_takes_their_own_copy_from_their_portfolio(street: Street, tmp_path: Path) -> None:
    page = street.opens("ada", "/portfolio", width=390)
    page.get_by_role("link", name="Your own report").click()
    page.get_by_role("button", name="Make my report").click()
    file = finished(page, street, tmp_path)
    assert verified(file).returncode == 3
    page.get_by_role("link", name="Your own report").click()
    expect(page.get_by_role("link", name=file.name)).to_be_visible()
