"""A fishbone or five whys that a learner wrote as a list is drawn, and stays readable without the drawing."""

import io
import re

import page
import pikepdf
import pytest
from hypothesis import given
from hypothesis import strategies as st

from exports.document import diagrams, report
from exports.document.language import language_of
from exports.typesetting import pdf
from portfolio.foundation.words.marks import plain
from portfolio.foundation.words.prose import to_html
from tests.exports.document.test_report import with_text
from tests.exports.samples.facts import PICTURES

pytestmark = pytest.mark.slow

FISHBONE = """Before it.

### Fishbone: Refunds come *late*

- People
    - Nobody covers Fridays
    - New staff
- Process
    - Two people sign

After it.
"""
WHYS = "## 5 Whys: The lid leaks\n\n1. The seal lets go.\n2. It is thin.\n3. Nobody looked.\n"
LISTED = "## 5 Whys: The lid leaks\n\n- The seal lets go.\n- It is thin.\n- Nobody looked.\n"
NESTED = "## Five whys – The lid leaks\n\n- The seal lets go.\n    - It is thin.\n        - Nobody looked.\n"
WORDS = st.text(st.characters(categories=("L", "N", "P", "S")), min_size=1, max_size=30)


def test_a_fishbone_is_read_from_a_heading_and_its_list() -> None:
    (found,) = diagrams.found(to_html(FISHBONE))
    assert (found.is_fishbone, found.problem) == (True, "Refunds come late")
    assert [(entry.words, [cause.words for cause in entry.under]) for entry in found.entries] == [
        ("People", ["Nobody covers Fridays", "New staff"]),
        ("Process", ["Two people sign"]),
    ]


@pytest.mark.parametrize("text", [WHYS, LISTED, NESTED])
def test_whys_are_one_row_however_they_were_written(text: str) -> None:
    (found,) = diagrams.found(to_html(text))
    assert [entry.words for entry in found.entries] == ["The seal lets go.", "It is thin.", "Nobody looked."]


@pytest.mark.parametrize(
    "text",
    [
        "### Fishbone: alone\n\nNo list.",
        "### Fishbone: one\n\n- branch",
        "### Fishbone: many\n\n" + "- branch\n" * 9,
        "### The fishbone: not its name\n\n- a\n- b",
        "### 5 Whys: told\n\n1. why\nand so on",
        "### 5 Whys: many\n\n" + "1. why\n" * 8,
        "### Fishbone: crowded\n\n- a\n" + "    - cause\n" * 7 + "- b\n",
    ],
)
def test_what_is_no_diagram_stays_a_list(text: str) -> None:
    assert diagrams.found(to_html(text)) == []


@given(WORDS, st.lists(st.tuples(WORDS, st.lists(WORDS, max_size=6)), min_size=2, max_size=8), st.booleans())
def test_whatever_is_written_the_drawing_is_whole_and_its_title_says_it_all(problem, branches, large) -> None:
    entries = tuple(diagrams.DiagramEntry(name, tuple(map(diagrams.DiagramEntry, causes))) for name, causes in branches)
    for is_fishbone in (True, False):
        drawing = diagrams.drawn(diagrams.Diagram(is_fishbone, problem, entries), large=large)
        title = plain(re.search("<title>(.*?)</title>", drawing, re.DOTALL)[1])
        assert all(words.rstrip(".") in title for words in [problem, *(name for name, _ in branches)])
        assert not re.search(r'"-\d|"nan|"inf', drawing)


def test_the_report_shows_it_as_a_figure_with_its_words_and_conforms() -> None:
    html = report.render(with_text(FISHBONE + WHYS))
    printed = pdf.typeset(html, pictures=PICTURES)
    for profile in (page.ValidationProfile.PDF_A_3A, page.ValidationProfile.PDF_UA_1):
        assert page.validate_pdf_bytes(printed, profile=profile).failures == []
    with pikepdf.open(io.BytesIO(printed)) as document:
        things = [thing for thing in document.objects if isinstance(thing, pikepdf.Dictionary)]
        told = [str(thing.Alt) for thing in things if "/Alt" in thing]
    assert "Fishbone: Refunds come late. People: Nobody covers Fridays, New staff. Process: Two people sign." in told
    assert "5 Whys: The lid leaks. The seal lets go. It is thin. Nobody looked." in told


def test_it_speaks_the_language_of_the_document() -> None:
    (found,) = diagrams.found(to_html(FISHBONE.replace("Fishbone", "Asgwrn pysgodyn")))
    assert "<title>Asgwrn pysgodyn: Refunds" in diagrams.drawn(found, language=language_of("cy"))
