"""Words that meet a fault while others of them are saved: none is taken for saved, written over or left behind."""

from functools import partial

import pytest
from playwright.sync_api import Page, Route, expect

from tests.fixtures.house import Street
from tests.journeys.lost_words.losing import hold, kept, offers
from tests.journeys.lost_words.test_nothing_typed_is_lost import NEW, fail, items_of, save, there_again, write
from tests.journeys.pages import until
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


def saving_failed(page: Page, words: str) -> None:
    write(page, words)
    page.route(f"**{NEW}", partial(fail, 502))
    save(page)
    expect(page.locator("h1")).to_have_text("Broken")
    page.unroute(f"**{NEW}")


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


def test_a_file_that_was_taken_out_is_out_again_and_comes_back_when_that_is_thrown_away(street: Street) -> None:
    page = street.opens("ada", NEW)
    page.locator("input[type=file]").set_input_files(
        {"name": "kettle.txt", "mimeType": "text/plain", "buffer": b"It boiled."}
    )
    expect(page.locator(".arrival")).to_contain_text("received")
    write(page, FIRST)
    save(page)
    page.goto(f"{page.url}/change")
    page.get_by_role("button", name="Remove").click()
    kept(page, '"received":""')
    page.reload()
    expect(page.get_by_text("kettle.txt")).to_be_visible()
    offers(page).get_by_role("button", name="Put it back").click()
    expect(page.get_by_text("kettle.txt")).to_be_hidden()
    page.reload()
    offers(page).get_by_role("button", name="Throw away").click()
    expect(page.get_by_text("kettle.txt")).to_be_visible()


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


def test_a_unit_that_was_read_and_then_published_leaves_nothing_that_is_called_unsaved(street: Street) -> None:
    page = street.opens("dee", "/units/new")
    page.locator("textarea[name=text]").fill(LEFT_LUGGAGE)
    page.get_by_role("button", name="Check the text").click()
    page.get_by_role("button", name="Change the text").click()
    page.locator("textarea[name=text]").fill(LEFT_LUGGAGE.replace("ticket alone", "ticket"))
    page.get_by_role("button", name="Check the text").click()
    page.locator("input[name=title]").fill("Left luggage")
    page.locator("input[name=code]").fill("L-9")
    page.locator("input[name=level]").fill("3")
    page.get_by_role("button", name="Publish", exact=True).click()
    expect(page.locator("h1")).to_contain_text("Left luggage")
    until(page, "!Object.keys(localStorage).some(key => key.includes('draft:'))")


def test_what_is_typed_before_the_scripts_of_a_page_arrive_is_kept_when_they_do(street: Street) -> None:
    page = street.opens("ada", "/evidence")
    held = hold(page, "**/app-*.js")
    page.goto(NEW, wait_until="commit")
    page.get_by_label("What happened").fill(FIRST)
    for one in held:
        one.continue_()
    kept(page, FIRST)


def test_a_text_that_is_changed_before_the_scripts_arrive_leaves_nothing_of_the_one_before(street: Street) -> None:
    page = street.opens("dee", "/units/new")
    page.locator("textarea[name=text]").fill(LEFT_LUGGAGE)
    page.get_by_role("button", name="Check the text").click()
    held = hold(page, "**/app-*.js")
    page.get_by_role("button", name="Change the text").click(no_wait_after=True)
    page.get_by_role("heading", name="Publish a unit").wait_for()
    page.locator("textarea[name=text]").fill(LEFT_LUGGAGE.replace("ticket alone", "ticket"))
    for one in held:
        one.continue_()
    kept(page, "a ticket proves")
    until(page, "Object.keys(localStorage).filter(key => key.includes('draft:unit-text')).length === 1")
    expect(offers(page)).to_have_count(0)
