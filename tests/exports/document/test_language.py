"""A document speaks one language throughout: every fixed word has its Welsh, with the same blanks and marks."""

import io
import re
from pathlib import Path

import pytest
from babel.messages.extract import extract

from exports import verify
from exports.document import report
from exports.document.language import ENGLISH, language_of
from portfolio.assessment.lifecycle import SHOWN
from portfolio.evidence.places import within
from portfolio.evidence.rules import Kind
from portfolio.foundation.log.deeds import Deed
from portfolio.people.rules import Role
from tests.exports.samples.facts import FACTS
from tests.exports.samples.tricky_facts import spoken

ROOT = Path(__file__).parents[3]
WELSH = language_of("cy")
TEMPLATES = sorted((ROOT / "templates/exports/paper").rglob("*.html"))
CODE = sorted((ROOT / "exports").rglob("*.py"))


def phrases(file: Path) -> set[str]:
    """What a template or a module has said in the language of the document."""
    method, spoken = ("jinja2.ext:babel_extract", None) if file.suffix == ".html" else ("python", {"say": None})
    given = {} if spoken is None else {"keywords": spoken}
    return {phrase for _, phrase, *_ in extract(method, io.BytesIO(file.read_bytes()), **given)}


def test_every_phrase_of_the_templates_and_the_code_has_its_welsh():
    found = set().union(*map(phrases, [*TEMPLATES, *CODE]))
    assert len(found) > 150
    assert found - set(WELSH.table) == set()


def test_every_word_that_the_record_holds_has_its_welsh():
    words = {*SHOWN.values(), *Kind, *Role, "met", "partly met", "not met", *Deed}
    assert words - set(WELSH.table) == set()


@pytest.mark.parametrize("english", [phrase for phrase in WELSH.table if "%(" in phrase or "<" in phrase])
def test_the_welsh_has_the_blanks_and_the_marks_of_the_english(english):
    for pattern in (r"%\(\w+\)s", r"</?\w+>"):
        assert sorted(re.findall(pattern, english)) == sorted(re.findall(pattern, WELSH.table[english]))


def test_dates_are_told_as_people_of_that_language_tell_them():
    assert ENGLISH.day("2026-03-04") == "4 March 2026"
    assert WELSH.day("2026-03-04") == "4 Mawrth 2026"
    assert WELSH.day("last week") == "last week"


def test_lists_are_told_as_people_of_that_language_tell_them():
    assert ENGLISH.listed(["cost", "time", "impact"]) == "cost, time and impact"
    assert WELSH.listed(["cost", "amser"]) == "cost, amser"


def test_what_is_no_phrase_of_ours_stays_as_it_is():
    assert WELSH.say("50 % of %(nothing)s") == "50 % of %(nothing)s"


REPORT = report.render(spoken(FACTS, "cy"))


def test_a_report_of_a_welsh_centre_is_in_welsh_and_says_which_words_are_english():
    assert REPORT.startswith('<!DOCTYPE html>\n<html lang="cy">')
    assert "4 Mawrth 2026" in REPORT
    assert "20 Ebrill 2026, 15:10" in REPORT
    assert 'lang="en-GB">Handle referred complaints<' in REPORT
    for point in FACTS.units[0].points:
        assert f'<span lang="en-GB">{point.text}</span>' in REPORT
    assert "lang=" not in report.render(FACTS).replace('<html lang="en-GB">', "")


def test_what_people_wrote_stands_in_a_welsh_report_as_they_wrote_it():
    for judgement in FACTS.judgements:
        assert judgement.feedback in REPORT
    assert REPORT.count(FACTS.units[0].rounds[0].declaration) == 3


def test_a_language_that_we_have_no_words_for_is_not_claimed():
    assert '<html lang="en-GB">' in report.render(spoken(FACTS, "gd"))
    assert '<html lang="en-US">' in report.render(spoken(FACTS, "en-US"))


def test_what_is_said_of_a_place_that_does_not_lie_there_is_said_in_welsh_too() -> None:
    assert verify.TOLERANCE == within.TOLERANCE
    phrases = [value for name, value in vars(within).items() if name.isupper() and isinstance(value, str)]
    assert len(phrases) == 7
    for phrase in phrases:
        said = language_of("cy").table[phrase]
        assert sorted(re.findall(r"%\(\w+\)s", said)) == sorted(re.findall(r"%\(\w+\)s", phrase))
