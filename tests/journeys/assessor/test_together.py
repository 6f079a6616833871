"""Two at the same work: names that come and go, a clash by field, a round taken back under the pen, words handed on."""

import secrets
from collections.abc import Callable

import pytest
from playwright.sync_api import Locator, Page, expect

from portfolio.assessment import operations, queries
from portfolio.assessment.models import Assessment
from portfolio.foundation.db import db, transaction
from portfolio.people import operations as people
from portfolio.people.entering.operations import choose
from portfolio.people.rules import Registration, Role
from portfolio.people.signing_in import hashed
from tests.fixtures import deeds
from tests.fixtures.house import Street
from tests.journeys.assessor.judging import WIDTHS, panel
from tests.journeys.lost_words.losing import kept, offers

pytestmark = pytest.mark.browser


def colleagues(page: Page) -> Locator:
    """The line that says who else is here."""
    return page.locator("#here")


def desk(street: Street, nick: str, assessment: Assessment, **options: object) -> tuple[Page, list[str]]:
    """A desk whose clock stands until a test moves it, and what its page says of itself since."""
    page = street.window(base_url=street.url, **options)
    street.sign_in(page, nick)
    page.clock.install()
    said: list[str] = []
    page.on("request", lambda request: said.append(request.url) if request.url.endswith("/here") else None)
    with page.expect_response("**/here"):
        page.goto(f"/marking/{assessment.id}")
    page.clock.pause_at(page.evaluate("Date.now()") / 1000 + 1)
    return page, said


def ticks(page: Page, said: list[str]) -> None:
    """The time goes on until the page says once more that somebody is here, and is answered."""
    before = len(said)
    with page.expect_response("**/here"):
        while len(said) == before:
            goes_on(page, 500)


def goes_on(page: Page, milliseconds: int) -> None:
    """So much time passes on the page, and what it sends meanwhile is known."""
    page.clock.run_for(milliseconds)
    page.evaluate("fetch('/health')")


def with_eve(street: Street) -> None:
    """Another assessor joins the centre."""
    with transaction():
        told = Registration("Eve Adeyemi", f"{secrets.token_hex(4)}@house.example", (Role.ASSESSOR,))
        eve = people.register(told, street.person("dee").centre, by=None)
        choose(eve, hashed(secrets.token_hex(16)))
        street.people["eve"] = eve.id


def to_eve(street: Street) -> None:
    """The administrator gives the unit to her."""
    enrolment, eve, dee = street.enrolment("CS-305"), street.person("eve"), street.person("dee")
    with transaction():
        operations.allocate(enrolment, assessor=eve, iqa=enrolment.iqa, by=dee)


@WIDTHS
def test_who_is_at_the_same_desk_is_named_and_gone_when_they_leave(
    street: Street, assessment: Assessment, width: int, scheme: str, check_accessible: Callable[[Page], None]
) -> None:
    ivy, of_ivy = desk(street, "ivy", assessment)
    ben, of_ben = desk(street, "ben", assessment, width=width, scheme=scheme)
    expect(colleagues(ben)).to_have_text("Ivy Lund is here, at point 1.")
    ben.keyboard.press("j")
    ticks(ben, of_ben)
    ticks(ivy, of_ivy)
    expect(colleagues(ivy)).to_have_text("Ben Okafor is here, at point 2.")
    ben.clock.resume()
    check_accessible(ben)
    ivy.goto("/marking")
    ticks(ben, of_ben)
    expect(colleagues(ben)).to_be_empty()


def test_a_page_says_it_once_in_fifteen_seconds_and_not_while_nobody_sees_it(
    street: Street, assessment: Assessment
) -> None:
    page, said = desk(street, "ben", assessment)
    ticks(page, said)
    for point in ("1", "2"):
        with transaction():
            operations.be_here(assessment, deeds.points(assessment)[int(point) - 1].id, by=street.person("ivy"))
        before = len(said)
        goes_on(page, 12_000)
        assert len(said) == before
        ticks(page, said)
        expect(colleagues(page)).to_have_text(f"Ivy Lund is here, at point {point}.")
    page.evaluate("Object.defineProperty(document, 'visibilityState', { value: 'hidden', configurable: true })")
    page.evaluate("document.dispatchEvent(new Event('visibilitychange'))")
    before = len(said)
    goes_on(page, 120_000)
    assert len(said) == before
    page.evaluate("delete document.visibilityState")
    with page.expect_response("**/here"):
        page.evaluate("document.dispatchEvent(new Event('visibilitychange'))")
        page.clock.run_for(1)


def test_where_nobody_answers_the_page_asks_ever_more_seldom(street: Street, assessment: Assessment) -> None:
    page, said = desk(street, "ben", assessment)
    page.route("**/here", lambda route: route.fulfill(status=503))
    ticks(page, said)
    for wait in (30_000, 60_000, 120_000, 120_000):
        before = len(said)
        goes_on(page, wait - 3_000)
        assert len(said) == before
        ticks(page, said)


