"""While two records are merged others go on working: one deed counts, nothing is lost, the log stays whole."""

from collections.abc import Callable
from threading import Barrier
from typing import Any

import pytest

from portfolio.assessment import operations
from portfolio.evidence import operations as evidence
from portfolio.evidence import queries as gathered
from portfolio.evidence.content import compose
from portfolio.evidence.drafts import Draft
from portfolio.evidence.models import Evidence
from portfolio.evidence.rules import Kind
from portfolio.foundation.db import db, transaction
from portfolio.foundation.errors import Refused
from portfolio.foundation.log import audit
from portfolio.people import operations as people
from portfolio.people.models import MergedRecord, Person
from portfolio.units import operations as units
from portfolio.units.models import Edition, Enrolment
from tests.assessment.doubles import REASON, enrol, faults, second
from tests.assessment.test_races import at_once
from tests.fixtures import deeds
from tests.fixtures.cast import House

Deed = Callable[[Barrier], Any]


def merging(double: int, stays: int, by: int) -> Deed:
    """Look at both records, wait for the others, merge."""

    def deed(gate: Barrier) -> str:
        pair = [db.session.get_one(Person, id) for id in (double, stays)]
        kept, dee = people.stated(pair[1]), db.session.get_one(Person, by)
        gate.wait()
        with transaction():
            operations.merge(pair[0], pair[1], kept, REASON, by=dee)
        return "merged"

    return deed


def test_of_two_administrators_who_merge_at_once_one_does(house: House) -> None:
    deeds.handed_in(enrol(house, "abe", second(house)))
    ada, abe, dee = (house.person(nick).id for nick in ("ada", "abe", "dee"))
    found = at_once(house, merging(abe, ada, dee), merging(ada, abe, dee), merging(abe, ada, dee))
    assert [one for one in found if one == "merged"] == ["merged"]
    assert all(isinstance(one, Refused) for one in found if one != "merged")
    assert db.session.query(MergedRecord).count() == 1
    assert faults() == []
    assert audit.check_kept(1) is None


def writing(double: int) -> Deed:
    """Write an account under the record that is being merged."""

    def deed(gate: Barrier) -> str:
        learner = db.session.get_one(Person, double)
        content = compose(Draft("The lamp", text="I mended it."))
        gate.wait()
        with transaction():
            evidence.add(Kind.ACCOUNT, content, learner=learner, by=learner)
        return "written"

    return deed


def rewriting(item: int) -> Deed:
    """Save an item of the record that is being merged."""

    def deed(gate: Barrier) -> str:
        found = db.session.get_one(Evidence, item)
        by, content = found.learner, compose(Draft("The kettle", text=f"{deeds.STORY} And more."))
        gate.wait()
        with transaction():
            evidence.save(found, content, based_on=1, by=by)
        return "saved"

    return deed


def claiming(item: int, enrolment: int) -> Deed:
    """Claim a place in an item of the record that is being merged."""

    def deed(gate: Barrier) -> str:
        found, points = db.session.get_one(Evidence, item), db.session.get_one(Enrolment, enrolment).edition.points
        version, place, by = gathered.latest(found), deeds.place_of(found, deeds.SENTENCES[0]), found.learner
        gate.wait()
        with transaction():
            evidence.claim(version, place, points[:1], reason="", by=by)
        return "claimed"

    return deed


def handing_in(enrolment: int) -> Deed:
    """Hand in a unit of the record that is being merged."""

    def deed(gate: Barrier) -> str:
        found = db.session.get_one(Enrolment, enrolment)
        by, declared = found.learner, deeds.declared(found.learner)
        gate.wait()
        with transaction():
            operations.hand_in(found, declared, {}, by=by)
        return "handed in"

    return deed


def enrolling(learner: int, edition: int, by: int) -> Deed:
    """Enrol the record that is being merged on a unit."""

    def deed(gate: Barrier) -> str:
        found, unit = db.session.get_one(Person, learner), db.session.get_one(Edition, edition)
        dee = db.session.get_one(Person, by)
        gate.wait()
        with transaction():
            units.enrol(found, unit, assessor=None, iqa=None, by=dee)
        return "enrolled"

    return deed


def closing(person: int, by: int) -> Deed:
    """Close the account of the record that is being merged."""

    def deed(gate: Barrier) -> str:
        found, dee = db.session.get_one(Person, person), db.session.get_one(Person, by)
        gate.wait()
        with transaction():
            people.close(found, by=dee)
        return "closed"

    return deed


@pytest.mark.parametrize("turn", range(3))
def test_what_is_done_at_that_moment_is_done_before_or_after_or_is_refused(house: House, turn: int) -> None:
    other = second(house)
    enrolment = enrol(house, "abe", other)
    item = deeds.ready(enrolment)
    ada, abe, dee = (house.person(nick).id for nick in ("ada", "abe", "dee"))
    edition = house.enrolment().edition_id
    others: list[list[Deed]] = [
        [writing(abe), rewriting(item.id)],
        [claiming(item.id, enrolment.id), handing_in(enrolment.id)],
        [enrolling(abe, edition, dee), closing(abe, dee)],
    ]
    found = at_once(house, merging(abe, ada, dee), *others[turn])
    unexpected = [one for one in found if not isinstance(one, str | Refused)]
    assert unexpected == []
    assert found[0] == "merged" or isinstance(found[0], Refused)
    if found[0] == "merged":
        assert db.session.query(Evidence).filter_by(learner_id=abe).count() == 0
        assert db.session.query(Enrolment).filter_by(learner_id=abe).count() == 0
    assert db.session.query(Evidence).count() == 1 + found.count("written"), "what was said to be saved is there"
    assert faults() == []
    assert audit.check_kept(1) is None
