"""One thing is recorded at a time, in sight; when it is over, or could not begin, nothing hears or sees ada."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.fixtures.house import Street
from tests.journeys.capture.capturing import RECORD, Device, begins, reaches, records, seen
from tests.journeys.pages import until

pytestmark = pytest.mark.browser
COUNT = """(() => {
  window.streams = [];
  const ask = navigator.mediaDevices.getUserMedia.bind(navigator.mediaDevices);
  navigator.mediaDevices.getUserMedia = async (...given) => {
    const stream = await ask(...given);
    window.streams.push(stream);
    return stream;
  };
})()"""
LATE = """(() => {
  const ask = navigator.locks.request.bind(navigator.locks);
  const wait = new Promise((go) => { window.goOn = go; });
  navigator.locks.request = async (name, ...given) => {
    if (name.startsWith("markwell-recording-")) await wait;
    return ask(name, ...given);
  };
})()"""
"""The lock of what is recorded is not had before `goOn()`."""
CALL = "streams.forEach((one) => one.getTracks().forEach((track) => track.stop()))"
"""Takes the microphone away: the browser's recorder ends by itself."""
LIVE = "streams.flatMap(one => one.getTracks()).filter(one => one.readyState === 'live').length"


def counted(page: Page) -> Page:
    """The page loaded anew; from now on it tells which microphones and cameras are on."""
    page.add_init_script(COUNT)
    page.goto("/portfolio")
    page.goto(RECORD)
    return page


def test_pressing_twice_begins_one_recording_and_one_camera(street: Street) -> None:
    page = counted(street.opens("ada", RECORD))
    seen(page, "Record sound").dblclick()
    reaches(page, "0:02")
    seen(page, "Stop").click()
    expect(page.get_by_label("Title")).to_be_focused()
    assert page.evaluate(f"[streams.length, {LIVE}]") == [1, 0]
    page.goto("/portfolio")
    page.goto(RECORD)
    seen(page, "Take a photo").dblclick()
    seen(page, "Back").click()
    expect(seen(page, "Take a photo")).to_be_visible()
    assert page.evaluate(f"[streams.length, {LIVE}]") == [1, 0]


def test_what_waits_is_not_opened_over_what_is_being_recorded(street: Street) -> None:
    page = street.opens("ada", RECORD)
    records(page, "0:01")
    page.goto("/portfolio")
    page.goto(RECORD)
    begins(page, "0:01")
    page.locator(".tray > summary").click()
    page.get_by_role("link", name="Go on: ").click()
    expect(page.get_by_role("alert").filter(has_text="Finish what you record")).to_be_visible()
    expect(page.locator("[data-recorded]")).to_be_visible()
    seen(page, "Stop").click()
    expect(page.get_by_label("Title")).to_be_focused()
    expect(page.get_by_role("alert").filter(has_text="Finish what you record")).to_have_count(0)


def test_a_recording_for_which_there_is_no_room_at_all_leaves_no_microphone_on(street: Street, device: Device) -> None:
    page = counted(device.opens())
    devtools = page.context.new_cdp_session(page)
    devtools.send("Storage.overrideQuotaForOrigin", {"origin": street.url, "quotaSize": 1})
    seen(page, "Film").click()
    expect(page.get_by_text("There is no room on this device to record anything.")).to_be_visible()
    assert page.evaluate(f"[streams.length, {LIVE}]") == [1, 0]
    devtools.send("Storage.overrideQuotaForOrigin", {"origin": street.url})
    records(page, "0:01")


def test_a_recording_that_a_call_ends_tells_how_long_it_is(street: Street) -> None:
    page = counted(street.opens("ada", RECORD))
    begins(page, "0:02")
    page.evaluate(CALL)
    expect(page.get_by_role("alert").filter(has_text="was taken away, by a call perhaps")).to_be_visible()
    expect(page.get_by_label("Title")).to_be_focused()
    assert page.evaluate(LIVE) == 0
    page.locator(".tray > summary").click()
    expect(page.locator("[data-tray-list]")).to_contain_text(re.compile(r"Recording · 0:0[2-9] ·"))


def test_a_photo_for_which_there_is_no_room_can_be_taken_again(street: Street, device: Device) -> None:
    page = counted(device.opens())
    seen(page, "Take a photo").click()
    view = page.locator("[data-view]")
    until(view, "it.videoWidth && it.readyState >= it.HAVE_CURRENT_DATA")
    devtools = page.context.new_cdp_session(page)
    devtools.send("Storage.overrideQuotaForOrigin", {"origin": street.url, "quotaSize": 1})
    seen(page, "Take the photo").click()
    expect(page.get_by_role("alert").filter(has_text="There is no room for it on this device")).to_be_visible()
    assert page.evaluate(LIVE) == 1
    devtools.send("Storage.overrideQuotaForOrigin", {"origin": street.url})
    seen(page, "Take the photo").click()
    expect(page.get_by_label("Title")).to_be_focused()
    assert page.evaluate(LIVE) == 0


def test_another_window_leaves_alone_what_only_just_begins(street: Street) -> None:
    page = street.opens("ada", "/portfolio")
    page.add_init_script(LATE)
    page.goto(RECORD)
    seen(page, "Record sound").click()
    other = page.context.new_page()
    other.goto("/portfolio")
    expect(other.locator("h1")).to_have_text("Your portfolio")
    other.goto("/evidence")
    page.evaluate("goOn()")
    reaches(page, "0:01")
    seen(page, "Stop").click()
    expect(page.get_by_label("Title")).to_be_focused()


def test_signing_out_elsewhere_asks_about_what_is_being_recorded_and_ends_it_when_it_is_thrown_away(
    street: Street,
) -> None:
    page = counted(street.opens("ada", RECORD))
    begins(page, "0:01")
    other = page.context.new_page()
    other.goto("/portfolio")
    other.locator(".person-menu > summary").click()
    seen(other, "Sign out").click()
    expect(other.get_by_role("dialog")).to_contain_text("Recording of")
    other.get_by_role("button", name="Sign out and throw it away").click()
    expect(page.get_by_text("it was thrown away in another window")).to_be_visible()
    expect(seen(page, "Record sound")).to_be_visible()
    assert page.evaluate(LIVE) == 0
