"""On which places verdicts rest is in reports and packs, bound by lines of the log; every forgery of it is named."""

import re
from collections.abc import Callable
from copy import deepcopy

import pytest

from criteria.canonical import canonical
from exports import verify
from exports.document import report
from exports.editions.learners_copy import own
from exports.editions.redacting import redact
from exports.editions.withholding import Words
from exports.facts.canonical import canonical as frozen
from exports.facts.snapshot import facts_of
from portfolio.assessment import queries
from portfolio.assessment.models import Assessment
from portfolio.assessment.rules import Finding, Marked, Verdict
from portfolio.evidence.places.locators import Whole, passage
from tests.exports.facts.test_merged import Facts, rewritten, said, told
from tests.fixtures import deeds
from tests.fixtures.cast import House

pytestmark = pytest.mark.parametrize("database", ["sqlite"], indirect=True)
MINE = "I rang him"
"""What Ben marked, which nobody claimed for the first point."""


@pytest.fixture
def assessment(house: House) -> Assessment:
    """Ada's unit: the first verdict rests on what is claimed, the one that stands on what Ben marked."""
    assessment = deeds.handed_in(house.enrolment())
    (handed,) = queries.handed(deeds.the_round(assessment))
    start = handed.version.plain.index(MINE)
    place = passage(handed.version.plain, start, start + len(MINE))
    point = deeds.points(assessment)[0]
    deeds.judge(assessment, point, deeds.NOT_MET)
    marked = (Marked(handed.version_id, place), Marked(handed.version_id, Whole()))
    deeds.judge(assessment, point, Finding(Verdict.MET, relied=frozenset(), marked=marked))
    return assessment


def test_every_verdict_is_told_with_what_it_rests_on(assessment: Assessment) -> None:
    facts = told(assessment.enrolment.learner)
    assert said(facts) == ""
    first, last = (one["id"] for one in facts["judgements"])
    on = [(one["judgement"], one["evidence"], one["version"], one["lies"]) for one in facts["grounds"]]
    assert on == [(first, "E1", 1, "claimed"), (last, "E1", 1, "added"), (last, "E1", 1, "wider")]


def change(name: str, value: object, at: int = -1) -> Callable[[Facts], object]:
    """A forgery of one field of a place."""
    return lambda facts: facts["grounds"][at].update({name: value})


def _beside(one: Facts) -> None:
    """The true place where verifiers of before looked, other words where readers do."""
    one["kept"] = canonical(verify.selector(one))
    one["locator"]["exact"] = "I sang him"


RESTS = "on which places a verdict rests is not what"
FORGED: dict[str, tuple[Callable[[Facts], object], str]] = {
    "another item": (change("evidence", "E2"), RESTS),
    "another version": (change("version", 2), RESTS),
    "another point": (change("point", "2"), RESTS),
    "another place": (lambda facts: facts["grounds"][1]["locator"].update(start=0), RESTS),
    "other words": (lambda facts: facts["grounds"][1]["locator"].update(exact="I sang him"), RESTS),
    "as the learner's": (change("lies", "claimed"), RESTS),
    "for another verdict": (lambda facts: change("judgement", facts["judgements"][0]["id"])(facts), RESTS),
    "for no verdict": (change("judgement", 999), RESTS),
    "in another order": (lambda facts: facts["grounds"].reverse(), RESTS),
    "left out": (lambda facts: facts["grounds"].pop(), RESTS),
    "other words beside the true place": (lambda facts: _beside(facts["grounds"][1]), RESTS),
    "all left out": (lambda facts: facts.update(grounds=[]), RESTS),
    "an older format": (lambda facts: facts.update(format=9), "is older than the lines that are quoted"),
}  # fmt: skip


@pytest.mark.parametrize("forgery", FORGED)
def test_whoever_changes_what_a_verdict_rests_on_is_found(assessment: Assessment, forgery: str) -> None:
    facts = deepcopy(told(assessment.enrolment.learner))
    forge, what = FORGED[forgery]
    forge(facts)
    assert what in said(facts)


def test_a_line_that_was_rewritten_is_found(assessment: Assessment) -> None:
    facts = told(assessment.enrolment.learner)
    forged = rewritten(facts, lambda line: line.update(grounds_sha256="0" * 64), "judged")
    assert "on which places a verdict rests" in said(forged)


def test_the_learners_own_copy_tells_what_was_decided_alone(assessment: Assessment) -> None:
    ada = assessment.enrolment.learner
    assert own(facts_of(ada)).grounds == ()
    deeds.judge_all(assessment, deeds.NOT_MET, deeds.NOT_MET, deeds.NOT_MET)
    deeds.refer(assessment)
    assert len(own(facts_of(ada)).grounds) == len(facts_of(ada).grounds)


def test_what_is_withheld_does_not_stand_in_a_place(assessment: Assessment) -> None:
    shown = redact(facts_of(assessment.enrolment.learner), [Words(MINE, "Private.")]).facts
    assert MINE.encode() not in frozen(shown)
    assert len(shown.grounds) == 3


def test_the_location_sheet_prints_what_was_marked_apart(assessment: Assessment) -> None:
    words = re.sub(r"\s+", " ", re.sub("<[^>]+>", " ", report.render(facts_of(assessment.enrolment.learner))))
    assert words.count("Marked by Ben Okafor : added") + words.count("Marked by Ben Okafor: added") == 1
    assert "Marked by Ben Okafor: wider than a claimed place" in words
    assert words.count("The verdict does not rest on it.") == 1
    assert "Rests on :" in words or "Rests on: " in words
