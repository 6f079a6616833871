"""A unit of eight points is marked from its first verdict to the next learner, and every key is counted."""

import re

import pytest
from playwright.sync_api import Page, Request, expect

from portfolio.assessment import queries
from portfolio.assessment.models import Assessment
from portfolio.foundation.db import db
from tests.fixtures import deeds
from tests.fixtures.house import Street
from tests.journeys.assessor.judging import in_hand, panel, state_of
from tests.journeys.desk.desks import EXPLAIN, filled

pytestmark = pytest.mark.browser
ALLOWED = 30
"""Keys beside free typing, with two comments at places."""


class Hand:
    """A hand at the keyboard that counts: a key with Shift or Ctrl is one, letters of one's own words are none."""

    def __init__(self, page: Page) -> None:
        """Over this page, from now on."""
        self.page, self.keys = page, list[str]()

    def press(self, *keys: str) -> None:
        """Press keys that do something."""
        for key in keys:
            self.page.keyboard.press(key)
        self.keys += keys

    def write(self, words: str) -> None:
        """Type words of one's own."""
        self.page.keyboard.type(words)


class Line:
    """What goes between the page and the server: verdicts, and pages that are loaded."""

    def __init__(self, page: Page) -> None:
        """Of this page, from now on."""
        self.verdicts, self.loads = list[str](), list[str]()
        page.on("request", self._see)

    def _see(self, asked: Request) -> None:
        if asked.is_navigation_request() and asked.method == "GET":
            self.loads.append(re.sub(r"\d+", "N", asked.url.split("//")[1].partition("/")[2]))
        elif re.search(r"/points/\d+$", asked.url) and asked.method == "POST":
            self.verdicts.append(asked.url)


def met(hand: Hand, ref: str) -> None:
    """One key: it is saved by itself, and the next open point is in hand."""
    assert in_hand(hand.page) == ref
    hand.press("1")
    expect(hand.page.locator("#said")).to_contain_text(f"Saved: point {ref} met.")


def partly(hand: Hand, ref: str) -> None:
    """Partly met, part b is missing, a sentence of the bank and one of one's own; then on to the next open point."""
    assert in_hand(hand.page) == ref
    hand.press("2", "b", "f", "/")
    expect(panel(hand.page).get_by_role("option", selected=True)).to_contain_text(EXPLAIN)
    hand.press("Enter")
    hand.write("Which of them did you mean?")
    hand.press("Control+Enter")
    expect(hand.page.locator("#said")).to_have_text(f"Saved: point {ref} partly met.")
    hand.press("n")


def comment(hand: Hand, ref: str) -> None:
    """Something is asked at the place that is shown, and the cursor is free for the verdict."""
    assert in_hand(hand.page) == ref
    hand.press("Shift+W")
    hand.write("Which of your customers was that?")
    hand.press("Control+Enter")
    expect(hand.page.locator("textarea:focus")).to_have_count(0)


def test_eight_points_and_the_decision_by_few_keys_one_request_a_verdict(
    street: Street, assessment: Assessment
) -> None:
    eight = filled(street)
    page = street.opens("ben", f"/marking/{eight.id}")
    hand, line = Hand(page), Line(page)
    for ref in "12345678":
        if ref in "36":
            comment(hand, ref)
            partly(hand, ref)
        else:
            met(hand, ref)
    assert len(line.verdicts) == 8
    assert line.loads == []
    hand.press("d")
    expect(page.locator("#deciding textarea")).to_be_focused()
    hand.write("Nearly there: two parts are missing.")
    hand.press("Control+Enter")
    expect(page.locator("#flashes")).to_contain_text("They can read it now.")
    expect(page).to_have_url(re.compile(rf"/marking/{assessment.id}\b"))
    db.session.rollback()
    assert state_of(eight) == "referred"
    assert line.loads == ["marking/N"]
    assert len(hand.keys) <= ALLOWED
    assert len(hand.keys) == 26


def test_what_was_said_by_those_keys_is_on_record(street: Street) -> None:
    eight = filled(street)
    page = street.opens("ben", f"/marking/{eight.id}")
    hand = Hand(page)
    met(hand, "1")
    partly(hand, "2")
    db.session.rollback()
    first, second = queries.judgements(eight)
    missing = deeds.points(eight)[1].parts[1]["text"]
    assert (first.verdict, second.verdict, second.missing) == ("met", "partly met", ["b"])
    assert second.feedback == f"Still needed: {missing}. {EXPLAIN} Which of them did you mean?"
    assert len(queries.uses_of([second.id])) == 1