@WIDTHS
def test_a_clash_names_what_both_changed_and_gives_back_what_either_typed(
    street: Street, assessment: Assessment, width: int, scheme: str, check_accessible: Callable[[Page], None]
) -> None:
    page = street.opens("ben", f"/marking/{assessment.id}", width=width, scheme=scheme)
    deeds.judge(assessment, deeds.points(assessment)[0], deeds.NOT_MET)
    panel(page).get_by_label("Feedback", exact=True).fill("Well heard.")
    panel(page).locator("[name=verdict][value='partly met']").check(force=True)
    panel(page).get_by_role("button", name="Save verdict").click()
    notice = panel(page).locator("[role=alert]")
    expect(notice).to_be_focused()
    expect(notice.get_by_text("Tell how it ended.")).to_be_visible()
    expect(notice.get_by_role("group")).to_have_count(2)
    expect(panel(page).get_by_label("Feedback", exact=True)).to_have_value("Well heard.")
    check_accessible(page)
    notice.get_by_role("button", name="Take Ben Okafor’s feedback").click()
    expect(panel(page).get_by_label("Feedback", exact=True)).to_have_value("Tell how it ended.")
    expect(page.locator("#said")).to_have_text("Feedback: taken from Ben Okafor, not saved yet.")
    expect(panel(page).locator("[name=verdict]:checked")).to_have_value("partly met")
    assert len(queries.judgements(assessment)) == 1
    page.reload()
    expect(panel(page).locator("[name=verdict]:checked")).to_have_value("partly met")
    expect(panel(page).get_by_text("Typed earlier, not saved yet.")).to_be_visible()


def test_saving_again_gives_mine_and_keeps_theirs_on_record(street: Street, assessment: Assessment) -> None:
    page = street.opens("ben", f"/marking/{assessment.id}")
    deeds.judge_all(assessment)
    deeds.judge(assessment, deeds.points(assessment)[0], deeds.NOT_MET)
    page.keyboard.press("1")
    expect(panel(page).locator("[role=alert]")).to_contain_text("saved another verdict on this point")
    expect(page.locator("[data-decide]")).to_have_count(1)
    page.locator("[data-decide]").click()
    expect(page.locator("#said")).to_contain_text("Not decided: what you changed on point 1 is not saved.")
    panel(page).get_by_role("button", name="Save verdict").click()
    expect(page.locator("#said")).to_contain_text("Saved: point 1 met.")
    db.session.rollback()
    given = [one.verdict for one in queries.judgements(assessment) if one.point_id == deeds.points(assessment)[0].id]
    assert given == ["met", "not met", "met"]
    assert page.evaluate("Object.keys(localStorage).filter(it => it.includes('judging')).length") == 0


@WIDTHS
def test_a_round_taken_back_under_the_pen_is_said_and_the_words_come_back_with_it(
    street: Street, assessment: Assessment, width: int, scheme: str, check_accessible: Callable[[Page], None]
) -> None:
    page, said = desk(street, "ben", assessment, width=width, scheme=scheme)
    panel(page).get_by_label("Feedback").fill("Well heard.")
    kept(page, "Well heard.")
    deeds.take_back(assessment)
    ticks(page, said)
    news = page.locator("#news")
    expect(news).to_contain_text("Ada Marsh took this unit back at ")
    expect(news).to_contain_text("it comes back when the unit is handed in again.")
    page.clock.resume()
    check_accessible(page)
    page.keyboard.press("Control+Enter")
    panel(page).locator("[name=verdict][value=met]").check(force=True)
    panel(page).get_by_role("button", name="Save verdict").click()
    expect(page.locator("#flashes")).to_contain_text("Ada Marsh took this unit back at ")
    expect(panel(page).get_by_label("Feedback")).to_have_value("Well heard.")
    deeds.hand_in(street.enrolment("CS-305"))
    page.goto(f"/marking/{assessment.id}")
    expect(panel(page).get_by_label("Feedback")).to_have_value("Well heard.")
    expect(panel(page).get_by_text("Typed earlier, not saved yet.")).to_be_visible()


@WIDTHS
def test_who_takes_over_in_mid_work_is_offered_what_was_typed_and_who_gave_it_away_keeps_it(
    street: Street, assessment: Assessment, width: int, scheme: str, check_accessible: Callable[[Page], None]
) -> None:
    with_eve(street)
    ben = street.opens("ben", f"/marking/{assessment.id}")
    panel(ben).locator("[name=verdict][value='not met']").check(force=True)
    panel(ben).get_by_label("Feedback").fill("He was not asked what he wanted.")
    expect(panel(ben).locator("[data-safe]")).to_contain_text("safe at the centre, ")
    to_eve(street)
    ben.keyboard.press("Control+Enter")
    for place in ("#flashes p", "#news"):
        expect(ben.locator(place)).to_have_text("You do not judge this unit any more. What you typed is kept.")
    expect(panel(ben).get_by_label("Feedback")).to_have_value("He was not asked what he wanted.")
    eve = street.opens("eve", f"/marking/{assessment.id}", width=width, scheme=scheme)
    expect(offers(eve)).to_contain_text("Ben Okafor typed this on ")
    expect(offers(eve)).to_contain_text("and did not save it: the verdict “not met”.")
    expect(offers(eve)).to_contain_text("He was not asked what he wanted.")
    expect(panel(eve).get_by_label("Feedback")).to_have_value("")
    check_accessible(eve)
    offers(eve).get_by_role("button", name="Use these words").click()
    expect(panel(eve).get_by_label("Feedback")).to_have_value("He was not asked what he wanted.")
    expect(panel(eve).locator("[name=verdict]:checked")).to_have_value("not met")
    panel(eve).get_by_role("button", name="Save verdict").click()
    expect(eve.locator("#said")).to_contain_text("Saved: point 1 not met.")
    eve.reload()
    expect(offers(eve)).to_have_count(0)
    db.session.rollback()
    assert [one.by_name for one in queries.judgements(assessment)] == ["Eve Adeyemi"]
