"""A report states what somebody stated: how authenticity was confirmed, what fails, who did what."""

from dataclasses import replace

from exports.document import report
from exports.document.parts import ItemPart
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


def test_what_an_item_fails_in_stands_at_the_verdict_and_at_the_item():
    (flaw,) = FACTS.flaws
    assert HTML.count(flaw.reason) == 2
    at_verdict, at_item = (part[:80] for part in HTML.split(flaw.reason)[1:])
    assert "Ben Adeyemi, 20 April 2026" in at_verdict
    assert "Ben Adeyemi, 20 April 2026" in at_item
    taken_back = report.render(replace(FACTS, flaws=(replace(flaw, current=False),)))
    assert taken_back.count(flaw.reason) == 1
    assert "(said no more)" in taken_back


def test_a_flaw_of_another_version_leads_to_no_item():
    (flaw,) = FACTS.flaws
    told = report.render(replace(FACTS, flaws=(replace(flaw, version=7),)))
    assert "E3 version 7 not reliable" in told


def test_what_fails_is_not_printed_as_held_by_a_form_that_was_ticked_in_advance():
    (flaw,) = FACTS.flaws
    facts = replace(FACTS, flaws=(replace(flaw, unit="CS-303", evidence="E6", fails=("current",)),))
    item = next(one for one in facts.evidence if one.ref == "E6")
    assert ("current", False) in ItemPart.of(item, facts).vacsr
