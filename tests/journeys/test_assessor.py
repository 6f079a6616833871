"""Ben's side in a real browser: he marks everything on one page, by keys alone where he likes, and decides."""

import io
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from portfolio.assessment.models import Assessment
from portfolio.evidence import operations, uploads
from portfolio.evidence.content import Draft, compose
from portfolio.evidence.locators import Span
from portfolio.evidence.rules import Kind
from portfolio.foundation.db import db, transaction
from tests.fixtures import deeds
from tests.fixtures.house import Street, tone
from tests.journeys.pages import focused, presses, tab_to, watch

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("journeys")]

ACCOUNT = """A man brought a kettle back and I listened until he had said it all.

A repair cost less than a new kettle. I told him both and said which one I would choose.

On Friday I rang him. He said that it worked.
"""
SENTENCES = (
    "I listened until he had said it all.",
    "A repair cost less than a new kettle.",
    "I told him both and said which one I would choose.",
)
WIDTHS = pytest.mark.parametrize(("width", "scheme"), [(390, "dark"), (1440, "light")])


@pytest.fixture
def assessment(street: Street) -> Assessment:
    """Ada's unit of four points, handed in: three sentences of an account, half a second of a recording."""
    enrolment = street.enrolment("CS-305")
    ada, points = street.person("ada"), enrolment.edition.points
    item = deeds.write(ada, ACCOUNT)
    for one, words in zip(points[:3], SENTENCES, strict=True):
        deeds.claim(item, deeds.place_of(item, words), [one], "It shows how I worked.")
    deeds.claim(item, deeds.place_of(item, "I told him both"), points[1:2])
    with street.app.test_request_context():
        file = uploads.receive(io.BytesIO(tone(20)), "call.wav", by=ada)
    content = compose(Draft("The call", files=(file.id,)))
    with transaction():
        call = operations.add(Kind.RECORDING, content, learner=ada, by=ada)
    street.do_jobs()
    deeds.claim(call, Span(5.0, 5.5), street.enrolment("CS-305").edition.points[3:])
    return deeds.hand_in(street.enrolment("CS-305"))


def panel(page: Page):  # type: ignore[no-untyped-def]
    """The verdict panel of the point in hand."""
    return page.locator(".verdict-panel:visible")


def in_hand(page: Page) -> str:
    """The ref of the point in hand."""
    return page.locator(".point-link[aria-current] .point-ref").inner_text()


def state_of(assessment: Assessment) -> str:
    """The state as it is recorded now."""
    db.session.expire_all()
    return str(db.session.get_one(Assessment, assessment.id).state)


def test_keys_alone_refer_a_unit_and_award_it_in_the_second_round(street: Street, assessment: Assessment) -> None:
    page = street.opens("ben", "/marking")
    tab_to(page, ".table th a")
    page.keyboard.press("Enter")
    expect(page.locator("#verdict")).to_be_visible()
    page.wait_for_load_state()
    watch(page)
    posts: list[str] = []
    page.on("request", lambda asked: posts.append(asked.url) if asked.method == "POST" else None)
    page.keyboard.press("1")
    expect(page.locator("#said")).to_have_text("Saved: point 1 met. Next is point 2.")
    for key in ("2", "Space", "f"):
        page.keyboard.press(key)
    page.keyboard.type("Say what a new kettle would have cost.")
    page.keyboard.press("Control+Enter")
    expect(page.locator("#said")).to_have_text("Saved: point 2 partly met.")
    page.keyboard.press("n")
    page.keyboard.press("1")
    expect(page.locator("#said")).to_have_text("Saved: point 3 met. Next is point 4.")
    page.keyboard.press("1")
    expect(page.locator("#said")).to_contain_text("Every point has a verdict.")
    assert len(posts) == 4
    assert presses(page) == 0
    page.keyboard.press("d")
    decide(page, "Nearly there: one thing is missing.")
    assert state_of(assessment) == "referred"
    deeds.hand_in(street.enrolment("CS-305"))
    page.goto(f"/marking/{assessment.id}")
    assert in_hand(page) == "2"
    page.keyboard.press("1")
    expect(page.locator("#said")).to_contain_text("Every point has a verdict.")
    page.keyboard.press("d")
    decide(page, "Well done.", authenticity="We talked about the kettle.")
    assert state_of(assessment) == "achieved"


