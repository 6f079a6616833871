"""Ada points at words on a sheet of her register; her assessor sees them there, at the desk."""

import io
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from portfolio.evidence import operations
from portfolio.evidence.content import compose
from portfolio.evidence.drafts import Draft
from portfolio.evidence.rules import Kind
from portfolio.evidence.views import uploads
from portfolio.foundation.db import transaction
from tests.evidence.formats import offices
from tests.fixtures import deeds
from tests.fixtures.house import Street
from tests.journeys.learner.learning import WIDTHS, point
from tests.journeys.learner.test_pages import claimed
from tests.journeys.pages import watch

pytestmark = pytest.mark.browser


@WIDTHS
def test_a_row_of_a_sheet_is_claimed_and_seen_at_the_desk(
    street: Street, check_accessible: Callable[[Page], None], width: int, scheme: str
) -> None:
    ada = street.person("ada")
    with street.app.test_request_context():
        file = uploads.receive(io.BytesIO(offices.complaints()), "complaints.xlsx", by=ada)
    with transaction():
        item = operations.add(Kind.WORK_PRODUCT, compose(Draft("The register", files=(file.id,))), learner=ada, by=ada)
    street.do_jobs()
    street.do_jobs()
    page = street.opens("ada", f"/evidence/{item.id}", width=width, scheme=scheme)
    check_accessible(page)
    watch(page)
    words = "Monday | Cold soup | I served it again at 75 °C."
    sheet = page.locator("[data-called='Sheet ‘Complaints’']")
    sheet.get_by_role("button", name="Cold soup").click()
    expect(page.locator("[data-chosen]")).to_contain_text(words)
    point(page, "CS-301/2").click()
    page.get_by_role("button", name="Save claim").click()
    expect(page.locator("#places .place")).to_contain_text("sheet ‘Complaints’, as read by machine")
    expect(sheet.locator("mark.passage")).to_contain_text("Cold soup")
    page.get_by_role("button", name="Claim sheet ‘Prices’").click()
    expect(page.locator("[data-chosen]")).to_contain_text("Sheet ‘Prices’")
    check_accessible(page)
    (place,) = claimed(item)
    assert getattr(place, "quote").exact == words  # noqa: B009 (of a page; the test fails for any other place)
    enrolment = street.enrolment("CS-301")
    assessment = deeds.hand_in(enrolment, {one.id: "Not yet." for one in enrolment.edition.points if one.ref != "2"})
    desk = street.opens("ben", f"/marking/{assessment.id}", width=width, scheme=scheme)
    expect(desk.locator("mark.passage").first).to_contain_text("Cold soup")
    expect(desk.get_by_text("sheet ‘Complaints’, as read by machine").first).to_be_attached()
    check_accessible(desk)
