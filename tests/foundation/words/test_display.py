"""Moments, sizes and seconds read as people say them, in the zone of the centre that looks."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from types import SimpleNamespace

import html5lib
import pytest
from flask import Flask, g
from hypothesis import given
from hypothesis import strategies as st

from portfolio.foundation import clock
from portfolio.foundation.words import display
from portfolio.foundation.words.sizes import filesize

MOMENT = datetime(2026, 3, 4, 23, 30, tzinfo=UTC)
SUMMER = datetime(2026, 7, 4, 23, 30, tzinfo=UTC)


@pytest.fixture(autouse=True)
def request_of_nobody() -> Iterator[None]:
    with Flask("display").app_context():
        yield


def look_from(zone: str) -> None:
    g.person = SimpleNamespace(centre=SimpleNamespace(timezone=zone))


def words(markup: str) -> str:
    return "".join(html5lib.parseFragment(str(markup), namespaceHTMLElements=False).itertext())


def test_a_moment_reads_in_the_zone_of_the_centre() -> None:
    assert words(display.when(MOMENT)) == "4 March 2026, 23:30"
    look_from("Europe/London")
    assert words(display.when(SUMMER)) == "5 July 2026, 00:30"
    look_from("Asia/Kolkata")
    assert words(display.when(MOMENT)) == "5 March 2026, 05:00"
    assert words(display.day(MOMENT)) == "5 March 2026"
    assert words(display.day(date(2026, 3, 4))) == "4 March 2026"


def test_a_machine_reads_the_exact_moment() -> None:
    assert 'datetime="2026-03-04T23:30:00+00:00"' in display.when(MOMENT)


def test_a_moment_names_its_zone_so_that_a_reader_elsewhere_is_told_their_own_time() -> None:
    look_from("Pacific/Auckland")
    for shown in (display.when(MOMENT), display.ago(MOMENT)):
        assert 'data-zone="Pacific/Auckland"' in shown


def test_no_moment_reads_as_nothing() -> None:
    assert [str(show(None)) for show in (display.when, display.day, display.ago)] == ["", "", ""]
    assert display.clock(None) == ""


@pytest.mark.parametrize(("days", "said"), [(0, "today"), (1, "1 day"), (12, "12 days"), (1200, "1,200 days")])
def test_how_long_since_is_counted_in_days_of_the_calendar(days: int, said: str) -> None:
    with clock.at(MOMENT):
        assert words(display.ago(MOMENT - timedelta(days=days))) == said
        assert words(display.ago(MOMENT + timedelta(minutes=1))) == "today"


@pytest.mark.parametrize(
    ("size", "said"),
    [(0, "0 bytes"), (1, "1 byte"), (999, "999 bytes"), (1000, "1 kB"), (3_140_000, "3.1 MB"),
     (250_000_000, "250 MB"), (999_999, "1 MB"), (2 * 1024**3, "2.1 GB"), (5 * 10**15, "5,000 TB")],
)  # fmt: skip
def test_sizes_read_as_phones_and_disks_count(size: int, said: str) -> None:
    assert filesize(size) == said


@given(st.integers(0, 10**16))
def test_no_size_reads_as_a_thousand_of_the_smaller_unit(size: int) -> None:
    said = filesize(size).replace(",", "")
    assert float(said.split()[0]) < 1000 or said.endswith("TB")


@pytest.mark.parametrize(
    ("seconds", "said"),
    [(0, "0:00"), (9.9, "0:09"), (61, "1:01"), (3599, "59:59"), (3600, "1:00:00"), (36_061, "10:01:01")],
)  # fmt: skip
def test_seconds_read_as_a_player_shows_them(seconds: float, said: str) -> None:
    assert display.clock(seconds) == said


def test_one_is_not_many() -> None:
    assert [display.plural(count, "point") for count in (0, 1, 2, 1000)] == [
        "0 points",
        "1 point",
        "2 points",
        "1,000 points",
    ]
    assert display.plural(2, "entry", "entries") == "2 entries"
