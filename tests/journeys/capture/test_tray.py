"""What is not yet sent goes by itself, once, whatever happens to the line, the sign-in and the page meanwhile."""

import pytest
from playwright.sync_api import Page, Route, expect

from portfolio.assessment import operations as assessments
from portfolio.evidence import queries
from portfolio.foundation.db import transaction
from portfolio.people import operations as people
from tests.fixtures.house import Street
from tests.journeys.capture.capturing import RECORD, files, items, records, saves, seen, sent
from tests.journeys.centre.test_registered_twice import twice

pytestmark = pytest.mark.browser


def queued(street: Street, title: str = "The kettle", nick: str = "ada") -> Page:
    """A page of a learner's on which a recording was saved while there was no network."""
    page = street.opens(nick, RECORD)
    records(page)
    page.context.set_offline(True)
    saves(page, title)
    return page


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


def test_what_lies_here_is_not_sent_for_somebody_else(street: Street) -> None:
    page = queued(street)
    page.context.clear_cookies()
    street.sign_in(page, "ben")
    page.context.set_offline(False)
    told(page, "Somebody else is signed in now: it goes when you are.")
    page.goto("/learners")
    expect(page.locator("[data-tray]")).to_be_hidden()
    assert files(street) == []
    page.context.clear_cookies()
    street.sign_in(page, "ada")
    page.goto("/portfolio")
    sent(page)
    assert len(items(street)) == 1


def test_what_a_record_left_here_that_was_merged_is_sent_for_whoever_it_became(street: Street) -> None:
    twice(street)
    page = queued(street, nick="double")
    with transaction():
        double, ada, dee = (street.person(nick) for nick in ("double", "ada", "dee"))
        assessments.merge(double, ada, people.stated(ada), "Registered twice.", by=dee)
    page.context.clear_cookies()
    page.context.set_offline(False)
    street.sign_in(page, "ben")
    page.goto("/learners")
    expect(page.locator("[data-tray]")).to_be_hidden()
    page.context.clear_cookies()
    street.sign_in(page, "ada")
    page.goto("/portfolio")
    expect(page.locator("#flashes")).to_contain_text("“The kettle” is sent.")
    sent(page)
    assert sorted(queries.latest(item).title for item in items(street)) == ["The kettle", "The lamp"]


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


def test_signing_out_asks_first_and_throws_nothing_away_unasked(street: Street) -> None:
    page = queued(street)
    page.context.set_offline(False)
    page.route("**/uploads**", lambda route: route.abort("connectionreset"))
    page.locator(".person-menu > summary").click()
    seen(page, "Sign out").click()
    dialog = page.get_by_role("dialog")
    expect(dialog).to_contain_text("Not everything is sent")
    expect(dialog).to_contain_text("The kettle")
    dialog.get_by_role("button", name="Sign out and keep it here for me").click()
    expect(page).to_have_url(f"{street.url}/sign-in")
    page.unroute("**/uploads**")
    street.sign_in(page, "ada")
    page.goto("/portfolio")
    sent(page)
    assert len(items(street)) == 1


def test_signing_out_can_throw_it_away(street: Street) -> None:
    page = queued(street)
    page.context.set_offline(False)
    page.route("**/uploads**", lambda route: route.abort("connectionreset"))
    page.locator(".person-menu > summary").click()
    seen(page, "Sign out").click()
    page.get_by_role("dialog").get_by_role("button", name="Sign out and throw it away").click()
    expect(page).to_have_url(f"{street.url}/sign-in")
    street.sign_in(page, "ada")
    page.goto("/portfolio")
    expect(page.locator("h1")).to_have_text("Your portfolio")
    expect(page.locator("[data-tray]")).to_be_hidden()
    assert items(street) == []
