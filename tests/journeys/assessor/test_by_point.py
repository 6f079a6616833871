"""Ben marks one point across his learners: each key shows the next of them, and saves what he found."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, Request, Route, expect

from portfolio.assessment import queries
from portfolio.assessment.models import Assessment
from portfolio.foundation.db import db, transaction
from portfolio.people import operations as people
from portfolio.people.rules import Registration, Role
from portfolio.units import operations as units
from tests.fixtures import deeds
from tests.fixtures.house import Street
from tests.journeys.assessor.judging import WIDTHS, panel
from tests.journeys.pages import tab_to, until

pytestmark = pytest.mark.browser
CLASS = ("Una Ash", "Tom Birch", "Sam Cole")


@pytest.fixture
def waiting(street: Street) -> list[Assessment]:
    """Three learners handed in the same unit: each an account of their own, none with evidence for the last point."""
    first, found = street.enrolment("CS-305"), []
    dee = street.person("dee")
    for number, name in enumerate(CLASS):
        with transaction():
            stated = Registration(name, f"l{number}@street.example", (Role.LEARNER,))
            learner = people.register(stated, first.learner.centre, by=dee)
            enrolment = units.enrol(learner, first.edition, assessor=first.assessor, iqa=first.iqa, by=dee)
        item = deeds.write(learner, f"{deeds.STORY}\nThat was {name}.\n", title=f"A kettle of {name}’s")
        for point, words in zip(enrolment.edition.points[:3], deeds.SENTENCES, strict=True):
            deeds.claim(item, deeds.place_of(item, words), [point])
        deeds.claim(item, deeds.place_of(item, "two days"), enrolment.edition.points[1:2])
        found.append(deeds.hand_in(enrolment, {enrolment.edition.points[3].id: "I have no recording yet."}))
    return found


def called(page: Page) -> str:
    """Who is in hand."""
    return page.locator(".point-link[aria-current] .point-text").inner_text()


def verdicts(waiting: list[Assessment], ref: int) -> list[str | None]:
    """What stands on a point for each of them."""
    db.session.rollback()
    db.session.expire_all()
    found = []
    for one in waiting:
        standing = queries.standing(queries.judgements(one)).get(deeds.points(one)[ref - 1].id)
        found.append(standing.verdict if standing else None)
    return found


def walk_of(street: Street, waiting: list[Assessment], ref: int, **options: object) -> Page:
    """Ben's window on the walk along a point."""
    return street.opens("ben", f"/marking/points/{deeds.points(waiting[0])[ref - 1].id}", **options)


def brought(page: Page, name: str) -> None:
    """Wait until whoever comes next is on the page already."""
    expect(page.locator(".pane h3", has_text=name)).to_be_attached()


def test_three_keys_judge_a_point_of_three_learners_without_loading_a_page(
    street: Street, waiting: list[Assessment]
) -> None:
    page = street.opens("ben", "/marking")
    page.get_by_role("link", name="Mark by point").click()
    tab_to(page, "table a")
    page.keyboard.press("Enter")
    expect(page.locator("h1")).to_contain_text(deeds.points(waiting[0])[0].text)
    brought(page, "Tom")
    page.evaluate("window.same = true")
    posts: list[Request] = []
    page.on("request", lambda asked: posts.append(asked) if asked.method == "POST" else None)
    for name in CLASS:
        brought(page, name)
        assert called(page) == name
        expect(page.locator("mark.is-current:visible").last).to_have_text(" until he had said it all.")
        page.keyboard.press("1")
    expect(page.locator("[data-judged]")).to_have_text("3 of 3 judged")
    expect(page.locator("#said")).to_contain_text("Everybody here has a verdict.")
    assert page.evaluate("window.same")
    assert len([one for one in posts if "/points/" in one.url]) == 3
    assert verdicts(waiting, 1) == ["met"] * 3
    page.get_by_role("link", name="Choose another point").click()
    expect(page.locator("table")).not_to_contain_text(deeds.points(waiting[0])[0].text)


def test_the_next_learner_is_shown_before_anything_is_answered(street: Street, waiting: list[Assessment]) -> None:
    page = walk_of(street, waiting, 1)
    brought(page, "Tom")
    page.route("**/marking/*/points/*", lambda _unanswered: None)
    page.keyboard.press("1")
    assert called(page) == "Tom Birch"
    expect(page.locator(".pane h3:visible")).to_have_text("A kettle of Tom Birch’s")
    page.keyboard.press("k")
    assert called(page) == "Una Ash"


def test_what_was_typed_is_saved_by_moving_on(street: Street, waiting: list[Assessment]) -> None:
    page = walk_of(street, waiting, 3)
    brought(page, "Tom")
    page.keyboard.press("3")
    page.keyboard.type("Say what became of it.")
    page.keyboard.press("Escape")
    page.keyboard.press("j")
    assert called(page) == "Tom Birch"
    expect(page.locator("[data-judged]")).to_have_text("1 of 3 judged")
    page.keyboard.press("i")
    expect(page.locator("#lately li")).to_be_visible()
    expect(page.locator("#lately")).to_contain_text("Say what became of it.")
    assert verdicts(waiting, 3) == ["not met", None, None]


