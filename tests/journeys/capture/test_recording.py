"""Ada records on the shop floor: from an open page to claimed places, by sound, film and photo."""

import io
from collections.abc import Callable

import pytest
from PIL import Image
from playwright.sync_api import Page, Route, expect

from portfolio.evidence import queries
from portfolio.evidence.places import locators
from portfolio.evidence.places.locators import Span
from portfolio.foundation.db import db
from tests.fixtures.house import Street
from tests.journeys.capture.capturing import RECORD, Device, begins, items, keeps, reaches, records, saves, seen, sent
from tests.journeys.learner.learning import WIDTHS, point
from tests.journeys.pages import presses, until, watch

pytestmark = pytest.mark.browser
MOST_TAPS = 12
PAINTED = """most => new Promise(on => {
  let n = 0;
  const go = () => (n += 1) > most ? on() : requestAnimationFrame(go);
  go();
})"""
"""Ends once the page was painted so often."""


def test_twenty_seconds_are_recorded_named_and_claimed_twice_for_three_points_in_twelve_taps(street: Street) -> None:
    page = street.opens("ada", RECORD, width=390)
    watch(page)
    begins(page, "0:20")
    seen(page, "Stop").click()
    expect(page.get_by_label("Title")).to_be_focused()
    recorded = keeps(page, 20)
    page.keyboard.type("What I did about the kettle")
    for keys in (("CS-301/1", "CS-302/1"), ("CS-301/2",)):
        seen(page, "From here").click()
        heard = page.locator("audio").evaluate("it => it.currentTime")
        until(page.locator("audio"), f"it.currentTime > {heard + 1}")
        seen(page, "To here").click()
        for key in keys:
            point(page, key).click()
    seen(page, "Save").click()
    expect(page.get_by_role("link", name="Open the item")).to_be_visible()
    assert 0 < presses(page) <= MOST_TAPS
    sent(page)
    street.do_jobs()
    (item,) = items(street)
    claims = queries.claims_on(item.id)
    places = [locators.read(one.locator) for one in claims]
    assert sorted(f"{one.point.edition.code}/{one.point.ref}" for one in claims) == ["CS-301/1", "CS-301/2", "CS-302/1"]
    assert all(isinstance(one, Span) and one.end - one.start >= 0.9 for one in places)
    assert len(set(places)) == 2
    assert not any(one.loose for one in claims)
    (file,) = queries.latest(item).files
    assert file.prepared == "ready"
    assert file.duration == pytest.approx(recorded, abs=1)
    assert queries.latest(item).title == "What I did about the kettle"


@WIDTHS
def test_every_state_of_the_page_can_be_used_by_everybody(
    street: Street, check_accessible: Callable[[Page], None], width: int, scheme: str
) -> None:
    page = street.opens("ada", RECORD, width=width, scheme=scheme)
    check_accessible(page)
    begins(page, "0:01")
    expect(page.locator("[data-state]")).to_have_text("Recording")
    check_accessible(page)
    seen(page, "Pause").click()
    expect(page.locator("[data-state]")).to_have_text("Paused")
    check_accessible(page)
    seen(page, "Go on").click()
    seen(page, "Stop").click()
    page.get_by_label("Title").fill("A hard day")
    page.get_by_label("From, minutes and seconds").locator("visible=true").fill("0:00.2")
    page.get_by_label("To, minutes and seconds").locator("visible=true").fill("0:00.8")
    page.keyboard.press("Enter")
    expect(page.locator("[data-points] input").first).to_be_focused()
    page.keyboard.press("Space")
    expect(page.locator("[data-claims] li")).to_contain_text("CS-301 · 1")
    check_accessible(page)
    page.locator(".tray > summary").click()
    check_accessible(page)
    page.keyboard.press("Escape")
    seen(page, "Save").click()
    expect(page.get_by_role("link", name="Open the item")).to_be_visible()
    check_accessible(page)


def test_what_is_paused_is_not_in_the_recording(street: Street) -> None:
    page = street.opens("ada", RECORD)
    begins(page, "0:02")
    seen(page, "Pause").click()
    expect(page.locator("[data-state]")).to_have_text("Paused")
    page.evaluate(PAINTED, 30)  # the clock is told anew a few times a second
    paused = int(page.locator("[data-recorded]").inner_text()[-2:])
    page.evaluate(PAINTED, 120)
    assert int(page.locator("[data-recorded]").inner_text()[-2:]) == paused
    seen(page, "Go on").click()
    reaches(page, f"0:{paused + 1:02}")
    seen(page, "Stop").click()
    expect(page.get_by_label("Title")).to_be_focused()
    recorded = keeps(page, paused + 1)
    saves(page, "With a pause")
    sent(page)
    street.do_jobs()
    (file,) = queries.latest(items(street)[0]).files
    assert file.duration == pytest.approx(recorded, abs=1)


def test_a_film_is_recorded_and_plays_at_the_server(street: Street) -> None:
    page = street.opens("ada", RECORD)
    records(page, "0:02", way="Film")
    recorded = keeps(page, 2)
    expect(page.locator("video[src^='blob:']")).to_be_visible()
    saves(page, "At the desk")
    sent(page)
    street.do_jobs()
    (file,) = queries.latest(items(street)[0]).files
    assert (file.kind, file.prepared, file.remarks) == ("video", "ready", [])
    assert file.duration == pytest.approx(recorded, abs=1)


