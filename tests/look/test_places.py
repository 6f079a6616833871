"""A place is told by what it is, wherever it is told."""

import pytest
from flask import render_template_string

from portfolio.evidence.places.locators import Astray, Locator, Page, Passage, Region, Span, Whole
from tests.fixtures.cast import House

PLACES = [
    (Whole(), "the whole item"),
    (Page(3), "page 3"),
    (Region("percent:10,20,30,40"), "upper left part (10–40\u00a0% from the left, 20–60\u00a0% from the top)"),
    (Span(61, 75), "1:01 to –1:15"),
    (Span(61, 75, region="percent:30,70,40,30"), "lower part (30–70\u00a0% from the left, 70–100\u00a0% from the top)"),
    (Passage("I listened", 0, 10), "I listened"),
    (Astray("The words %(said)s are not there.", "“tea”"), "The words “tea” are not there."),
]


DRAWN = "{% from 'macros/components.html' import place, where %}{{ place(one)|striptags }}|{{ where(one) }}"


@pytest.mark.parametrize(("place", "told"), PLACES)
def test_a_place_is_told_by_what_it_is(house: House, place: Locator, told: str) -> None:
    with house.app.test_request_context():
        drawn = render_template_string(
            "{% from 'macros/components.html' import place, where %}{{ place(one)|striptags }}|{{ where(one) }}",
            one=place,
        )
    words, _, short = drawn.partition("|")
    assert told.replace("\u00a0", " ") in words.replace("\u00a0", " ")
    if not isinstance(place, Span | Passage):
        assert short == told
