"""Every state × step × role, through the operations and the pages: what the table does not name is refused and said."""

import re
from collections.abc import Callable
from itertools import product

import pytest

from portfolio.assessment import lifecycle, policy, queries
from portfolio.assessment.lifecycle import TABLE, State, Step
from portfolio.assessment.models import Assessment
from portfolio.foundation.db import db
from portfolio.foundation.errors import OutOfTurn, Refused
from portfolio.foundation.log import audit
from portfolio.people.models import Person
from portfolio.people.rules import Role
from portfolio.units.models import Enrolment
from tests.fixtures import deeds
from tests.fixtures.cast import House

NICKS = {Role.LEARNER: "ada", Role.ASSESSOR: "ben", Role.IQA: "ivy", Role.ADMINISTRATOR: "dee"}
MAY: dict[Step, Callable[[Person, Enrolment, Assessment], bool]] = {
    Step.HAND_IN: lambda person, enrolment, _: policy.may_hand_in(person, enrolment),
    Step.TAKE_BACK: lambda person, enrolment, _: policy.may_hand_in(person, enrolment),
    Step.REFER: lambda person, _, assessment: policy.may_judge(person, assessment),
    Step.AWARD: lambda person, _, assessment: policy.may_judge(person, assessment),
    Step.RETRACT: lambda person, _, assessment: policy.may_judge(person, assessment),
    Step.WITHDRAW: lambda person, enrolment, _: policy.may_allocate(person, enrolment),
    Step.REINSTATE: lambda person, enrolment, _: policy.may_allocate(person, enrolment),
    Step.REOPEN: lambda person, enrolment, _: policy.may_reopen(person, enrolment),
}
"""The policy that opens the page of each step."""


def brought_to(state: State, house: House) -> Assessment:
    """ada's unit, everything ready for the step after `state`."""
    enrolment = house.enrolment()
    assessment = deeds.handed_in(enrolment)
    match state:
        case State.GATHERING:
            deeds.take_back(assessment)
        case State.REFERRED:
            deeds.judge_all(assessment, deeds.NOT_MET)
            deeds.refer(assessment)
        case State.ACHIEVED:
            deeds.judge_all(assessment)
            deeds.award(assessment)
        case State.WITHDRAWN:
            deeds.withdraw(enrolment, house.person("dee"))
    assert assessment.state == state
    return assessment


def take(step: Step, assessment: Assessment, house: House) -> None:
    """Take the step as whoever may, with all that it demands."""
    match step:
        case Step.HAND_IN:
            deeds.hand_in(assessment.enrolment)
        case Step.TAKE_BACK:
            deeds.take_back(assessment)
        case Step.REFER:
            if assessment.state == State.HANDED_IN:
                deeds.judge_all(assessment, deeds.NOT_MET)
            deeds.refer(assessment)
        case Step.AWARD:
            if assessment.state == State.HANDED_IN:
                deeds.judge_all(assessment)
            deeds.award(assessment)
        case Step.RETRACT:
            deeds.retract(assessment)
        case Step.WITHDRAW:
            deeds.withdraw(assessment.enrolment, house.person("dee"))
        case Step.REINSTATE:
            deeds.reinstate(assessment, house.person("dee"))
        case Step.REOPEN:
            deeds.reopen(assessment, house.person("ivy"))


def last_deed(assessment: Assessment) -> tuple[str, str]:
    line = audit.lines_about(assessment.enrolment.learner_id)[-1]
    return line["deed"], line["facts"]["state"]


@pytest.mark.parametrize("step", Step)
@pytest.mark.parametrize("state", State)
def test_a_step_happens_where_the_table_names_it_and_is_refused_with_the_reason_elsewhere(
    house: House, state: State, step: Step
) -> None:
    assessment = brought_to(state, house)
    before = audit.head(assessment.centre_id)
    if (state, step) in TABLE:
        take(step, assessment, house)
        following = State.HANDED_IN if step is Step.REINSTATE else TABLE[state, step][1]  # it was handed in before
        assert assessment.state == following
        assert last_deed(assessment)[1] == assessment.state
        return
    with pytest.raises(OutOfTurn) as refusal:
        take(step, assessment, house)
    sentence = refusal.value.sentence
    assert sentence == lifecycle.refusal(state, step)
    assert all(f"“{lifecycle.SHOWN[before]}”" in sentence for before, possible in TABLE if possible is step)
    db.session.refresh(assessment)
    assert (assessment.state, audit.head(assessment.centre_id)) == (state, before)


