"""An observation and a discussion, from the plan to the verdict, and to the proof that leaves the house."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from portfolio.assessment.queries import assessment_of
from portfolio.evidence.meetings.models import Meeting
from portfolio.evidence.rules import Kind
from portfolio.foundation.db import db
from tests.evidence.meetings.meeting import PLAN, QUESTION, STEP, TOPIC, sign, under_way
from tests.fixtures.house import Street
from tests.journeys.assessor.judging import decide, state_of
from tests.journeys.centre.test_centre import taken, verified
from tests.journeys.pages import hands_in

pytestmark = pytest.mark.browser
CODE = "CS-305"


def written(street: Street, kind: Kind) -> Meeting:
    """What ben planned for the unit's four points, wrote down of them, and signed."""
    refs = [(CODE, point.ref) for point in street.enrolment(CODE).edition.points]
    first = STEP if kind is Kind.OBSERVATION else TOPIC
    entries = [replace(first, points=tuple(refs[:2])), replace(QUESTION, points=tuple(refs[2:]))]
    ada, ben = street.person("ada"), street.person("ben")
    meeting = under_way(ada, ben, entries, kind=kind, plan=replace(PLAN, agreed=tuple(refs)))
    sign(meeting)
    return meeting


def agrees(ada: Page) -> None:
    """Ada reads all of it and signs."""
    expect(ada.locator("article.account")).to_contain_text("Why a repair?")
    expect(ada.locator("main")).to_contain_text("Face to face")
    ada.locator(".choice label", has_text="It is a true account of what I did and said").click()
    ada.get_by_label("Your full name").fill("Ada Marsh")
    ada.get_by_role("button", name="Sign").click()
    expect(ada.locator("#places")).to_contain_text(f"{CODE} · 1")
    expect(ada.get_by_role("button", name="Remove from portfolio")).to_have_count(0)


@pytest.mark.parametrize("kind", [Kind.OBSERVATION, Kind.DISCUSSION])
def test_what_both_signed_is_handed_in_judged_by_keys_noted_and_proved(
    street: Street, tmp_path: Path, check_accessible: Callable[[Page], None], kind: Kind
) -> None:
    meeting = written(street, kind)
    ada = street.opens("ada", f"/meetings/{meeting.id}/answer", width=390)
    check_accessible(ada)
    agrees(ada)
    ada.goto(f"/portfolio/{street.enrolment(CODE).id}/hand-in")
    hands_in(ada)
    db.session.rollback()
    assessment = assessment_of(street.enrolment(CODE))
    assert assessment is not None
    ben = street.opens("ben", f"/marking/{assessment.id}")
    expect(ben.locator(".pane:visible")).to_contain_text(f"Agreed before: {CODE} · 1")
    check_accessible(ben)
    for point in street.enrolment(CODE).edition.points:
        ben.keyboard.press("1")
        expect(ben.locator("#said")).to_contain_text(f"Saved: point {point.ref} met.")
    expect(ben.locator("#said")).to_contain_text("Every point has a verdict.")
    ben.keyboard.press("d")
    decide(ben, "Well done.", authenticity="I was there.")
    db.session.rollback()
    assert state_of(assessment) == "achieved"
    ivy = street.opens("ivy", "/marking?state=achieved")
    expect(ivy.locator("main")).to_contain_text("own observations or discussions alone: 1, 2, 3, 4")
    check_accessible(ivy)
    dee = street.opens("dee", "/exports")
    dee.get_by_role("button", name="Make the pack").click()
    street.do_jobs()
    dee.reload()
    told = verified(taken(dee, tmp_path))
    assert told.returncode == 3, told.stdout
