"""Two assessors with a desk open each, a learner and a keeper of sentences, in any order: what was acknowledged is on
record, what was decided does not change, and nobody's words become another's.
"""

from contextlib import suppress
from dataclasses import dataclass, field
from functools import partial
from itertools import count
from typing import Any

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule, run_state_machine_as_test

from portfolio.assessment import operations, policy, queries
from portfolio.assessment.conversations import operations as talking
from portfolio.assessment.conversations.models import Comment
from portfolio.assessment.conversations.queries import conversations_in
from portfolio.assessment.models import Judgement, Round
from portfolio.assessment.operations import Superseded
from portfolio.assessment.rules import Finding, Verdict
from portfolio.evidence.places.locators import Whole
from portfolio.foundation.db import db, transaction
from portfolio.foundation.errors import Refused
from portfolio.foundation.log import audit
from portfolio.people.models import Person
from portfolio.people.operations import register
from portfolio.people.rules import Registration, Role
from portfolio.units import operations as units
from tests.assessment.conversations.talking import version_of as talks_about
from tests.fixtures import deeds
from tests.fixtures.cast import House

WHO, PLACES = st.sampled_from(["ben", "eve"]), st.integers(0, 2)
VERDICTS = st.sampled_from([Verdict.MET, Verdict.NOT_MET])
WORDS = st.sampled_from(["How did it end?", "Add a date.", "Add a date. How did it end?", "Add a date to each photo."])
PHRASES = st.sampled_from(["Add a date.", "Add a date to each photo.", "Date it.", "Say when.", "Say when and where."])
names = count()


def row_of(kept: Judgement | Comment) -> dict[str, Any]:
    """A judgement or a comment as the database has it."""
    return {column.name: getattr(kept, column.key) for column in kept.__table__.columns}


@dataclass
class Window:
    """A desk as its page was opened: the round, and the number of the last judgement on each point."""

    round: int | None = None
    seen: dict[int, int] = field(default_factory=dict)


