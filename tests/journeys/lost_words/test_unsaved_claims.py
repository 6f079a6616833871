"""A claim that could not be saved is there again, and no answer that is not ours is taken for a saving."""

from functools import partial

import pytest
from playwright.sync_api import Page, Route, expect

from portfolio.assessment.models import Assessment, Judgement
from portfolio.evidence import queries
from portfolio.foundation.db import db
from portfolio.foundation.drafts.models import Sitting
from tests.fixtures.house import Street
from tests.journeys.assessor.judging import panel
from tests.journeys.learner.learning import account, point
from tests.journeys.lost_words.losing import hold, kept, offers
from tests.journeys.pages import until

pytestmark = pytest.mark.browser
FOREIGN = "<html><head><title>Proxy</title></head><body><h1>Something else</h1></body></html>"
WHY = "I rang him, as I had said I would."


def answered(status: int, route: Route) -> None:
    """A proxy answers in Markwell's place."""
    if route.request.method == "POST":
        route.fulfill(status=status, content_type="text/html", body=FOREIGN)
    else:
        route.continue_()


def choose(page: Page) -> None:
    page.get_by_role("button", name="On Friday I rang him.").click()
    point(page, "CS-301/2").click()
    page.get_by_label("Why this proves it").fill(WHY)


def test_a_claim_that_was_not_saved_is_there_again_with_its_place_and_is_saved_once(street: Street) -> None:
    item = account(street)
    page = street.opens("ada", f"/evidence/{item.id}")
    choose(page)
    kept(page, WHY)
    page.context.set_offline(True)
    page.get_by_role("button", name="Save claim").click()
    expect(page.locator("#flashes")).to_contain_text("Nothing is lost")
    page.context.set_offline(False)
    page.goto("/evidence")
    page.goto(f"/evidence/{item.id}")
    expect(offers(page)).to_contain_text(WHY)
    offers(page).get_by_role("button", name="Put it back").click()
    expect(page.locator("[data-chosen]")).to_have_text("On Friday I rang him.")
    expect(page.get_by_label("Why this proves it")).to_have_value(WHY)
    page.get_by_role("button", name="Save claim").click()
    expect(page.locator("#places .chip-point")).to_have_text(["CS-301 · 2"])
    page.reload()
    expect(page.locator("#places .chip-point")).to_have_text(["CS-301 · 2"])
    expect(offers(page)).to_have_count(0)
    db.session.rollback()
    assert [claim.reason for claim in queries.claims_on(item.id)] == [WHY]


def test_a_place_that_is_chosen_while_a_claim_is_on_its_way_is_the_next_claim(street: Street) -> None:
    item = account(street)
    page = street.opens("ada", f"/evidence/{item.id}")
    choose(page)
    held = hold(page, "**/claims")
    page.get_by_role("button", name="Save claim").click()
    until(page, "document.querySelector('form[aria-busy]')")
    page.get_by_role("button", name="He said that it worked.").click()
    point(page, "CS-301/1").click()
    page.get_by_label("Why this proves it").fill("It did work.")
    held[0].continue_()
    expect(page.locator("#places .chip-point")).to_have_text(["CS-301 · 2"])
    expect(page.locator("[data-chosen]")).to_have_text("He said that it worked.")
    expect(page.get_by_label("Why this proves it")).to_have_value("It did work.")
    page.unroute("**/claims")
    page.get_by_role("button", name="Save claim").click()
    expect(page.locator("#places .chip-point")).to_have_count(2)
    db.session.rollback()
    claims = [(claim.point.ref, claim.reason) for claim in queries.claims_on(item.id)]
    assert sorted(claims) == [("1", "It did work."), ("2", WHY)]
    assert db.session.query(Sitting).filter_by(person_id=street.people["ada"], ended=False).count() == 0


def test_a_chooser_that_was_closed_offers_the_reason_that_was_typed(street: Street) -> None:
    page = street.opens("ada", f"/evidence/{account(street).id}")
    choose(page)
    page.keyboard.press("Escape")
    offers(page).get_by_role("button", name="Put it back").click()
    expect(page.get_by_label("Why this proves it")).to_have_value(WHY)
    page.get_by_label("Why this proves it").fill("")
    page.keyboard.press("Escape")
    expect(offers(page)).to_have_count(0)
    choose(page)
    held = hold(page, "**/claims")
    page.get_by_role("button", name="Save claim").click()
    until(page, "document.querySelector('form[aria-busy]')")
    page.keyboard.press("Escape")
    expect(offers(page)).to_contain_text(WHY)
    held[0].continue_()
    expect(page.locator("#places .chip-point")).to_have_text(["CS-301 · 2"])
    expect(offers(page)).to_have_count(0)


def test_an_answer_that_is_not_ours_saves_nothing_and_says_so(street: Street, assessment: Assessment) -> None:
    item = account(street)
    page = street.opens("ada", f"/evidence/{item.id}")
    choose(page)
    for status in (200, 403, 413, 429):
        page.route("**/claims", partial(answered, status))
        page.get_by_role("button", name="Save claim").click()
        expect(page.locator("#flashes")).to_contain_text("Not saved")
        expect(page.get_by_label("Why this proves it")).to_have_value(WHY)
        page.unroute("**/claims")
        page.locator("#flashes button").first.click()
    page.get_by_role("button", name="Save claim").click()
    expect(page.locator("#places .chip-point")).to_have_text(["CS-301 · 2"])
    desk = street.opens("ben", f"/marking/{assessment.id}")
    desk.route("**/points/**", partial(answered, 200))
    panel(desk).locator(".verdict-option.is-met").click()
    panel(desk).get_by_role("button", name="Save verdict").click()
    expect(desk.locator("#flashes")).to_contain_text("Not saved")
    db.session.rollback()
    assert db.session.query(Judgement).filter_by(assessment_id=assessment.id).count() == 0


def test_what_is_pasted_is_never_cut_off(street: Street) -> None:
    page = street.opens("ada", "/evidence/new/account")
    title = "A title that goes on and on, " * 8 + "until 2024."
    text = "I asked him twice. " * 5400 + "It was 42."
    page.get_by_label("Title").fill(title)
    page.get_by_label("What happened").fill(text)
    page.get_by_role("button", name="Save", exact=True).click()
    expect(page.locator("[data-errors]")).to_contain_text("at most 200 characters")
    expect(page.get_by_label("Title")).to_have_value(title)
    expect(page.get_by_label("What happened")).to_have_value(text)


def test_reasons_of_two_devices_for_one_claim_are_shown_side_by_side(street: Street) -> None:
    item = account(street)
    there, here = (street.opens("ada", f"/evidence/{item.id}") for _ in range(2))
    choose(there)
    expect(there.locator("[data-safe]")).to_contain_text("safe at the centre, ")
    choose(here)
    here.get_by_label("Why this proves it").fill("He said so on the telephone.")
    expect(here.locator("[data-safe]")).to_contain_text("safe at the centre, ")
    told = offers(here).locator(".two-texts-words")
    expect(told).to_have_text(["He said so on the telephone.", WHY])
    assert told.first.bounding_box()["y"] == told.last.bounding_box()["y"], "in two columns"  # type: ignore[index]
    offers(here).get_by_role("button", name="Put it back instead").click()
    expect(here.get_by_label("Why this proves it")).to_have_value(WHY)
    expect(offers(here)).to_contain_text("He said so on the telephone.")
