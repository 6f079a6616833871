"""The parts that other tests lean on do what they promise."""

from collections.abc import Callable

import psycopg
import pytest
from playwright.sync_api import Page, expect

from tests.fixtures.browser import Window

pytestmark = pytest.mark.slow

VALID = (
    "<!doctype html><html lang=en><head><title>A page</title></head><body><main><h1>A page</h1></main></body></html>"
)


def test_a_test_gets_a_real_postgresql_of_its_own(fresh_postgres_url: str) -> None:
    with psycopg.connect(fresh_postgres_url.replace("+psycopg", "")) as connection:
        row = connection.execute("SELECT current_setting('server_version_num')::int").fetchone()
    assert row is not None
    assert row[0] >= 150_000


def test_the_html_checker_accepts_a_valid_page(check_html: Callable[[str], None]) -> None:
    check_html(VALID)


def test_the_html_checker_names_what_is_wrong(check_html: Callable[[str], None]) -> None:
    with pytest.raises(AssertionError, match="img"):
        check_html(VALID.replace("<h1>", "<img src=x><h1>"))


@pytest.mark.browser
@pytest.mark.xdist_group("browser")
def test_the_browser_shows_a_page_and_axe_reads_it(window: Window, check_accessible: Callable[[Page], None]) -> None:
    page = window(width=390)
    page.set_content(VALID)
    expect(page.get_by_role("heading", name="A page")).to_be_visible()
    check_accessible(page)


@pytest.mark.browser
@pytest.mark.xdist_group("browser")
def test_axe_names_what_shuts_people_out(window: Window, check_accessible: Callable[[Page], None]) -> None:
    page = window()
    page.set_content(VALID.replace("<h1>", "<input><h1>"))
    with pytest.raises(AssertionError, match="label"):
        check_accessible(page)
