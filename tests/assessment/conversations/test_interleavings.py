"""Assessor, learner and what becomes of the round, in any order: every word that was acknowledged is on record as it
was said, nothing is said after the decision, and the counts are those of what waits.
"""

from contextlib import suppress
from functools import partial
from itertools import count
from typing import Any

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule, run_state_machine_as_test

from portfolio.assessment import queries
from portfolio.assessment.conversations.models import Comment, Conversation
from portfolio.assessment.conversations.queries import conversations_in, rounds_with
from portfolio.assessment.models import Round
from portfolio.evidence.places.locators import Whole
from portfolio.foundation.db import db, transaction
from portfolio.foundation.errors import Refused
from portfolio.foundation.log import audit
from portfolio.people.models import Person
from portfolio.people.operations import register
from portfolio.people.rules import Registration, Role
from portfolio.units import operations as units
from tests.assessment.conversations import talking
from tests.fixtures import deeds
from tests.fixtures.cast import House

WHICH, SIDES = st.integers(0, 3), st.sampled_from(["learner", "assessor"])
WORDS = st.sampled_from(["What did he say?", "That it leaked.", "And then?"])
STEPS = ["refer", "hand in", "take back", "retract", "withdraw", "reinstate"]
names = count()


def facts(comment: Comment) -> tuple[Any, ...]:
    """What of a comment never changes."""
    return comment.conversation_id, comment.number, comment.words, comment.by_id, comment.by_learner, comment.at


class Talking(RuleBasedStateMachine):
    """A learner of their own, whose unit one assessor judges."""

    def __init__(self, house: House) -> None:
        super().__init__()
        self.house, self.dee, name = house, house.person("dee"), f"Talker {next(names)}"
        with transaction():
            stated = Registration(name, f"{name.split()[1]}@talk.example", (Role.LEARNER,))
            learner = register(stated, self.dee.centre, by=self.dee)
            edition = house.enrolment().edition
            self.enrolment = units.enrol(learner, edition, assessor=house.person("ben"), iqa=None, by=self.dee)
        deeds.ready(self.enrolment)
        self.assessment = deeds.hand_in(self.enrolment)
        self.kept: dict[int, tuple[Any, ...]] = {}
        self.once: dict[int, tuple[Any, Any]] = {}

    def waits(self) -> Round | None:
        """The round in which something may be said now."""
        db.session.rollback()
        return deeds.the_round(self.assessment) if self.assessment.state == "handed in" else None

    def who(self, side: str) -> Person:
        """Whoever is on a side."""
        return self.enrolment.learner if side == "learner" else self.house.person("ben")

    def all(self) -> list[Conversation]:
        """Every conversation of the unit."""
        db.session.rollback()
        return [talk for round in rounds_with(self.assessment) for talk in conversations_in(round)]

    @rule(which=WHICH, words=WORDS)
    def say(self, which: int, words: str) -> None:
        """The assessor says something at a claimed place, or of the whole."""
        may, said = self.waits(), None
        if queries.present_round(self.assessment) is None:
            return
        with suppress(Refused):
            place = talking.claimed_place(self.assessment, which) if which < 3 else Whole()
            said = talking.say(self.assessment, words, place=place)
        assert (said is not None) == (may is not None)
        if said:
            self.kept[said.id] = facts(said)

    @rule(side=SIDES, which=WHICH, words=WORDS)
    def answer(self, side: str, which: int, words: str) -> None:
        """Somebody answers in some conversation, of whichever round."""
        for talk in self.all()[which : which + 1]:
            may, said = self.waits(), None
            with suppress(Refused):
                said = talking.answer(talk, words, by=self.who(side))
                self.kept[said.id] = facts(said)
            assert (said is not None) == (may is not None and may.id == talk.round_id)

    @rule(side=SIDES, which=WHICH)
    def read(self, side: str, which: int) -> None:
        """Somebody marks a conversation as read, whenever it is."""
        for talk in self.all()[which : which + 1]:
            talking.read(talk, by=self.who(side))

    @rule(which=WHICH)
    def take_back(self, which: int) -> None:
        """Whoever said something last takes it back."""
        for talk in self.all()[which : which + 1]:
            last, may = talk.comments[-1], self.waits()
            free = not last.read_at and not last.taken_back_at and may is not None and may.id == talk.round_id
            done = False
            with suppress(Refused):
                talking.take_back(last, by=db.session.get_one(Person, last.by_id))
                done = True
            assert done == free

    @rule(step=st.sampled_from(STEPS))
    def another(self, step: str) -> None:
        """What becomes of the round."""
        done = {
            "refer": lambda: (deeds.judge_all(self.assessment, deeds.NOT_MET), deeds.refer(self.assessment)),
            "hand in": lambda: deeds.hand_in(self.enrolment),
            "take back": lambda: deeds.take_back(self.assessment),
            "retract": lambda: deeds.retract(self.assessment),
            "withdraw": lambda: deeds.withdraw(self.enrolment, self.dee),
            "reinstate": lambda: deeds.reinstate(self.assessment, self.dee),
        }
        with suppress(Refused):
            done[step]()

    @invariant()
    def every_word_is_on_record_as_it_was_said_and_counted(self) -> None:
        said = [one for talk in self.all() for one in talk.comments]
        assert {one.id: facts(one) for one in said} == self.kept
        for one in said:
            before = self.once.get(one.id, (None, None))
            assert (one.read_at if before[0] else None, one.taken_back_at if before[1] else None) == before
            self.once[one.id] = (one.read_at, one.taken_back_at)
        waits = [one.by_learner for one in said if not one.read_at and not one.taken_back_at]
        counted = (self.assessment.unread_by_assessor, self.assessment.unread_by_learner)
        assert (self.assessment.comments, *counted) == (len(said), waits.count(True), waits.count(False))

    def teardown(self) -> None:
        """The log holds."""
        lines = audit.lines(self.dee.centre_id)
        assert audit.check(lines, audit.head(self.dee.centre_id)) is None


@pytest.mark.slow
def test_in_whatever_order_no_word_is_lost_and_none_is_said_after_the_decision(house: House) -> None:
    quick = house.app.config["SQLALCHEMY_DATABASE_URI"].startswith("sqlite")
    bounds = settings(
        max_examples=100 if quick else 20, stateful_step_count=20, suppress_health_check=list(HealthCheck)
    )
    run_state_machine_as_test(partial(Talking, house), settings=bounds)
