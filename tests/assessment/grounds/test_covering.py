"""Whether one place holds another: the same for every kind, and never both ways unless they are the same."""

from hypothesis import given
from hypothesis import strategies as st

from portfolio.assessment.rules import ADDED, CLAIMED, NARROWER, WIDER, lies
from portfolio.evidence.places import areas
from portfolio.evidence.places.covering import covers
from portfolio.evidence.places.locators import Astray, Page, Passage, Region, Span, Whole
from portfolio.evidence.pointing.forms import fields_of

ENDS = st.tuples(st.integers(0, 12), st.integers(0, 12)).map(lambda ends: (min(ends), max(ends) + 1))
AREAS = st.tuples(*[st.integers(0, 5)] * 2, *[st.integers(1, 5)] * 2).map(lambda sides: areas.written(*sides))
PASSAGES = ENDS.map(lambda ends: Passage("x" * (ends[1] - ends[0]), *ends))
PLACES = st.one_of(
    st.just(Whole()),
    PASSAGES,
    st.builds(lambda ends, region: Span(*map(float, ends), region=region), ENDS, st.just("") | AREAS),
    st.builds(Page, st.integers(1, 2), region=AREAS),
    st.builds(Page, st.integers(1, 2), quote=st.none() | PASSAGES),
    st.builds(Region, AREAS),
)


@given(PLACES, PLACES, PLACES)
def test_places_lie_to_each_other_as_parts_to_wholes(one: Page, other: Page, third: Page) -> None:
    assert covers(one, one)
    assert covers(Whole(), one)
    if covers(one, other) and covers(other, third):
        assert covers(one, third)
    if covers(one, other) and covers(other, one):
        assert fields_of(one) == fields_of(other)


@given(PLACES, PLACES)
def test_how_a_place_lies_is_said_from_both_ends(one: Page, other: Page) -> None:
    said = {CLAIMED: CLAIMED, NARROWER: WIDER, WIDER: NARROWER, ADDED: ADDED}
    assert lies(other, [one]) == said[lies(one, [other])]
    assert lies(one, []) == ADDED
    assert lies(one, [other, one]) == CLAIMED
    assert lies(one, [Astray("", "")]) in (WIDER, ADDED)
