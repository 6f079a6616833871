"""Ben watches Ada at work with a phone in his hand; she reads what he wrote down, and both sign."""

import io
from collections.abc import Callable
from dataclasses import replace
from urllib.parse import parse_qs

import pytest
from PIL import Image
from playwright.sync_api import Page, expect

from portfolio.evidence import queries
from portfolio.evidence.meetings.models import Meeting
from portfolio.foundation.db import db
from tests.evidence.meetings.meeting import PLAN, STEP, planned, sign, write
from tests.fixtures.house import Street
from tests.journeys.lost_words.losing import hold
from tests.journeys.pages import until

pytestmark = pytest.mark.browser
Look = Callable[[Page], None]
STEP_ALONE = replace(STEP, points=())


@pytest.fixture
def looked_at(check_accessible: Look, check_html: Callable[[str], None]) -> Look:
    """Fails where the page as it stands is not accessible, not valid, or wider than its window."""

    def look(page: Page) -> None:
        check_accessible(page)
        check_html(page.request.get(page.url).text())
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), page.url

    return look


def the_meeting(street: Street) -> Meeting:
    """The last one that was planned."""
    db.session.rollback()
    db.session.expire_all()
    return db.session.query(Meeting).filter_by(learner_id=street.people["ada"]).order_by(Meeting.id.desc()).first()


def test_an_observation_from_the_plan_to_both_signatures(street: Street, looked_at: Look) -> None:
    ben = street.opens("ben", f"/learners/{street.people['ada']}", width=390)
    ben.get_by_role("link", name="Plan an observation").click()
    looked_at(ben)
    ben.get_by_label("Title").fill("A return on Saturday")
    ben.get_by_label("Day").fill("2026-03-03")
    ben.get_by_label("What the learner prepares").fill("Read the refund rules.")
    ben.locator("summary", has_text="CS-301").click()
    ben.locator(".choice-list label", has_text="CS-301 · 1 ·").click()
    expect(ben.locator("summary", has_text="CS-301")).to_contain_text(", 1 chosen")
    looked_at(ben)
    ben.get_by_role("button", name="Save the plan").click()
    ada = street.opens("ada", "/portfolio", width=390)
    ada.get_by_role("link", name="A return on Saturday").click()
    expect(ada.locator("main")).to_contain_text("Read the refund rules.")
    looked_at(ada)
    ben.get_by_role("link", name="Begin").click()
    looked_at(ben)
    ben.get_by_label("What happened").fill("She asked what was wrong with it.")
    expect(ben.get_by_label("Time", exact=True)).not_to_have_value("")
    ben.get_by_label("Time", exact=True).fill("10:42")
    ben.locator(".choice label", has_text="CS-301 · 1").first.click()
    ben.get_by_role("button", name="Add to the record").click()
    expect(ben.locator("#entries")).to_contain_text("10:42")
    expect(ben.get_by_label("What happened")).to_have_value("")
    ben.locator(".choice label", has_text="A question and its answer").click()
    ben.get_by_label("What happened").fill("Why a repair?")
    ben.get_by_label("The answer").fill("It costs less.")
    ben.get_by_role("button", name="Add to the record").click()
    expect(ben.locator("#entries")).to_contain_text("It costs less.")
    looked_at(ben)
    _sign(ben, ada, street, looked_at)


def _sign(ben: Page, ada: Page, street: Street, looked_at: Look) -> None:
    ben.get_by_role("link", name="Finish and sign").click()
    ben.get_by_label("Who else was there").fill("Two customers in the queue")
    looked_at(ben)
    ben.get_by_role("button", name="Read the whole").click()
    expect(ben.locator("main")).to_contain_text("Two customers in the queue")
    looked_at(ben)
    ben.locator(".choice label", has_text="I observed this learner individually").click()
    ben.get_by_label("Your full name").fill("Ben Okafor")
    ben.get_by_role("button", name="Sign").click()
    expect(ben.locator("main")).to_contain_text("Learner still to sign")
    ada.goto("/portfolio")
    ada.get_by_role("link", name="Read and sign").click()
    expect(ada.locator("#entries")).to_contain_text("She asked what was wrong with it.")
    looked_at(ada)
    ada.locator(".choice label", has_text="It is a true account of what I did and said").click()
    ada.get_by_label("Your full name").fill("Ada Marsh")
    ada.get_by_role("button", name="Sign").click()
    expect(ada.locator("#places")).to_contain_text("CS-301 · 1")
    expect(ada.locator("main")).to_contain_text("Ben Okafor")
    looked_at(ada)
    item = the_meeting(street).evidence
    assert item is not None
    assert [one.point.ref for one in queries.claims_on(item.id)] == ["1"]


