"""What each step demands of the person who takes it; a demand that is not met is named in a sentence."""

import re

import pytest

from portfolio.assessment import operations, queries
from portfolio.assessment.lifecycle import State
from portfolio.assessment.operations import Superseded
from portfolio.assessment.rules import Decision, Finding, Verdict
from portfolio.evidence.operations import remove_claim
from portfolio.evidence.queries import claims_of
from portfolio.foundation.db import db, transaction
from portfolio.foundation.errors import Incomplete, OutOfTurn, Refused
from portfolio.units.models import Enrolment
from tests.fixtures import deeds
from tests.fixtures.cast import House


@pytest.fixture
def enrolment(house: House) -> Enrolment:
    return house.enrolment()


def test_each_point_without_a_claim_or_a_reason_is_named(enrolment: Enrolment) -> None:
    item = deeds.write(enrolment.learner)
    first, second, third = enrolment.edition.points
    deeds.claim(item, deeds.place_of(item, deeds.SENTENCES[0]), [first])
    with pytest.raises(Incomplete, match="Missing: 2, 3"):
        deeds.hand_in(enrolment)
    with pytest.raises(Incomplete, match="Missing: 3"):
        deeds.hand_in(enrolment, {second.id: "Not asked at my work.", third.id: "  "})
    assessment = deeds.hand_in(enrolment, {second.id: "Not asked at my work.", third.id: "Comes in spring."})
    gaps = {gap.point_id: gap.reason for gap in deeds.the_round(assessment).gaps}
    assert gaps == {second.id: "Not asked at my work.", third.id: "Comes in spring."}


def test_a_reason_that_is_too_long_is_refused_and_comes_back_whole(house: House, enrolment: Enrolment) -> None:
    deeds.ready(enrolment)
    house.app.config["WTF_CSRF_ENABLED"] = False
    last = enrolment.edition.points[-1]
    why = "Nobody asked for it. " * 29 + "It comes in 2027."
    said = {"agreed": "y", "name": "Ada Marsh", f"gap-{last.id}": why}
    for claim in claims_of(enrolment.learner_id):
        if claim.point_id == last.id:
            with transaction():
                remove_claim(claim, by=enrolment.learner)
    answer = house.browser("ada").post(f"/portfolio/{enrolment.id}/hand-in", data=said)
    assert answer.status_code == 422
    assert "at most 500 characters" in answer.text
    assert why in answer.text


def test_reasons_alone_hand_nothing_in(enrolment: Enrolment) -> None:
    reasons = {point.id: "Nothing yet." for point in enrolment.edition.points}
    with pytest.raises(Incomplete, match="Claim at least one place"):
        deeds.hand_in(enrolment, reasons)
    db.session.rollback()
    assert queries.assessment_of(enrolment) is None


def test_the_declaration_bears_the_learners_own_name(enrolment: Enrolment) -> None:
    deeds.ready(enrolment)
    with pytest.raises(Incomplete, match="Ada Marsh") as refusal:
        deeds.hand_in(enrolment, name="Abe Nolan")
    assert refusal.value.lacks == ("name",)
    assert deeds.hand_in(enrolment, name="  ada   MARSH ").state == State.HANDED_IN


def test_nobody_hands_in_to_nobody(house: House, enrolment: Enrolment) -> None:
    deeds.ready(enrolment)
    with transaction():
        operations.allocate(enrolment, assessor=None, iqa=None, by=house.person("dee"))
    with pytest.raises(Refused, match="No assessor is allocated"):
        deeds.hand_in(enrolment)


def test_what_came_loose_or_was_taken_out_counts_as_no_claim(enrolment: Enrolment) -> None:
    item = deeds.ready(enrolment)
    deeds.rewrite(item, "I have nothing to tell.")
    with pytest.raises(Incomplete, match="Missing: 1, 2, 3"):
        deeds.hand_in(enrolment)


