"""Ben inserts phrases into feedback by a sign and a letter, and reads what his centre changed in it."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Locator, Page, expect

from portfolio.assessment import queries
from portfolio.assessment.models import Assessment
from portfolio.assessment.rules import Finding, Verdict
from portfolio.foundation.db import db
from tests.fixtures import deeds
from tests.fixtures.house import Street
from tests.journeys.assessor.judging import WIDTHS, panel, point_id
from tests.journeys.pages import tab_to, until

pytestmark = pytest.mark.browser

SHARED, OWN = "Explain how you chose between the two.", "Évoquez what the customer said."


@pytest.fixture
def offered(street: Street, assessment: Assessment) -> Assessment:
    """One sentence is shared for the unit, and Ben used another on the second point."""
    deeds.share(assessment.enrolment.edition, SHARED, by=street.person("dee"))
    deeds.judge(assessment, deeds.points(assessment)[1], Finding(Verdict.NOT_MET, feedback=OWN))
    return assessment


def field(page: Page) -> Locator:
    """The feedback on the point in hand."""
    return panel(page).locator("textarea")


def options(page: Page) -> Locator:
    """What the list offers."""
    return panel(page).get_by_role("option")


def said(assessment: Assessment) -> list[str]:
    """The feedback of each verdict, in the order in which they were given."""
    db.session.rollback()
    return [one.feedback for one in queries.judgements(assessment)]


@WIDTHS
def test_a_sign_and_a_letter_insert_what_is_saved(
    street: Street, offered: Assessment, check_accessible: Callable[[Page], None], width: int, scheme: str
) -> None:
    page = street.opens("ben", f"/marking/{offered.id}", width=width, scheme=scheme)
    page.keyboard.press("3")
    page.keyboard.type("You listened well. /")
    expect(options(page).filter(has_text=SHARED)).to_have_count(1)
    expect(options(page).filter(has_text=OWN)).to_have_count(1)
    expect(page.locator("#said")).to_have_text("6 phrases to insert.")
    check_accessible(page)
    page.keyboard.type("evo")
    expect(options(page)).to_have_count(1)
    expect(options(page)).to_contain_text("yours")
    for _ in "evo":
        page.keyboard.press("Backspace")
    page.keyboard.type("ch b")
    expect(options(page)).to_have_attribute("aria-selected", "true")
    until(field(page), "document.getElementById(it.getAttribute('aria-activedescendant')).role === 'option'")
    page.keyboard.press("Enter")
    expect(field(page)).to_have_value(f"You listened well. {SHARED} ")
    expect(options(page)).to_have_count(0)
    expect(field(page)).not_to_have_attribute("aria-controls", re.compile("."))
    page.keyboard.press("Control+Enter")
    expect(page.locator("#said")).to_contain_text("Saved: point 1 not met.")
    assert said(offered)[-1] == f"You listened well. {SHARED}"
    assert len(queries.uses_of([queries.judgements(offered)[-1].id])) == 1


def test_escape_leaves_the_sign_and_arrows_choose(street: Street, offered: Assessment) -> None:
    page = street.opens("ben", f"/marking/{offered.id}")
    page.keyboard.press("f")
    page.keyboard.type("/")
    expect(options(page).first).to_be_visible()
    page.keyboard.press("Escape")
    expect(options(page)).to_have_count(0)
    expect(field(page)).to_be_focused()
    expect(field(page)).to_have_value("/")
    page.keyboard.type("e")
    expect(options(page)).to_have_count(0)
    page.keyboard.type(" and/or 1/2 /e")
    expect(options(page)).to_have_count(2)
    page.keyboard.press("ArrowDown")
    expect(options(page).nth(1)).to_have_attribute("aria-selected", "true")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowUp")
    chosen = options(page).nth(1).inner_text()
    page.keyboard.press("Enter")
    expect(field(page)).to_have_value(f"/e and/or 1/2 {OWN if OWN in chosen else SHARED} ")
    page.keyboard.type("/zzz")
    page.keyboard.press("Enter")
    expect(field(page)).to_have_value(f"/e and/or 1/2 {OWN if OWN in chosen else SHARED} /zzz\n")


def test_the_list_is_opened_by_its_key_and_by_its_button_and_worked_by_mouse(
    street: Street, offered: Assessment
) -> None:
    page = street.opens("ben", f"/marking/{offered.id}")
    page.keyboard.press("Shift+F")
    options(page).filter(has_text=SHARED).click()
    expect(field(page)).to_have_value(f"{SHARED} ")
    panel(page).get_by_role("button", name="Phrases").click()
    expect(field(page)).to_have_value(f"{SHARED} /")
    options(page).filter(has_text=OWN).click()
    expect(field(page)).to_have_value(f"{SHARED} {OWN} ")
    expect(field(page)).to_be_focused()
    panel(page).get_by_role("radio", name="Partly met").check(force=True)
    expect(options(page)).to_have_count(0)


def test_what_was_put_in_is_known_after_the_page_was_left(street: Street, offered: Assessment) -> None:
    page = street.opens("ben", f"/marking/{offered.id}")
    page.keyboard.press("3")
    page.keyboard.type("Please: /ch b")
    expect(options(page)).to_have_attribute("aria-selected", "true")
    page.keyboard.press("Enter")
    expect(field(page)).to_have_value(f"Please: {SHARED} ")
    page.reload()
    expect(field(page)).to_have_value(f"Please: {SHARED} ")
    page.keyboard.press("f")
    page.keyboard.press("Control+Enter")
    expect(page.locator("#said")).to_contain_text("Saved: point 1 not met.")
    assert said(offered)[-1] == f"Please: {SHARED}"
    assert len(queries.uses_of([queries.judgements(offered)[-1].id])) == 1


@WIDTHS
def test_what_the_centre_changes_is_told_on_the_desk(
    street: Street, offered: Assessment, check_accessible: Callable[[Page], None], width: int, scheme: str
) -> None:
    deeds.judge(offered, deeds.points(offered)[0], Finding(Verdict.NOT_MET, feedback=SHARED))
    page = street.opens("dee", f"/units/{offered.enrolment.edition_id}/phrases", width=width, scheme=scheme)
    check_accessible(page)
    page.get_by_role("link", name="Change").click()
    expect(page.get_by_label("Sentence")).to_have_value(SHARED)
    tab_to(page, "textarea[name=words]")
    page.keyboard.press("ControlOrMeta+A")
    page.keyboard.type("Explain your choice.")
    tab_to(page, "main button[type=submit]")
    page.keyboard.press("Enter")
    expect(page.locator("#flashes")).to_contain_text("Saved.")
    check_accessible(page)
    address = f"/marking/{offered.id}?point={point_id(offered, 1)}"
    desk = street.opens("ben", address, width=width, scheme=scheme)
    expect(desk.locator(".notice")).to_contain_text("your feedback on point 1 says it as it is now")
    expect(field(desk)).to_have_value("Explain your choice.")
    check_accessible(desk)
    panel(desk).get_by_role("button", name="Undo this verdict").click()
    expect(field(desk)).to_have_value(SHARED)
    assert said(offered)[-2:] == ["Explain your choice.", SHARED]
