"""What is drawn on paper says in words what it shows, and none of its letters lies over another."""

import re
from dataclasses import replace
from itertools import pairwise

import pytest

from exports.document import drawings
from exports.document.language import language_of
from portfolio.evidence.places.locators import Region, Span
from tests.exports.samples.facts import CALL, CLAIMS, PHOTO

SPANS = [claim for claim in CLAIMS if isinstance(claim.locator, Span)]
AREAS = [claim for claim in CLAIMS if isinstance(claim.locator, Region)]


def numbers(drawing: str) -> list[tuple[float, float, str]]:
    """Left edge, size and text of every number that stands over a waveform."""
    bold = r'<text x="([\d.]+)" y="\d+" font-family="[^"]+" font-weight="700" font-size="(\d+)"[^>]*>(\d+)<'
    return [(float(left), float(size), text) for left, size, text in re.findall(bold, drawing)]


@pytest.mark.parametrize("large", [False, True])
def test_numbers_of_seconds_that_begin_together_stand_side_by_side(large):
    crowd = [replace(SPANS[0], number=number, locator=Span(60, 61)) for number in range(95, 105)]
    drawn = numbers(drawings.waveform(CALL, crowd, large=large))
    assert [text for *_, text in drawn] == [str(number) for number in range(95, 105)]
    for (left, size, text), (following, *_) in pairwise(drawn):
        assert left + size * 0.5 * len(text) <= following


def test_letters_in_large_print_are_larger():
    ordinary, large = (numbers(drawings.waveform(CALL, SPANS, large=size))[0] for size in (False, True))
    assert large[1] > ordinary[1]


def test_a_waveform_tells_its_claimed_seconds_in_the_language_of_the_document():
    drawn = drawings.waveform(CALL, SPANS, language=language_of("cy"))
    assert "<title>Cryfder sain call 2026-03-11 0915.wav dros 00:05:12. Hawliwyd: 2, 00:00:18 i 00:01:04.5;" in drawn


def test_the_areas_of_a_picture_are_named_and_a_picture_without_any_is_not_drawn_over():
    assert "<title>Claimed areas: 11, " in drawings.areas(PHOTO, AREAS)
    assert "% from the top).</title>" in drawings.areas(PHOTO, AREAS)
    assert drawings.areas(PHOTO, SPANS) == ""


def test_a_part_of_a_films_picture_is_drawn_over_the_one_that_stands_for_it():
    film = replace(PHOTO, kind="video", duration=312.0)
    (span, *_) = SPANS
    claims = [replace(span, locator=Span(18.0, 64.5, film.sha256, "percent:50,50,25,25")), *AREAS]
    drawn = drawings.areas(film, claims)
    seconds = f"{span.number}, 00:00:18–00:01:04.5, lower right part of the picture (50–75\u00a0% from the left,"
    assert f"<title>Claimed areas: {seconds} 50–75\u00a0% from the top).</title>" in drawn
    assert drawn.count("<text") == 1
