"""Vera, an auditor, has a memory stick with the pack and nothing else: no network, no account, no Markwell."""

import base64
import io
import json
import shutil
import subprocess
import sys
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect, sync_playwright

from exports import verify
from tests.exports.samples.pack import packed
from tests.exports.samples.signature import sign
from tests.fixtures.browser import launched

pytestmark = pytest.mark.browser
CHANGED = "data/evidence/leila-haddad-7/41/account-v2.txt"


@dataclass(frozen=True)
class Stick:
    """What Vera was handed: the pack, and beside it the program that checks it."""

    folder: Path

    @property
    def pack(self) -> Path:
        return self.folder / "pack.zip"

    def unzipped(self) -> Path:
        """The pack's data, unpacked beside it."""
        with zipfile.ZipFile(self.pack) as read:
            read.extractall(self.folder / "out")
        return next((self.folder / "out").iterdir()) / "data"

    def verified(self, pack: Path) -> tuple[int, dict[str, object]]:
        """What verify.py says on a bare Python without site packages."""
        asked = [sys.executable, "-I", "-S", self.folder / "verify.py", pack, "--json"]
        done = subprocess.run(asked, capture_output=True, text=True, check=False, encoding="utf-8")
        return done.returncode, json.loads(done.stdout)


@pytest.fixture(scope="module")
def stick(tmp_path_factory: pytest.TempPathFactory) -> Stick:
    made = Stick(tmp_path_factory.mktemp("stick"))
    made.pack.write_bytes(packed(sign=sign))
    shutil.copy(verify.__file__, made.folder / "verify.py")
    return made


@pytest.fixture(scope="module")
def browser_page() -> Iterator[Page]:
    """A browser that reports every question to a network."""
    with sync_playwright() as playwright:
        browser = launched(playwright)
        page = browser.new_page()
        asked: list[str] = []
        page.on("request", lambda each: asked.append(each.url))
        yield page
        browser.close()
    assert [url for url in asked if not url.startswith(("file:", "data:", "about:"))] == []


def dropped(page: Page, pack: bytes) -> None:
    """Drop a file on the page, as from the desktop."""
    making = """text => { const bytes = Uint8Array.from(atob(text), (sign) => sign.charCodeAt(0));
        const held = new DataTransfer(); held.items.add(new File([bytes], "pack.zip")); return held; }"""
    held = page.evaluate_handle(making, base64.b64encode(pack).decode())
    page.dispatch_event(".drop", "drop", {"dataTransfer": held})


def test_she_follows_a_point_to_its_place_its_verdict_and_the_signed_report(stick: Stick, browser_page: Page) -> None:
    page, data = browser_page, stick.unzipped()
    page.goto((data / "START-HERE.html").as_uri())
    page.get_by_role("link", name="Leila Haddad", exact=True).click()
    page.get_by_role("heading", name="Monitor and resolve customer complaints").click()
    row = page.get_by_role("row", name="Point 3 Weighs ways").first
    expect(row).to_contain_text("Met")
    row.get_by_role("link", name="Claim 6, in E1").click()
    expect(page.locator("mark.is-current").first).to_be_in_viewport()
    expect(page.locator("mark.is-current").first).to_contain_text("Replacing the pack costs us £6")
    assert Axe().run(page).violations_count == 0
    page.go_back()
    expect(page.get_by_text("Now all three: the baby due settles which way was right")).to_be_visible()
    expect(page.get_by_text("superseded").first).to_be_visible()
    report = page.get_by_role("link", name="Report (PDF)").get_attribute("href")
    assert report is not None
    asked = [sys.executable, stick.folder / "verify.py", data / report]
    told = subprocess.run(asked, capture_output=True, text=True, check=False, encoding="utf-8").stdout
    assert "is signed by Common Name: Harbourside Training" in told
    assert "Everything that was checked holds" in told


def test_she_drops_the_pack_on_its_own_page_and_asks_the_program(stick: Stick, browser_page: Page) -> None:
    page = browser_page
    page.goto((stick.unzipped() / "START-HERE.html").as_uri() + "#/check")
    dropped(page, stick.pack.read_bytes())
    expect(page.get_by_role("heading", name="It holds")).to_be_visible()
    code, told = stick.verified(stick.pack)
    assert (code, told["holds"], told["faults"]) == (3, True, []), "bare Python cannot say who signed"
    assert any("With OpenSSL alone" in text for text in told["unchecked"])


def test_one_changed_byte_is_named_by_the_page_and_by_the_program_alike(stick: Stick, browser_page: Page) -> None:
    content = bytearray(stick.pack.read_bytes())
    with zipfile.ZipFile(io.BytesIO(content)) as read:
        entry = next(entry for entry in read.infolist() if entry.filename.endswith(CHANGED))
    content[entry.header_offset + 30 + len(entry.filename.encode()) + 99] ^= 1
    (stick.folder / "changed.zip").write_bytes(content)
    page = browser_page
    page.goto("about:blank")
    page.goto((stick.unzipped() / "START-HERE.html").as_uri() + "#/check")
    dropped(page, bytes(content))
    expect(page.get_by_role("heading", name="It does not hold")).to_be_visible()
    expect(page.locator(".result .hash").first).to_have_text(CHANGED)
    code, told = stick.verified(stick.folder / "changed.zip")
    assert code == 1
    assert {fault["where"] for fault in told["faults"]} == {CHANGED}