def decide(page: Page, feedback: str, authenticity: str = "") -> None:
    """Fill in the decision and send it, by keys."""
    expect(page.locator("h1")).to_have_text("Decide")
    tab_to(page, "textarea[name=feedback]")
    page.keyboard.type(feedback)
    if authenticity:
        tab_to(page, "textarea[name=authenticity]")
        page.keyboard.type(authenticity)
    tab_to(page, "button[name=step]")
    page.keyboard.press("Enter")
    expect(page.locator("#flashes")).to_contain_text("They can read it now.")


@WIDTHS
def test_every_state_of_the_desk_is_open_to_everybody(
    street: Street, assessment: Assessment, check_accessible: Callable[[Page], None], width: int, scheme: str
) -> None:
    page = street.opens("ben", f"/marking/{assessment.id}", width=width, scheme=scheme)
    check_accessible(page)
    panel(page).locator(".verdict-option.is-partly-met").click()
    panel(page).get_by_role("button", name="Save verdict").click()
    expect(panel(page).locator("[role=alert]")).to_be_visible()
    check_accessible(page)
    panel(page).locator(".verdict-option.is-met").click()
    expect(page.locator("#said")).to_contain_text("Next is point 2")
    page.locator(".point-link", has_text="4").last.click()
    expect(page.locator(".pane:visible [data-wave] canvas").first).to_be_attached()
    check_accessible(page)
    page.locator("h1").click()
    page.keyboard.press("?")
    expect(page.locator("dialog[open]")).to_be_visible()
    check_accessible(page)


def test_a_point_opens_the_evidence_at_its_place_and_marks_that_place_only(
    street: Street, assessment: Assessment
) -> None:
    page = street.opens("ben", f"/marking/{assessment.id}")
    page.keyboard.press("j")
    expect(page.locator("mark.is-current")).to_have_text("A repair cost less than a new kettle.")
    expect(page.locator("mark.is-other").first).to_have_text(SENTENCES[0])
    page.keyboard.press("p")
    expect(page.locator("mark.is-current")).to_have_text("I told him both")
    expect(page).to_have_url(f"{street.url}/marking/{assessment.id}?point={point_id(assessment, 2)}")


def test_a_claimed_span_plays_from_its_first_second_to_its_last(street: Street, assessment: Assessment) -> None:
    page = street.opens("ben", f"/marking/{assessment.id}?point={point_id(assessment, 4)}")
    expect(page.locator("[part~=region]").first).to_have_text("1")
    page.locator(".place-row:visible [data-go]").click()
    more = page.get_by_role("button", name="Go on from here")
    expect(more).to_be_visible()
    sound = page.locator(".pane:visible audio")
    assert sound.evaluate("it => it.paused")
    assert 5.4 < sound.evaluate("it => it.currentTime") < 7
    more.click()
    expect(more).to_be_hidden()


def test_two_windows_that_judge_the_same_point_are_shown_both_verdicts(
    street: Street, assessment: Assessment, check_accessible: Callable[[Page], None]
) -> None:
    address = f"/marking/{assessment.id}"
    here, there = street.opens("ben", address), street.opens("ben", address, width=390)
    here.keyboard.press("1")
    expect(here.locator("#said")).to_contain_text("Saved: point 1 met.")
    panel(there).locator(".verdict-option.is-not-met").click()
    there.keyboard.type("He was not heard.")
    there.keyboard.press("Control+Enter")
    expect(panel(there).locator("[role=alert]")).to_contain_text("Both are shown")
    expect(panel(there).locator(".compare .status")).to_have_text(["Met", "Not met"])
    assert focused(there, "role") == "alert"
    check_accessible(there)
    panel(there).get_by_role("button", name="Save verdict").click()
    expect(there.locator("#said")).to_have_text("Saved: point 1 not met.")


