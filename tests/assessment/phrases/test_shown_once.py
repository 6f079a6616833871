"""Whoever says a sentence as it was is shown it as it is now, once: what they undo then stays."""

import html

import pytest

from portfolio.assessment import queries
from portfolio.assessment.models import Assessment
from portfolio.assessment.rules import Finding, Verdict
from portfolio.foundation.db import db
from portfolio.units.phrases.models import Phrase
from tests.fixtures import deeds
from tests.fixtures.cast import House

BEFORE, AFTER, OTHER = "Say how it ended.", "Say how it ended for the customer.", "Something else."


@pytest.fixture
def assessment(house: House) -> Assessment:
    """Ada's unit, handed in."""
    return deeds.handed_in(house.enrolment())


@pytest.fixture
def phrase(house: House) -> Phrase:
    """A sentence that dee shares for the whole unit."""
    return deeds.share(house.enrolment().edition, BEFORE, by=house.person("dee"))


def says(assessment: Assessment, words: str, inserted: str = "") -> None:
    """Ben says this of the first point."""
    deeds.judge(assessment, deeds.points(assessment)[0], Finding(Verdict.NOT_MET, feedback=words), inserted=inserted)


def opened(house: House, assessment: Assessment) -> str:
    """What stands in the feedback on the first point once Ben has opened the desk."""
    assert house.browser("ben").get(f"/marking/{assessment.id}").status_code == 200
    db.session.rollback()
    return queries.standing(queries.judgements(assessment))[deeds.points(assessment)[0].id].feedback


def test_what_was_undone_stays_when_another_sentence_is_changed(
    house: House, assessment: Assessment, phrase: Phrase
) -> None:
    dee, first = house.person("dee"), deeds.points(assessment)[0]
    other = deeds.share(assessment.enrolment.edition, OTHER, by=dee)
    deeds.judge_all(assessment, Finding(Verdict.NOT_MET, feedback=f"{BEFORE} {OTHER}"))
    deeds.reword(phrase, AFTER, by=dee)
    assert opened(house, assessment) == f"{AFTER} {OTHER}"
    deeds.unjudge(assessment, first)
    deeds.reword(other, "Or that.", by=dee)
    assert opened(house, assessment) == f"{BEFORE} Or that."
    deeds.refer(assessment)
    deeds.retract(assessment)
    assert opened(house, assessment) == f"{BEFORE} Or that."
    deeds.reword(phrase, "Tell the end.", by=dee)
    assert opened(house, assessment) == "Tell the end. Or that."


@pytest.mark.parametrize("undone", [True, False])
def test_what_comes_back_after_the_change_is_shown_as_it_is_now(
    house: House, assessment: Assessment, phrase: Phrase, *, undone: bool
) -> None:
    says(assessment, BEFORE)
    says(assessment, OTHER)
    deeds.reword(phrase, AFTER, by=house.person("dee"))
    if undone:
        deeds.unjudge(assessment, deeds.points(assessment)[0])
    else:
        says(assessment, f"{OTHER} {BEFORE}", f"s{phrase.id}")
    assert opened(house, assessment) == (AFTER if undone else f"{OTHER} {AFTER}")


def test_what_had_no_room_is_said_anew_once_there_is_room(house: House, assessment: Assessment, phrase: Phrase) -> None:
    says(assessment, f"{'x' * 4_970}. {BEFORE}")
    deeds.reword(phrase, AFTER, by=house.person("dee"))
    assert opened(house, assessment).endswith(BEFORE)
    says(assessment, f"Well. {BEFORE}")
    assert opened(house, assessment) == f"Well. {AFTER}"


def test_who_asks_for_nothing_but_the_head_is_shown_nothing(
    house: House, assessment: Assessment, phrase: Phrase
) -> None:
    says(assessment, BEFORE)
    deeds.reword(phrase, AFTER, by=house.person("dee"))
    assert house.browser("ben").head(f"/marking/{assessment.id}").status_code == 200
    assert "Your centre changed" in html.unescape(house.browser("ben").get(f"/marking/{assessment.id}").text)
