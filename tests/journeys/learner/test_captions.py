"""Ada uploads captions, reads them without sound, and claims the seconds of a sentence."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from portfolio.evidence import queries
from portfolio.evidence.places import locators
from portfolio.evidence.places.locators import Span
from portfolio.foundation.db import db
from tests.evidence.transcripts.spoken import VTT
from tests.fixtures.house import Street
from tests.journeys.learner.learning import point, recording
from tests.journeys.pages import watch

pytestmark = pytest.mark.browser


def test_captions_are_uploaded_read_in_the_player_and_claimed(
    street: Street, check_accessible: Callable[[Page], None]
) -> None:
    item = recording(street)
    page = street.opens("ada", f"/evidence/{item.id}", width=390)
    page.get_by_role("link", name="Add captions").click()
    check_accessible(page)
    page.get_by_label("Captions", exact=True).set_input_files(
        [{"name": "a.vtt", "mimeType": "text/vtt", "buffer": VTT}]
    )
    page.get_by_role("button", name="Upload captions").click()
    expect(page.locator("#flashes")).to_contain_text("The captions are saved")
    check_accessible(page)
    page.get_by_role("link", name=item.ref).click()
    page.get_by_role("button", name="Captions", exact=True).click()
    page.locator("audio").evaluate("it => { it.currentTime = 6 }")
    expect(page.locator("[data-caption-line]")).to_have_text("I want my kettle back.")
    watch(page)
    page.get_by_text("What is said", exact=True).click()
    check_accessible(page)
    page.get_by_role("button", name="I want my kettle back.").click()
    expect(page.locator("[data-chosen]")).to_have_text("0:05.0–0:08.0")
    point(page, "CS-301/1").click()
    page.get_by_role("button", name="Save claim").click()
    expect(page.locator("#places .place-time")).to_contain_text("0:05")
    db.session.rollback()
    (claim,) = queries.claims_on(item.id)
    place = locators.read(claim.locator)
    assert isinstance(place, Span)
    assert (place.start, place.end) == (5, 8)
    page.goto(f"/files/{queries.latest(item).files[0].id}/captions/correct")
    check_accessible(page)
