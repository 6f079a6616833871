"""A way back from every slip: a decision, a withdrawal, an award, an enrolment; what was done stays on record."""

import html
from datetime import timedelta

import pytest

from exports.facts.snapshot import facts_of, log_check
from portfolio.assessment import operations, queries
from portfolio.assessment.lifecycle import State
from portfolio.assessment.models import Assessment
from portfolio.assessment.rules import Decision
from portfolio.evidence import operations as evidence
from portfolio.evidence import queries as gathered
from portfolio.foundation import clock
from portfolio.foundation.db import db, transaction
from portfolio.foundation.errors import Incomplete, OutOfTurn, Refused
from portfolio.foundation.log import audit
from portfolio.units import queries as units
from tests.fixtures import deeds
from tests.fixtures.cast import House

WORDS = Decision("Well done, all of it.", "We spoke on 3 May.")


@pytest.fixture
def open_house(house: House) -> House:
    house.app.config["WTF_CSRF_ENABLED"] = False
    return house


def awarded(house: House) -> Assessment:
    assessment = deeds.handed_in(house.enrolment())
    deeds.judge_all(assessment)
    deeds.award(assessment, WORDS)
    return assessment


def holds(house: House) -> None:
    """The records of ada are what the log tells."""
    assert list(log_check.differing(house.person("ada"), log_check.Counter())) == []


def text_of(house: House, nick: str, path: str) -> str:
    return html.unescape(house.browser(nick).get(path).text)


def test_a_decision_that_nobody_read_is_retracted_and_what_was_typed_stands_in_the_form(open_house: House) -> None:
    assessment = awarded(open_house)
    ben = open_house.browser("ben")
    assert "Nobody has read it yet." in ben.get(f"/marking/{assessment.id}").text
    answer = ben.post(f"/marking/{assessment.id}/retract")
    assert answer.headers["Location"].endswith(f"/marking/{assessment.id}/decision")
    page = text_of(open_house, "ben", f"/marking/{assessment.id}/decision")
    assert WORDS.feedback in page
    assert WORDS.authenticity in page
    db.session.rollback()
    db.session.expire_all()
    holds(open_house)
    (round,) = facts_of(open_house.person("ada")).units[0].rounds
    assert (round.decision, round.decided_by, round.feedback, round.authenticity) == ("", "", "", "")
    deeds.award(assessment, Decision("Now it is right.", "We spoke again."))
    assert assessment.state == State.ACHIEVED
    holds(open_house)


@pytest.mark.parametrize(
    ("nick", "path"),
    [("ada", "/portfolio"), ("ada", "/portfolio/{enrolment}"), ("ada", "/portfolio/{enrolment}/feedback"),
     ("ivy", "/marking/{assessment}"), ("dee", "/learners/{learner}")],
)  # fmt: skip
def test_a_decision_that_somebody_read_stands(open_house: House, nick: str, path: str) -> None:
    assessment = awarded(open_house)
    at = {"enrolment": assessment.enrolment_id, "assessment": assessment.id, "learner": open_house.person("ada").id}
    assert open_house.browser(nick).get(path.format(**at)).status_code == 200
    ben = open_house.browser("ben")
    assert "Retract the decision" not in ben.get(f"/marking/{assessment.id}").text
    refused = ben.post(f"/marking/{assessment.id}/retract")
    assert refused.status_code == 409
    assert "has been read, so it cannot be retracted" in refused.text
    db.session.rollback()
    assert assessment.state == State.ACHIEVED


def test_who_decided_may_look_at_it_and_still_retract(open_house: House) -> None:
    assessment = awarded(open_house)
    ben = open_house.browser("ben")
    for path in (f"/marking/{assessment.id}", f"/portfolio/{assessment.enrolment_id}", "/marking"):
        assert ben.get(path).status_code == 200
    assert ben.post(f"/marking/{assessment.id}/retract").status_code == 302


