"""A testimony from the request by mail to the proof that leaves the house; one changed word of it is named."""

import re
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from flask import Flask
from playwright.sync_api import Page, expect

from portfolio.assessment.queries import assessment_of
from portfolio.foundation.db import db
from tests.fixtures.browser import Window
from tests.fixtures.house import Street, settled
from tests.foundation.mail.postbox import Postbox, words_of
from tests.journeys.assessor.judging import decide, state_of
from tests.journeys.centre.test_centre import taken, verified
from tests.journeys.pages import hands_in
from tests.journeys.witness.test_a_witness import PHONE, signs, tick

pytestmark = [pytest.mark.browser, pytest.mark.slow]
CODE = "CS-305"
GWEN = "gwen@tidewater.example"


@pytest.fixture
def street(mailing: tuple[Flask, str], window: Window) -> Iterator[Street]:
    """A centre of this test's own."""
    app, url = mailing
    with app.app_context():
        yield settled(Street(app, url, window))


def asked_by_mail(street: Street, post: Postbox) -> str:
    """Ada asks about every point of a unit; the path in the mail that goes to Gwen."""
    page = street.opens("ada", f"/witnesses/learners/{street.people['ada']}/ask", **PHONE)
    page.get_by_label("Name of the witness").fill("Gwen Parry")
    page.get_by_label("How they know the work").fill("Shift supervisor")
    page.get_by_label("Their e-mail address").fill(GWEN)
    page.locator("summary", has_text=CODE).click()
    for point in street.enrolment(CODE).edition.points:
        tick(page, f"{CODE} · {point.ref} ")
    page.get_by_role("button", name="Ask", exact=True).click()
    expect(page.locator("h1")).to_have_text("Gwen Parry")
    with post.up():
        street.do_jobs()
    (mail,) = post.to(GWEN)
    found = re.search(r"http://markwell\.example(/witness/\S+)", words_of(mail))
    assert found, words_of(mail)
    return urlsplit(found[1]).path


def witnessed(street: Street, path: str) -> None:
    """Gwen writes for every point what she saw, and signs."""
    phone = street.window(base_url=street.url, **PHONE)
    phone.goto(path)
    for point in street.enrolment(CODE).edition.points:
        phone.get_by_label(f"Point {point.ref}: what you saw").fill(f"She did the thing number {point.ref} calmly.")
    signs(phone)


def claims_and_hands_in(street: Street, page: Page) -> None:
    """Ada claims what Gwen wrote, and hands the unit in."""
    page.goto(f"/witnesses/learners/{street.people['ada']}")
    page.get_by_role("link", name="E1").first.click()
    page.get_by_role("button", name="Claim these places").click()
    expect(page.locator("#flashes")).to_contain_text("Claimed for 4 points.")
    page.goto(f"/portfolio/{street.enrolment(CODE).id}/hand-in")
    hands_in(page)


def judged(street: Street, check_accessible: Callable[[Page], None]) -> None:
    """Ben reads at the desk who stated it, checks the witness, and judges by keys."""
    db.session.rollback()
    assessment = assessment_of(street.enrolment(CODE))
    assert assessment is not None
    ben = street.opens("ben", f"/marking/{assessment.id}")
    expect(ben.locator(".pane:visible")).to_contain_text("The witness has not been checked yet.")
    check_accessible(ben)
    ben.locator(".pane:visible").get_by_role("link", name="Check the witness").click()
    tick(ben, "I contacted this witness")
    ben.get_by_label("How you contacted them").fill("by telephone")
    ben.get_by_role("button", name="Put on record").click()
    ben.goto(f"/marking/{assessment.id}")
    for point in street.enrolment(CODE).edition.points:
        ben.keyboard.press("1")
        expect(ben.locator("#said")).to_contain_text(f"Saved: point {point.ref} met.")
    ben.keyboard.press("d")
    decide(ben, "Well done.", authenticity="I rang the witness.")
    db.session.rollback()
    assert state_of(assessment) == "achieved"


def changed(pack: Path) -> Path:
    """The pack unpacked, with one word of the signed testimony changed wherever it stands as text."""
    folder = pack.with_name("unpacked")
    with zipfile.ZipFile(pack) as read:
        read.extractall(folder)
    for file in (one for one in folder.rglob("*") if one.is_file()):
        file.write_bytes(file.read_bytes().replace(b"number 3 calmly", b"number 3 kindly"))
    return folder


def test_a_testimony_from_the_request_to_the_proof(
    street: Street, post: Postbox, tmp_path: Path, check_accessible: Callable[[Page], None]
) -> None:
    witnessed(street, asked_by_mail(street, post))
    claims_and_hands_in(street, street.opens("ada", "/portfolio", **PHONE))
    judged(street, check_accessible)
    dee = street.opens("dee", "/exports")
    dee.get_by_role("button", name="Make the pack").click()
    with post.up():
        street.do_jobs()
    dee.reload()
    pack = taken(dee, tmp_path)
    assert verified(pack).returncode == 3, "it holds, and nobody vouches for the centre's key"
    told = verified(changed(pack))
    assert told.returncode == 1
    assert re.search(r"witness-testimony-v1\.txt: ", told.stdout), told.stdout
