"""The times that the story leaves open are plausible: nobody does what they could not have done yet."""

from datetime import timedelta

import pytest

from sample.story import timetable
from sample.story.facts import SampleCentre, SampleItem, SampleLearner
from sample.story.reading import centres

LEARNERS = [pytest.param(one, centre, id=one.key) for centre in centres() for one in centre.learners]
ITEMS = [
    pytest.param(item, one, centre, id=f"{one.key}-{item.key}")
    for centre in centres()
    for one in centre.learners
    for item in one.items
]


@pytest.mark.parametrize(("learner", "centre"), LEARNERS)
def test_learners_are_registered_on_a_working_day_after_the_centre_opened(
    learner: SampleLearner, centre: SampleCentre
) -> None:
    at = timetable.registered(learner, centre)
    assert at > timetable.opened(centre)
    assert at.weekday() < 5


@pytest.mark.parametrize("centre", centres(), ids=lambda one: one.key)
def test_registration_numbers_count_up_in_time(centre: SampleCentre) -> None:
    in_order = sorted(centre.learners, key=lambda one: one.number)
    moments = [timetable.registered(one, centre) for one in in_order]
    assert moments == sorted(moments)


@pytest.mark.parametrize(("item", "learner", "centre"), ITEMS)
def test_evidence_is_added_after_the_event_and_before_it_is_handed_in(
    item: SampleItem, learner: SampleLearner, centre: SampleCentre
) -> None:
    at = timetable.added(item, learner, centre)
    mapped = at + len(item.claims) * timetable.MAPPING
    units = {point.unit for claim in item.claims for point in claim.points}
    assert at.date() > item.happened_on
    assert at > timetable.registered(learner, centre)
    assert all(mapped < one.rounds[0].handed_in_at for one in learner.enrolments if one.unit in units and one.rounds)


@pytest.mark.parametrize("learner", [one for centre in centres() for one in centre.learners], ids=lambda one: one.key)
def test_verdicts_fall_between_the_hand_in_and_the_decision(learner: SampleLearner) -> None:
    for round in (round for one in learner.enrolments for round in one.rounds):
        moments = [timetable.judged(round, place) for place in range(len(round.verdicts))]
        assert moments == sorted(moments)
        assert all(round.handed_in_at < at < (round.decided_at or at + timedelta(1)) for at in moments)