def test_a_decision_stands_after_ten_minutes(open_house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    assessment = awarded(open_house)
    late = clock.now() + timedelta(minutes=10, seconds=1)
    monkeypatch.setattr("portfolio.assessment.operations.ways_back.now", lambda: late)
    with pytest.raises(OutOfTurn, match="for ten minutes only"):
        deeds.retract(assessment)


def test_a_decision_that_left_in_a_report_stands(open_house: House) -> None:
    assessment = awarded(open_house)
    with transaction():
        operations.mark_read([open_house.person("ada").id])
    with pytest.raises(OutOfTurn, match="has been read"):
        deeds.retract(assessment)


def test_only_who_decided_retracts(open_house: House) -> None:
    assessment = awarded(open_house)
    with transaction():
        operations.allocate(
            assessment.enrolment, assessor=open_house.person("eve"), iqa=None, by=open_house.person("dee")
        )
    with pytest.raises(Refused, match="Only whoever decided"), transaction():
        operations.retract(assessment, by=open_house.person("eve"))


@pytest.mark.parametrize("before", [State.GATHERING, State.HANDED_IN, State.REFERRED, State.ACHIEVED])
def test_who_is_reinstated_stands_where_they_stood(house: House, before: State) -> None:
    dee, enrolment = house.person("dee"), house.enrolment()
    if before is not State.GATHERING:
        assessment = deeds.handed_in(enrolment)
        if before is not State.HANDED_IN:
            deeds.judge_all(assessment, *([deeds.NOT_MET] if before is State.REFERRED else []))
            (deeds.refer if before is State.REFERRED else deeds.award)(assessment)
    assessment = deeds.withdraw(enrolment, dee)
    deeds.reinstate(assessment, dee)
    assert assessment.state == before
    steps = facts_of(house.person("ada")).units[0].steps
    assert [(one.step, one.by, one.reason) for one in steps] == [
        ("withdraw", "Dee Abara", "Left the centre."), ("reinstate", "Dee Abara", "Came back."),
    ]  # fmt: skip
    holds(house)


def test_an_opened_award_stays_on_record_and_every_point_is_judged_anew(open_house: House) -> None:
    assessment = awarded(open_house)
    ada, enrolment = open_house.person("ada"), assessment.enrolment_id
    reason = {"reason": "The call was somebody else's."}
    assert open_house.browser("ivy").post(f"/enrolments/{enrolment}/reopen", data=reason).status_code == 302
    db.session.rollback()
    db.session.refresh(assessment)
    assert assessment.state == State.REFERRED
    page = text_of(open_house, "ada", f"/portfolio/{enrolment}")
    assert "Opened again by Ivy Lund" in page
    assert reason["reason"] in page
    assert "Your unit was opened again." in text_of(open_house, "ada", "/portfolio")
    deeds.hand_in(assessment.enrolment)
    with pytest.raises(Incomplete, match=r"Give a verdict on every point first\. Open: 1, 2, 3"):
        deeds.award(assessment)
    assert "Still open: 1, 2, 3" in text_of(open_house, "ben", f"/marking/{assessment.id}")
    deeds.judge_all(assessment, deeds.NOT_MET)
    deeds.refer(assessment)
    rounds = facts_of(ada).units[0].rounds
    assert (rounds[0].decision, rounds[0].feedback) == ("achieved", WORDS.feedback)
    holds(open_house)


def test_a_reopened_award_that_is_withdrawn_and_reinstated_is_open_still(house: House) -> None:
    assessment, dee = awarded(house), house.person("dee")
    deeds.reopen(assessment, dee)
    deeds.withdraw(assessment.enrolment, dee)
    deeds.reinstate(assessment, dee)
    assert assessment.state == State.REFERRED
    with pytest.raises(OutOfTurn, match="no decision to retract"):
        deeds.retract(assessment)


def test_undo_of_a_verdict_does_not_bring_one_back_from_before_the_award_was_opened(house: House) -> None:
    assessment = awarded(house)
    deeds.reopen(assessment, house.person("dee"))
    deeds.hand_in(assessment.enrolment)
    point = deeds.points(assessment)[0]
    deeds.judge(assessment, point, deeds.NOT_MET)
    assert deeds.unjudge(assessment, point).verdict is None


def test_nobody_opens_their_own_award_again(house: House) -> None:
    assessment, ada = awarded(house), house.person("ada")
    ada.roles = [*ada.roles, *house.person("ivy").roles]
    with pytest.raises(Refused, match="their own"):
        operations.reopen(assessment, "I want to.", by=ada)


@pytest.mark.parametrize("path", ["reopen", "reinstate"])
def test_a_step_without_a_reason_is_refused_and_the_page_says_so(open_house: House, path: str) -> None:
    assessment = awarded(open_house)
    if path == "reinstate":
        deeds.withdraw(assessment.enrolment, open_house.person("dee"))
    state = assessment.state
    answer = open_house.browser("dee").post(f"/enrolments/{assessment.enrolment_id}/{path}", data={"reason": "  "})
    assert answer.status_code == 422
    assert "Say why; it goes on record." in answer.text
    db.session.rollback()
    assert assessment.state == state


@pytest.mark.parametrize("path", ["reopen", "reinstate"])
def test_a_page_for_a_step_that_is_not_possible_says_so(open_house: House, path: str) -> None:
    enrolment = open_house.enrolment().id
    assert "This unit is in progress." in open_house.browser("dee").get(f"/enrolments/{enrolment}/{path}").text
    answer = open_house.browser("dee").post(f"/enrolments/{enrolment}/{path}", data={"reason": "A slip."})
    assert answer.status_code == 422
    assert f"You cannot {path} now" in answer.text or "Nothing was handed in" in answer.text


def test_an_enrolment_on_which_nobody_worked_is_taken_off_and_put_back(open_house: House) -> None:
    enrolment, ada, dee = open_house.enrolment(), open_house.person("ada"), open_house.browser("dee")
    assert "Take Ada Marsh off T-1" in dee.get(f"/enrolments/{enrolment.id}").text
    assert dee.post(f"/enrolments/{enrolment.id}/take-off").status_code == 302
    db.session.rollback()
    assert units.enrolments_of(ada.id) == []
    assert facts_of(ada).units == ()
    holds(open_house)
    page = dee.get(f"/learners/{ada.id}").text
    undo = page.split("is not enrolled on T-1 any more.")[1].split('action="')[1].split('"')[0]
    assert dee.post(html.unescape(undo)).status_code == 302
    db.session.rollback()
    (again,) = units.enrolments_of(ada.id)
    assert (again.assessor, again.iqa) == (open_house.person("ben"), open_house.person("ivy"))
    holds(open_house)


@pytest.mark.parametrize("work", ["claimed", "claimed and taken away", "withdrawn"])
def test_an_enrolment_with_work_stays(open_house: House, work: str) -> None:
    enrolment, ada = open_house.enrolment(), open_house.person("ada")
    if work == "withdrawn":
        deeds.withdraw(enrolment, open_house.person("dee"))
    else:
        item = deeds.ready(enrolment)
        with transaction():
            for claim in gathered.claims_on(item.id) if "away" in work else ():
                evidence.remove_claim(claim, by=ada)
    before = audit.head(ada.centre_id)
    answer = open_house.browser("dee").post(f"/enrolments/{enrolment.id}/take-off")
    assert answer.status_code == 409
    assert "Withdraw them instead" in answer.text
    db.session.rollback()
    assert audit.head(ada.centre_id) == before
    assert "Take Ada Marsh off" not in open_house.browser("dee").get(f"/enrolments/{enrolment.id}").text


def test_the_steps_of_one_learner_are_told_in_their_order(house: House) -> None:
    assessment, dee = awarded(house), house.person("dee")
    deeds.reopen(assessment, dee, "First.")
    deeds.withdraw(assessment.enrolment, dee, "Second.")
    deeds.reinstate(assessment, dee, "Third.")
    assert [one.reason for one in queries.steps_of(assessment)] == ["First.", "Second.", "Third."]