def test_a_step_that_was_typed_while_the_line_was_down_is_kept_on_the_phone_and_sent_by_itself(street: Street) -> None:
    planned(street.person("ada"), street.person("ben"), plan=replace(PLAN, agreed=()))
    meeting = the_meeting(street)
    ben = street.opens("ben", f"/meetings/{meeting.id}/record", width=390)
    ben.context.set_offline(True)
    ben.get_by_label("What happened").fill("She rang the customer.")
    ben.get_by_role("button", name="Add to the record").click()
    expect(ben.locator("#flashes")).to_contain_text("kept on this device")
    expect(ben.locator("[data-tray-count]")).to_have_text("1")
    ben.context.set_offline(False)
    expect(ben.locator("[data-tray]")).to_be_hidden()
    ben.reload()
    expect(ben.locator("#entries")).to_contain_text("She rang the customer.")
    expect(ben.get_by_label("What happened")).to_have_value("")
    expect(ben.get_by_role("region", name="Kept from before")).to_have_count(0)
    assert [one["words"] for one in the_meeting(street).minutes["entries"]] == ["She rang the customer."]


def test_a_step_that_is_begun_while_the_one_before_is_on_its_way_is_the_next_one(street: Street) -> None:
    planned(street.person("ada"), street.person("ben"), plan=replace(PLAN, agreed=()))
    ben = street.opens("ben", f"/meetings/{the_meeting(street).id}/record", width=390)
    held = hold(ben, "**/record")
    ben.locator(".choice label", has_text="A question and its answer").click()
    ben.get_by_label("What happened").fill("Why a repair?")
    ben.get_by_label("The answer").fill("It costs less.")
    ben.get_by_role("button", name="Add to the record").click()
    until(ben, "document.querySelector('form[aria-busy]')")
    ben.get_by_label("What happened").press_sequentially(" What if it breaks?")
    ben.get_by_label("The answer").press_sequentially(" Then a new one.")
    sent = parse_qs(held[0].request.post_data or "")
    assert "@" in sent["sitting"][0]  # the turn whose words are in the form, and nothing beyond it
    held[0].continue_()
    expect(ben.locator("#entries")).to_contain_text("It costs less.")
    ben.unroute("**/record")
    expect(ben.get_by_label("What happened")).to_have_value("What if it breaks?")
    ben.reload()
    ben.get_by_role("button", name="Put it back", exact=True).click()
    ben.get_by_role("button", name="Add to the record").click()
    expect(ben.locator("#entries")).to_contain_text("Then a new one.")
    said = [(one["words"], one["answer"]) for one in the_meeting(street).minutes["entries"]]
    assert said == [("Why a repair?", "It costs less."), ("What if it breaks?", "Then a new one.")]


def test_without_a_script_a_step_is_added_by_a_plain_form(street: Street) -> None:
    planned(street.person("ada"), street.person("ben"), plan=replace(PLAN, agreed=()))
    ben = street.opens("ben", f"/meetings/{the_meeting(street).id}/record", java_script_enabled=False)
    ben.get_by_label("What happened").fill("She greeted him.")
    ben.get_by_role("button", name="Add to the record").click()
    expect(ben.locator("#entries")).to_contain_text("She greeted him.")
    (entry,) = the_meeting(street).minutes["entries"]
    assert entry["at"], "without a time it is of now"


def test_a_photo_is_sent_from_the_phone_and_belongs_to_what_is_signed(street: Street, looked_at: Look) -> None:
    planned(street.person("ada"), street.person("ben"), plan=replace(PLAN, agreed=()))
    meeting = the_meeting(street)
    ben = street.opens("ben", f"/meetings/{meeting.id}/record", width=390)
    picture = io.BytesIO()
    Image.new("RGB", (30, 20), "teal").save(picture, "JPEG")
    ben.get_by_label("Add files").set_input_files(
        {"name": "counter.jpg", "mimeType": "image/jpeg", "buffer": picture.getvalue()}
    )
    ben.get_by_role("button", name="Attach", exact=True).click()
    expect(ben.locator("#flashes")).to_contain_text("Saved.")
    expect(ben.get_by_role("button", name="Remove counter.jpg")).to_be_visible()
    street.do_jobs()
    ben.reload()
    expect(ben.get_by_role("img", name="counter.jpg")).to_be_visible()
    looked_at(ben)
    write(the_meeting(street), STEP_ALONE)
    item = sign(the_meeting(street))
    ada = street.opens("ada", f"/evidence/{item.id}", width=390)
    expect(ada.get_by_role("img", name="counter.jpg")).to_be_visible()
    looked_at(ada)
