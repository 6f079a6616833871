"""What is not yet sent goes by itself, once, whatever happens to the line, the sign-in and the page meanwhile."""

from contextlib import suppress

import pytest
from playwright.sync_api import Error, Page, Route, expect

from portfolio.evidence import queries
from portfolio.foundation.db import db, transaction
from tests.fixtures.house import Street
from tests.journeys.capture.capturing import RECORD, files, items, records, saves, seen, sent
from tests.journeys.learner.learning import point

pytestmark = pytest.mark.browser


def queued(street: Street, title: str = "The kettle", nick: str = "ada") -> Page:
    """A page of a learner's on which a recording was saved while there was no network."""
    page = street.opens(nick, RECORD)
    records(page)
    page.context.set_offline(True)
    saves(page, title)
    return page


def marks(page: Page) -> None:
    """Mark a place in what was recorded, and tick its first point."""
    page.get_by_label("From, minutes and seconds").locator("visible=true").fill("0:00.2")
    page.get_by_label("To, minutes and seconds").locator("visible=true").fill("0:00.8")
    page.keyboard.press("Enter")
    expect(page.locator("[data-points] input").first).to_be_focused()
    page.keyboard.press("Space")
    expect(page.locator("[data-claims] li")).to_contain_text("CS-301 · 1")


def told(page: Page, why: str) -> None:
    """The tray says why nothing goes."""
    page.locator(".tray:not([open]) > summary").click()
    expect(page.locator("[data-tray-said]")).to_have_text(why)


def test_without_a_line_it_waits_and_goes_by_itself_when_there_is_one(street: Street) -> None:
    page = queued(street)
    told(page, "No network: it goes by itself when there is one.")
    page.context.set_offline(False)
    expect(page.get_by_role("link", name="Open the item")).to_be_visible()
    sent(page)
    assert len(items(street)) == 1


def test_it_goes_on_from_any_page_after_a_reload(street: Street) -> None:
    page = queued(street)
    page.context.set_offline(False)
    page.goto("/portfolio")
    sent(page)
    (item,) = items(street)
    assert queries.latest(item).title == "The kettle"


def test_a_session_that_ended_is_waited_for(street: Street) -> None:
    page = queued(street)
    page.context.clear_cookies()
    page.context.set_offline(False)
    told(page, "You are signed out: it goes by itself when you sign in again.")
    assert items(street) == []
    street.sign_in(page, "ada")
    sent(page)
    assert len(items(street)) == 1


def test_what_the_centre_says_stands_in_the_tray_and_only_an_ended_sign_in_is_called_that(street: Street) -> None:
    page = queued(street)
    full = {"sentence": "There is no room left to keep this file.", "reference": "1"}
    page.route("**/uploads", lambda route: route.fulfill(status=503, json=full))
    page.context.set_offline(False)
    told(page, "There is no room left to keep this file. It is tried again by itself.")
    wrong = {"sentence": "The header Upload-Length must be a number of bytes.", "reference": "2"}
    page.unroute("**/uploads")
    page.route("**/uploads", lambda route: route.fulfill(status=400, json=wrong))
    page.evaluate("dispatchEvent(new Event('online'))")
    expect(page.locator("[data-tray-list]")).to_contain_text("Not taken: The header Upload-Length")
    page.unroute("**/uploads")
    page.get_by_role("button", name="Try again: ").click()
    sent(page)
    assert len(items(street)) == 1


def test_an_answer_that_is_lost_makes_nothing_twice(street: Street) -> None:
    page = street.opens("ada", RECORD)
    lost: list[str] = []

    def lose(route: Route) -> None:
        kind = f"{route.request.method} {route.request.url.removeprefix(street.url).split('/')[1]}"
        if route.request.method not in ("POST", "PATCH") or lost.count(kind) >= 2:
            return route.continue_()
        lost.append(kind)
        route.fetch(max_redirects=0)
        return route.abort("connectionreset")

    page.route("**/uploads**", lose)
    page.route(f"**{RECORD}", lose)
    records(page)
    saves(page, "Only once")
    expect(page.get_by_role("link", name="Open the item")).to_be_visible()
    sent(page)
    assert {"POST uploads", "PATCH uploads", "POST evidence"} == set(lost)
    assert len(items(street)) == len(files(street)) == 1


