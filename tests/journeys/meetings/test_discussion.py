"""A professional discussion is recorded; its parts are marked by one key while it plays, and become claims."""

import io
from collections.abc import Callable
from dataclasses import replace

import pytest
from playwright.sync_api import Page, expect

from portfolio.evidence import queries
from portfolio.evidence.arrivals.landing import receive
from portfolio.evidence.meetings.models import Meeting
from portfolio.evidence.meetings.operations import attach
from portfolio.evidence.places import locators
from portfolio.evidence.places.locators import Span
from portfolio.evidence.rules import Kind
from portfolio.foundation.db import db, transaction
from tests.evidence.meetings.meeting import PLAN as ANY
from tests.evidence.meetings.meeting import planned
from tests.fixtures.house import Street, tone

pytestmark = pytest.mark.browser

PLAN = replace(ANY, agreed=(("CS-301", "2"),))


def discussion(street: Street, seconds: int = 40) -> Meeting:
    """A discussion that is planned, with its recording."""
    ada, ben = street.person("ada"), street.person("ben")
    meeting = planned(ada, ben, Kind.DISCUSSION, PLAN)
    with street.app.test_request_context():
        file = receive(io.BytesIO(tone(seconds)), "talk.wav", by=ben).id
    with transaction():
        attach(meeting, [file], by=ben)
    street.do_jobs()
    return meeting


def test_a_discussion_with_its_recording_from_the_index_to_both_signatures(
    street: Street, check_accessible: Callable[[Page], None], check_html: Callable[[str], None]
) -> None:
    meeting = discussion(street)
    ben = street.opens("ben", f"/meetings/{meeting.id}/record")
    sound = ben.locator("audio")
    expect(ben.locator("[data-wave] canvas").first).to_be_attached()
    check_accessible(ben)
    check_html(ben.request.get(ben.url).text())
    sound.evaluate("it => { it.currentTime = 2; return it.play() }")
    ben.locator("h1").click()
    ben.keyboard.press("Enter")
    note = ben.get_by_label("What was said")
    expect(note).to_be_focused()
    expect(ben.get_by_label("From", exact=True)).not_to_have_value("")
    ben.keyboard.type("Why a repair was better.")
    assert not sound.evaluate("it => it.paused"), "typing does not stop it"
    ben.locator(".choice label", has_text="CS-301 · 2").first.click()
    sound.evaluate("it => { it.currentTime = 20 }")
    note.press("Enter")
    expect(ben.locator("#entries tbody tr")).to_have_count(1)
    expect(note).to_have_value("")
    expect(note).to_be_focused()
    begun = ben.get_by_label("From", exact=True).input_value()
    assert begun.startswith("0:2"), "the next part begins where the one before ended"
    sound.evaluate("it => { it.currentTime = 31; it.pause() }")
    ben.keyboard.type("What the customer said.")
    ben.keyboard.press("Enter")
    expect(ben.locator("#entries tbody tr")).to_have_count(2)
    check_accessible(ben)
    _both_sign(street, ben, meeting)


def _both_sign(street: Street, ben: Page, meeting: Meeting) -> None:
    ben.get_by_role("link", name="Finish and sign").click()
    ben.get_by_label("Your conclusion").fill("She knows the rules.")
    ben.get_by_role("button", name="Read the whole").click()
    ben.locator(".choice label", has_text="This is a true record of my discussion").click()
    ben.get_by_label("Your full name").fill("Ben Okafor")
    ben.get_by_role("button", name="Sign").click()
    ada = street.opens("ada", f"/meetings/{meeting.id}/answer", width=390)
    expect(ada.locator("audio")).to_be_attached()
    ada.locator(".choice label", has_text="It is a true account of what I did and said").click()
    ada.get_by_label("Your full name").fill("Ada Marsh")
    ada.get_by_role("button", name="Sign").click()
    expect(ada.locator("#places .place-time")).to_contain_text("0:0")
    db.session.rollback()
    db.session.expire_all()
    item = meeting.evidence
    assert item is not None
    (claim,) = queries.claims_on(item.id)
    place = locators.read(claim.locator)
    assert isinstance(place, Span)
    assert 2 <= place.start < 20 <= place.end
    assert (claim.point.ref, claim.reason) == ("2", "Why a repair was better.")