def test_a_photo_is_taken_and_claimed_as_a_whole(street: Street, check_accessible: Callable[[Page], None]) -> None:
    page = street.opens("ada", RECORD)
    seen(page, "Take a photo").click()
    expect(page.locator("[data-view]")).to_be_visible()
    check_accessible(page)
    page.wait_for_function("document.querySelector('[data-view]').videoWidth > 0")
    seen(page, "Take the photo").click()
    page.get_by_label("Title").fill("The form")
    point(page, "CS-305/4").click()
    check_accessible(page)
    seen(page, "Save").click()
    sent(page)
    (item,) = items(street)
    (claim,) = queries.claims_on(item.id)
    assert (item.kind, claim.point.ref) == ("work product", "4")
    assert locators.read(claim.locator) == locators.Whole()


def test_a_phone_offers_its_own_camera_too(street: Street) -> None:
    page = street.opens("ada", RECORD, width=390, is_mobile=True)
    expect(page.get_by_text("Film with the phone’s camera")).to_be_visible()
    page.locator("[data-taken=photo]").set_input_files(
        {"name": "IMG 1.jpg", "mimeType": "image/jpeg", "buffer": jpeg()}
    )
    expect(page.locator("[data-picture]")).to_be_visible()
    saves(page, "The shelf")
    sent(page)
    (file,) = queries.latest(items(street)[0]).files
    assert file.name == "IMG 1.jpg"


def test_a_refused_microphone_is_explained_with_the_way_back(
    device: Device, check_accessible: Callable[[Page], None]
) -> None:
    page = device.opens("/evidence/new")

    def refusing(route: Route) -> None:
        answer = route.fetch()
        route.fulfill(response=answer, headers=answer.headers | {"permissions-policy": "camera=(), microphone=()"})

    page.route(f"**{RECORD}", refusing)
    page.goto(RECORD)
    for way in ("Record sound", "Film", "Take a photo"):
        seen(page, way).click()
        told = page.get_by_role("alert").filter(has_text="may not be used")
        expect(told).to_contain_text("press the sign before the address")
        check_accessible(page)
    page.unroute(f"**{RECORD}")
    page.reload()
    records(page)


def test_a_full_device_keeps_what_there_was_room_for(street: Street, device: Device) -> None:
    page = device.opens()
    devtools = page.context.new_cdp_session(page)
    devtools.send("Storage.overrideQuotaForOrigin", {"origin": street.url, "quotaSize": 120_000})
    seen(page, "Record sound").click()
    expect(page.get_by_text("There is no more room on this device.")).to_be_visible()
    devtools.send("Storage.overrideQuotaForOrigin", {"origin": street.url})
    saves(page, "Until it was full")
    sent(page)
    street.do_jobs()
    (file,) = queries.latest(items(street)[0]).files
    assert (file.prepared, file.remarks) == ("ready", [])
    assert file.duration
    assert file.duration > 1


def test_a_device_that_is_full_sends_what_it_has_and_has_room_again(street: Street, device: Device) -> None:
    page = device.opens()
    records(page)
    page.context.set_offline(True)
    saves(page, "The last that fits")
    device.closed()
    page = device.opens("about:blank")  # a browser that only begins knows of no room that it had before
    devtools = page.context.new_cdp_session(page)
    devtools.send("Storage.overrideQuotaForOrigin", {"origin": street.url, "quotaSize": 1})
    page.goto("/portfolio")
    expect(page.locator("h1")).to_have_text("Your portfolio")
    expect(page.get_by_role("button", name="Open it")).to_be_visible()
    sent(page)
    assert len(items(street)) == 1


def test_without_a_script_the_page_leads_to_the_form_for_files(street: Street) -> None:
    page = street.opens("ada", RECORD, java_script_enabled=False)
    page.get_by_role("link", name="Add a recording as a file").locator("visible=true").click()
    expect(page.get_by_label("Add files")).to_be_visible()


def test_the_title_is_asked_for_and_a_place_without_a_point_too(street: Street) -> None:
    page = street.opens("ada", RECORD)
    records(page)
    seen(page, "Save").click()
    expect(page.get_by_role("alert").filter(has_text="Give it a title")).to_be_visible()
    page.get_by_label("Title").fill("The kettle")
    page.get_by_label("From, minutes and seconds").locator("visible=true").fill("0:00.2")
    page.get_by_label("To, minutes and seconds").locator("visible=true").fill("0:00.8")
    page.keyboard.press("Enter")
    seen(page, "Save").click()
    expect(page.get_by_role("alert").filter(has_text="Tick the points")).to_be_visible()
    seen(page, "Remove 0:00.2–0:00.8").click()
    seen(page, "Save").click()
    sent(page)
    db.session.rollback()
    assert queries.claims_on(items(street)[0].id) == []


def jpeg() -> bytes:
    """A small photo."""
    file = io.BytesIO()
    Image.new("RGB", (640, 480), "#446688").save(file, "JPEG")
    return file.getvalue()
