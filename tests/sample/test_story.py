"""The sample story keeps its promises: real quotes, real points, every stage, honest verdicts."""

from itertools import chain

import pytest
from html5lib import parseFragment

from criteria.catalogue import units
from portfolio.foundation.words.prose import to_html
from sample.media.making import SCRIPTS, names
from sample.media.scripts import script
from sample.story.facts import STAGES, PassageClaim, SampleEnrolment, SampleItem, SampleLearner, SpanClaim
from sample.story.points import BrokenStory, PointRef
from sample.story.reading import centres, learner

UNITS = {unit.code: unit for unit in units()}
HARBOUR, NEIGHBOUR = centres()
LEARNERS = [person for centre in centres() for person in centre.learners]
ITEMS = [pytest.param(item, id=f"{person.key}-{item.key}") for person in LEARNERS for item in person.items]
ENROLMENTS = [
    pytest.param(person, enrolment, id=f"{person.key}-{enrolment.unit}")
    for person in LEARNERS
    for enrolment in person.enrolments
]

JUDGED = [
    pytest.param(enrolment, id=f"{person.key}-{enrolment.unit}")
    for person in LEARNERS
    for enrolment in person.enrolments
    if any(told.decision for told in enrolment.rounds)
]


def plain(text: str) -> str:
    """The text content of what a reader sees."""
    return "".join(parseFragment(to_html(text), treebuilder="etree").itertext())


def points_of(unit: str) -> set[PointRef]:
    return {PointRef(unit, point.ref) for point in UNITS[unit].points}


def claimed_by_round(person: SampleLearner, unit: str, number: int) -> set[PointRef]:
    claims = chain.from_iterable(item.claims for item in person.items)
    return {p for claim in claims if claim.version <= number for p in claim.points if p.unit == unit}


def test_a_visitor_meets_twelve_learners_in_every_stage() -> None:
    assert len(HARBOUR.learners) == 12
    assert {person.stage for person in HARBOUR.learners} == set(STAGES)


def test_at_least_three_people_have_achieved_and_three_wait_since_different_days() -> None:
    achieved = [person for person in HARBOUR.learners if person.stage == "achieved"]
    waiting = [person for person in HARBOUR.learners if person.stage == "handed in"]
    since = {person.enrolments[0].rounds[-1].handed_in_at.date() for person in waiting}
    assert len(achieved) >= 3
    assert len(since) == len(waiting) >= 3


def test_somebody_is_enrolled_on_all_five_units() -> None:
    assert any({enrolment.unit for enrolment in person.enrolments} == set(UNITS) for person in HARBOUR.learners)


def test_the_centre_has_three_assessors_an_iqa_and_an_administrator() -> None:
    roles = [role for member in HARBOUR.staff for role in member.roles]
    assert (roles.count("assessor"), roles.count("iqa"), roles.count("administrator")) == (3, 1, 1)


def test_one_of_the_neighbour_is_known_at_harbour_street_and_works_for_both() -> None:
    here, there = ({person.email for person in (*centre.staff, *centre.learners)} for centre in (HARBOUR, NEIGHBOUR))
    assert there
    assert here & there == {"gareth.pugh@harbourstreet.example.org"}


def test_every_address_lies_in_a_domain_that_belongs_to_nobody() -> None:
    people = [person for centre in centres() for person in (*centre.staff, *centre.learners)]
    assert [p.email for p in people if not p.email.endswith((".example.org", ".example.com"))] == []


@pytest.mark.parametrize("item", ITEMS)
def test_every_quoted_passage_stands_exactly_once_in_each_version_it_is_claimed_in(item: SampleItem) -> None:
    for claim in (one for one in item.claims if isinstance(one, PassageClaim)):
        for text in item.texts[claim.version - 1 :]:
            assert plain(text).count(claim.quote) == 1, claim.quote


