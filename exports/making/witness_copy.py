"""The copy that a witness takes of what they signed: always one page."""

import re
from types import SimpleNamespace

from markupsafe import Markup

from exports.document import report
from exports.document.language import language_of, zone_of
from exports.facts.snapshot import statements
from exports.typesetting import joining, pdf
from exports.typesetting.child import Limits
from portfolio import VERSION
from portfolio.evidence.models import Version
from portfolio.evidence.places.grouping import drawn
from portfolio.foundation.clock import stamp
from portfolio.foundation.words.marks import tokens
from portfolio.people.models import Centre

SIZES = (9.5, 8, 6.5, 5)
"""Points of the type of a copy, the first that fits on one page."""
LIMITS = Limits(cpu=20, wall=60)
MOST_LINES = 80
"""Paragraphs, lines, items and cells that are set one below another; of more, no size lets all stand on one page."""
MOST_COLUMNS = 8
"""Cells of a row that stand beside one another."""
SHEET, TALLEST = 297, 5_000
"""Millimetres of a page's height: of A4, and the most that PDF/A allows, in round numbers."""
_INSIDE = ("em", "strong")
"""What ends no line."""
_BEGINS, _CELL = re.compile(r"<(?:p|br|h[1-6]|li|t[dh])\b"), re.compile(r"<t[dh]\b")
_BREAK = " ¶ "


def copied(version: Version, centre: Centre) -> bytes:
    """The copy: in the largest of `SIZES` in which the words stand on one page; where they do so in none, without line
    breaks; where that is not enough, on a page as tall as they need. Raises `pdf.NotTypeset`.
    """
    html, pages = drawn(version.html, ()), 0
    whole = run_together(html)
    for words, size in [(html, SIZES[0]), (whole, SIZES[-1])] if may_stand(html) else [(whole, SIZES[0])]:
        while True:
            content = _typeset(version, centre, words, size=size, run_on=words is whole)
            if (pages := joining.counted(content)) == 1:
                return content
            if size == SIZES[-1]:
                break
            size = smaller(size, pages)
    tall = min(pages * SHEET, TALLEST)
    return _typeset(version, centre, whole, size=SIZES[-1], run_on=True, height=tall)


def may_stand(html: str) -> bool:
    """Whether an account with its lines and tables may stand on one page, as far as their numbers tell."""
    columns = max(len(_CELL.findall(row)) for row in html.split("<tr"))
    return len(_BEGINS.findall(html)) <= MOST_LINES and columns <= MOST_COLUMNS


def smaller(size: float, pages: int) -> float:
    """The largest of `SIZES` below `size` in which what filled `pages` may fit on one; else the smallest of all.

    More than `pages - 1` were full, and a page holds at most as much more as the square of the sizes tells.
    """
    below = [one for one in SIZES if one < size]
    return next((one for one in below if (pages - 1) * (one / size) ** 2 < 1), below[-1])


def run_together(html: str) -> Markup:
    """The words of an account as one paragraph, a sign wherever another began."""
    pieces = [""]
    for token in tokens(html):
        if not token.name:
            pieces[-1] += token.raw
        elif token.name not in _INSIDE:
            pieces.append("")
    text = _BREAK.join(" ".join(piece.split()) for piece in pieces if piece.strip())
    return Markup("<p>{}</p>").format(text)


def _typeset(
    version: Version, centre: Centre, words: Markup, *, size: float, run_on: bool, height: float = SHEET
) -> bytes:
    """The copy as PDF, in the language of the centre; `words`: the account as HTML."""
    signed = statements.read([version]).signatures[version.id]
    spoken, zone = language_of(centre.language), zone_of(centre.timezone)
    testimony = statements.testimony(version, signed)
    html = report.sheet(
        "copies/witness.html", language=centre.language, centre=centre, learner=version.evidence.learner.name,
        title=version.title, happened_on=version.happened_on.isoformat() if version.happened_on else "",
        context=version.context, html=words, testimony=testimony,
        evidence=SimpleNamespace(kind=version.evidence.kind, testimony=testimony),
        signature=statements.signature(signed[0]), moment=spoken.moment(stamp(signed[0].at), zone),
        software=f"Markwell {VERSION}", size=size, run_on=run_on, height=height,
    )  # fmt: skip
    return pdf.typeset(html, pictures={}, limits=LIMITS)
