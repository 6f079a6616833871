"""What learners write in any alphabet is read on paper, from right to left too, and a text in ours costs nothing."""

import re
import subprocess
from dataclasses import replace
from pathlib import Path

import pikepdf
import pytest

from exports.document import report
from exports.document.fit_html import fitted
from exports.typesetting import alphabets, fonts, pdf
from tests.exports.document import finished
from tests.exports.document.test_report import with_text
from tests.exports.samples.alphabets import CALLS, DRAWN
from tests.exports.samples.facts import FACTS, PICTURES
from tests.exports.typesetting.test_pdf import faults
from tests.exports.typesetting.verapdf import verdicts

pytestmark = pytest.mark.slow

LIGATURES = {"األربعاء": "الأربعاء", "ألن": "لأن"}
"""Lam and alef are one sign; poppler turns the two round."""
ALL = with_text("\n\n".join(CALLS.values()))


@pytest.fixture(scope="module")
def printed(tmp_path_factory) -> Path:
    path = tmp_path_factory.mktemp("alphabets") / "calls.pdf"
    path.write_bytes(pdf.typeset(report.render(ALL), pictures=PICTURES))
    return path


def words(path: Path) -> str:
    """All that stands in a PDF, without white space and without the signs that turn the direction."""
    said = subprocess.run(["pdftotext", "-raw", path, "-"], capture_output=True, text=True, check=True).stdout
    for drawn, written in LIGATURES.items():
        said = said.replace(drawn, written)
    return said


@pytest.mark.parametrize("language", CALLS)
def test_an_account_in_any_alphabet_is_drawn_and_can_be_copied(printed, language):
    said = words(printed)
    if language in ("Arabic", "Urdu", "Hebrew", "Syriac"):
        assert [word for word in CALLS[language].split() if word.rstrip(".،۔܂") not in said] == []
    else:
        assert "".join(CALLS[language].split()) in "".join(said.replace("\u200b", "").split())
    assert "[U+" not in report.render(with_text(CALLS[language]))


@pytest.mark.parametrize("language", DRAWN)
def test_letters_of_smaller_alphabets_are_drawn_and_no_numbers(language):
    assert "[U+" not in report.render(with_text(DRAWN[language]))
    assert used(DRAWN[language])


@pytest.mark.slow
def test_a_report_in_every_alphabet_keeps_to_the_archive_standard_and_is_for_everybody(printed):
    assert faults(printed.read_bytes()) == []
    assert [verdict.faults for verdict in verdicts([printed])] == [(), ()]


def small(text: str) -> str:
    """A page of these words."""
    head = "<html lang='en'><head><title>Calls</title></head>"
    return alphabets.dressed(f"{head}<body><h1>Calls</h1>{text}</body></html>")


def test_the_same_words_give_the_same_bytes_and_the_next_page_has_our_fonts_alone():
    plain, calls = small("<p>A call</p>"), small("".join(f"<p>{call}</p>" for call in CALLS.values()))
    first = [pdf.typeset(page, pictures={}) for page in (plain, calls, plain)]
    assert [pdf.typeset(page, pictures={}) for page in (plain, calls, plain)] == first
    assert first[0] == first[2]


def test_each_piece_of_a_font_is_embedded_under_a_name_of_its_own(printed):
    with pikepdf.open(printed) as document:
        names = {str(thing.BaseFont) for thing in document.objects if _is_font(thing)}
    assert {"vazirmatn", "hebrew", "thai", "bengali", "gurmukhi"} <= {
        word for name in names for word in re.split(r"\W", name)
    }


def _is_font(thing: object) -> bool:
    return isinstance(thing, pikepdf.Dictionary) and "/BaseFont" in thing


def test_a_report_in_our_own_alphabets_names_no_other_font_and_is_what_it_was():
    html = report.render(FACTS)
    assert alphabets.dressed(html) == html
    assert 'name="fonts"' not in report.render(with_text(CALLS["Greek"] + CALLS["Polish"] + CALLS["Vietnamese"]))


def test_chinese_characters_are_drawn_as_the_writer_knows_them():
    families = {name: used(CALLS[name]) for name in ("Simplified Chinese", "Traditional Chinese", "Japanese", "Korean")}
    assert families == {
        "Simplified Chinese": {"noto-sans-sc"},
        "Traditional Chinese": {"noto-sans-tc"},
        "Japanese": {"noto-sans-jp"},
        "Korean": {"noto-sans-kr"},
    }


def used(text: str) -> set[str]:
    """The families that a text needs."""
    names = small(text).partition('content="')[2].partition('"')[0]
    return {name.partition("/")[0] for name in names.split()}


def test_a_document_cannot_name_a_file_as_its_font():
    html = '<html><head><meta name="fonts" content="../../etc/passwd"></head><body></body></html>'
    alphabets.configure(html)
    assert "passwd" not in fonts.configure().read_text()


def test_what_is_written_from_right_to_left_says_so_and_our_numbers_in_the_margin_do_not_count():
    arabic, hebrew = CALLS["Arabic"][:20], CALLS["Hebrew"][:20]
    margin = '<span class="numbers"><a>3</a> <span>U1/1</span></span>'
    html = f"<p>{margin}{arabic}</p><ul><li>{hebrew}</li></ul><p>B {arabic}</p>"
    shown = fitted(html, level=4)
    assert shown.startswith('<p dir="rtl"><span class="numbers">')
    assert f'<ul dir="rtl"><li dir="rtl">{hebrew}' in shown
    assert f"<p>B {arabic}" in shown


def test_what_is_written_from_right_to_left_stands_at_the_right(tmp_path):
    path = tmp_path / "page.pdf"
    path.write_bytes(pdf.typeset(small(f'<p dir="rtl">{CALLS["Hebrew"][:20]}</p>'), pictures={}))
    found = finished.read_by("pdftotext", "-bbox", str(path), "-")
    edges = [
        float(line.partition('xMin="')[2].partition('"')[0])
        for line in found.splitlines()
        if "רביעי" in line or "יעיבר" in line
    ]
    with pikepdf.open(path) as document:
        assert edges[0] > float(document.pages[0].mediabox[2]) / 2


def test_a_name_and_feedback_say_their_direction():
    learner = replace(FACTS.learner, name="ליאורה כהן")
    judgements = tuple(replace(judgement, feedback=CALLS["Arabic"]) for judgement in FACTS.judgements)
    html = report.render(replace(FACTS, learner=learner, judgements=judgements))
    assert '<p class="who" dir="rtl">ליאורה כהן' in html
    assert f'<p class="words" dir="rtl">{CALLS["Arabic"][:30]}' in html


def test_every_font_may_be_given_on():
    for family in alphabets.FAMILIES:
        assert "SIL OPEN FONT LICENSE" in (alphabets.FOLDER / family / "LICENSE").read_text("utf-8").upper()
