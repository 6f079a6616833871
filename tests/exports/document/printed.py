"""Reports as typeset on several papers, each made once for all tests of a file, and what a reader sees of them."""

import re
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from exports.document import report
from exports.document.sheet import Paper, Size
from exports.facts.frozen import Facts
from exports.typesetting import pdf
from tests.exports.document import finished
from tests.exports.samples.facts import FACTS, PICTURES
from tests.exports.samples.tricky_facts import five_units, spoken
from tests.fixtures.once import once


@once
def sample(size: Size = "A4", *, large: bool = False, language: str = "en-GB") -> bytes:
    """The sample learner's report."""
    return typeset(spoken(FACTS, language), Paper(size, large))


PAPERS: dict[str, dict[str, Any]] = {
    "A4": {},
    "Letter": {"size": "Letter", "language": "cy"},
    "large print": {"large": True},
}
"""Between them every size, both prints and both languages."""


def on(paper: str) -> bytes:
    """The sample learner's report on one of `PAPERS`."""
    return sample(**PAPERS[paper])


@once
def long() -> bytes:
    """The report of five units."""
    return typeset(five_units(), Paper())


def typeset(facts: Facts, paper: Paper) -> bytes:
    """Any facts on any paper."""
    return pdf.typeset(report.render(facts, paper=paper), pictures=PICTURES)


@dataclass(frozen=True, slots=True)
class Line:
    """Some words of one style on a page."""

    page: int
    top: int
    """Points from the upper edge of the page."""
    left: int
    size: int
    """Of its letters, in points."""
    colour: str
    words: str


def lines(file: Path) -> list[Line]:
    """All that stands on the pages of a PDF, as poppler reads it."""
    told = finished.read_by("pdftohtml", "-xml", "-i", "-zoom", "1", "-stdout", str(file))
    styles = {
        found["id"]: (int(found["size"]), found["colour"])
        for found in re.finditer(r'<fontspec id="(?P<id>\d+)" size="(?P<size>\d+)" .*color="(?P<colour>.*)"', told)
    }
    found = []
    for number, page in enumerate(told.split("<page ")[1:], start=1):
        for text in re.finditer(r'<text top="(-?\d+)" left="(-?\d+)".* font="(\d+)">(.*)</text>', page):
            words = re.sub("<.*?>", "", text[4]).strip()
            if words:
                found.append(Line(number, int(text[1]), int(text[2]), *styles[text[3]], words))
    return found
