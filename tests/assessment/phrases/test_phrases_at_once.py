"""A shared sentence is changed at the very moment at which it is said, or decided."""

from collections.abc import Callable
from dataclasses import replace
from threading import Barrier
from types import NoneType

from portfolio.assessment import operations, queries
from portfolio.assessment.models import Assessment
from portfolio.foundation.db import db, transaction
from portfolio.foundation.errors import Conflict
from portfolio.units.phrases.models import Phrase
from tests.assessment.test_races import at_once
from tests.fixtures import deeds
from tests.fixtures.cast import House


def saying(assessment_id: int, phrase: Phrase) -> Callable[[Barrier], None]:
    """Give the first point a verdict in the words of a shared sentence as the page offered it."""
    words, named = phrase.words, f"s{phrase.id}"

    def deed(gate: Barrier) -> None:
        assessment = db.session.get_one(Assessment, assessment_id)
        gate.wait()
        deeds.judge(assessment, deeds.points(assessment)[0], replace(deeds.NOT_MET, feedback=words), inserted=named)

    return deed


def rewording(house: House, phrase_id: int, words: str) -> Callable[[Barrier], None]:
    """Change a shared sentence."""

    def deed(gate: Barrier) -> None:
        phrase, dee = db.session.get_one(Phrase, phrase_id), house.person("dee")
        gate.wait()
        deeds.reword(phrase, words, by=dee)

    return deed


def test_a_sentence_that_is_changed_while_it_is_said_reaches_the_verdict(house: House) -> None:
    assessment = deeds.handed_in(house.enrolment())
    phrase = deeds.share(assessment.enrolment.edition, "Say it.", by=house.person("dee"))
    for turn in range(1, 6):
        words = f"Say it, for the time number {turn}."
        assert at_once(house, saying(assessment.id, phrase), rewording(house, phrase.id, words)) == [None, None]
        with transaction():
            operations.take_over_words(assessment, by=house.person("ben"))
        assert queries.judgements(assessment)[-1].feedback == words


def test_a_sentence_that_is_changed_while_it_is_decided_is_decided_as_it_was_seen_or_not_yet(house: House) -> None:
    assessment = deeds.handed_in(house.enrolment())
    phrase = deeds.share(assessment.enrolment.edition, "Say it.", by=house.person("dee"))
    deeds.judge_all(assessment, replace(deeds.NOT_MET, feedback=phrase.words))

    def refer(gate: Barrier) -> None:
        gate.wait()
        deeds.refer(db.session.get_one(Assessment, assessment.id))

    refused, changed = at_once(house, refer, rewording(house, phrase.id, "Tell it."))
    assert (assessment.state, type(refused), changed) in [("referred", NoneType, None), ("handed in", Conflict, None)]
    assert queries.judgements(assessment)[0].feedback == "Say it."
    assert queries.saying_older(phrase, 1, viewer=house.person("dee")).total == (0 if refused else 1)
    with transaction():
        told = operations.take_over_words(assessment, by=house.person("ben")).told
    assert bool(told) is bool(refused)