@pytest.mark.parametrize("item", ITEMS)
def test_every_claim_is_made_for_a_point_that_exists(item: SampleItem) -> None:
    for point in chain.from_iterable(claim.points for claim in item.claims):
        assert point in points_of(point.unit)


def span_claims(item: SampleItem) -> list[SpanClaim]:
    return [claim for claim in item.claims if isinstance(claim, SpanClaim)]


@pytest.mark.parametrize("item", ITEMS)
def test_every_claimed_time_starts_with_somebody_speaking_and_says_why_it_matters(item: SampleItem) -> None:
    for claim in span_claims(item):
        told = script(SCRIPTS[item.media[0]])
        assert told.at(claim.start), claim
        assert claim.start < claim.end <= told.seconds
        assert claim.reason


@pytest.mark.parametrize("item", ITEMS)
def test_every_file_in_the_story_can_be_made(item: SampleItem) -> None:
    assert set(item.media) <= set(names())


@pytest.mark.parametrize("item", ITEMS)
def test_every_testimony_says_who_the_witness_is_and_nothing_else_does(item: SampleItem) -> None:
    assert (item.testimony is not None) == (item.kind == "witness testimony")


@pytest.mark.parametrize(("person", "enrolment"), ENROLMENTS)
def test_every_round_covers_every_point_or_gives_a_reason(person: SampleLearner, enrolment: SampleEnrolment) -> None:
    excused = {point for point, _ in enrolment.gaps}
    for told in enrolment.rounds:
        assert claimed_by_round(person, enrolment.unit, told.number) | excused == points_of(enrolment.unit)


@pytest.mark.parametrize("enrolment", JUDGED)
def test_every_decision_rests_on_a_verdict_for_each_point(enrolment: SampleEnrolment) -> None:
    for told in (one for one in enrolment.rounds if one.decision):
        verdicts = [one.verdict for one in told.verdicts]
        assert [one.point for one in told.verdicts] == sorted(points_of(enrolment.unit))
        assert (told.decision == "achieved") == (set(verdicts) == {"met"})
        assert told.decided_at
        assert told.decided_at > told.handed_in_at


@pytest.mark.parametrize("enrolment", JUDGED)
def test_what_is_not_yet_met_says_what_is_missing_and_why(enrolment: SampleEnrolment) -> None:
    for one in chain.from_iterable(told.verdicts for told in enrolment.rounds):
        assert one.feedback
        assert bool(one.missing) == (one.verdict == "partly met")


@pytest.mark.parametrize("enrolment", JUDGED)
def test_a_missing_part_is_a_part_of_its_point_and_never_all_of_them(enrolment: SampleEnrolment) -> None:
    parts = {point.ref: {part.ref for part in point.parts} for point in UNITS[enrolment.unit].points}
    for one in chain.from_iterable(told.verdicts for told in enrolment.rounds):
        assert set(one.missing) <= parts[one.point.ref]
        assert not one.missing or set(one.missing) < parts[one.point.ref]


@pytest.mark.parametrize(("person", "enrolment"), ENROLMENTS)
def test_nothing_is_handed_in_before_it_happened(person: SampleLearner, enrolment: SampleEnrolment) -> None:
    if enrolment.rounds:
        first = enrolment.rounds[0].handed_in_at.date()
        served = [i for i in person.items if any(p.unit == enrolment.unit for c in i.claims for p in c.points)]
        assert [item.title for item in served if item.happened_on > first] == []


def test_improved_work_is_claimed_again_where_it_was_improved() -> None:
    improved = [item for person in HARBOUR.learners for item in person.items if item.versions > 1]
    assert len(improved) >= 2
    assert all(any(claim.version == 2 for claim in item.claims) for item in improved)


def test_asking_for_a_stranger_is_refused() -> None:
    with pytest.raises(BrokenStory, match="nobody"):
        learner("nobody")


def test_a_point_without_its_unit_is_refused() -> None:
    with pytest.raises(BrokenStory, match=r"CS-301\.2"):
        PointRef.of("2")
