"""Two people at once: exactly one of two deeds counts, the other is told; the log stays whole."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from threading import Barrier
from typing import Any

from criteria import catalogue
from criteria.unit import Unit
from portfolio.assessment import operations, queries
from portfolio.assessment.models import Assessment
from portfolio.assessment.operations import Superseded
from portfolio.assessment.rules import Verdict
from portfolio.evidence import queries as gathered
from portfolio.foundation.db import db, transaction
from portfolio.foundation.errors import OutOfTurn, Refused
from portfolio.foundation.log import audit
from portfolio.foundation.log.deeds import Deed
from portfolio.people import operations as people
from portfolio.people.rules import Registration, Role
from portfolio.units import operations as units
from portfolio.units.models import EditionPoint
from tests.fixtures import deeds
from tests.fixtures.cast import House

FINDINGS = (deeds.MET, deeds.NOT_MET)


def at_once(house: House, *deeds_to_do: Callable[[Barrier], Any]) -> list[Any]:
    """What came of each deed: its value, or its refusal. All of them start together, each in a thread of its own."""
    gate = Barrier(len(deeds_to_do), timeout=30)

    def run(deed: Callable[[Barrier], Any]) -> Any:
        with house.app.app_context():
            try:
                return deed(gate)
            except Superseded as refusal:
                db.session.refresh(refusal.standing)  # while the database is at hand
                return refusal
            except Refused as refusal:
                return refusal
            finally:
                db.session.remove()

    db.session.rollback()
    with ThreadPoolExecutor(len(deeds_to_do)) as pool:
        found = list(pool.map(run, deeds_to_do))
    db.session.expire_all()
    return found


def judging(assessment_id: int, finding: deeds.Finding, *, undo: bool = False) -> Callable[[Barrier], str | None]:
    """Open the page, wait for the others, give a verdict on the first point."""

    def deed(gate: Barrier) -> str | None:
        assessment = db.session.get_one(Assessment, assessment_id)
        point: EditionPoint = deeds.points(assessment)[0]
        looked, by = deeds.seen(assessment, point), deeds.assessor_of(assessment)
        gate.wait()
        with transaction():
            if undo:
                return operations.unjudge(assessment, point, seen=looked, by=by).verdict
            return operations.judge(assessment, point, finding, seen=looked, by=by).verdict

    return deed


def test_of_two_verdicts_given_at_once_one_counts_and_the_other_is_shown_it(house: House) -> None:
    assessment = deeds.handed_in(house.enrolment())
    for turn in range(1, 6):
        found = at_once(house, *(judging(assessment.id, finding) for finding in FINDINGS))
        refusals = [one for one in found if isinstance(one, Superseded)]
        standing = queries.judgements(assessment)[-1]
        assert len(refusals) == 1
        assert standing.verdict == next(one for one in found if one not in refusals)
        assert (refusals[0].standing.id, standing.number) == (standing.id, turn)


def test_of_a_verdict_and_an_undo_at_once_one_counts(house: House) -> None:
    assessment = deeds.handed_in(house.enrolment())
    deeds.judge(assessment, deeds.points(assessment)[0], deeds.NOT_MET)
    found = at_once(house, judging(assessment.id, deeds.MET), judging(assessment.id, deeds.MET, undo=True))
    assert [isinstance(one, Superseded) for one in found].count(True) == 1
    assert len(queries.judgements(assessment)) == 2


def test_two_hand_ins_at_once_make_one_round(house: House) -> None:
    deeds.ready(house.enrolment())

    def deed(gate: Barrier) -> int:
        enrolment = house.enrolment()
        gate.wait()
        return deeds.hand_in(enrolment).round

    found = at_once(house, deed, deed)
    assert [one for one in found if isinstance(one, int)] == [1]
    assert any(isinstance(one, OutOfTurn) for one in found)
    assessment = queries.assessment_of(house.enrolment())
    assert assessment is not None
    assert len(queries.rounds_of(assessment)) == 1
    assert [line["deed"] for line in audit.lines(assessment.centre_id)].count("handed in") == 1


def test_taking_back_while_a_verdict_is_given_leaves_one_of_the_two(house: House) -> None:
    assessment = deeds.handed_in(house.enrolment())
    id = assessment.id

    def back(gate: Barrier) -> str:
        mine = db.session.get_one(Assessment, id)
        gate.wait()
        deeds.take_back(mine)
        return "taken back"

    found = at_once(house, judging(assessment.id, deeds.MET), back)
    assert sum(isinstance(one, OutOfTurn) for one in found) == 1
    judged = [one.verdict for one in queries.judgements(assessment)]
    assert (judged, assessment.state) in (([Verdict.MET], "handed in"), ([], "gathering"))


def test_two_saves_of_one_account_at_once_make_one_version_more(house: House) -> None:
    item = deeds.write(house.person("ada"))
    id = item.id

    def deed(words: str) -> Callable[[Barrier], int]:
        def save(gate: Barrier) -> int:
            mine = gathered.evidence(id, viewer=house.person("ada"))
            assert mine is not None
            gate.wait()
            deeds.rewrite(mine, words, based_on=1)
            return mine.latest

        return save

    found = at_once(house, deed("One thing."), deed("Another thing."))
    assert sum(isinstance(one, Refused) for one in found) == 1
    assert item.latest == 2


def test_of_two_registrations_of_one_address_at_once_one_stands_and_the_other_is_told(house: House) -> None:
    def registering(address: str) -> Callable[[Barrier], str]:
        def deed(gate: Barrier) -> str:
            dee = house.person("dee")
            gate.wait()
            with transaction():
                return people.register(Registration("Nia Rees", address, (Role.LEARNER,)), dee.centre, by=dee).email

        return deed

    for turn in range(5):
        found = at_once(house, *[registering(f"nia-{turn}@house.example")] * 2)
        assert [isinstance(one, Refused) for one in found].count(True) == 1
        assert house.person(f"nia-{turn}").name == "Nia Rees"


def test_of_two_publications_of_one_unit_at_once_one_stands_and_the_other_is_told(house: House) -> None:
    def publishing(unit: Unit) -> Callable[[Barrier], int]:
        def deed(gate: Barrier) -> int:
            dee = house.person("dee")
            gate.wait()
            with transaction():
                return units.publish(unit, dee.centre, by=dee).number

        return deed

    unit = catalogue.units()[0]
    other = replace(unit, title="The same code, another unit")
    found = at_once(house, publishing(unit), publishing(other))
    assert sorted(isinstance(one, Refused) for one in found) == [False, True]
    assert 1 in found


def test_the_log_stays_whole_when_eight_people_write_at_once(house: House) -> None:
    def deed(gate: Barrier) -> None:
        by = house.person("ada")
        gate.wait()
        for _ in range(5):
            with transaction():
                audit.record(Deed.PERSON_CHANGED, "person 1", by=by)

    centre = house.person("ada").centre_id
    begun = audit.head(centre)[0]
    at_once(house, *[deed] * 8)
    assert audit.head(centre)[0] == begun + 40
    assert audit.check(audit.lines(centre), audit.head(centre)) is None


def test_people_who_work_on_the_same_learner_never_block_each_other_for_good(house: House) -> None:
    assessment = deeds.handed_in(house.enrolment())
    ids = assessment.id, gathered.items_of(house.person("ada").id)[0].evidence.id

    def judges(gate: Barrier) -> None:
        mine = db.session.get_one(Assessment, ids[0])
        gate.wait()
        for _ in range(12):
            deeds.judge(mine, deeds.points(mine)[0], deeds.MET)

    def writes(gate: Barrier) -> None:
        mine = gathered.evidence(ids[1], viewer=house.person("ada"))
        assert mine is not None
        gate.wait()
        for turn in range(12):
            deeds.rewrite(mine, f"{deeds.STORY} {turn}")

    def adds(gate: Barrier) -> None:
        ada = house.person("ada")
        gate.wait()
        for _ in range(6):
            deeds.write(ada)

    assert at_once(house, judges, writes, adds, adds) == [None] * 4
    assert audit.check(audit.lines(assessment.centre_id), audit.head(assessment.centre_id)) is None
