"""Ben changes his keys, and everywhere a key is shown his own is; who wants no single keys has none."""

import json
from collections.abc import Callable

import pytest
from playwright.sync_api import Locator, Page, expect

from portfolio.assessment.models import Assessment
from portfolio.foundation import keys
from tests.fixtures import deeds
from tests.fixtures.house import Street
from tests.journeys.assessor.judging import WIDTHS, in_hand, panel, point_id
from tests.journeys.pages import focused, tab_to, until

pytestmark = pytest.mark.browser


def row(page: Page, deed: str) -> Locator:
    """The row of a deed on the page of keys."""
    return page.locator(f'[data-changeable$="/{deed}"]')


def change(page: Page, deed: str, key: str) -> None:
    """Press the row's button, then the new key."""
    row(page, deed).get_by_role("button", name="Change").click()
    page.keyboard.press(key)


def shown(page: Page, deed: str) -> str:
    """What stands on the key of a deed, as the page shows it."""
    return page.locator(f'[data-key-of$="/{deed}"]').first.inner_text().replace("\n", "")


def test_a_key_that_is_changed_is_the_one_that_works_and_that_is_shown(street: Street, assessment: Assessment) -> None:
    page = street.opens("ben", "/keys")
    change(page, "next point", "y")
    expect(page.locator("#said")).to_have_text("“next point” is Y now.")
    assert "change" in page.evaluate("Object.keys(document.activeElement.dataset)")
    change(page, "met", "x")
    page.goto(f"/marking/{assessment.id}")
    assert [shown(page, deed) for deed in ("next point", "point before", "met")] == ["Y", "K", "X"]
    page.keyboard.press("j")
    page.keyboard.press("y")
    assert in_hand(page) == "2"
    page.keyboard.press("x")
    expect(page.locator("#said")).to_contain_text("Saved: point 2 met.")
    page.keyboard.press("k")
    assert panel(page).locator("[data-key-of]").first.inner_text() == "X"  # of a panel that was drawn anew, too
    page.keyboard.press("?")
    expect(page.locator("dialog [data-key-of='points/next point']")).to_have_text("Y")


def test_a_key_that_is_taken_says_whose_it_is_and_can_be_swapped(street: Street) -> None:
    page = street.opens("ben", "/keys")
    change(page, "write feedback", "s")
    asks = row(page, "write feedback").get_by_role("alert")
    expect(asks).to_contain_text("S is already “save the verdict (met is saved by itself)”.")
    page.keyboard.press("Enter")  # the cursor is on Swap
    expect(page.locator("#said")).to_contain_text("“write feedback” is S now.")
    assert shown(page, "write feedback") == "S"
    assert shown(page, "save the verdict (met is saved by itself)") == "F"
    row(page, "write feedback").get_by_role("button", name="As it came").click()
    page.keyboard.press("Enter")
    expect(page.locator("[data-back]:visible")).to_have_count(0)
    assert shown(page, "write feedback") == "F"


def test_keys_of_a_recording_differ_from_those_of_each_page_that_has_one(street: Street) -> None:
    page = street.opens("ben", "/keys")
    change(page, "mute", "n")
    both = "N is already “next open point” and “note this moment”."
    expect(row(page, "mute").get_by_role("alert")).to_contain_text(both)
    page.get_by_role("button", name="Leave it").click()
    assert shown(page, "mute") == "M"
    change(page, "note this moment", "s")  # is never on a page with the marking view
    expect(page.locator("#said")).to_have_text("“note this moment” is S now.")


def test_escape_and_tab_leave_a_key_as_it_is_and_what_is_no_single_key_is_refused(street: Street) -> None:
    page = street.opens("ben", "/keys")
    change(page, "undo", "Escape")
    expect(page.locator("#said")).to_have_text("“undo” keeps its key.")
    change(page, "undo", "Tab")
    expect(page.locator(".keys-field")).to_have_count(0)
    for key, sentence in (("Control+g", "Ctrl+G cannot be"), ("F2", "F2 cannot be"), ("ArrowDown", "↓ is always")):
        change(page, "undo", key)
        expect(row(page, "undo").get_by_role("alert")).to_contain_text(sentence)
    page.get_by_role("button", name="Another key").click()
    page.keyboard.press("Shift+U")
    expect(page.locator("#said")).to_have_text("“undo” is Shift+U now.")
    assert shown(page, "undo") == "ShiftU"


def test_all_keys_are_put_back_at_once_and_each_person_has_their_own(street: Street) -> None:
    page = street.opens("ben", "/keys")
    change(page, "next point", "y")
    change(page, "mute", "g")
    page.reload()
    assert (shown(page, "next point"), shown(page, "mute")) == ("Y", "G")
    street.sign_in(page, "ada")
    page.goto("/keys")
    assert shown(page, "next point") == "J"
    street.sign_in(page, "ben")
    page.goto("/keys")
    page.get_by_role("button", name="All as they came").click()
    expect(page.locator("#said")).to_have_text("All keys are as they came.")
    assert (shown(page, "next point"), shown(page, "mute")) == ("J", "M")


def test_a_key_is_changed_by_keys_alone(street: Street) -> None:
    page = street.opens("ben", "/keys")
    tab_to(page, "[data-change]")
    page.keyboard.press("Enter")
    assert "New key for “next point”" in focused(page, "aria-label")
    page.keyboard.press("y")
    expect(page.locator("#said")).to_have_text("“next point” is Y now.")
    assert focused(page, "data-change") == ""