@pytest.mark.parametrize(
    ("finding", "lacks"),
    [
        (Finding(Verdict.PARTLY, feedback="Say more."), "shown"),
        (Finding(Verdict.PARTLY, missing=("a", "b"), feedback="Say more."), "shown"),
        (Finding(Verdict.PARTLY, missing=("b",)), "feedback"),
        (Finding(Verdict.PARTLY, missing=("b",), feedback=" \n"), "feedback"),
        (Finding(Verdict.NOT_MET), "feedback"),
        (Finding(Verdict.MET, missing=("b",)), "shown"),
    ],
)
def test_a_verdict_says_all_that_it_must(enrolment: Enrolment, finding: Finding, lacks: str) -> None:
    assessment = deeds.handed_in(enrolment)
    with pytest.raises(Incomplete) as refusal:
        deeds.judge(assessment, deeds.points(assessment)[1], finding)
    assert refusal.value.lacks == (lacks,)
    assert queries.judgements(assessment) == []


def test_a_part_that_the_point_does_not_have_cannot_be_missing(enrolment: Enrolment) -> None:
    assessment = deeds.handed_in(enrolment)
    with pytest.raises(Incomplete, match="no part z"):
        deeds.judge(assessment, deeds.points(assessment)[1], Finding(Verdict.PARTLY, ("z",), feedback="Say more."))


def test_a_point_of_another_unit_is_not_judged_here(house: House, enrolment: Enrolment) -> None:
    assessment, strange = deeds.handed_in(enrolment), house.enrolment("amy").edition.points[0]
    with pytest.raises(Refused, match="another unit"):
        deeds.judge(assessment, strange, deeds.MET)


def test_a_verdict_given_over_somebody_elses_is_refused_and_theirs_is_shown(enrolment: Enrolment) -> None:
    assessment = deeds.handed_in(enrolment)
    point = deeds.points(assessment)[0]
    theirs = deeds.judge(assessment, point, deeds.NOT_MET)
    with pytest.raises(Superseded, match="Ben Okafor saved another verdict") as refusal:
        deeds.judge(assessment, point, deeds.MET, stale=0)
    assert refusal.value.standing.id == theirs.id
    assert deeds.judge(assessment, point, deeds.MET, stale=theirs.number).verdict == Verdict.MET


def test_undo_brings_back_what_stood_before_in_this_round(enrolment: Enrolment) -> None:
    assessment = deeds.handed_in(enrolment)
    point = deeds.points(assessment)[1]
    with pytest.raises(OutOfTurn, match="no verdict"):
        deeds.unjudge(assessment, point)
    deeds.judge(assessment, point, deeds.PARTLY)
    deeds.judge(assessment, point, deeds.MET)
    again = deeds.unjudge(assessment, point)
    assert (again.verdict, again.missing, again.feedback) == ("partly met", ["b"], deeds.PARTLY.feedback)
    assert [one.verdict for one in queries.judgements(assessment)] == ["partly met", "met", "partly met"]


def test_undo_of_the_only_verdict_leaves_the_point_open(enrolment: Enrolment) -> None:
    assessment = deeds.handed_in(enrolment)
    deeds.judge_all(assessment)
    deeds.unjudge(assessment, deeds.points(assessment)[2])
    with pytest.raises(OutOfTurn, match="no verdict"):
        deeds.unjudge(assessment, deeds.points(assessment)[2])
    with pytest.raises(Incomplete, match="Open: 3") as refusal:
        deeds.award(assessment)
    assert refusal.value.lacks == ("3",)


def test_undo_in_a_new_round_opens_the_point_again_unless_it_was_met(enrolment: Enrolment) -> None:
    assessment = deeds.handed_in(enrolment)
    met, _, short = deeds.points(assessment)
    deeds.judge_all(assessment, deeds.MET, deeds.MET, deeds.NOT_MET)
    deeds.refer(assessment)
    deeds.hand_in(enrolment)
    deeds.judge(assessment, met, deeds.NOT_MET)
    deeds.judge(assessment, short, deeds.MET)
    assert deeds.unjudge(assessment, met).verdict == Verdict.MET
    assert deeds.unjudge(assessment, short).verdict is None


