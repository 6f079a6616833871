"""An export's page tells how far it is, and shows the file without anybody loading it again."""

import pytest
from playwright.sync_api import expect

from tests.fixtures.house import Street

pytestmark = pytest.mark.browser


def test_the_page_of_an_export_offers_the_file_as_soon_as_it_is_made(street: Street) -> None:
    page = street.opens("dee", f"/learners/{street.people['ada']}")
    page.get_by_role("button", name="Evidence report").first.click()
    expect(page.get_by_text("Waiting for the worker")).to_be_visible()
    street.do_jobs()
    expect(page.get_by_role("link", name="Download")).to_be_visible(timeout=15_000)
