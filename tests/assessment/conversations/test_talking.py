"""Assessor and learner talk at a place while a round waits: all of it is on record, and nothing after the decision."""

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DatabaseError

from portfolio.assessment.conversations import operations
from portfolio.assessment.conversations.queries import conversations_in
from portfolio.assessment.models import Assessment
from portfolio.evidence.places.locators import Passage, Span
from portfolio.foundation.db import db, transaction
from portfolio.foundation.errors import Conflict, Incomplete, OutOfTurn, Refused
from portfolio.foundation.log import audit
from portfolio.people.models import Person
from tests.assessment.conversations.talking import answer, claimed_place, read, said, say, take_back, version_of
from tests.fixtures import deeds
from tests.fixtures.cast import House


@pytest.fixture
def assessment(house: House) -> Assessment:
    """Ada's first unit, handed in to Ben."""
    return deeds.handed_in(house.enrolment())


@pytest.fixture
def ada(house: House) -> Person:
    """The learner."""
    return house.person("ada")


def test_what_is_said_at_one_place_is_one_conversation(assessment: Assessment, ada: Person) -> None:
    first = say(assessment, place=claimed_place(assessment))
    again = say(assessment, "And then?", place=claimed_place(assessment))
    other = say(assessment, "Which kettle?", place=claimed_place(assessment, 1))
    back = answer(first.conversation, "That it leaked.", by=ada)
    assert again.conversation is first.conversation is back.conversation is not other.conversation
    assert [one.number for one in first.conversation.comments] == [1, 2, 3]
    assert [one.number for one in conversations_in(deeds.the_round(assessment))] == [1, 2]


def test_an_answer_says_that_what_came_before_was_read(assessment: Assessment, ada: Person) -> None:
    first = say(assessment)
    assert (assessment.comments, assessment.unread_by_learner, assessment.unread_by_assessor) == (1, 1, 0)
    answer(first.conversation, "That it leaked.", by=ada)
    assert (assessment.comments, assessment.unread_by_learner, assessment.unread_by_assessor) == (2, 0, 1)
    read(first.conversation, by=deeds.assessor_of(assessment))
    assert (assessment.comments, assessment.unread_by_learner, assessment.unread_by_assessor) == (2, 0, 0)
    assert said(assessment) == [("Ben Okafor", "What did he say?", True), (ada.name, "That it leaked.", True)]


def test_only_the_last_word_is_taken_back_and_only_while_it_is_not_read(assessment: Assessment, ada: Person) -> None:
    ben = deeds.assessor_of(assessment)
    first, second = say(assessment), say(assessment, "And then?")
    with pytest.raises(OutOfTurn):
        take_back(first, by=ben)
    take_back(second, by=ben)
    with pytest.raises(OutOfTurn):
        take_back(second, by=ben)
    assert assessment.unread_by_learner == 1
    read(first.conversation, by=ada)
    with pytest.raises(OutOfTurn, match="read or answered"):
        take_back(first, by=ben)


def test_the_decision_freezes_what_was_said_and_it_can_still_be_read(assessment: Assessment, ada: Person) -> None:
    first = say(assessment)
    deeds.judge_all(assessment, deeds.NOT_MET)
    deeds.refer(assessment)
    with pytest.raises(OutOfTurn, match="Ben Okafor decided"):
        answer(first.conversation, "Too late.", by=ada)
    with pytest.raises(OutOfTurn):
        say(assessment)
    with pytest.raises(OutOfTurn):
        take_back(first, by=deeds.assessor_of(assessment))
    read(first.conversation, by=ada)
    assert assessment.unread_by_learner == 0
    assert said(assessment) == [("Ben Okafor", "What did he say?", True)]


def test_a_retracted_decision_opens_it_again_and_a_new_round_does_not(house: House, assessment: Assessment) -> None:
    ada, first = house.person("ada"), say(assessment)
    deeds.judge_all(assessment, deeds.NOT_MET)
    deeds.refer(assessment)
    deeds.retract(assessment)
    answer(first.conversation, "That it leaked.", by=ada)
    deeds.refer(assessment)
    deeds.hand_in(house.enrolment())
    with pytest.raises(OutOfTurn):
        answer(first.conversation, "More.", by=ada)
    assert say(assessment).conversation is not first.conversation


def test_who_takes_a_hand_in_back_keeps_what_was_said_about_it(assessment: Assessment, ada: Person) -> None:
    first = say(assessment)
    deeds.take_back(assessment)
    with pytest.raises(OutOfTurn):
        answer(first.conversation, "More.", by=ada)
    read(first.conversation, by=ada)
    assert (assessment.comments, assessment.unread_by_learner) == (1, 0)


@pytest.mark.parametrize("words", [" ", "x" * 2_001])
def test_a_comment_says_something_and_not_too_much(assessment: Assessment, words: str) -> None:
    with pytest.raises(Incomplete) as refusal:
        say(assessment, words)
    assert refusal.value.lacks == ("words",)
    assert said(assessment) == []


def test_a_place_lies_in_what_was_handed_in(house: House, assessment: Assessment) -> None:
    with pytest.raises(Conflict):
        say(assessment, place=Passage("no such words", 0, 13))
    with pytest.raises(Refused):
        say(assessment, place=Span(0.0, 2.0))
    other = deeds.handed_in(house.enrolment("amy"))
    with pytest.raises(Refused, match="not handed in"), transaction():
        operations.comment(assessment, version_of(other), claimed_place(other), "So.", by=deeds.assessor_of(assessment))


def test_each_deed_is_told_in_the_log_by_hash(assessment: Assessment, ada: Person) -> None:
    before = audit.head(1)[0]
    first = say(assessment, place=claimed_place(assessment))
    back = answer(first.conversation, "That it leaked.", by=ada)
    take_back(back, by=ada)
    answer(first.conversation, "That it dripped.", by=ada)
    read(first.conversation, by=deeds.assessor_of(assessment))
    read(first.conversation, by=deeds.assessor_of(assessment))
    lines = [line for line in audit.lines(1) if line["seq"] > before]
    assert [line["deed"] for line in lines] == [
        "commented", "commented", "comment taken back", "commented", "comment read",
    ]  # fmt: skip
    assert "leaked" not in str(lines)
    assert lines[0]["facts"]["words_sha256"] == audit.hash_of("What did he say?")
    assert lines[1]["facts"]["read"] == [first.id]


def test_the_database_itself_keeps_what_was_said(assessment: Assessment, ada: Person) -> None:
    first = say(assessment)
    read(first.conversation, by=ada)
    for change in (
        "UPDATE comment SET words = 'x'", "UPDATE comment SET read_at = NULL", "DELETE FROM comment",
        "UPDATE conversation SET number = 9", "DELETE FROM conversation",
    ):  # fmt: skip
        with pytest.raises(DatabaseError, match="stays as it is"):
            db.session.execute(text(change))
        db.session.rollback()