def test_what_cannot_be_saved_stays_and_is_said_with_a_way_back(street: Street, waiting: list[Assessment]) -> None:
    page = walk_of(street, waiting, 3)
    brought(page, "Tom")
    page.keyboard.press("f")
    page.keyboard.type("Words without a verdict.")
    page.keyboard.press("Escape")
    page.keyboard.press("n")
    expect(page.locator("#flashes")).to_contain_text("Una Ash: not saved. Choose a verdict.")
    expect(page.locator(".point-link", has_text="Una Ash")).to_contain_text("not saved")
    assert called(page) == "Tom Birch"
    page.get_by_role("button", name="Go back").click()
    assert called(page) == "Una Ash"
    expect(panel(page).get_by_label("Feedback")).to_have_value("Words without a verdict.")
    page.keyboard.press("Escape")
    page.locator("h1").click()
    page.keyboard.press("1")
    expect(page.locator("[data-judged]")).to_have_text("1 of 3 judged")
    page.reload()
    assert verdicts(waiting, 3) == ["met", None, None]


def test_an_answer_that_comes_late_takes_nobody_else_in_hand(street: Street, waiting: list[Assessment]) -> None:
    page = walk_of(street, waiting, 1)
    brought(page, "Tom")
    held: list[Route] = []
    page.route("**/marking/*/points/*?*", lambda it: held.append(it) if it.request.method == "POST" else it.continue_())
    page.keyboard.press("1")
    page.keyboard.press("k")
    assert called(page) == "Una Ash"
    held[0].continue_()
    expect(page.locator("[data-judged]")).to_have_text("1 of 3 judged")
    assert called(page) == "Una Ash"
    page.keyboard.press("n")
    assert called(page) == "Tom Birch"


def test_words_against_the_evidence_of_a_later_learner_are_kept_and_said(
    street: Street, waiting: list[Assessment]
) -> None:
    page = walk_of(street, waiting, 1)
    brought(page, "Tom")
    page.keyboard.press("j")
    page.keyboard.press("w")
    page.locator(".flaw:visible textarea").fill("Nobody signed it.")
    page.keyboard.press("Escape")
    page.locator("h1").click()
    page.keyboard.press("k")
    expect(page.locator("#flashes")).to_contain_text("Tom Birch: not saved. What you say against the evidence waits")
    page.get_by_role("button", name="Go back").click()
    assert called(page) == "Tom Birch"
    expect(page.locator(".flaw:visible textarea")).to_be_focused()
    page.on("dialog", lambda dialog: dialog.accept())
    page.reload()
    expect(page.locator("h1")).to_be_visible()
    expect(page.locator(".pane:visible")).to_contain_text("Nobody signed it.")


def test_names_are_hidden_until_they_are_wanted(street: Street, waiting: list[Assessment]) -> None:
    page = walk_of(street, waiting, 1)
    page.keyboard.press("t")
    expect(page).to_have_url(
        f"{street.url}/marking/points/{deeds.points(waiting[0])[0].id}?names=hidden&learner={waiting[0].id}"
    )
    assert called(page) == "Learner 1"
    page.keyboard.press("1")
    expect(page.locator("#said")).to_contain_text("Learner 1 met")
    expect(page.locator(".point-list")).not_to_contain_text("Una")
    page.keyboard.press("t")
    expect(page.locator(".point-list")).to_contain_text("Tom Birch")


def test_without_a_place_the_evidence_of_that_learner_is_shown_alone(street: Street, waiting: list[Assessment]) -> None:
    page = walk_of(street, waiting, 4)
    for name in CLASS:
        brought(page, name)
        expect(page.locator(".pane h3:visible")).to_have_text(f"A kettle of {name}’s")
        page.keyboard.press("j")
    page.keyboard.press("k")
    expect(page.locator(".pane h3:visible")).to_have_text("A kettle of Tom Birch’s")


@WIDTHS
def test_a_walk_is_open_to_everybody(
    street: Street, waiting: list[Assessment], check_accessible: Callable[[Page], None], width: int, scheme: str
) -> None:
    page = walk_of(street, waiting, 2, width=width, scheme=scheme)
    brought(page, "Tom")
    check_accessible(page)
    panel(page).locator(".verdict-option.is-met").click()
    expect(page.locator("[data-judged]")).to_have_text("1 of 3 judged")
    page.locator("#lately > summary").click()
    check_accessible(page)
    until(page, "document.documentElement.scrollWidth <= innerWidth")
    page.goto("/marking/points")
    check_accessible(page)
