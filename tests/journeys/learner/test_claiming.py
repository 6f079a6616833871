"""Ada points at the words that prove her marking points: by mouse, by touch, by keyboard."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from portfolio.evidence import queries
from portfolio.evidence.rules import Kind
from tests.fixtures import deeds
from tests.fixtures.house import Street
from tests.journeys.learner.learning import WIDTHS, account, deeds_of, drag_over, point, recording
from tests.journeys.pages import focused, presses, tab_to, watch

pytestmark = pytest.mark.browser


@WIDTHS
def test_a_sentence_proves_two_points_of_two_units_after_four_presses_on_the_same_page(
    street: Street, check_accessible: Callable[[Page], None], width: int, scheme: str
) -> None:
    item = account(street)
    page = street.opens("ada", f"/evidence/{item.id}", width=width, scheme=scheme)
    check_accessible(page)
    watch(page)
    page.get_by_role("button", name="A repair would cost eight pounds.").click()
    point(page, "CS-301/2").click()
    check_accessible(page)
    point(page, "CS-302/1").click()
    page.get_by_role("button", name="Save claim").click()
    expect(page.locator("#account mark.passage[data-n='1']")).to_have_text("A repair would cost eight pounds.")
    expect(page.locator("#places .chip-point")).to_have_text(["CS-301 · 2", "CS-302 · 1"])
    expect(page.locator("#said")).to_have_text("Saved: claimed for 2 points.")
    assert presses(page) == 4
    check_accessible(page)


def test_the_keyboard_alone_claims_two_sentences_and_stays_where_it_was(street: Street) -> None:
    item = account(street)
    page = street.opens("ada", f"/evidence/{item.id}")
    watch(page)
    tab_to(page, ".sentence")
    for key in ("End", "ArrowUp", "Shift+ArrowDown", "Enter"):
        page.keyboard.press(key)
    expect(page.locator("[data-suggested] .because")).not_to_have_count(0)
    keys = [tick.get_attribute("data-key") or "" for tick in page.locator("[name=points]").all()[:2]]
    assert focused(page, "data-key") == keys[0], "what may fit comes first, and the keys begin there"
    for key in ("Space", "ArrowDown", "Space", "Enter"):
        page.keyboard.press(key)
    expect(page.locator("#places .chip-point")).to_have_text(sorted(key.replace("/", " · ") for key in keys))
    assert focused(page, "text") == "On Friday I rang him."
    assert deeds_of(item) == {"On Friday I rang him. He said that it worked."}
    assert presses(page) == 0


def test_escape_lets_go_of_the_place_and_returns_to_it(street: Street) -> None:
    page = street.opens("ada", f"/evidence/{account(street).id}")
    page.get_by_role("button", name="A repair would cost eight pounds.").press("Enter")
    page.keyboard.press("Escape")
    expect(page.locator("[data-chooser]")).to_be_hidden()
    assert focused(page, "text") == "A repair would cost eight pounds."


def test_any_words_can_be_chosen_exactly_with_the_mouse(street: Street) -> None:
    item = account(street)
    page = street.opens("ada", f"/evidence/{item.id}")
    drag_over(page, "until he had said it all & repeated")
    expect(page.locator("[data-chosen]")).to_have_text("until he had said it all & repeated")
    point(page, "CS-301/3").click()
    page.get_by_role("button", name="Save claim").click()
    expect(page.locator("#places .place")).to_have_count(1)
    assert deeds_of(item) == {"until he had said it all & repeated"}


def test_pressing_with_shift_reaches_from_one_sentence_to_another(street: Street) -> None:
    page = street.opens("ada", f"/evidence/{account(street).id}")
    page.get_by_role("button", name="A repair would cost eight pounds.").click()
    page.get_by_role("button", name="A new one would cost twenty-two.").click(modifiers=["Shift"])
    expect(page.locator("[data-chosen]")).to_have_text(
        "A repair would cost eight pounds. A new one would cost twenty-two."
    )


def test_the_browser_and_the_records_count_the_same_characters(street: Street) -> None:
    item = account(street)
    page = street.opens("ada", f"/evidence/{item.id}")
    assert page.locator("[data-account]").evaluate("it => it.textContent") == queries.latest(item).plain


def test_points_that_a_sentence_may_serve_come_first_with_its_words_and_go_home_again(
    street: Street, check_accessible: Callable[[Page], None]
) -> None:
    page = street.opens("ada", f"/evidence/{account(street).id}")
    keys = [tick.get_attribute("data-key") for tick in page.locator("[name=points]").all()]
    page.get_by_role("button", name="A repair would cost eight pounds.").click()
    may_fit = page.get_by_role("group", name="May fit")
    expect(may_fit.locator(".because").first).to_contain_text("because of: “")
    expect(may_fit).to_contain_text("“cost”")
    expect(page.locator("#said")).to_contain_text("May fit: CS-30")
    expect(page.locator("[name=points]:checked")).to_have_count(0)
    check_accessible(page)
    page.get_by_role("button", name="Let go of this place").click()
    page.get_by_role("button", name="Claim the whole item").click()
    expect(may_fit).to_have_count(0)
    assert [tick.get_attribute("data-key") for tick in page.locator("[name=points]").all()] == keys


def test_a_ticked_point_names_its_siblings_and_one_press_ticks_them_too(street: Street) -> None:
    page = street.opens("ada", f"/evidence/{account(street).id}")
    page.get_by_role("button", name="A repair would cost eight pounds.").click()
    point(page, "CS-301/3").click()
    expect(page.locator(".near")).to_contain_text("Also asks nearly this: CS-302 · 1, CS-302 · 5.")
    page.get_by_role("button", name="Tick these 2 too").click()
    expect(page.locator("[data-count]")).to_have_text("3 points")


def test_a_ticked_point_warns_at_once_when_it_asks_for_another_kind_of_evidence(street: Street) -> None:
    page = street.opens("ada", f"/evidence/{recording(street, kind=Kind.WORK_PRODUCT).id}")
    page.get_by_role("button", name="Claim the whole item").click()
    warning = page.get_by_text("This point asks for role-play or account.", exact=True)
    expect(warning).to_be_hidden()
    point(page, "CS-301/3").click()
    expect(warning).to_be_visible()


def test_typing_into_the_filter_leaves_the_points_that_have_these_words(street: Street) -> None:
    page = street.opens("ada", f"/evidence/{account(street).id}")
    page.get_by_role("button", name="Claim the whole item").click()
    page.get_by_label("Find a point").fill("weigh cost")
    expect(page.locator(".choice:visible")).to_have_count(1)
    page.get_by_label("Find a point").fill("WEIGH\u00a0Co\u200bst")
    expect(page.locator(".choice:visible")).to_have_count(1)
    page.get_by_label("Find a point").fill("giraffe")
    expect(page.get_by_text("No point has these words.")).to_be_visible()


def test_a_claim_that_is_taken_back_can_be_put_back(street: Street) -> None:
    item = account(street)
    deeds.claim(item, deeds.place_of(item, "On Friday I rang him."), street.enrolment("CS-305").edition.points[:1])
    page = street.opens("ada", f"/evidence/{item.id}")
    watch(page)
    page.get_by_role("button", name="Take back the claim for CS-305 point 1").click()
    expect(page.locator("#account mark.passage")).to_have_count(0)
    assert focused(page) == "undo"
    page.keyboard.press("Enter")
    expect(page.locator("#account mark.passage")).to_have_text("On Friday I rang him.")
    assert presses(page) == 1


def test_a_mark_and_its_line_in_the_list_show_each_other(street: Street) -> None:
    item = account(street)
    for words, number in (("On Friday I rang him.", 0), ("A repair would cost eight pounds.", 1)):
        deeds.claim(item, deeds.place_of(item, words), [street.enrolment("CS-305").edition.points[number]])
    page = street.opens("ada", f"/evidence/{item.id}")
    page.locator("#account mark.passage[data-n='2']").click()
    expect(page.locator("#places [data-place='2']")).to_have_class("is-current")
    page.locator("#places [data-place='1'] a.place").click()
    expect(page.locator("#account mark.is-current")).to_have_text("A repair would cost eight pounds.")
