"""Ada points at words and at pages of a PDF; her assessor sees the page at the claimed place."""

import io
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from portfolio.evidence import operations, queries
from portfolio.evidence.content import compose
from portfolio.evidence.drafts import Draft
from portfolio.evidence.models import Evidence
from portfolio.evidence.places import locators
from portfolio.evidence.rules import Kind
from portfolio.evidence.views import uploads
from portfolio.foundation.db import db, transaction
from tests.evidence.pages import papers
from tests.fixtures.house import Street
from tests.journeys.learner.learning import WIDTHS, point
from tests.journeys.learner.test_rectangles import SIDES, drag
from tests.journeys.pages import focused, watch

pytestmark = pytest.mark.browser


def document(street: Street, *steps: str) -> Evidence:
    """A PDF of ada's, with a page for each step."""
    ada = street.person("ada")
    with street.app.test_request_context():
        file = uploads.receive(io.BytesIO(papers.report(*steps)), "report.pdf", by=ada)
    version = compose(Draft("The new circuit", files=(file.id,)))
    with transaction():
        item = operations.add(Kind.WORK_PRODUCT, version, learner=ada, by=ada)
    street.do_jobs()
    street.do_jobs()
    return item


def claimed(item: Evidence) -> list[locators.Locator]:
    db.session.rollback()
    return [locators.read(claim.locator) for claim in queries.claims_on(item.id)]


@WIDTHS
def test_a_sentence_on_a_page_is_claimed_where_it_stands(
    street: Street, check_accessible: Callable[[Page], None], width: int, scheme: str
) -> None:
    item = document(street)
    page = street.opens("ada", f"/evidence/{item.id}", width=width, scheme=scheme)
    check_accessible(page)
    watch(page)
    words = "The new circuit tested at 0.34 ohms; the limit is 1.37."
    page.locator("[data-document-page='2']").get_by_role("button", name="The new circuit").click()
    expect(page.locator("[data-chosen]")).to_contain_text(words)
    point(page, "CS-301/2").click()
    page.get_by_role("button", name="Save claim").click()
    expect(page.locator("#places .place")).to_contain_text("page 2, as read by machine")
    expect(page.locator("[data-document-page='2'] mark.passage")).to_contain_text("0.34 ohms")
    check_accessible(page)
    (place,) = claimed(item)
    assert isinstance(place, locators.Page)
    assert place.page == 2
    assert place.quote is not None
    assert words in place.quote.exact.replace("\n", " ")


def test_a_page_and_an_area_of_it_are_claimed_with_numbers_and_drawn(
    street: Street, check_accessible: Callable[[Page], None]
) -> None:
    item = document(street)
    page = street.opens("ada", f"/evidence/{item.id}", width=390)
    page.get_by_role("button", name="Claim page 3").click()
    point(page, "CS-301/1").click()
    page.get_by_role("button", name="Save claim").click()
    expect(page.locator("#places .place")).to_contain_text("page 3")
    page.get_by_role("button", name="Claim page 1").click()
    page.get_by_text("A part of a page, in numbers").click()
    for name, value in zip(SIDES, ("10", "8", "60", "12.5"), strict=True):
        page.get_by_label(name).fill(value)
    check_accessible(page)
    point(page, "CS-301/2").click()
    page.get_by_role("button", name="Save claim").click()
    expect(page.locator("[data-document-page='1'] .area")).to_have_count(1)
    sha256 = papers.file_of(item).sha256
    assert set(claimed(item)) == {
        locators.Page(3, sha256), locators.Page(1, sha256, "percent:10,8,60,12.5")
    }  # fmt: skip
    page.goto(f"/files/{papers.file_of(item).id}/pages")
    expect(page.locator("[data-document-page]").first).to_be_visible()
    check_accessible(page)


@WIDTHS
def test_a_rectangle_is_drawn_on_a_page_and_claimed_as_on_a_photo(
    street: Street, check_accessible: Callable[[Page], None], width: int, scheme: str
) -> None:
    item = document(street)
    page = street.opens("ada", f"/evidence/{item.id}", width=width, scheme=scheme)
    watch(page)
    page.get_by_role("button", name="Mark a place on page 2").click()
    drag(page, page.locator("[data-document-page='2'] .area-sheet"), (0.1, 0.45), (0.6, 0.6))
    check_accessible(page)
    page.get_by_role("button", name="Choose points").click()
    expect(page.locator(".sheet-title")).to_have_text("Claim this part of the page")
    expect(page.locator("[data-chosen]")).to_contain_text("Page 2, left part (10–60")
    point(page, "CS-301/2").click()
    page.get_by_role("button", name="Save claim").click()
    expect(page.locator("[data-document-page='2'] .areas .area")).to_have_count(1)
    expect(page.locator(".area-drawn")).to_have_count(0)
    expect(page.locator("#places .place")).to_contain_text("page 2, left part (10–60")
    page.locator("#places a.place").click()
    expect(page.locator("[data-document-page='2'] .area.is-current")).to_be_in_viewport()
    check_accessible(page)
    (place,) = claimed(item)
    assert isinstance(place, locators.Page)
    assert (place.page, place.file) == (2, papers.file_of(item).sha256)
    assert [round(side) for side in place.area or ()] == [10, 45, 50, 15]


def test_by_keys_alone_a_rectangle_on_a_page_is_claimed_and_one_that_was_not_saved_is_offered_again(
    street: Street,
) -> None:
    item = document(street)
    page = street.opens("ada", f"/evidence/{item.id}")
    page.get_by_role("button", name="Mark a place on page 3").press("Enter")
    for key in ("ArrowLeft", "ArrowLeft", "Shift+ArrowDown", "Enter"):
        page.keyboard.press(key)
    assert focused(page, "data-key") == "CS-301/1"
    page.get_by_label("Why this proves it").fill("The last page.")
    page.reload()
    page.locator("[data-unclaimed]").get_by_role("button").first.click()
    expect(page.locator("[data-document-page='3'] .area-drawn")).to_be_visible()
    point(page, "CS-301/1").click()
    page.get_by_role("button", name="Save claim").click()
    expect(page.locator("[data-document-page='3'] .areas .area")).to_have_count(1)
    assert claimed(item) == [locators.Page(3, papers.file_of(item).sha256, "percent:28,30,40,41")]
    assert focused(page, "data-area-begin") == ""


def test_a_place_on_a_later_page_is_found_from_the_list(street: Street) -> None:
    item = document(street, *(f"On day {day} I checked the boiler." for day in range(1, 13)))
    page = street.opens("ada", f"/evidence/{item.id}")
    page.get_by_label("Page", exact=True).first.fill("12")
    page.get_by_role("button", name="Show").click()
    page.get_by_role("button", name="Claim page 12").click()
    point(page, "CS-301/1").click()
    page.get_by_role("button", name="Save claim").click()
    expect(page.locator("#places .place")).to_contain_text("page 12")
    page.goto(f"/evidence/{item.id}")
    expect(page.locator("[data-document-page='12']")).to_have_count(0)
    page.locator("#places a.place").click()
    expect(page.locator("[data-document-page='12']")).to_be_in_viewport()