class Desk(RuleBasedStateMachine):
    """A learner of their own, whose unit two assessors hand to each other."""

    def __init__(self, house: House) -> None:
        super().__init__()
        self.house, self.dee = house, house.person("dee")
        name = f"Learner {next(names)}"
        with transaction():
            stated = Registration(name, f"{name.split()[1]}@life.example", (Role.LEARNER,))
            learner = register(stated, self.dee.centre, by=self.dee)
            edition = house.enrolment().edition
            self.enrolment = units.enrol(learner, edition, assessor=house.person("ben"), iqa=None, by=self.dee)
        self.item = deeds.ready(self.enrolment)
        self.assessment = deeds.hand_in(self.enrolment)
        self.windows = {"ben": Window(), "eve": Window()}
        self.said: dict[int, tuple[str, str]] = {}
        """Words and assessor of every verdict that was acknowledged, by its id."""
        self.rows: dict[int, dict[str, Any]] = {}
        self.comments: dict[int, str] = {}
        """Words that were said at a place and acknowledged, by the id of the comment."""
        self.decided: dict[int, list[dict[str, Any]]] = {}
        self.shared: list[int] = []

    def standing(self) -> list[dict[str, Any]]:
        """What stands on every point."""
        return [row_of(one) for _, one in sorted(queries.standing(queries.judgements(self.assessment)).items())]

    def talked(self, round: Round) -> list[dict[str, Any]]:
        """What was said at places of a round, but for whether it was read."""
        said = [row_of(one) for talk in conversations_in(round) for one in talk.comments]
        return [{name: value for name, value in one.items() if name != "read_at"} for one in said]

    def person(self, who: str) -> Person | None:
        """An assessor, while the unit is theirs."""
        db.session.rollback()
        person = self.house.person(who)
        return person if policy.may_judge(person, self.assessment) else None

    @rule(who=WHO)
    def look(self, who: str) -> None:
        """Open the desk; sentences that were changed are taken over."""
        if (person := self.person(who)) and self.assessment.phrases_changed:
            with suppress(Refused), transaction():
                operations.take_over_words(self.assessment, by=person)
        round = queries.present_round(self.assessment)
        seen = {point.id: deeds.seen(self.assessment, point) for point in deeds.points(self.assessment)}
        self.windows[who] = Window(round.id if round else None, seen)

    @rule(who=WHO, place=PLACES, verdict=VERDICTS, words=WORDS)
    def judge(self, who: str, place: int, verdict: Verdict, words: str) -> None:
        """Save a verdict from the window as it is."""
        person, window = self.person(who), self.windows[who]
        if person is None or window.round is None:
            return
        point = deeds.points(self.assessment)[place]
        last, present = deeds.seen(self.assessment, point), queries.present_round(self.assessment)
        try:
            with transaction():
                given = operations.judge(
                    self.assessment, point, Finding(verdict, feedback=words),
                    seen=window.seen[point.id], by=person, looked_at=window.round,
                )  # fmt: skip
        except Superseded:
            assert window.seen[point.id] != last
        except Refused:
            return
        else:
            assert (window.seen[point.id], window.round) == (last, present and present.id)
            self.said[given.id] = (words, person.name)
            window.seen[point.id] = given.number

    @rule(who=WHO, place=PLACES)
    def undo(self, who: str, place: int) -> None:
        """Take a verdict back from the window as it is."""
        person, window = self.person(who), self.windows[who]
        if person and window.round:
            point = deeds.points(self.assessment)[place]
            with suppress(Refused), transaction():
                operations.unjudge(
                    self.assessment, point, seen=window.seen[point.id], by=person, looked_at=window.round
                )

    @rule(who=st.sampled_from(["ben", "eve", "the learner"]), words=WORDS)
    def comment(self, who: str, words: str) -> None:
        """Somebody says something of the item, from the window as it is; the learner answers."""
        person = self.enrolment.learner if who == "the learner" else self.person(who)
        round = queries.present_round(self.assessment)
        talks = conversations_in(round) if round else []
        if round is None or person is None or (who == "the learner" and not talks):
            return
        with suppress(Refused), transaction():
            if who == "the learner":
                said = talking.answer(talks[0], words, by=person)
            else:
                version, looked = talks_about(self.assessment), self.windows[who].round
                said = talking.comment(self.assessment, version, Whole(), words, by=person, looked_at=looked)
            self.comments[said.id] = words

    @rule(who=WHO)
    def judge_all(self, who: str) -> None:
        """Look, and say met of every point."""
        self.look(who)
        for place in range(3):
            self.judge(who, place, Verdict.MET, "")

    @rule(words=PHRASES)
    def share(self, words: str) -> None:
        """The keeper shares a sentence."""
        with suppress(Refused):
            self.shared.append(deeds.share(self.enrolment.edition, words, by=self.dee).id)

    @rule(words=PHRASES, at=st.integers(0, 4))
    def reword(self, words: str, at: int) -> None:
        """The keeper changes one."""
        found = deeds.shared_at(self.enrolment.edition)
        with suppress(Refused):
            if found:
                deeds.reword(found[at % len(found)], words, by=self.dee)

    @rule(who=WHO)
    def hand_over(self, who: str) -> None:
        """The administrator gives the unit to one of them."""
        with suppress(Refused), transaction():
            operations.allocate(self.enrolment, assessor=self.house.person(who), iqa=None, by=self.dee)

    @rule(step=st.sampled_from(["refer", "award"]))
    def decide(self, step: str) -> None:
        """Whoever has the unit decides."""
        with suppress(Refused):
            (deeds.refer if step == "refer" else deeds.award)(self.assessment)
            round = queries.present_round(self.assessment)
            assert round is not None
            self.decided[round.id] = self.standing() + self.talked(round)

    @rule(deed=st.sampled_from(["hand in", "take back", "retract", "flaw", "no flaw", "withdraw", "reinstate"]))
    def another(self, deed: str) -> None:
        """What else happens to a unit."""
        done = {
            "hand in": lambda: deeds.hand_in(self.enrolment),
            "take back": lambda: deeds.take_back(self.assessment),
            "retract": lambda: deeds.retract(self.assessment),
            "flaw": lambda: deeds.note_flaw(self.assessment),
            "no flaw": lambda: deeds.note_flaw(self.assessment, []),
            "withdraw": lambda: deeds.withdraw(self.enrolment, self.dee),
            "reinstate": lambda: deeds.reinstate(self.assessment, self.dee),
        }
        round = queries.present_round(self.assessment)
        with suppress(Refused, KeyError):
            done[deed]()
            if deed == "retract" and round:
                self.decided.pop(round.id, None)

    @invariant()
    def what_was_acknowledged_is_on_record_as_it_was_said(self) -> None:
        db.session.rollback()
        now = {one.id: row_of(one) for one in queries.judgements(self.assessment)}
        assert {id: now.get(id) for id in self.rows} == self.rows
        assert {id: (now[id]["feedback"], now[id]["by_name"]) for id in self.said} == self.said
        self.rows = now
        assert {id: db.session.get_one(Comment, id).words for id in self.comments} == self.comments

    @invariant()
    def what_was_decided_stays_as_it_was(self) -> None:
        for round in queries.standing_rounds(self.assessment):
            if round.decision and round.number == self.assessment.round:
                assert self.standing() + self.talked(round) == self.decided[round.id]

    def teardown(self) -> None:
        """The log holds, and says as many verdicts as there are."""
        lines = audit.lines(self.dee.centre_id)
        assert audit.check(lines, audit.head(self.dee.centre_id)) is None


@pytest.mark.slow
def test_whoever_does_what_in_whatever_order_no_word_is_lost_and_nothing_decided_changes(house: House) -> None:
    quick = house.app.config["SQLALCHEMY_DATABASE_URI"].startswith("sqlite")
    bounds = settings(
        max_examples=200 if quick else 30, stateful_step_count=18, suppress_health_check=list(HealthCheck)
    )
    run_state_machine_as_test(partial(Desk, house), settings=bounds)