def test_undo_takes_the_last_verdict_back_from_wherever_ben_is(street: Street, assessment: Assessment) -> None:
    page = street.opens("ben", f"/marking/{assessment.id}")
    page.keyboard.press("1")
    expect(page.locator("#said")).to_contain_text("Next is point 2")
    page.keyboard.press("u")
    expect(page.locator("#said")).to_have_text("The verdict on point 1 is taken back.")
    expect(page.locator("#tally")).to_contain_text("4 open")
    assert in_hand(page) == "1"


def test_partly_met_without_the_missing_part_says_so_and_brings_the_cursor_there(
    street: Street, assessment: Assessment
) -> None:
    page = street.opens("ben", f"/marking/{assessment.id}?point={point_id(assessment, 2)}")
    expect(panel(page).get_by_text("What is missing")).to_be_hidden()
    page.keyboard.press("2")
    page.keyboard.press("s")
    expect(panel(page).locator("[role=alert]")).to_contain_text("tick what is not shown yet")
    assert focused(page, "name") == "missing"


def test_feedback_that_is_not_saved_yet_is_there_again_after_the_page_was_loaded_anew(
    street: Street, assessment: Assessment
) -> None:
    page = street.opens("ben", f"/marking/{assessment.id}")
    page.keyboard.press("f")
    page.keyboard.type("Read the second")
    page.reload()
    expect(panel(page).get_by_label("Feedback")).to_have_value("Read the second")
    page.keyboard.press("1")
    expect(page.locator("#said")).to_contain_text("Saved")
    assert page.evaluate("Object.keys(localStorage).filter(it => it.includes('judging')).length") == 0


def test_nothing_is_lost_while_the_line_is_down_or_the_session_is_over(street: Street, assessment: Assessment) -> None:
    page = street.opens("ben", f"/marking/{assessment.id}")
    page.keyboard.press("3")
    page.keyboard.type("Tell what he said.")
    page.context.set_offline(True)
    page.keyboard.press("Control+Enter")
    expect(page.locator("#flashes")).to_contain_text("Nothing is lost; try again.")
    page.context.set_offline(False)
    page.context.clear_cookies()
    page.keyboard.press("Control+Enter")
    expect(page.locator("#flashes")).to_contain_text("you are signed out")
    expect(panel(page).get_by_label("Feedback")).to_have_value("Tell what he said.")
    page.get_by_role("button", name="Sign in again").click()
    expect(page).to_have_title("Sign in · Markwell")
    street.sign_in(page, "ben")
    page.goto(f"/marking/{assessment.id}")
    expect(panel(page).get_by_label("Feedback")).to_have_value("Tell what he said.")


def test_single_keys_can_be_switched_off(street: Street, assessment: Assessment) -> None:
    page = street.opens("ben", f"/marking/{assessment.id}")
    page.keyboard.press("?")
    page.get_by_text("Use single keys on this device").click()
    page.get_by_role("button", name="Close").click()
    page.keyboard.press("3")
    expect(panel(page).get_by_role("radio", name="Not met")).not_to_be_checked()
    page.keyboard.press("f")
    expect(panel(page).get_by_label("Feedback")).not_to_be_focused()


def test_ada_reads_the_verdicts_at_the_places_they_are_about(
    street: Street, assessment: Assessment, check_accessible: Callable[[Page], None]
) -> None:
    deeds.judge_all(assessment, deeds.MET, deeds.NOT_MET)
    deeds.refer(assessment)
    page = street.opens("ada", f"/portfolio/{street.enrolment('CS-305').id}/feedback", width=390)
    page.get_by_role("link", name="not met").click()
    expect(page.locator("mark.is-current")).to_have_text("A repair cost less than a new kettle.")
    expect(panel(page)).to_contain_text("Tell how it ended.")
    check_accessible(page)


def point_id(assessment: Assessment, ref: int) -> int:
    """The id of a point by its ref."""
    return deeds.points(assessment)[ref - 1].id
