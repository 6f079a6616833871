"""Ben has no line: he writes down what he sees; later he chooses in whose record it stands."""

from collections.abc import Callable
from dataclasses import replace

import pytest
from playwright.sync_api import Page, expect

from portfolio.evidence.meetings.models import Meeting
from portfolio.evidence.meetings.rules import minutes_of
from portfolio.foundation.db import db
from tests.evidence.meetings import meeting as meetings
from tests.fixtures.house import Street
from tests.journeys.capture.capturing import seen, sent
from tests.journeys.offline.cutting import cut, installed, mended

pytestmark = pytest.mark.browser


def test_an_observation_without_a_line_stands_in_its_record_later(
    street: Street, check_accessible: Callable[[Page], None]
) -> None:
    ada, ben = street.person("ada"), street.person("ben")
    meeting = meetings.planned(ada, ben, plan=replace(meetings.PLAN, agreed=()))
    page = installed(street, "ben", "/marking", width=390, scheme="dark")
    cut(page)
    page.goto("/")
    expect(page.locator("h1")).to_have_text("Write down what you see")
    check_accessible(page)
    for words in ("She asked what was wrong.", "She offered a repair."):
        page.goto("/meetings/notes")
        page.get_by_label("Whom you saw or talked to").fill("Ada")
        page.get_by_label("What happened, or what was said").fill(words)
        seen(page, "Save").click()
        expect(page.get_by_role("heading", name="Kept on this device")).to_be_visible()
    check_accessible(page)
    mended(page)
    page.goto("/meetings/notes/waiting")
    sent(page)
    page.reload()
    for words in ("She asked what was wrong.", "She offered a repair."):
        page.goto("/meetings/notes/waiting")
        expect(page.locator("main li.card").first).to_contain_text(words)
        page.get_by_role("link", name=meeting.title).first.click()
        expect(page.get_by_label("What happened, or what you asked")).to_have_value(words)
        seen(page, "Add to the record").click()
        expect(page.locator("#entries")).to_contain_text(words)
        expect(page.get_by_label("What happened, or what you asked")).to_have_value("")
    page.goto("/meetings/notes/waiting")
    expect(page.locator("main")).to_contain_text("Nothing waits")
    db.session.rollback()
    db.session.expire_all()
    assert [one.words for one in minutes_of(db.session.get_one(Meeting, meeting.id).minutes).entries] == [
        "She asked what was wrong.",
        "She offered a repair.",
    ]


def test_entries_of_a_record_whose_line_is_cut_wait_and_stand_on_it_once(street: Street) -> None:
    ada, ben = street.person("ada"), street.person("ben")
    meeting = meetings.planned(ada, ben, plan=replace(meetings.PLAN, agreed=()))
    page = installed(street, "ben", f"/meetings/{meeting.id}/record")
    cut(page)
    for number, words in enumerate(("She listened.", "She asked."), 1):
        page.get_by_label("What happened, or what you asked").fill(words)
        seen(page, "Add to the record").click()
        expect(page.get_by_label("What happened, or what you asked")).to_have_value("")
        expect(page.locator("[data-tray-count]")).to_have_text(str(number))
    mended(page)
    sent(page)
    page.reload()
    expect(page.locator("#entries")).to_contain_text("She listened.")
    expect(page.locator("#entries")).to_contain_text("She asked.")
    db.session.rollback()
    db.session.expire_all()
    assert len(minutes_of(db.session.get_one(Meeting, meeting.id).minutes).entries) == 2
