"""The page that an auditor opens from a memory stick: evidence at the claimed place, and the pack checked."""

import io
import zipfile
from collections.abc import Iterator
from dataclasses import replace
from hashlib import sha256
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect, sync_playwright

from exports.pack import members
from tests.exports.samples.pack import HOSTILE, LEILA, LOG, packed
from tests.fixtures.browser import launched
from tests.journeys.pages import until

PAGES = [
    "",
    "leila-haddad-7",
    "leila-haddad-7/CS-301/point/3",
    "leila-haddad-7/E1/6",
    "leila-haddad-7/E2/8",
    "leila-haddad-7/E3/11",
    "leila-haddad-7/E4/12",
    "leila-haddad-7/E5",
    "leila-haddad-7/E7/24",
    "leila-haddad-7/E8",
    "leila-haddad-7/E12",
]
PAGES += ["search/apolog", "check"]
PACK = packed()
RELEASES = Path(__file__).parents[2] / "releases"


@pytest.fixture(scope="module")
def stick(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A memory stick with the pack, as it came and unpacked."""
    folder = tmp_path_factory.mktemp("stick")
    (folder / "pack.zip").write_bytes(PACK)
    with zipfile.ZipFile(io.BytesIO(PACK)) as read:
        read.extractall(folder / "out")
    return next((folder / "out").iterdir()) / "data"


@pytest.fixture(scope="module")
def chromium() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        browser = launched(playwright)
        yield browser
        browser.close()


@pytest.fixture(params=[(1440, "light"), (390, "dark")], ids=["desk", "phone"])
def page(chromium: Browser, request: pytest.FixtureRequest) -> Iterator[Page]:
    """A page that notes every error of its script and everything it asks for outside the stick."""
    width, scheme = request.param
    context = chromium.new_context(viewport={"width": width, "height": 850}, color_scheme=scheme)
    opened = context.new_page()
    wrong: list[str] = []
    opened.on("pageerror", lambda error: wrong.append(str(error)))
    opened.on(
        "request", lambda asked: wrong.append(asked.url) if not asked.url.startswith(("file:", "data:")) else None
    )
    yield opened
    context.close()
    assert wrong == []


def visit(page: Page, stick: Path, place: str) -> None:
    page.goto("about:blank")
    page.goto(f"{(stick / 'START-HERE.html').as_uri()}#/{place}")


def test_a_claimed_passage_is_marked_in_the_learners_text_and_in_view(page: Page, stick: Path) -> None:
    visit(page, stick, "leila-haddad-7/E1/6")
    chosen = page.locator("mark.is-current")
    expect(chosen.first).to_contain_text("Replacing the pack costs us £6")
    expect(chosen.first).to_be_in_viewport()
    expect(page.locator(".account p").first).to_be_visible()
    assert chosen.first.get_attribute("data-n") == "6"


def test_a_recording_stands_at_the_claimed_second_and_plays_from_it(page: Page, stick: Path) -> None:
    visit(page, stick, "leila-haddad-7/E2/8")
    player = page.locator("audio")
    expect(player).to_have_js_property("currentTime", 130)
    page.get_by_role("button", name="Play 00:04:22 to 00:05:00").click()
    expect(player).to_have_js_property("paused", False)
    assert player.evaluate("audio => audio.currentTime") >= 262


def test_a_region_is_drawn_on_the_picture_and_a_document_opens_at_its_page(page: Page, stick: Path) -> None:
    visit(page, stick, "leila-haddad-7/E3/11")
    expect(page.locator("img")).to_have_js_property("naturalWidth", 1600)
    expect(page.locator(".region.is-current")).to_have_css("position", "absolute")
    visit(page, stick, "leila-haddad-7/E4/12")
    document = page.get_by_role("link", name="Open the document at page 2")
    place = "evidence/leila-haddad-7/44/complaints%20log%20weeks%209-13.pdf#page=2"
    expect(document).to_have_attribute("href", place)


def test_an_item_of_a_merged_record_says_where_it_came_from(page: Page, stick: Path) -> None:
    page.goto(f"file://{stick}/START-HERE.html#/leila-haddad-7/E4")
    expect(page.locator("dl.facts")).to_contain_text("record Leila Hadad, HT-2026-0058, there E1, merged on")
    page.goto(f"file://{stick}/START-HERE.html#/leila-haddad-7/E3")
    expect(page.locator("dl.facts")).not_to_contain_text("Came from")


def test_from_the_matrix_to_the_verdict_and_what_the_assessor_said(page: Page, stick: Path) -> None:
    visit(page, stick, "")
    page.get_by_role("link", name="Leila Haddad", exact=True).click()
    expect(page.get_by_role("heading", level=1)).to_be_focused()
    page.get_by_role("heading", name="Monitor and resolve customer complaints").click()
    expect(page.get_by_role("row", name="Point 3 Weighs ways").first).to_contain_text("Met")
    page.get_by_role("link", name="Claim 12, in E4: page 2").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("E4 Complaints log, weeks 9 to 13")
    page.go_back()  # the unit is still unfolded
    expect(page.get_by_text("Five weeks of log, one clear cause")).to_be_visible()
    expect(page.get_by_text("E3, version 1, not reliable: Only one hand kept the tally")).to_be_visible()


def test_a_search_finds_words_of_evidence_and_points(page: Page, stick: Path) -> None:
    visit(page, stick, "")
    page.get_by_label("Search learners").fill("wardrobe")
    page.keyboard.press("Enter")
    expect(page.get_by_role("status")).to_contain_text("found for “wardrobe”")
    page.get_by_role("link", name="E1 The wardrobe").first.click()
    expect(page.locator(".account")).to_be_visible()


def test_a_photo_that_browsers_do_not_show_is_seen_with_its_claimed_area(chromium: Browser, tmp_path: Path) -> None:
    taken = LEILA.evidence[2]
    photo = replace(taken.files[0], name="IMG_2041.HEIC", media_type="image/heic")
    items = [replace(one, files=(photo,)) if one is taken else one for one in LEILA.evidence]
    (tmp_path / "pack.zip").write_bytes(packed(replace(LEILA, evidence=tuple(items))))
    zipfile.ZipFile(tmp_path / "pack.zip").extractall(tmp_path)
    page = chromium.new_page()
    page.goto(f"file://{next(tmp_path.glob('*/data'))}/START-HERE.html#/leila-haddad-7/E3/11")
    shown = page.get_by_role("img", name="Picture in the evidence: IMG_2041.HEIC")
    expect(shown).to_be_visible()
    until(shown, "it.naturalWidth === 900")
    expect(page.get_by_role("img", name="Claim 11: ")).to_be_visible()
    expect(page.locator("figcaption").first).to_contain_text("for many browsers do not show this format")
    page.close()


def test_hostile_text_stays_text(page: Page, stick: Path) -> None:
    visit(page, stick, "")
    page.get_by_role("link", name="Tŵm").first.click()
    expect(page.get_by_role("heading", level=1)).to_contain_text(HOSTILE[:20])
    page.get_by_role("link", name="E1 </script>").first.click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("E1 </script>")
    expect(page.locator("main")).to_contain_text(HOSTILE)
    assert page.locator("main script, main img").count() == 0
    assert page.title().startswith("E1 </script>")


def test_the_pack_given_to_its_own_page_holds(page: Page, stick: Path) -> None:
    visit(page, stick, "check")
    page.get_by_label("Drop the pack").set_input_files(stick.parents[2] / "pack.zip")
    expect(page.get_by_role("heading", name="It holds")).to_be_visible()
    expect(page.get_by_role("status")).to_contain_text(f"{len(LOG)} events")


@pytest.mark.parametrize("release", sorted(path.name for path in RELEASES.iterdir() if (path / "pack.zip").exists()))
def test_a_pack_of_an_earlier_release_given_to_this_page_holds(page: Page, stick: Path, release: str) -> None:
    visit(page, stick, "check")
    page.get_by_label("Drop the pack").set_input_files(RELEASES / release / "pack.zip")
    expect(page.get_by_role("heading", name="It holds")).to_be_visible()


def test_a_pack_of_a_format_that_the_page_does_not_know_is_said_to_be_such(
    page: Page, stick: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(members, "FORMAT", 9)  # as a release still to come will
    (tmp_path / "pack.zip").write_bytes(packed(LEILA))
    visit(page, stick, "check")
    page.get_by_label("Drop the pack").set_input_files(tmp_path / "pack.zip")
    expect(page.get_by_role("status")).to_contain_text("is format 9, and this page knows 1 to 3")


@pytest.mark.parametrize(
    ("find", "named"),
    [
        (b"I let her finish", "data/evidence/leila-haddad-7/41/account-v2"),
        (b'"deed":"judged"', "data/log/events.jsonl, event"),
        (b"PK\1\2", "the ZIP's"),
        (b"Payload-Oxum", "bag-info.txt"),
    ],
)
def test_one_changed_byte_is_found_by_the_page_and_named(
    chromium: Browser, stick: Path, tmp_path: Path, find: bytes, named: str
) -> None:
    at = PACK.index(find, PACK.index(b"account-v2.md") if find.startswith(b"I let") else 0)
    if find.startswith(b'"deed'):
        at = PACK.index(find, PACK.index(b"data/log/events.jsonl"))
    (tmp_path / "changed.zip").write_bytes(PACK[:at] + bytes([PACK[at] ^ 4]) + PACK[at + 1 :])
    page = chromium.new_page()
    visit(page, stick, "check")
    page.get_by_label("Drop the pack").set_input_files(tmp_path / "changed.zip")
    expect(page.get_by_role("heading", name="It does not hold")).to_be_visible()
    expect(page.get_by_role("status")).to_contain_text(named)
    page.close()


def test_the_pages_own_sha256_and_crc_are_the_standards(chromium: Browser, stick: Path) -> None:
    page = chromium.new_page()
    visit(page, stick, "")
    for size in (0, 1, 55, 56, 63, 64, 65, 119, 120, 1000, 70_001):
        content = bytes(number * 7 % 256 for number in range(size))
        made = page.evaluate(
            """size => { const all = Uint8Array.from({length: size}, (_, n) => n * 7 % 256), hash = new Sha256();
            for (let at = 0; at < size; at += 37) hash.update(all.subarray(at, Math.min(at + 37, size)));
            return hash.hex(); }""",
            size,
        )
        assert made == sha256(content).hexdigest()
    page.close()


@pytest.mark.parametrize("place", PAGES)
def test_every_page_is_accessible_and_fits(page: Page, stick: Path, place: str) -> None:
    visit(page, stick, place)
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    found = Axe().run(page)
    assert found.violations_count == 0, found.generate_report()
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


def test_the_list_of_what_is_missing_is_accessible(page: Page, stick: Path) -> None:
    page.goto((stick / "missing.html").as_uri())
    expect(page.get_by_role("heading", level=1)).to_have_text("What is missing")
    assert Axe().run(page).violations_count == 0