def test_a_point_that_was_met_stays_met_and_the_others_need_a_new_verdict(enrolment: Enrolment) -> None:
    assessment = deeds.handed_in(enrolment)
    deeds.judge_all(assessment, deeds.MET, deeds.PARTLY, deeds.NOT_MET)
    deeds.refer(assessment)
    deeds.hand_in(enrolment)
    with pytest.raises(Incomplete, match="Open: 2, 3"):
        deeds.award(assessment)
    for point in deeds.points(assessment)[1:]:
        deeds.judge(assessment, point, deeds.MET)
    deeds.award(assessment)
    assert assessment.state == State.ACHIEVED


def test_a_referral_needs_every_verdict_something_missing_and_words(enrolment: Enrolment) -> None:
    assessment = deeds.handed_in(enrolment)
    deeds.judge(assessment, deeds.points(assessment)[0], deeds.NOT_MET)
    with pytest.raises(Incomplete, match="Open: 2, 3"):
        deeds.refer(assessment)
    for point in deeds.points(assessment)[1:]:
        deeds.judge(assessment, point, deeds.MET)
    with pytest.raises(Incomplete) as refusal:
        deeds.refer(assessment, Decision(" "))
    assert refusal.value.lacks == ("feedback",)
    deeds.judge(assessment, deeds.points(assessment)[0], deeds.MET)
    with pytest.raises(Refused, match="nothing to refer"):
        deeds.refer(assessment)


def test_an_award_needs_every_point_met_and_authenticity(enrolment: Enrolment) -> None:
    assessment = deeds.handed_in(enrolment)
    deeds.judge_all(assessment, deeds.MET, deeds.PARTLY)
    with pytest.raises(Incomplete, match="Not met yet: 2"):
        deeds.award(assessment)
    deeds.judge(assessment, deeds.points(assessment)[1], deeds.MET)
    with pytest.raises(Incomplete) as refusal:
        deeds.award(assessment, Decision("Well done.", " "))
    assert refusal.value.lacks == ("authenticity",)
    deeds.award(assessment)
    round = deeds.the_round(assessment)
    assert (round.decision, round.decided_by.name, round.authenticity) == (
        "achieved", "Ben Okafor", deeds.AGREED.authenticity,
    )  # fmt: skip


def test_a_withdrawal_needs_a_reason(house: House, enrolment: Enrolment) -> None:
    with pytest.raises(Incomplete, match="Say why"):
        deeds.withdraw(enrolment, house.person("dee"), " ")
    (step,) = queries.steps_of(deeds.withdraw(enrolment, house.person("dee")))
    assert (step.step, step.reason, step.by_name) == ("withdraw", "Left the centre.", "Dee Abara")


def test_nobody_judges_and_verifies_the_same_work(house: House, enrolment: Enrolment) -> None:
    dee, ada, ben, ivy = map(house.person, ("dee", "ada", "ben", "ivy"))
    for assessor, iqa in ((ada, ivy), (ivy, None), (None, ben), (house.person("bob"), ivy)):
        with pytest.raises(Refused), transaction():
            operations.allocate(enrolment, assessor=assessor, iqa=iqa, by=dee)


def test_a_verdict_rests_on_the_places_that_were_handed_in_for_its_point(enrolment: Enrolment) -> None:
    assessment = deeds.handed_in(enrolment)
    point = deeds.points(assessment)[1]
    relied = deeds.judge(assessment, point, deeds.MET).relied
    assert relied == [claim.id for claim in deeds.the_round(assessment).claims if claim.point_id == point.id]
    assert len(relied) == 1


def test_an_earlier_round_stays_open_when_another_of_its_points_is_chosen(house: House, enrolment: Enrolment) -> None:
    assessment = deeds.handed_in(enrolment)
    deeds.judge_all(assessment, deeds.NOT_MET)
    deeds.refer(assessment)
    deeds.hand_in(enrolment)
    page = house.browser("ben").get(f"/marking/{assessment.id}?round=1").text
    links = re.findall(r'href="(/marking/\d+\?point=[^"]+)"', page)
    assert len(set(links)) == len(deeds.points(assessment))
    assert all(link.endswith("round=1") for link in links)
