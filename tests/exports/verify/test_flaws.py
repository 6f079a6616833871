"""What was said against evidence is in reports and packs, bound by lines of the log; every forgery of it is named."""

import re
from collections.abc import Callable
from copy import deepcopy

import pytest

from exports.document import report
from exports.editions.learners_copy import own
from exports.facts.missing import absences
from exports.facts.snapshot import facts_of
from portfolio.assessment.models import Assessment
from tests.exports.facts.test_merged import Facts, rewritten, said, told
from tests.fixtures import deeds
from tests.fixtures.cast import House

pytestmark = pytest.mark.parametrize("database", ["sqlite"], indirect=True)
REASON = "The letter is of 2019."


@pytest.fixture
def assessment(house: House) -> Assessment:
    """Ada's unit: one item fails, is taken back and fails in something else; one verdict each."""
    assessment = deeds.handed_in(house.enrolment())
    for fails, finding in ((["current"], deeds.NOT_MET), ([], deeds.MET), (["valid", "current"], deeds.NOT_MET)):
        deeds.note_flaw(assessment, fails, REASON)
        deeds.judge(assessment, deeds.points(assessment)[0], finding)
    return assessment


def test_everything_that_was_said_is_told_with_what_each_verdict_kept(assessment: Assessment) -> None:
    facts = told(assessment.enrolment.learner)
    assert said(facts) == ""
    assert [(one["fails"], one["current"]) for one in facts["flaws"]] == [
        (["current"], False),
        (["valid", "current"], True),
    ]
    first, last = (one["id"] for one in facts["flaws"])
    assert [one["flaws"] for one in facts["judgements"]] == [[first], [], [last]]
    assert {one["vacsr_form"] for one in facts["judgements"]} == {"by item"}


def change(name: str, value: object) -> Callable[[Facts], object]:
    """A forgery of one field of the last flaw."""
    return lambda facts: facts["flaws"][-1].update({name: value})


FORGED: dict[str, tuple[Callable[[Facts], object], str]] = {
    "fewer words": (change("fails", ["valid"]), "what it fails in is not what"),
    "another reason": (change("reason", "It was lost."), "why it fails is not what"),
    "another item": (change("evidence", "E2"), "which item fails is not what"),
    "another version": (change("version", 2), "which version fails is not what"),
    "another assessor": (change("assessor", "Eve"), "who said that it fails is not what"),
    "another time": (change("at", "2026-01-01T00:00:00Z"), "when that was said is not what"),
    "another round": (change("round", 2), "the round in which that was said is not what"),
    "taken back": (change("current", False), "whether it still fails is not what"),
    "left out": (lambda facts: facts["flaws"].pop(), "what was said against evidence is not what"),
    "a verdict without it": (
        lambda facts: facts["judgements"][-1].update(flaws=[]), "what is said against its evidence is not what",
    ),
    "asked on the verdict": (
        lambda facts: facts["judgements"][-1].update(vacsr_form="by exception"), "how VACSR was asked for is not what",
    ),
    "an older format": (lambda facts: facts.update(format=8), "is older than the lines that are quoted"),
}  # fmt: skip


@pytest.mark.parametrize("forgery", FORGED)
def test_whoever_changes_what_was_said_is_found(assessment: Assessment, forgery: str) -> None:
    facts = deepcopy(told(assessment.enrolment.learner))
    forge, what = FORGED[forgery]
    forge(facts)
    assert what in said(facts)


def test_a_line_that_was_rewritten_is_found(assessment: Assessment) -> None:
    facts = told(assessment.enrolment.learner)
    forged = rewritten(facts, lambda line: line.update(fails=["reliable"]), "flaw noted")
    assert "what it fails in" in said(forged)


def test_the_learners_own_copy_tells_what_was_decided_alone(assessment: Assessment) -> None:
    ada = assessment.enrolment.learner
    assert own(facts_of(ada)).flaws == ()
    deeds.judge_all(assessment, deeds.NOT_MET, deeds.NOT_MET, deeds.NOT_MET)
    deeds.refer(assessment)
    deeds.hand_in(assessment.enrolment)
    deeds.note_flaw(assessment, [])
    assert [one.current for one in own(facts_of(ada)).flaws] == [False, True]
    assert [one.current for one in facts_of(ada).flaws] == [False, False]


def test_a_report_says_it_at_the_verdict_and_in_the_index(assessment: Assessment) -> None:
    words = re.sub("<[^>]+>", "", report.render(facts_of(assessment.enrolment.learner)))
    assert words.count(f"E1 not current: {REASON} Ben Okafor") == 1
    assert words.count(f"E1 not valid, not current: {REASON} Ben Okafor") == 1
    assert "not V not C" in words


def test_a_point_that_was_met_and_fell_is_absent_until_it_is_judged_anew(assessment: Assessment) -> None:
    deeds.note_flaw(assessment, [])
    deeds.judge(assessment, deeds.points(assessment)[0], deeds.MET)
    fails = "all that it rests on fails in something"
    assert fails not in {one.what for one in absences(facts_of(assessment.enrolment.learner))}
    deeds.note_flaw(assessment)
    assert fails in {one.what for one in absences(facts_of(assessment.enrolment.learner))}