def test_single_keys_are_switched_off_on_the_page_of_keys(street: Street, assessment: Assessment) -> None:
    page = street.opens("ben", "/keys")
    page.get_by_text("Use single keys on this device").click()
    page.goto(f"/marking/{assessment.id}")
    page.keyboard.press("j")
    page.keyboard.press("?")
    assert in_hand(page) == "1"
    expect(page.locator(".columns-3 kbd:visible")).to_have_count(0)
    expect(page.locator("dialog[open]")).to_have_count(0)
    page.get_by_role("button", name="all keys").click()
    page.get_by_role("link", name="Change keys, or print them").click()
    expect(page.get_by_label("Use single keys on this device")).not_to_be_checked()


def test_each_deed_of_the_marking_view_has_a_key(street: Street, assessment: Assessment) -> None:
    deeds.judge_all(assessment, deeds.MET, deeds.PARTLY, deeds.MET, deeds.MET)
    deeds.refer(assessment)
    deeds.hand_in(street.enrolment("CS-305"))
    page = street.opens("ben", f"/marking/{assessment.id}?point={point_id(assessment, 2)}")
    for key, holds in (
        ("v", "[name=verdict]"), ("w", "[name=fails]"), ("e", ".column-evidence"), ("l", ".point-link[aria-current]"),
        ("h", "[data-earlier] > summary"), ("f", "textarea"),
    ):  # fmt: skip
        page.keyboard.press(key)
        until(page, "document.activeElement.matches(it)", holds)
    page.keyboard.press("Escape")
    page.keyboard.press("r")
    expect(page.locator("#said")).to_have_text("There is no decision that can be retracted.")
    page.keyboard.press("o")
    expect(page.get_by_text("Round 1, handed in")).to_be_visible()
    page.keyboard.press("Shift+O")
    expect(page.get_by_text("Round 2, handed in")).to_be_visible()
    page.keyboard.press("q")
    expect(page.locator("h1")).to_have_text("Marking")


def test_a_decision_that_nobody_has_read_is_retracted_by_keys(street: Street, assessment: Assessment) -> None:
    deeds.judge_all(assessment, deeds.MET, deeds.PARTLY, deeds.MET, deeds.MET)
    deeds.refer(assessment)
    page = street.opens("ben", f"/marking/{assessment.id}")
    page.keyboard.press("r")
    page.keyboard.press("Enter")
    expect(page.locator("#flashes")).to_contain_text("retracted")


def test_the_recording_answers_to_its_keys(street: Street, assessment: Assessment) -> None:
    page = street.opens("ben", f"/marking/{assessment.id}?point={point_id(assessment, 4)}")
    sound = page.locator(".pane:visible audio")
    until(sound, "it.readyState > 0 && it.currentTime === 5")
    for key, now in (("ArrowRight", 10), ("Shift+ArrowRight", 11), ("ArrowLeft", 6), ("Shift+ArrowLeft", 5)):
        page.locator("h1").click()
        page.keyboard.press(key)
        assert sound.evaluate("it => it.currentTime") == now
    page.keyboard.press(">")
    page.keyboard.press("m")
    assert sound.evaluate("it => [it.playbackRate, it.muted]") == [1.25, True]
    page.keyboard.press("c")
    expect(page.locator("#said")).to_have_text("This recording has no captions.")


@WIDTHS
def test_the_page_of_keys_is_accessible_and_fits(
    street: Street, check_accessible: Callable[[Page], None], width: int, scheme: str
) -> None:
    page = street.opens("ada", "/keys", width=width, scheme=scheme)
    check_accessible(page)
    row(page, "undo").get_by_role("button", name="Change").click()
    check_accessible(page)
    page.keyboard.press("s")
    expect(row(page, "undo").get_by_role("alert")).to_be_visible()
    check_accessible(page)
    page.set_viewport_size({"width": 320, "height": 800})
    assert page.evaluate("document.documentElement.scrollWidth") <= 320


def test_who_has_no_scripts_reads_the_table_and_why_no_key_works(street: Street) -> None:
    page = street.window(base_url=street.url)
    street.sign_in(page, "ada")
    page = street.window(base_url=street.url, java_script_enabled=False, storage_state=page.context.storage_state())
    page.goto("/keys")
    expect(page.get_by_text("Single keys need scripts")).to_be_visible()
    expect(page.get_by_role("button", name="Change")).to_have_count(0)
    assert page.locator("[data-changeable]").count() == sum(
        not one.fixed for group in keys.groups() for one in group.rows
    )


def test_on_paper_the_keys_fill_one_sheet(street: Street) -> None:
    page = street.opens("ben", "/keys")
    change(page, "next point", "y")
    paper = page.pdf(format="A4", prefer_css_page_size=False)
    assert paper.count(b"/Type /Page\n") + paper.count(b"/Type /Page ") == 1
    assert json.loads(page.evaluate("localStorage.getItem(Object.keys(localStorage).find(it => it.endsWith(':keys')))"))


def test_the_keys_are_listed_where_a_learner_reads_feedback_and_plays_a_recording(
    street: Street, assessment: Assessment, check_accessible: Callable[[Page], None]
) -> None:
    deeds.judge_all(assessment, deeds.MET, deeds.NOT_MET)
    deeds.refer(assessment)
    page = street.opens("ada", "/evidence")
    page.get_by_role("link", name="The call").click()
    expect(page.locator("h1")).to_have_text("The call")
    for path, group in (
        (page.url, "Claiming a part of a recording"),
        (f"{page.url}/change", "Writing about a recording"),
        (f"/portfolio/{street.enrolment('CS-305').id}/feedback", "Points and their evidence"),
    ):
        page.goto(path)
        page.locator("h1").click()
        page.keyboard.press("?")
        expect(page.get_by_role("dialog").get_by_role("heading", name=group)).to_be_visible()
        expect(page.get_by_role("dialog").get_by_text("save the verdict")).to_have_count(0)
        check_accessible(page)
