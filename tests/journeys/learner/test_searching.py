"""A learner looks for a word of a portfolio, and comes to where it stands."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.evidence.pages import papers
from tests.evidence.transcripts import spoken
from tests.fixtures.house import Street
from tests.journeys.pages import until

pytestmark = pytest.mark.browser
IN_SIGHT = "(({ top, bottom }) => top >= 0 && bottom <= innerHeight)(it.getBoundingClientRect())"


@pytest.mark.parametrize(("width", "scheme"), [(390, "light"), (1440, "dark")])
def test_a_word_that_is_said_or_stands_on_a_page_is_found_and_shown_at_its_place(
    street: Street, width: int, scheme: str, check_accessible: Callable[[Page], None]
) -> None:
    ada = street.person("ada")
    papers.item(ada, text="\n\n".join(f"Step {at} of the work." for at in range(60)))
    spoken.confirmed(spoken.recording(ada))
    page = street.opens("ada", "/evidence", width=width, scheme=scheme)
    box = page.get_by_role("searchbox")
    box.fill("cattle")
    box.press("Enter")
    expect(page.locator("#found h2")).to_have_text("1 item with “cattle”")
    check_accessible(page)
    page.locator("#found li a").click()
    line = page.locator("[data-said] li", has_text="I want my cattle back.")
    until(line, IN_SIGHT)
    page.goto("/evidence?q=OHMS")
    expect(page.locator("#found mark")).to_have_text("ohms;")
    check_accessible(page)
    page.locator("#found li a").click()
    until(page.get_by_text("The new circuit tested at 0.34 ohms").first, IN_SIGHT)
    page.goto("/evidence?q=nowhere")
    expect(page.locator("#found")).to_contain_text("Nothing found")
    check_accessible(page)
