"""Ada points at the seconds of a recording."""

from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page, Route, expect

from portfolio.evidence import queries
from portfolio.evidence.places import locators
from portfolio.evidence.places.locators import Span
from portfolio.foundation.db import db
from tests.evidence.media.test_media import recorded
from tests.fixtures.house import Street
from tests.journeys.learner.learning import WIDTHS, recording
from tests.journeys.pages import focused, presses, until, watch

pytestmark = pytest.mark.browser


@WIDTHS
def test_seconds_of_a_recording_are_marked_and_claimed_without_leaving_the_page(
    street: Street, check_accessible: Callable[[Page], None], width: int, scheme: str
) -> None:
    item = recording(street)
    page = street.opens("ada", f"/evidence/{item.id}", width=width, scheme=scheme)
    expect(page.locator("[data-wave] canvas").first).to_be_attached()
    watch(page)
    page.get_by_label("From, minutes and seconds").fill("0:05")
    page.get_by_label("To, minutes and seconds").fill("0:12.5")
    page.keyboard.press("Enter")
    assert focused(page, "data-key") == "CS-301/1"
    check_accessible(page)
    page.keyboard.press("Space")
    page.keyboard.press("Enter")
    expect(page.locator("#places .place-time")).to_contain_text("0:05")
    expect(page.locator("[part~=region] >> nth=0")).to_have_text("1")
    assert presses(page) == 0
    check_accessible(page)
    db.session.rollback()
    (claim,) = queries.claims_on(item.id)
    place = locators.read(claim.locator)
    assert isinstance(place, Span)
    assert (place.start, place.end) == (5, 12.5)


def test_the_player_gives_its_second_to_keys_and_buttons(street: Street) -> None:
    page = street.opens("ada", f"/evidence/{recording(street).id}")
    expect(page.locator("[data-wave] canvas").first).to_be_attached()
    page.locator("audio").evaluate("it => { it.currentTime = 3.25 }")
    page.locator("h1").click()
    page.keyboard.press("[")
    page.keyboard.press("ArrowRight")
    page.keyboard.press("Shift+ArrowRight")
    page.get_by_role("button", name="To here").click()
    expect(page.locator("[data-chosen]")).to_have_text("0:03.3–0:09.3")


@pytest.mark.parametrize("failures", [1, 2])
def test_a_recording_that_fails_is_loaded_once_more_before_that_is_said(street: Street, failures: int) -> None:
    item, asked = recording(street), list[str]()

    def fail(route: Route) -> None:
        asked.append(route.request.url)
        route.abort() if len(asked) <= failures else route.continue_()

    page = street.opens("ada", "/evidence")
    page.route("**/shown", fail)
    page.goto(f"/evidence/{item.id}")
    if failures > 1:
        expect(page.locator(".flash-error")).to_contain_text("could not be loaded")
    else:
        until(page.locator("audio"), "it.readyState >= it.HAVE_METADATA")
        expect(page.locator(".flash-error")).to_have_count(0)


def test_a_recording_has_one_set_of_controls_for_pointers_and_keys(street: Street) -> None:
    page = street.opens("ada", f"/evidence/{recording(street, 40).id}", width=390)
    sound = page.locator("audio")
    assert not sound.evaluate("it => it.controls")
    page.get_by_role("button", name="Play", exact=True).click()
    expect(page.get_by_role("button", name="Pause")).to_be_focused()
    page.keyboard.press("Space")
    expect(page.get_by_role("button", name="Play", exact=True)).to_be_focused()
    time = page.get_by_role("slider", name="Time")
    time.press("End")
    time.press("ArrowLeft")
    expect(page.locator("[data-clock]")).to_have_text("0:39")
    page.get_by_role("button", name="Mute").press("Enter")
    assert sound.evaluate("it => it.muted")
    page.get_by_label("Speed").select_option("1.5 ×")
    assert sound.evaluate("it => it.playbackRate") == 1.5
    page.reload()
    expect(page.get_by_label("Speed")).to_have_value("1.5")
    assert sound.evaluate("it => it.playbackRate") == 1.5


