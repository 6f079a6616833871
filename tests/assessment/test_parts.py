"""What is shown of a point stays shown, and what is not is said in plain words, also to a browser without scripts."""

from dataclasses import replace

import pytest

from portfolio.assessment import desk, queries
from portfolio.assessment.models import Assessment
from portfolio.assessment.parts import still_needed
from portfolio.assessment.rules import Finding, Verdict
from portfolio.foundation.db import db
from portfolio.units.models import Enrolment, MarkingPoint
from tests.fixtures import deeds
from tests.fixtures.cast import House


@pytest.fixture
def enrolment(house: House) -> Enrolment:
    """Ada on her first unit."""
    return house.enrolment()


def row(assessment: Assessment) -> desk.DeskRow:
    """The second point as the desk shows it now."""
    db.session.rollback()
    round = queries.present_round(assessment)
    assert round is not None
    return desk.laid_out(assessment, round).rows[1]


def next_round(assessment: Assessment, finding: Finding) -> None:
    """The second point is judged so, the unit referred and handed in again."""
    deeds.judge_all(assessment, deeds.MET, finding, deeds.MET)
    deeds.refer(assessment)
    deeds.hand_in(assessment.enrolment)


def test_parts_that_were_shown_stay_shown_in_the_next_round(enrolment: Enrolment) -> None:
    assessment = deeds.handed_in(enrolment)
    assert row(assessment).before == frozenset()
    next_round(assessment, deeds.PARTLY)
    assert row(assessment).before == row(assessment).shown == {"a"}


def test_a_verdict_that_says_nothing_of_parts_takes_none_back(enrolment: Enrolment) -> None:
    assessment = deeds.handed_in(enrolment)
    next_round(assessment, deeds.PARTLY)
    next_round(assessment, deeds.NOT_MET)
    assert row(assessment).before == {"a"}


def test_the_last_verdict_of_a_round_speaks_for_it(enrolment: Enrolment) -> None:
    assessment = deeds.handed_in(enrolment)
    deeds.judge(assessment, deeds.points(assessment)[1], Finding(Verdict.PARTLY, ("a",), feedback="Not yet."))
    next_round(assessment, deeds.PARTLY)
    assert row(assessment).before == {"a"}


def test_an_award_that_is_opened_again_asks_for_every_part(house: House, enrolment: Enrolment) -> None:
    assessment = deeds.handed_in(enrolment)
    next_round(assessment, deeds.PARTLY)
    deeds.judge(assessment, deeds.points(assessment)[1], deeds.MET)
    deeds.award(assessment)
    deeds.reopen(assessment, by=house.person("dee"))
    deeds.hand_in(enrolment)
    assert row(assessment).before == frozenset()


@pytest.mark.parametrize(
    ("needed", "missing", "sentence"),
    [
        (0, ("b",), "Still needed: time."),
        (0, ("a", "c"), "Still needed: cost; effect."),
        (2, ("b", "c"), "Still needed: 1 of these: time; effect."),
        (2, ("c",), "Still needed: effect."),
        (0, (), ""),
    ],
)
def test_the_sentence_names_what_is_missing(needed: int, missing: tuple[str, ...], sentence: str) -> None:
    parts = tuple({"ref": ref, "text": text} for ref, text in zip("abc", ("cost", "time", "effect"), strict=True))
    assert still_needed(MarkingPoint(1, 1, "1", "Weighs", parts, (), needed), missing) == sentence


def test_without_scripts_the_missing_part_is_what_is_not_ticked_and_the_feedback_names_it(
    house: House, enrolment: Enrolment
) -> None:
    house.app.config["WTF_CSRF_ENABLED"] = False
    assessment = deeds.handed_in(enrolment)
    point = deeds.points(assessment)[1]
    told = {"seen": "0", "verdict": "partly met", "shown": "a", "feedback": ""}
    assert house.browser("ben").post(f"/marking/{assessment.id}/points/{point.id}", data=told).status_code == 302
    db.session.rollback()
    (given,) = queries.judgements(assessment)
    assert (given.missing, given.feedback) == (["b"], "Still needed: time.")


@pytest.mark.parametrize("feedback", ["How long did it take?", "Still needed: time. How long did it take?"])
def test_the_learner_reads_what_the_next_round_asks_for_and_nothing_twice(
    house: House, enrolment: Enrolment, feedback: str
) -> None:
    assessment = deeds.handed_in(enrolment)
    deeds.judge_all(assessment, deeds.MET, replace(deeds.PARTLY, feedback=feedback))
    deeds.refer(assessment)
    page = house.browser("ada").get(f"/portfolio/{enrolment.id}").text
    asked = page[page.index("Asked for in the next round") : page.index("What was met stays met.")]
    assert asked.count("Still needed: time.") == asked.count("How long did it take?") == 1
    assert asked.count("found-point") == 1
    deeds.hand_in(enrolment)
    assert "Asked for in the next round" not in house.browser("ada").get(f"/portfolio/{enrolment.id}").text
