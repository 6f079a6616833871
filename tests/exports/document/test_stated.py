"""A report states what somebody stated: how authenticity was confirmed, what fails, who did what."""

from dataclasses import replace

from exports.document import report
from tests.exports.samples.facts import FACTS

HTML = report.render(FACTS)


def test_the_assessors_word_on_authenticity_stands_with_the_decision_it_was_given_for():
    (decided,) = [one for one in FACTS.units[0].rounds if one.authenticity]
    told = HTML.split("How the assessor made sure that this is the learner’s own work")
    assert len(told) == 2
    assert decided.authenticity in told[1][:400]


def test_nothing_is_stated_of_vacsr_that_nobody_stated():
    new, old = HTML.split('id="unit-CS-303"')
    assert "Evidence is sufficient for a point that is met, and for no other." in new
    assert "Not valid, not current: One photo without figures over time." in new
    assert "ticked in advance" not in new
    assert "all five stood ticked, unless a verdict says otherwise" in old
    assert "Valid, authentic, current and reliable; not sufficient: One side’s record only." in old


def test_who_did_nothing_yet_is_said_to_be_allocated():
    cover = HTML[: HTML.index('id="summary"')]
    assert "Ines Duarte (allocated, nothing on record yet)" in cover
    assert "Ben Adeyemi</dd>" in cover
    handed_over = replace(FACTS, units=tuple(replace(unit, assessor="Rhys Powell") for unit in FACTS.units))
    told = report.render(handed_over)
    assert "Ben Adeyemi; Rhys Powell (allocated, nothing on record yet)" in told