def test_only_the_role_that_the_table_names_may_take_a_step(house: House) -> None:
    enrolment = house.enrolment()
    assessment = deeds.handed_in(enrolment)
    for step, role in product(Step, Role):
        from_where = [state for (state, possible), (who, _) in TABLE.items() if possible is step and role in who]
        assert MAY[step](house.person(NICKS[role]), enrolment, assessment) == bool(from_where)


@pytest.mark.parametrize(("state", "step"), TABLE)
def test_a_step_by_somebody_without_its_role_is_refused_by_the_table_itself(
    house: House, state: State, step: Step
) -> None:
    roles, following = TABLE[state, step]
    for role in roles:
        assert lifecycle.after(state, step, by=house.person(NICKS[role])) == following
    for other in set(Role) - set(roles):
        with pytest.raises(Refused, match=f"^Only an? {roles[0]}.* can {step}"):
            lifecycle.after(state, step, by=house.person(NICKS[other]))


def test_a_way_to_decide_that_there_is_not_is_refused_and_nothing_is_decided(house: House) -> None:
    assessment = deeds.handed_in(house.enrolment())
    deeds.judge_all(assessment, deeds.NOT_MET)
    ben, page = house.browser("ben"), f"/marking/{assessment.id}/decision"
    token = re.search(r'name="csrf_token"[^>]* value="([^"]+)"', ben.get(page).text)[1]  # type: ignore[index]
    answer = ben.post(page, data={"csrf_token": token, "step": "certify", "feedback": "Well done."})
    assert answer.status_code == 422
    assert "Choose: refer the unit back, or award it." in answer.text
    db.session.rollback()
    assert assessment.state == State.HANDED_IN


def test_somebody_of_the_right_role_but_not_of_this_work_may_do_nothing(house: House) -> None:
    enrolment = house.enrolment()
    assessment = deeds.handed_in(enrolment)
    for nick in ("abe", "eve", "amy", "bob", "ida", "dot"):
        assert [step for step in Step if MAY[step](house.person(nick), enrolment, assessment)] == []


def test_an_assessor_who_is_also_a_learner_never_judges_their_own_work(house: House) -> None:
    enrolment = house.enrolment()
    assessment = deeds.handed_in(enrolment)
    ada, ben = house.person("ada"), house.person("ben")
    ada.roles = [*ada.roles, *ben.roles]
    assert not policy.may_judge(ada, assessment)
    assert not policy.may_see_marking(ada, assessment)
    ben.roles = house.person("ivy").roles
    assert not policy.may_judge(ben, assessment)


def test_what_is_taken_back_in_a_later_round_is_referred_again(house: House) -> None:
    assessment = brought_to(State.REFERRED, house)
    deeds.hand_in(assessment.enrolment)
    assert assessment.round == 2
    deeds.take_back(assessment)
    assert (assessment.state, assessment.round) == (State.REFERRED, 1)
    deeds.hand_in(assessment.enrolment)
    rounds = [(round.number, round.attempt) for round in queries.rounds_of(assessment)]
    assert (assessment.round, rounds) == (2, [(1, 1), (2, 1), (2, 2)])


def test_a_hand_in_that_was_judged_cannot_be_taken_back_even_after_undo(house: House) -> None:
    assessment = deeds.handed_in(house.enrolment())
    point = deeds.points(assessment)[0]
    deeds.judge(assessment, point, deeds.MET)
    deeds.unjudge(assessment, point)
    with pytest.raises(OutOfTurn, match="begun to judge"):
        deeds.take_back(assessment)


@pytest.mark.parametrize("state", [state for state in State if state != State.HANDED_IN])
def test_verdicts_are_given_only_while_a_unit_is_handed_in(house: House, state: State) -> None:
    assessment = brought_to(state, house)
    point = deeds.points(assessment)[0]
    with pytest.raises(OutOfTurn, match=str(state)):
        deeds.judge(assessment, point, deeds.MET)
    with pytest.raises(OutOfTurn, match=str(state)):
        deeds.unjudge(assessment, point)


def test_a_withdrawn_unit_without_any_work_is_on_record(house: House) -> None:
    assessment = deeds.withdraw(house.enrolment(), house.person("dee"))
    assert last_deed(assessment) == ("withdrawn", "withdrawn")
