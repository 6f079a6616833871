"""The page of a pack shows who witnessed, what was minuted, who signed, who was checked; times play the recording."""

import io
import zipfile
from dataclasses import replace
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.exports.pack.test_start_here import chromium, page, stick, visit
from tests.exports.samples.pack import LEILA, packed

__all__ = ["chromium", "page", "stick"]


def test_times_of_a_discussion_play_its_recording(page: Page, stick: Path) -> None:
    visit(page, stick, "leila-haddad-7/E7")
    sheet = page.get_by_role("table", name="Times against points")
    row = sheet.get_by_role("row").filter(has_text="What she told the customer")
    expect(row).to_contain_text("CS-303/4, 5")
    row.get_by_role("button", name="Play 00:02:11 to 00:03:24").click()
    player = page.locator("audio")
    expect(player).to_have_js_property("paused", False)
    assert player.evaluate("audio => audio.currentTime") >= 131
    expect(sheet.get_by_role("row").filter(has_text="What she will bring")).to_contain_text("12:06")


def test_times_of_a_discussion_of_two_recordings_say_which_of_them_they_play(page: Page, tmp_path: Path) -> None:
    items = {item.ref: item for item in LEILA.evidence}
    call, item = items["E2"].files[0], items["E7"]
    first, *others = item.minutes.entries
    minutes = replace(item.minutes, entries=(replace(first, file=call.sha256), *others))
    changed = replace(item, files=(*item.files, call), minutes=minutes)
    told = replace(LEILA, evidence=tuple(changed if one is item else one for one in LEILA.evidence))
    with zipfile.ZipFile(io.BytesIO(packed(told))) as read:
        read.extractall(tmp_path)
    visit(page, next(tmp_path.iterdir()) / "data", "leila-haddad-7/E7")
    sheet = page.get_by_role("table", name="Times against points")
    sheet.get_by_role("button", name=f"Play 00:00:04 to 00:00:58 in {call.name}").click()
    expect(page.get_by_label(call.name)).to_have_js_property("paused", False)
    button = sheet.get_by_role("button", name=f"Play 00:02:11 to 00:03:24 in {item.files[0].name}")
    expect(button).to_be_visible()


def test_signatures_stand_under_the_item_and_who_does_not_agree_is_named(page: Page, stick: Path) -> None:
    visit(page, stick, "leila-haddad-7/E8")
    signed = page.get_by_role("listitem").filter(has_text="Leila Haddad, learner")
    expect(signed).to_contain_text("Does not agree: I waited twenty minutes")
    expect(page.locator("main")).to_contain_text("Produced: A strip of forty centimetres")


def test_a_testimony_says_who_gave_it_how_they_signed_and_how_they_were_checked(page: Page, stick: Path) -> None:
    visit(page, stick, "leila-haddad-7/E9")
    facts = page.locator("dl.facts")
    for words in (
        "Another interest: We sing in the same choir.", "Expert in the occupation; familiar with the standards",
        "T. Rees, ", "reached by a link", "Workshop office", "contacted, at the workshop; Ben Adeyemi",
    ):  # fmt: skip
        expect(facts).to_contain_text(words)
    expect(page.get_by_role("listitem").filter(has_text="about the choir")).to_contain_text(
        "contacted, at the workshop"
    )


def test_where_a_page_or_a_procedure_comes_from_is_said_and_leads_nowhere(page: Page, stick: Path) -> None:
    visit(page, stick, "leila-haddad-7/E12")
    expect(page.locator("dl.facts")).to_contain_text("Oils, waxes and solvents in the workshop")
    visit(page, stick, "leila-haddad-7/E11")
    expect(page.locator("dl.facts")).to_contain_text("https://returns.tidewater.example/furniture?part=tables")
    assert page.locator("main a[href^=http]").count() == 0


def test_the_witness_status_list_leads_to_each_statement(page: Page, stick: Path) -> None:
    visit(page, stick, "leila-haddad-7")
    listed = page.get_by_role("table", name="Witness status list")
    expect(listed.get_by_role("row")).to_have_count(4)
    expect(listed.get_by_role("row").filter(has_text="Ifeoma Okoro")).to_contain_text("Not checked yet")
    listed.get_by_role("link", name="E9").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("E9 Three days of the oak table")


@pytest.mark.parametrize("words", ["choir", "fingernail", "Rees", "solvents", "twenty minutes"])
def test_a_search_finds_what_others_stated(page: Page, stick: Path, words: str) -> None:
    visit(page, stick, f"search/{words}")
    expect(page.get_by_role("listitem").filter(has_text="Leila Haddad").first).to_be_visible()
