"""Ada writes and sends, and nothing of it is lost."""

from pathlib import Path

import pytest
from playwright.sync_api import expect

from tests.fixtures.house import Street
from tests.journeys.learner.learning import ACCOUNT, PIECE, WIDTHS, Line, point
from tests.journeys.pages import until

pytestmark = pytest.mark.browser


def test_what_was_typed_is_kept_on_the_device_until_it_is_saved(street: Street) -> None:
    page = street.opens("ada", "/evidence/new/account")
    page.get_by_label("Title").fill("A hard day")
    page.get_by_label("What happened").fill("First I listened.")
    expect(page.locator("[data-words]")).to_have_text("3 words")
    kept = "Object.values(localStorage).some(it => it.includes('First I listened'))"
    until(page, kept)
    page.reload()
    page.get_by_role("button", name="Put it back").click()
    expect(page.get_by_label("What happened")).to_have_value("First I listened.")
    page.get_by_role("button", name="Save").click()
    expect(page.locator("h1")).to_have_text("A hard day")
    assert not page.evaluate(kept)


def test_an_account_can_be_looked_at_before_it_is_saved(street: Street) -> None:
    page = street.opens("ada", "/evidence/new/account")
    page.get_by_label("What happened").fill("## Monday\n\n<script>alert(1)</script> I *rang*.")
    page.get_by_role("button", name="Preview").click()
    expect(page.locator("[data-preview-shown] em")).to_have_text("rang")
    expect(page.locator("[data-preview-shown] script")).to_have_count(0)
    page.get_by_role("button", name="Go on writing").click()
    expect(page.get_by_label("What happened")).to_be_focused()


def test_saving_waits_for_a_file_and_a_cut_line_goes_on_where_it_stopped(street: Street, tmp_path: Path) -> None:
    page = street.opens("ada", "/evidence/new/work-product")
    line = Line(cuts=1)
    page.route("**/uploads/*", line.carry)
    page.get_by_label("Title").fill("The log")
    file = tmp_path / "log.bin"
    file.write_bytes(bytes(range(256)) * 4096 * 65)
    page.locator("input[type=file]").set_input_files(file)
    page.get_by_role("button", name="Save").click()
    expect(page.locator("h1")).to_have_text("The log")
    expect(page.locator(".file-name")).to_have_text("log.bin")
    assert line.begun == ["0", str(PIECE), str(PIECE)]


def test_a_file_that_broke_off_is_not_sent_twice_after_the_page_was_loaded_again(
    street: Street, tmp_path: Path
) -> None:
    page = street.opens("ada", "/evidence/new/work-product")
    file = tmp_path / "log.bin"
    file.write_bytes(bytes(65 * 1024**2))
    line = Line()
    page.route("**/uploads/*", line.carry)
    with page.expect_event("requestfailed"):
        page.locator("input[type=file]").set_input_files(file)
    page.reload()
    line.cuts = 0
    page.locator("input[type=file]").set_input_files(file)
    expect(page.locator(".arrival")).to_contain_text("received")
    assert line.begun == ["0", str(PIECE), str(PIECE)]


@WIDTHS
def test_ada_writes_claims_and_hands_in(street: Street, width: int, scheme: str) -> None:
    page = street.opens("ada", "/evidence/new/account", width=width, scheme=scheme)
    page.get_by_label("Title").fill("The kettle")
    page.get_by_label("What happened").fill(ACCOUNT)
    page.get_by_role("button", name="Save").click()
    page.get_by_role("button", name="On Friday I rang him.").click()
    point(page, "CS-305/4").click()
    page.get_by_role("button", name="Save claim").click()
    expect(page.locator("#places .chip-point")).to_have_text("CS-305 · 4")
    page.goto(f"/portfolio/{street.enrolment('CS-305').id}/hand-in")
    for field in page.locator("input[name^=gap-]").all():
        field.fill("I have not done this yet.")
    page.get_by_text("This is my own work").click()
    page.get_by_label("Your name").fill("Ada Marsh")
    page.get_by_role("button", name="Hand in").click()
    expect(page.locator(".page-actions .status")).to_have_text("Handed in")
