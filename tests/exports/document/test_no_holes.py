"""No printed sentence has a hole where a field is empty, in any language, on any paper."""

import re
from dataclasses import replace
from html import unescape

import pytest

from exports.document import report
from exports.document.sheet import Paper
from exports.editions import summary
from exports.facts.frozen import EvidenceFacts, Facts, PersonFacts, RoundFacts, UnitFacts
from tests.exports.samples.facts import FACTS
from tests.exports.samples.tricky_facts import spoken

HOLE = re.compile(
    r" [.,;:](?=\s|$)|\(\s*\)|[,;:·]\s*[,;.·]|\.\s+\.|(?:^|\s)(?:of|by|gan|o|yn)[.,;:]|^\s*[.,;:·]|[,;·]\s*$",
    re.MULTILINE,
)
"""White space before a stop, stops side by side, a preposition without its noun, a line that begins or ends on one."""
_INLINE = re.compile(r"</?(?:a|span|b|strong|em|q|code|sup|sub|i)\b[^>]*>")
_LEAF = re.compile(r'<span class="leaf"[^>]*>[^<]*</span>')
_UNSEEN = re.compile(r'(?s)<style>.*?</style>|<svg.*?</svg>|<div class="account">.*?</div>')


def emptied(facts: Facts) -> Facts:
    """The same, with nothing in any field that may be empty."""
    return replace(
        facts,
        qualification="",
        learner=PersonFacts(facts.learner.id, facts.learner.name, facts.learner.role),
        units=tuple(map(_unit, facts.units)),
        evidence=tuple(map(_item, facts.evidence)),
        claims=tuple(replace(claim, reason="") for claim in facts.claims),
        judgements=tuple(replace(one, reason="", feedback="", missing=()) for one in facts.judgements),
        events=tuple(replace(event, role="", facts="{}") for event in facts.events),
    )


def _unit(unit: UnitFacts) -> UnitFacts:
    return replace(unit, level="", assessor="", iqa="", rounds=tuple(map(_round, unit.rounds)))


def _round(round: RoundFacts) -> RoundFacts:
    return replace(round, sources="", help="", ai_use="", feedback="", declared_by="", versions=())


def _item(item: EvidenceFacts) -> EvidenceFacts:
    bare = {"job": "", "employer": "", "relationship": "", "contact": "", "signed_at": "", "entered_by": ""}
    bare |= {"interest": "", "points": ()} | ({"until": ""} if item.ref == "E9" else {})
    testimony = replace(item.testimony, **bare) if item.testimony else None
    plain = {"happened_on": "", "context": "", "confirmer": "", "third_parties": "", "testimony": testimony}
    return replace(item, **plain, **_unsigned(item))


def _unsigned(item: EvidenceFacts) -> dict[str, object]:
    """Nothing in what may be empty of minutes, signatures, checks and sources."""
    bare = {"starts": "", "ends": "", "medium": "", "present": "", "planned": "", "agreed": (), "conclusion": ""}
    empty = {"answer": "", "at": "", "start": None, "end": None, "points": ()}
    entries = [replace(one, **empty) for one in item.minutes.entries] if item.minutes else []
    minutes = replace(item.minutes, **bare, entries=tuple(entries)) if item.minutes else None
    signatures = tuple(replace(one, comment="", reached="") for one in item.signatures)
    checks = tuple(replace(one, means="", words="") for one in item.checks)
    source = replace(item.source, clause="", version="") if item.source else None
    return {"minutes": minutes, "signatures": signatures, "checks": checks, "source": source}


def lines(html: str) -> list[str]:
    """What can be read of a page, a line for each block; our own sentences, not what people wrote."""
    text = re.sub(r"<[^>]+>", "\n", _INLINE.sub("", _LEAF.sub("7", _UNSEEN.sub("", html))))
    return [" ".join(unescape(line).split()) for line in text.splitlines() if line.strip()]


@pytest.mark.parametrize("language", ["en-GB", "cy"])
@pytest.mark.parametrize("large", [False, True])
def test_no_sentence_on_paper_has_a_hole_where_a_field_is_empty(language: str, large: bool) -> None:
    facts = spoken(emptied(FACTS), language)
    paper = Paper(large=large)
    short = summary.render(summary.brief(facts), full="123", paper=paper, detail=summary.Detail())
    for html in (report.page("report.html", facts, paper=paper), short):
        assert [line for line in lines(html) if HOLE.search(line)] == []


def test_a_sentence_says_what_there_is_and_ends_once() -> None:
    item = replace(FACTS.evidence[0], happened_on="", context="At the desk.", confirmer="")
    printed = lines(report.page("report.html", replace(FACTS, evidence=(item, *FACTS.evidence[1:]))))
    assert any(line.startswith("Account. At the desk. Version ") for line in printed)


def test_paper_tells_the_day_on_which_evidence_came_at_the_centre() -> None:
    late = replace(FACTS.evidence[0], happened_on="", received_at="2026-03-04T19:30:00.000000Z")
    centre = replace(FACTS.centre, timezone="Pacific/Auckland")
    html = report.page("report.html", replace(FACTS, centre=centre, evidence=(late, *FACTS.evidence[1:])))
    index = html[html.index('<table class="index">') : html.index("</table>", html.index('<table class="index">'))]
    assert "5 March 2026" in index
    assert ">4 March 2026<" not in index
