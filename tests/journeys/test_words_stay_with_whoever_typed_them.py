"""Words that meet a fault while others of them are saved: none is taken for saved, written over or left behind."""

from functools import partial

import pytest
from playwright.sync_api import Page, Route, expect

from portfolio.assessment.models import Assessment
from tests.fixtures.house import Street
from tests.journeys.judging import panel
from tests.journeys.test_nothing_typed_is_lost import NEW, fail, items_of, save, there_again, until, write
from tests.units.texts import LEFT_LUGGAGE

pytestmark = pytest.mark.browser
FIRST = "First I listened."
BOTH = "First I listened. Then I rang."


def lose(route: Route, *, arrives: bool) -> None:
    """The answer to a form gets lost, or the form itself; the page with the form stays."""
    if route.request.method != "POST":
        return route.continue_()
    if arrives:
        route.fetch(max_redirects=0)
    return route.abort("aborted")


def saving_lost(page: Page, *, arrives: bool) -> None:
    page.route(f"**{NEW}", partial(lose, arrives=arrives))
    with page.expect_event("requestfailed"):
        save(page)
    page.unroute(f"**{NEW}")


def hold(page: Page, address: str) -> list[Route]:
    """The requests to `address`, which go on only when the test lets them."""
    held: list[Route] = []

    def take(route: Route) -> None:
        held.append(route)

    page.route(address, take)
    return held


def saving_failed(page: Page, words: str) -> None:
    write(page, words)
    page.route(f"**{NEW}", partial(fail, 502))
    save(page)
    expect(page.locator("h1")).to_have_text("Broken")
    page.unroute(f"**{NEW}")


def kept(page: Page, words: str) -> None:
    until(page, f"Object.values(localStorage).some(it => it.includes('{words}'))")


def offers(page: Page):  # type: ignore[no-untyped-def]
    return page.get_by_role("region", name="Kept from before")


def test_a_sentence_added_after_an_answer_got_lost_stays_though_the_first_was_saved(street: Street) -> None:
    page = street.opens("ada", NEW)
    write(page, FIRST)
    saving_lost(page, arrives=True)
    write(page, BOTH)
    saving_lost(page, arrives=False)
    with page.expect_response("**/saved?*"):
        page.goto("/evidence")
    there_again(page, BOTH)
    save(page)
    expect(page.get_by_role("alert")).to_contain_text("was saved already")
    assert items_of(street) == 1


def test_words_that_came_back_because_others_were_saved_stay_when_those_are_looked_at(street: Street) -> None:
    page = street.opens("ada", NEW)
    write(page, FIRST)
    saving_lost(page, arrives=True)
    write(page, BOTH)
    save(page)
    page.get_by_role("link", name="Open what was saved").click()
    expect(page.locator(".account")).to_contain_text(FIRST)
    there_again(page, BOTH)


def test_the_same_words_sent_twice_over_a_bad_line_are_saved_once_and_let_go(street: Street) -> None:
    page = street.opens("ada", NEW)
    write(page, FIRST)
    saving_lost(page, arrives=True)
    saving_lost(page, arrives=True)
    page.goto("/evidence")
    until(page, "!Object.keys(localStorage).some(key => key.includes('draft:'))")
    assert items_of(street) == 1


def test_typing_before_the_server_has_told_what_was_saved_writes_over_nothing(street: Street) -> None:
    page = street.opens("ada", NEW)
    saving_failed(page, BOTH)
    held = hold(page, "**/saved?*")
    page.goto(NEW)
    page.get_by_label("What happened").fill("Quickly typed.")
    kept(page, "Quickly typed.")
    held[0].continue_()
    offers(page).get_by_role("button", name="Put it back").click()
    expect(page.get_by_label("What happened")).to_have_value(BOTH)
    offers(page).get_by_role("button", name="Put it back").click()
    expect(page.get_by_label("What happened")).to_have_value("Quickly typed.")


def test_what_is_offered_stays_until_it_is_answered_whatever_is_typed_meanwhile(street: Street) -> None:
    page = street.opens("ada", NEW)
    write(page, "Of Monday.")
    kept(page, "Of Monday.")
    page.reload()
    expect(offers(page)).to_have_count(1)
    page.get_by_label("Title").fill("T")
    kept(page, '"title":"T"')
    page.get_by_label("Title").fill("")
    until(page, '!Object.values(localStorage).some(it => it.includes(\'"title":"T"\'))')
    write(page, "Of Tuesday.")
    kept(page, "Of Tuesday.")
    page.reload()
    expect(offers(page)).to_have_count(2)
    for words in ("Of Tuesday.", "Of Monday."):
        offers(page).get_by_role("button", name="Put it back").first.click()
        expect(page.get_by_label("What happened")).to_have_value(words)


def test_files_that_had_arrived_are_put_back_with_the_words(street: Street) -> None:
    page = street.opens("ada", NEW)
    page.locator("input[type=file]").set_input_files(
        {"name": "kettle.txt", "mimeType": "text/plain", "buffer": b"It boiled."}
    )
    expect(page.locator(".arrival")).to_contain_text("received")
    saving_failed(page, FIRST)
    there_again(page, FIRST)
    expect(page.locator(".arrival")).to_contain_text("kettle.txt")
    save(page)
    expect(page.locator("h1")).to_have_text("A hard day")
    expect(page.locator(".file-name")).to_have_text("kettle.txt")


