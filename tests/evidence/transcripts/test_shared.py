"""A recording that stands in the items of several learners: its words are told of each of them."""

from portfolio.evidence.meetings.operations import attach
from portfolio.evidence.transcripts import policy
from portfolio.foundation.db import transaction
from tests.assessment.doubles import enrol
from tests.evidence.meetings import meeting as meetings
from tests.evidence.transcripts import spoken
from tests.fixtures.cast import House


def test_its_words_are_written_by_whoever_may_write_them_for_all_of_them(house: House) -> None:
    enrolled = enrol(house, "abe")
    talk = spoken.received(house.person("ben"))
    for nick in ("abe", "ada"):
        ben, learner = house.person("ben"), house.person(nick)
        meeting = meetings.under_way(learner, ben)
        with transaction():
            attach(meeting, [talk.id], by=ben)
        meetings.sign(meeting)
    assert policy.may_word(house.person("ben"), talk)
    eve = house.person("eve").id
    with transaction():
        enrolled.assessor_id = eve
    assert not [nick for nick in ("ada", "abe", "ben", "eve", "dee") if policy.may_word(house.person(nick), talk)]
