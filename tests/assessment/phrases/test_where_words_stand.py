"""Where a text says shared sentences: never inside a longer one, never in what somebody says besides."""

import html
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portfolio.assessment import queries
from portfolio.assessment.models import Assessment
from portfolio.assessment.rules import Finding, Verdict
from portfolio.foundation.db import db
from portfolio.units.phrases.models import Phrase
from portfolio.units.phrases.rules import reworded, stretches
from tests.fixtures import deeds
from tests.fixtures.cast import House

SHORT, LONG = "Add a date", "Add a date to each photo."
SOME_WORDS = st.text("ab .\n", min_size=1, max_size=12).filter(lambda one: bool(one.strip()))


@pytest.fixture
def assessment(house: House) -> Assessment:
    """Ada's unit, handed in."""
    return deeds.handed_in(house.enrolment())


def share(house: House, words: str, point: str = "") -> Phrase:
    """Dee shares a sentence."""
    return deeds.share(house.enrolment().edition, words, by=house.person("dee"), point=point)


def reword(house: House, phrase: Phrase, words: str) -> None:
    """Dee changes one."""
    deeds.reword(phrase, words, by=house.person("dee"))


def says(assessment: Assessment, words: str, *put_in: Phrase, at: int = 0) -> None:
    """Ben says this of a point, with the sentences that he put in."""
    inserted = " ".join(f"s{one.id}" for one in put_in)
    deeds.judge(assessment, deeds.points(assessment)[at], Finding(Verdict.NOT_MET, feedback=words), inserted=inserted)


def opened(house: House, assessment: Assessment) -> list[str]:
    """What stands in the feedback once Ben has opened the desk, by point."""
    assert house.browser("ben").get(f"/marking/{assessment.id}").status_code == 200
    db.session.rollback()
    return [one.feedback for one in queries.standing(queries.judgements(assessment)).values()]


@given(SOME_WORDS, st.lists(SOME_WORDS, max_size=6))
def test_no_stretch_lies_over_another_and_each_says_its_words(text: str, wordings: list[str]) -> None:
    found = stretches(text, wordings)
    assert all(one.end <= other.start for one, other in pairwise(found))
    for one in found:
        assert one.words in wordings
        assert text[one.start : one.end].split() == one.words.split()


@given(SOME_WORDS, st.dictionaries(SOME_WORDS, st.just("Z")))
def test_nothing_but_the_stretches_is_reworded(text: str, changed: dict[str, str]) -> None:
    found = stretches(text, changed)
    borders = [0, *(place for one in found for place in (one.start, one.end)), len(text)]
    rest = "Z".join(text[start:end] for start, end in zip(borders[::2], borders[1::2], strict=True))
    assert reworded(text, changed) == rest
    assert reworded(text, {words: words for words in changed}) == text


@given(SOME_WORDS, SOME_WORDS, st.lists(SOME_WORDS, max_size=4))
def test_whole_sentences_are_found_whatever_shorter_ones_there_are(before: str, after: str, shorter: list[str]) -> None:
    words = "Say how it ended."
    text = f"{before}\n{words}\n{after}"
    found = [one for one in stretches(text, [words, *shorter]) if one.words == words]
    assert [(text[one.start : one.end], one.whole) for one in found] == [(words, True)]


def test_a_sentence_in_a_longer_one_stays_with_it(house: House, assessment: Assessment) -> None:
    short, long = share(house, SHORT), share(house, LONG)
    says(assessment, f"{SHORT}\n{LONG}", short, long)
    says(assessment, SHORT, short, at=1)
    says(assessment, LONG, long, at=1)
    reword(house, short, "Date it")
    assert opened(house, assessment) == [f"Date it\n{LONG}", LONG]


def test_ones_own_words_around_it_are_left_alone(house: House, assessment: Assessment) -> None:
    short, own = share(house, SHORT), "You wrote “Add a date” yourself, to add a date late is late."
    says(assessment, f"{SHORT}\n{own}", short)
    says(assessment, SHORT, short, at=1)
    says(assessment, f"{SHORT} to each, and to yours.", at=1)
    reword(house, short, "Date it")
    assert opened(house, assessment) == [f"Date it\n{own}", f"{SHORT} to each, and to yours."]


def test_of_two_with_the_same_words_the_one_for_this_very_point_is_said(house: House, assessment: Assessment) -> None:
    elsewhere, unit, here = share(house, LONG, "2"), share(house, LONG), share(house, LONG, "1")
    says(assessment, LONG)
    says(assessment, LONG, at=2)
    for phrase, words in ((elsewhere, "Elsewhere."), (here, "Here."), (unit, "In the unit.")):
        reword(house, phrase, words)
    assert opened(house, assessment) == ["Here.", "In the unit."]


def test_what_is_typed_for_one_point_is_no_sentence_of_another(house: House, assessment: Assessment) -> None:
    elsewhere = share(house, LONG, "2")
    says(assessment, LONG)
    says(assessment, LONG, elsewhere, at=2)
    reword(house, elsewhere, "Date each.")
    assert opened(house, assessment) == [LONG, "Date each."]


def test_a_shortened_sentence_is_not_taken_for_the_longer_one(house: House, assessment: Assessment) -> None:
    before, after = "Good start. Give a second example.", "Give a second example."
    phrase = share(house, before)
    reword(house, phrase, after)
    says(assessment, before, phrase)
    assert opened(house, assessment) == [after]


def test_what_was_put_in_among_other_words_flows_however_it_is_spaced(house: House, assessment: Assessment) -> None:
    phrase = share(house, LONG)
    says(assessment, "Please: Add a  date\nto each photo.", phrase)
    says(assessment, "Please: Add a  date\nto each photo. Thanks.")
    reword(house, phrase, "Date each.")
    assert opened(house, assessment) == ["Please: Date each. Thanks."]
    assert "Your centre changed" not in html.unescape(house.browser("ben").get(f"/marking/{assessment.id}").text)
