"""Ada brings an e-mail, a web page and a clause of a procedure; words of the e-mail are claimed like any others."""

import io
from collections.abc import Callable

import pytest
from PIL import Image
from playwright.sync_api import Page, expect

from tests.evidence.kinds.letters import email
from tests.fixtures.house import Street
from tests.journeys.learner.learning import WIDTHS, point

pytestmark = pytest.mark.browser
Check = Callable[..., None]


def _capture() -> bytes:
    out = io.BytesIO()
    Image.new("RGB", (300, 200), "teal").save(out, "PNG")
    return out.getvalue()


def _sends(page: Page, name: str, kind: str, content: bytes) -> None:
    page.locator("input[type=file]").set_input_files({"name": name, "mimeType": kind, "buffer": content})


@WIDTHS
def test_an_email_is_read_from_its_file_and_a_sentence_of_it_is_claimed(
    street: Street, check_accessible: Check, width: int, scheme: str
) -> None:
    page = street.opens("ada", "/evidence/new", width=width, scheme=scheme)
    check_accessible(page)
    page.get_by_role("link", name="E-mail").click()
    expect(page.locator("h1")).to_have_text("New e-mail")
    check_accessible(page)
    made = email("Dear Ada,\n\nthank you for ringing at once. The cot came on Tuesday.\n")
    made.add_attachment(b"%PDF-1.7", maintype="application", subtype="pdf", filename="receipt.pdf")
    page.get_by_label("Title").fill("Ruth thanks me")
    _sends(page, "thanks.eml", "message/rfc822", bytes(made))
    page.get_by_role("button", name="Save").click()
    expect(page.locator("h1")).to_have_text("Ruth thanks me")
    expect(page.locator("#account")).to_contain_text("From: Ruth Ofori <ruth@harbour.example>")
    expect(page.locator("#account")).to_contain_text("receipt.pdf (application/pdf, 8 bytes)")
    page.get_by_role("button", name="thank you for ringing at once.").click()
    point(page, "CS-305/4").click()
    page.get_by_role("button", name="Save claim").click()
    expect(page.locator("#places .chip-point")).to_have_text("CS-305 · 4")
    check_accessible(page)


@WIDTHS
def test_a_web_page_and_a_clause_are_referred_to(
    street: Street, check_accessible: Check, width: int, scheme: str
) -> None:
    dee = street.opens("dee", "/procedures", width=width, scheme=scheme)
    check_accessible(dee)
    dee.get_by_role("link", name="Add the first one").click()
    dee.get_by_label("Title").fill("Complaints procedure")
    dee.get_by_label("Version").fill("3.1")
    dee.get_by_label("Where it is kept").fill("https://harbour.example/complaints")
    check_accessible(dee)
    dee.get_by_role("button", name="Save").click()
    expect(dee.locator("table")).to_contain_text("Complaints procedure")
    check_accessible(dee)

    page = street.opens("ada", "/evidence/new/policy-or-procedure", width=width, scheme=scheme)
    page.get_by_label("Title").fill("Ringing back in time")
    page.get_by_label("Policy or procedure").select_option("Complaints procedure, version 3.1")
    page.get_by_label("Clause or section").fill("4.2")
    page.get_by_label("How you used it").fill("I rang within the hour, as 4.2 asks.")
    check_accessible(page)
    page.get_by_role("button", name="Save").click()
    expect(page.locator("main")).to_contain_text("Clause or section")
    check_accessible(page)

    page.goto("/evidence/new/web-page")
    page.get_by_label("Title").fill("What the page of the shop says")
    page.get_by_label("Address").fill("https://shop.example/returns/" + "a-long-way-to-go/" * 8)
    page.get_by_label("Day you saw it").fill("2026-03-04")
    _sends(page, "page.png", "image/png", _capture())
    check_accessible(page)
    page.get_by_role("button", name="Save").click()
    expect(page.locator("main")).to_contain_text("Seen on")
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), "nothing is cut off at the side"
    check_accessible(page)
