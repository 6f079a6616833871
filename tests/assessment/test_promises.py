"""Whatever people do in whatever order: no judgement is edited, what was handed in stays, one deed is one event."""

from contextlib import suppress
from functools import partial
from typing import Any

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule, run_state_machine_as_test
from sqlalchemy.exc import IntegrityError

from portfolio.assessment import queries
from portfolio.assessment.lifecycle import State
from portfolio.assessment.models import Assessment, Judgement, Round
from portfolio.evidence import operations as evidence
from portfolio.evidence import queries as gathered
from portfolio.foundation.db import db, transaction
from portfolio.foundation.errors import Refused
from portfolio.foundation.log import audit
from portfolio.people.operations import register
from portfolio.people.rules import Registration, Role
from portfolio.units import operations as units
from tests.fixtures import deeds
from tests.fixtures.cast import House

FINDINGS = st.sampled_from([deeds.MET, deeds.NOT_MET])
PLACES = st.integers(0, 2)


def columns(row: Any) -> dict[str, Any]:
    """A row as the database has it."""
    return {column.name: getattr(row, column.key) for column in row.__table__.columns}


def frozen(round: Round) -> tuple[Any, ...]:
    """All that a round froze."""
    return (
        round.number, round.attempt, round.manifest_sha256, round.declaration, round.declared_by,
        [(handed.version_id, handed.sha256, handed.version.text) for handed in round.versions],
        [(claim.version_id, claim.point_id, claim.locator, claim.reason) for claim in round.claims],
    )  # fmt: skip


class Life(RuleBasedStateMachine):
    """A learner of their own at ada's centre, and all that happens to their unit."""

    def __init__(self, house: House) -> None:
        super().__init__()
        self.dee = house.person("dee")
        nick = f"new{audit.head(self.dee.centre_id)[0]}"
        with transaction():
            stated = Registration(f"Learner {nick}", f"{nick}@house.example", (Role.LEARNER,))
            learner = register(stated, self.dee.centre, by=self.dee)
            edition = house.enrolment().edition
            self.enrolment = units.enrol(learner, edition, assessor=house.person("ben"), iqa=None, by=self.dee)
        self.item = deeds.ready(self.enrolment)
        self.judged: dict[int, dict[str, Any]] = {}
        self.rounds: dict[int, tuple[Any, ...]] = {}
        self.begun = self.at = audit.head(self.dee.centre_id)[0]

    @property
    def assessment(self) -> Assessment | None:
        return queries.assessment_of(self.enrolment)

    def attempt(self, deed: Any, *given: Any) -> None:
        """A deed that is done leaves one event; one that is refused leaves none."""
        with suppress(Refused):
            deed(*given)
            self.at += 1

    def attempt_on(self, deed: Any, *given: Any) -> None:
        if assessment := self.assessment:
            self.attempt(deed, assessment, *given)

    @rule()
    def hand_in(self) -> None:
        self.attempt(deeds.hand_in, self.enrolment)

    @rule()
    def take_back(self) -> None:
        self.attempt_on(deeds.take_back)

    @rule(place=PLACES, finding=FINDINGS)
    def judge(self, place: int, finding: deeds.Finding) -> None:
        self.attempt_on(deeds.judge, self.enrolment.edition.points[place], finding)

    @rule(place=PLACES)
    def undo(self, place: int) -> None:
        self.attempt_on(deeds.unjudge, self.enrolment.edition.points[place])

    @precondition(lambda self: self.assessment and self.assessment.state == State.HANDED_IN)
    @rule(finding=FINDINGS)
    def judge_all(self, finding: deeds.Finding) -> None:
        for point in self.enrolment.edition.points:
            self.attempt_on(deeds.judge, point, finding)

    @rule()
    def refer(self) -> None:
        self.attempt_on(deeds.refer)

    @rule()
    def award(self) -> None:
        self.attempt_on(deeds.award)

    @rule()
    def retract(self) -> None:
        self.attempt_on(deeds.retract)

    @rule()
    def reopen(self) -> None:
        self.attempt_on(deeds.reopen, self.dee)

    @rule()
    def reinstate(self) -> None:
        self.attempt_on(deeds.reinstate, self.dee)

    @precondition(lambda self: self.at > self.begun + 12)
    @rule()
    def withdraw(self) -> None:
        self.attempt(deeds.withdraw, self.enrolment, self.dee)

    @rule(words=st.sampled_from(["Before that it rained.", "Nobody else was there.", "It was a busy day."]))
    def write_more(self, words: str) -> None:
        text = f"{gathered.latest(self.item).text}\n\n{words}"
        self.attempt(partial(deeds.rewrite, self.item, text))

    @rule()
    def take_the_item_out_and_back(self) -> None:
        for deed in (evidence.remove, evidence.restore):
            with transaction():
                deed(self.item, by=self.item.learner)
            self.at += 1

    @rule(place=PLACES)
    def take_a_claim_away_and_claim_again(self, place: int) -> None:
        point = self.enrolment.edition.points[place]
        with transaction():
            for claim in [one for one in gathered.claims_on(self.item.id) if one.point_id == point.id]:
                evidence.remove_claim(claim, by=self.item.learner)
                self.at += 1
        self.attempt(deeds.claim, self.item, deeds.place_of(self.item, deeds.SENTENCES[place]), [point])

    @invariant()
    def one_deed_is_one_event(self) -> None:
        db.session.rollback()  # from here on everything is read as the database has it
        assert audit.head(self.dee.centre_id)[0] == self.at

    def teardown(self) -> None:
        """The log holds from its first line to its head."""
        assert audit.check(audit.lines(self.dee.centre_id), audit.head(self.dee.centre_id)) is None

    @invariant()
    def no_judgement_is_ever_edited(self) -> None:
        now = {one.id: columns(one) for one in queries.judgements(self.assessment)} if self.assessment else {}
        assert {id: now.get(id) for id in self.judged} == self.judged
        self.judged = now

    @invariant()
    def what_was_handed_in_stays_and_rounds_only_grow(self) -> None:
        rounds = queries.rounds_of(self.assessment) if self.assessment else []
        now = {round.id: frozen(round) for round in rounds}
        assert {id: now.get(id) for id in self.rounds} == self.rounds
        steps = [(round.number, round.attempt) for round in sorted(rounds, key=lambda one: one.id)]
        assert steps == sorted(set(steps))
        self.rounds = now

    @invariant()
    def what_is_achieved_is_met_in_every_point(self) -> None:
        if (found := self.assessment) and found.state == State.ACHIEVED:
            standing = queries.standing(queries.judgements(found))
            assert [standing[point.id].verdict for point in found.enrolment.edition.points] == ["met"] * 3


@pytest.mark.slow
def test_whatever_people_do_the_promises_are_kept(house: House) -> None:
    quick = house.app.config["SQLALCHEMY_DATABASE_URI"].startswith("sqlite")
    bounds = settings(
        max_examples=8 if quick else 4,
        stateful_step_count=20,
        suppress_health_check=list(HealthCheck),
    )
    run_state_machine_as_test(partial(Life, house), settings=bounds)


def test_the_database_itself_refuses_a_verdict_that_is_none(house: House) -> None:
    assessment = deeds.handed_in(house.enrolment())
    judgement = deeds.judge(assessment, deeds.points(assessment)[0], deeds.MET)
    assert isinstance(judgement, Judgement)
    with pytest.raises(IntegrityError), transaction():
        db.session.get_one(Judgement, judgement.id).verdict = "superb"
