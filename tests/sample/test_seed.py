"""The sample centres are seeded through the operations that people use, so what holds for people holds there."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import select

from app import create_app
from portfolio.assessment import queries as assessments
from portfolio.assessment.lifecycle import State
from portfolio.assessment.models import Assessment
from portfolio.assessment.rules import Verdict
from portfolio.evidence import queries as evidence
from portfolio.evidence.models import Claim, File
from portfolio.evidence.places import locators
from portfolio.evidence.places.locators import Passage, Span
from portfolio.foundation import clock, files, settings
from portfolio.foundation.db import db
from portfolio.foundation.log import audit
from portfolio.people import queries as people
from portfolio.people.models import Person
from portfolio.people.rules import Role
from portfolio.units import queries as units
from sample import seed
from sample.story.reading import centres

pytestmark = pytest.mark.slow

HARBOUR, NEIGHBOUR = centres()


@pytest.fixture(scope="module")
def house(sample_instance: Path, tmp_path_factory: pytest.TempPathFactory) -> Flask:
    """An application whose database holds the sample."""
    folder = tmp_path_factory.mktemp("seeded") / "instance"
    shutil.copytree(sample_instance, folder)
    return create_app(settings.read({"MARKWELL_DEMO": "1", "MARKWELL_INSTANCE": str(folder)}))


@pytest.fixture(autouse=True)
def inside(house: Flask) -> Iterator[None]:
    with house.app_context():
        yield


def rows_of(kind: type) -> list:
    return list(db.session.scalars(select(kind)))


def named(name: str) -> Person:
    return db.session.scalars(select(Person).where(Person.name == name)).one()


def standing_of(person: Person, code: str) -> str:
    enrolment = next(one for one in units.enrolments_of(person.id) if one.edition.code == code)
    found = assessments.assessment_of(enrolment)
    return found.state if found else State.GATHERING


def test_every_unit_of_every_learner_stands_where_the_story_leaves_it() -> None:
    for learner in (one for centre in centres() for one in centre.learners):
        for told in learner.enrolments:
            last = told.rounds[-1] if told.rounds else None
            waits = (last.decision or State.HANDED_IN) if last else State.GATHERING
            expected = State.WITHDRAWN if told.withdrawn else waits
            assert standing_of(named(learner.name), told.unit) == expected, f"{learner.name} {told.unit}"


def test_every_state_that_there_is_can_be_seen() -> None:
    stands = {
        standing_of(one.learner, one.edition.code)
        for person in rows_of(Person)
        for one in units.enrolments_of(person.id)
    }
    assert stands == set(State)


def test_the_log_of_each_centre_holds_and_tells_the_deeds_in_the_order_of_time() -> None:
    for centre in people.centres():
        chain = list(audit.lines(centre.id))
        assert audit.check(chain, audit.head(centre.id)) is None
        moments = [line["at"] for line in chain]
        assert moments == sorted(moments)
        assert moments[-1] < audit.stamp(clock.now())


def test_one_centre_has_a_logo_and_the_other_has_none() -> None:
    harbour, neighbour = people.centre_by_number(HARBOUR.number), people.centre_by_number(NEIGHBOUR.number)
    assert harbour is not None
    assert neighbour is not None
    with files.store().open(harbour.logo_sha256) as content:
        assert content.read(8) == b"\x89PNG\r\n\x1a\n"
    assert neighbour.logo_sha256 == ""


def test_a_second_seeding_changes_nothing() -> None:
    heads = [audit.head(centre.id) for centre in people.centres()]
    counts = [len(rows_of(kind)) for kind in (Person, Claim, File, Assessment)]
    assert not seed.seed()
    assert [audit.head(centre.id) for centre in people.centres()] == heads
    assert [len(rows_of(kind)) for kind in (Person, Claim, File, Assessment)] == counts


def test_every_claim_points_at_words_or_seconds_that_are_there() -> None:
    claims = rows_of(Claim)
    assert len(claims) > 100
    for claim in claims:
        place = locators.read(claim.locator)
        if isinstance(place, Passage):
            assert claim.version.plain[place.start : place.end] == place.exact
        if isinstance(place, Span):
            assert place.end <= max(file.duration or 0 for file in claim.version.files)


def test_nothing_came_loose_in_any_edit() -> None:
    assert [claim.locator for claim in rows_of(Claim) if claim.loose] == []


def test_every_point_of_an_achieved_unit_is_met() -> None:
    achieved = [one for one in rows_of(Assessment) if one.state == State.ACHIEVED]
    assert len(achieved) >= 3
    for one in achieved:
        verdicts = assessments.standing(assessments.judgements(one))
        assert {verdicts[point.id].verdict for point in one.enrolment.edition.points} == {Verdict.MET}


def test_every_hand_in_has_a_claim_or_a_reason_for_each_point() -> None:
    for assessment in rows_of(Assessment):
        for round in assessments.rounds_of(assessment):
            spoken_for = {claim.point_id for claim in round.claims} | {gap.point_id for gap in round.gaps}
            assert spoken_for >= {point.id for point in assessment.enrolment.edition.points}


def test_all_recordings_play_and_all_photos_show_before_anybody_asks() -> None:
    held = rows_of(File)
    assert {file.kind for file in held} == {"audio", "video", "image", "document"}
    assert [file.name for file in held if file.prepared != "ready" or file.note] == []
    assert all(file.shown_sha256 for file in held if file.kind != "document")
    assert all(file.peaks and file.duration for file in held if file.kind in ("audio", "video"))


def test_nothing_of_one_centre_can_be_seen_from_the_other() -> None:
    outsider = named("Idris Coombe")
    assert outsider.has(Role.ADMINISTRATOR)
    amina = named("Amina Yusuf")
    assert people.person(amina.id, viewer=outsider) is None
    assert evidence.evidence(evidence.items_of(amina.id)[0].evidence.id, viewer=outsider) is None
    assert [one.learner for one in assessments.page(outsider, assessments.Wanted()).rows] == ["Hetty Braithwaite"]


def test_who_works_for_both_centres_signs_in_once() -> None:
    gareth = people.people_by_email("gareth.pugh@harbourstreet.example.org")
    assert [one.centre.name for one in gareth] == ["Harbour Street Training", "Fell & Dale Learning"]
    assert [one.id for one in people.counterparts(gareth[0])] == [gareth[1].id]
    assert people.who_can_sign_in().count(gareth[0]) == 1
    assert gareth[1] not in people.who_can_sign_in()


def test_everybody_of_the_story_can_sign_in_and_nobody_else() -> None:
    told = {person.email for centre in centres() for person in (*centre.staff, *centre.learners)}
    assert {person.email for person in people.who_can_sign_in()} == told == {one.email for one in rows_of(Person)}
