"""The summary: what a report says on two pages, from facts that hold no more than that."""

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import partial

from exports.document import report
from exports.document.sheet import Paper
from exports.facts.frozen import ClaimFacts, EvidenceFacts, Facts, UnitFacts
from exports.typesetting import joining, pdf
from portfolio.evidence.places.locators import Whole

PAGES = 2
"""A summary never has more."""


@dataclass(frozen=True, slots=True)
class Detail:
    """How much a summary says of each unit."""

    points: bool = True
    """Each point that is open by its number, and what it lacks."""
    words: int = 40
    """Of feedback to one point."""
    units: int = 40
    """Units that are told of; more are counted."""


_SHORT = tuple(Detail(points=False, words=0, units=units) for units in (24, 10, 5, 3))
DETAILS = (Detail(), Detail(words=14), Detail(words=0), *_SHORT)
"""From the fullest on; the first that fits is taken."""


def brief(facts: Facts) -> Facts:
    """The facts of a summary: no words of evidence or of places, the verdicts in force, no log."""
    return replace(
        facts,
        evidence=tuple(_named(item) for item in facts.evidence),
        claims=tuple(_without_words(claim) for claim in facts.claims),
        judgements=tuple(one for one in facts.judgements if one.current),
        flaws=(),
        grounds=(),
        units=tuple(_last_round(unit) for unit in facts.units),
        events=(),
        other_lines=(),
        edition="summary",
    )


def _named(item: EvidenceFacts) -> EvidenceFacts:
    return replace(
        item, text="", html="", plain="", files=(), testimony=None, context="", confirmer="", third_parties="",
        source=None, minutes=None, signatures=(), checks=(),
    )  # fmt: skip


def _without_words(claim: ClaimFacts) -> ClaimFacts:
    return replace(claim, locator=Whole(), reason="", kept="")


def _last_round(unit: UnitFacts) -> UnitFacts:
    return replace(unit, rounds=unit.rounds[-1:], gaps=tuple((ref, "") for ref, _ in unit.gaps))


def render(facts: Facts, *, full: str, paper: Paper, detail: Detail, withheld: Sequence[str] = ()) -> str:
    """The summary as HTML. `full` is the name of the full report of the same facts."""
    return report.page("editions/summary.html", facts, withheld=withheld, paper=paper, full=full, detail=detail)


def fitting(facts: Facts, *, full: str, paper: Paper, pictures: pdf.Pictures) -> partial[str]:
    """How to render the summary so that it fits `PAGES`, with as much said as there is room for.

    Typesets it once for each length that is tried. Raises `pdf.NotTypeset`, saying why.
    """

    def fits(detail: Detail) -> bool:
        html = render(facts, full=full, paper=paper, detail=detail)
        return joining.counted(pdf.typeset(html, pictures=pictures)) <= PAGES

    shorter = DETAILS[1:-1]
    chosen = DETAILS[0] if fits(DETAILS[0]) else DETAILS[1 + bisect_left(shorter, True, key=fits)]
    return partial(render, full=full, paper=paper, detail=chosen)