def test_a_film_takes_the_whole_screen_with_its_waveform_and_controls(street: Street, tmp_path: Path) -> None:
    film = recorded(tmp_path / "film", "mp4", film="mpeg4", sound="aac").read_bytes()
    page = street.opens("ada", f"/evidence/{recording(street, film=film).id}")
    expect(page.locator("[data-wave] canvas").first).to_be_attached()
    picture, bar = page.locator("video").bounding_box(), page.locator("[data-player-bar]").bounding_box()
    assert picture
    assert bar
    assert bar["y"] >= picture["y"] + picture["height"], "captions in the picture stay clear"
    page.get_by_role("button", name="Full screen").click()
    expect(page.locator(".player:fullscreen").get_by_role("button", name="Play", exact=True)).to_be_visible()
    page.keyboard.press("Escape")
    page.locator("video").click()
    expect(page.get_by_role("button", name="Pause")).to_be_visible()


def test_without_a_script_the_browsers_own_controls_are_there(street: Street) -> None:
    page = street.opens("ada", f"/evidence/{recording(street).id}", java_script_enabled=False)
    expect(page.locator("audio[controls]")).to_be_visible()
    expect(page.locator("[data-player-bar]")).to_be_hidden()


def test_drawing_on_the_waveform_marks_what_was_drawn(street: Street) -> None:
    page = street.opens("ada", f"/evidence/{recording(street, 40).id}")
    expect(page.locator("[data-wave] canvas").first).to_be_attached()
    box = page.locator("[data-wave]").bounding_box()
    assert box
    page.mouse.move(box["x"] + box["width"] / 2, box["y"] + 30)
    page.mouse.down()
    page.mouse.move(box["x"] + box["width"] * 0.6, box["y"] + 30, steps=5)
    page.mouse.up()
    expect(page.locator("[data-chosen]")).to_contain_text("0:20.0–0:2")


@WIDTHS
def test_moments_are_noted_while_it_plays_and_their_seconds_claimed(
    street: Street, check_accessible: Callable[[Page], None], width: int, scheme: str
) -> None:
    item = recording(street, 40)
    page = street.opens("ada", f"/evidence/{item.id}/change", width=width, scheme=scheme)
    sound, notes = page.locator("audio"), page.get_by_label("Notes")
    notes.fill("")
    sound.evaluate("it => { it.currentTime = 12 }")
    page.locator("h1").click()
    page.keyboard.press("n")
    page.keyboard.type("I let her finish")
    sound.evaluate("it => { it.currentTime = 3 }")
    page.get_by_role("button", name="Note this moment").click()
    page.keyboard.type("She says what is wrong")
    check_accessible(page)
    expect(notes).to_have_value("- 0:03.0 She says what is wrong\n- 0:12.0 I let her finish")
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_role("button", name="Play from 0:03")).to_be_visible()
    check_accessible(page)
    page.get_by_role("button", name="Claim 0:03 to 0:12").click()
    expect(page.locator("[data-chosen]")).to_have_text("0:03.0–0:12.0")
    page.get_by_role("button", name="Play from 0:12").click()
    expect(page.locator("[data-clock]")).to_have_text("0:12")


def test_enter_begins_the_next_note_only_while_it_plays(street: Street) -> None:
    page = street.opens("ada", f"/evidence/{recording(street, 40).id}/change")
    notes = page.get_by_label("Notes")
    notes.fill("")
    page.locator("h1").click()
    page.keyboard.press("n")
    page.keyboard.type("First")
    page.keyboard.press("Enter")
    page.keyboard.type("more of it")
    expect(notes).to_have_value("- 0:00.0 First\nmore of it")
    page.keyboard.press("Control+Home")
    page.keyboard.press("End")
    page.locator("audio").evaluate("it => { it.currentTime = 20; return it.play() }")
    page.keyboard.press("Enter")
    page.keyboard.type("Second")
    assert notes.input_value().splitlines()[-1].startswith("- 0:2")