def test_two_windows_send_one_thing_once(street: Street) -> None:
    page = queued(street)
    page.context.set_offline(False)
    others = [page.context.new_page() for _ in range(2)]
    for other in others:
        other.goto("/portfolio")
    for each in (page, *others):
        sent(each)
    assert len(items(street)) == len(files(street)) == 1


def test_what_is_thrown_away_on_its_way_becomes_no_item_and_goes_when_that_is_undone(street: Street) -> None:
    page = queued(street)
    held: list[Route] = []

    def hold(route: Route) -> None:
        held.append(route)

    page.route("**/uploads/*", hold)
    page.context.set_offline(False)
    with page.expect_request("**/uploads/*"):
        pass
    page.locator(".tray:not([open]) > summary").click()
    page.get_by_role("button", name="Throw away: ").click()
    expect(page.locator("[data-tray]")).to_be_hidden()
    page.unroute("**/uploads/*")
    for route in held:
        with suppress(Error):  # the page gave it up
            route.continue_()
    seen(page, "Record another").click()
    records(page, "0:01")
    saves(page, "The second")
    sent(page)
    assert [queries.latest(one).title for one in items(street)] == ["The second"]
    page.get_by_role("button", name="Undo").click()
    expect(page.locator("[data-tray]")).to_be_visible()
    sent(page)
    assert len(items(street)) == 2


def test_what_waits_can_be_opened_and_is_sent_as_it_is_saved_last_from_whichever_window(street: Street) -> None:
    page = queued(street)
    address = page.evaluate("JSON.parse(Object.values(localStorage).find((one) => one.includes('#')))[0].page")
    page.context.set_offline(False)
    page.route("**/uploads", lambda route: route.abort("connectionreset"))
    page.goto(address)
    expect(page.get_by_label("Title")).to_have_value("The kettle")
    told(page, "Something here waits for you.")
    page.keyboard.press("Escape")
    page.unroute("**/uploads")
    other = page.context.new_page()
    other.goto(address)
    marks(other)
    page.get_by_label("Title").fill("The last word")
    expect(other.locator("[data-tray-list]")).to_contain_text("The last word")
    seen(other, "Save").click()
    sent(other)
    (item,) = items(street)
    assert (queries.latest(item).title, len(queries.claims_on(item.id))) == ("The last word", 1)
    page.get_by_label("Title").fill("Too late")
    expect(page.get_by_role("alert").filter(has_text="sent or thrown away in another window")).to_be_visible()


def test_points_that_are_gone_meanwhile_are_told_and_others_can_be_ticked(street: Street) -> None:
    page = street.opens("ada", RECORD)
    records(page)
    page.get_by_label("Title").fill("The kettle")
    marks(page)
    page.context.set_offline(True)
    saves(page, "The kettle")
    with transaction():
        db.session.delete(street.enrolment("CS-301"))
    page.context.set_offline(False)
    page.locator(".tray:not([open]) > summary").click()
    expect(page.locator("[data-tray-list]")).to_contain_text("One point that you ticked is not among yours any more")
    page.goto("/portfolio")
    page.locator(".tray:not([open]) > summary").click()
    page.get_by_role("link", name="Go on: ").click()
    expect(page.get_by_role("alert").filter(has_text="Your units changed meanwhile")).to_be_visible()
    expect(page.locator("[data-claims] li")).to_contain_text("No point is ticked yet.")
    seen(page, "Save").click()
    point(page, "CS-302/1").click()
    seen(page, "Save").click()
    sent(page)
    (item,) = items(street)
    assert [one.point.edition.code for one in queries.claims_on(item.id)] == ["CS-302"]