def test_a_file_is_received_after_the_sign_in_was_renewed_in_another_tab(street: Street) -> None:
    page = street.opens("ada", NEW)
    street.sign_in(page, "ada")
    page.locator("input[type=file]").set_input_files(
        {"name": "kettle.txt", "mimeType": "text/plain", "buffer": b"It boiled."}
    )
    expect(page.locator(".arrival")).to_contain_text("received")


def test_words_older_than_what_the_server_remembers_are_not_called_unsaved(street: Street) -> None:
    page = street.opens("ada", NEW)
    saving_failed(page, FIRST)
    page.evaluate(
        """() => { for (const [key, words] of Object.entries(localStorage)) if (key.includes("draft:"))
            localStorage[key] = JSON.stringify({ ...JSON.parse(words), at: "2020-01-02T03:04:05.678Z" }) }"""
    )
    page.goto(NEW)
    expect(offers(page)).to_contain_text("too long ago to tell whether it was saved")
    expect(page.get_by_label("What happened")).to_have_value("")
    offers(page).get_by_role("button", name="Put it back").click()
    expect(page.get_by_label("What happened")).to_have_value(FIRST)


def test_feedback_typed_while_the_verdict_is_saved_stays_and_is_saved_next(
    street: Street, assessment: Assessment
) -> None:
    page = street.opens("ben", f"/marking/{assessment.id}")
    held = hold(page, "**/points/*")
    page.keyboard.press("1")
    until(page, "document.querySelector('form[aria-busy]')")
    page.keyboard.press("f")
    page.keyboard.type("Well heard.")
    held[0].continue_()
    expect(page.locator("#said")).to_contain_text("What you typed since then is not saved yet.")
    page.unroute("**/points/*")
    expect(panel(page).get_by_label("Feedback")).to_have_value("Well heard.")
    page.reload()
    expect(panel(page).get_by_label("Feedback")).to_have_value("Well heard.")
    page.keyboard.press("s")
    expect(page.locator("#said")).to_contain_text("Saved: point 1 met.")
    assert page.evaluate("Object.keys(localStorage).filter(it => it.includes('judging')).length") == 0


def test_taking_a_verdict_back_leaves_the_words_that_were_not_saved(street: Street, assessment: Assessment) -> None:
    page = street.opens("ben", f"/marking/{assessment.id}")
    page.keyboard.press("1")
    expect(page.locator("#said")).to_contain_text("Next is point 2")
    page.keyboard.press("k")
    panel(page).get_by_label("Feedback").fill("One more thing.")
    panel(page).get_by_role("button", name="Undo this verdict").click()
    expect(page.locator("#flashes")).to_contain_text("The verdict on point 1 is taken back.")
    for _ in range(2):
        expect(panel(page).get_by_label("Feedback")).to_have_value("One more thing.")
        expect(panel(page).locator("[name=verdict]:checked")).to_have_count(0)
        page.goto(f"/marking/{assessment.id}")


def test_words_on_a_point_that_was_judged_elsewhere_are_offered_and_named_before_the_decision(
    street: Street, assessment: Assessment
) -> None:
    here = street.opens("ben", f"/marking/{assessment.id}")
    panel(here).get_by_label("Feedback").fill("Read it twice.")
    kept(here, "Read it twice.")
    there = street.opens("ben", f"/marking/{assessment.id}")
    there.keyboard.press("1")
    expect(there.locator("#said")).to_contain_text("Saved: point 1 met.")
    here.goto(f"/marking/{assessment.id}/decision")
    expect(here.get_by_role("region", name="Not saved").get_by_role("link")).to_have_count(1)
    here.get_by_role("link", name="Go to point 1").click()
    expect(offers(here)).to_contain_text("Read it twice.")
    expect(panel(here).get_by_label("Feedback")).to_have_value("")
    offers(here).get_by_role("button", name="Put it back").click()
    expect(panel(here).get_by_label("Feedback")).to_have_value("Read it twice.")


def test_reasons_and_ticks_at_the_desk_are_there_again_like_feedback(street: Street, assessment: Assessment) -> None:
    page = street.opens("ben", f"/marking/{assessment.id}")
    panel(page).locator(".verdict-option.is-not-met").click()
    panel(page).locator("[name=vacsr][value=current]").uncheck(force=True)
    panel(page).get_by_label("Why it fails there").fill("It is three years old.")
    page.reload()
    expect(panel(page).get_by_label("Why it fails there")).to_have_value("It is three years old.")
    expect(panel(page).locator("[name=vacsr][value=current]")).not_to_be_checked()
    expect(panel(page).locator("[name=verdict]:checked")).to_have_value("not met")


def test_a_unit_that_was_read_and_then_published_leaves_nothing_that_is_called_unsaved(street: Street) -> None:
    page = street.opens("dee", "/units/new")
    page.locator("textarea[name=text]").fill(LEFT_LUGGAGE)
    page.get_by_role("button", name="Read it").click()
    page.get_by_role("button", name="Change the text").click()
    page.locator("textarea[name=text]").fill(LEFT_LUGGAGE.replace("ticket alone", "ticket"))
    page.get_by_role("button", name="Read it").click()
    page.locator("input[name=title]").fill("Left luggage")
    page.locator("input[name=code]").fill("L-9")
    page.locator("input[name=level]").fill("3")
    page.get_by_role("button", name="Publish", exact=True).click()
    expect(page.locator("h1")).to_contain_text("Left luggage")
    assert not page.evaluate("Object.keys(localStorage).filter(key => key.includes('draft:')).length")
