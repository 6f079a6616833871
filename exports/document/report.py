"""The evidence report: frozen facts of one learner in, one HTML document for paper out."""

import re
from collections.abc import Collection, Mapping, Sequence
from datetime import tzinfo
from functools import cache, partial
from itertools import islice
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from criteria.qualification import UnitGroup
from exports.document import diagrams, drawings, excerpts, log_lines, places, statements
from exports.document.fit_html import legible, rtl
from exports.document.language import ENGLISH, Language, language_of, parsed, zone_of
from exports.document.notice import Notice
from exports.document.parts import ItemPart, UnitPart
from exports.document.sheet import Paper
from exports.facts.canonical import canonical, report_id
from exports.facts.frozen import TICKED, ClaimFacts, EvidenceFacts, Facts, JudgementFacts, ProgrammeFacts, RoundFacts
from exports.typesetting import alphabets
from portfolio.assessment.lifecycle import SHOWN, State
from portfolio.assessment.rules import VACSR, Verdict
from portfolio.evidence.places.locators import Passage
from portfolio.foundation.words.prose import lined
from portfolio.foundation.words.sizes import measured
from portfolio.foundation.words.text import inner

__all__ = ["ItemPart", "UnitPart", "canonical", "page", "render", "report_id", "sheet"]

ALLOCATED = "%(name)s (allocated, nothing on record yet)"
"""Of somebody who is responsible and did nothing so far."""
_WORD = re.compile(r"\S+")


def render(
    facts: Facts, *, withheld: Collection[str] = (), edition: Notice | None = None, paper: Paper | None = None
) -> str:
    """The report as HTML in the language of the centre; a pure function of its arguments and the templates.

    Pictures are addressed as `picture:<sha256>`. Items whose `ref` is in `withheld`, and items that go beyond what
    one item may be, are named with their hashes and the reason instead of their text. `edition` is what an edition
    says about itself; the plain full report has none. `paper` is A4 in ordinary print where none is given.
    """
    return page("report.html", facts, withheld=withheld, edition=edition, paper=paper or Paper())


def page(name: str, facts: Facts, *, withheld: Collection[str] = (), **more: Any) -> str:
    """Any template of `templates/exports/paper` about these facts, in the language of the centre, fit for paper."""
    words = language_of(facts.centre.language)
    zone = zone_of(facts.centre.timezone)
    drawn = (
        _pages(words)
        .get_template(f"exports/paper/{name}")
        .render(
            facts=facts,
            id=report_id(facts),
            parts=[UnitPart.of(unit, facts) for unit in facts.units],
            items=[ItemPart.of(evidence, facts, withheld=withheld, language=words) for evidence in facts.evidence],
            titles={evidence.ref: evidence for evidence in facts.evidence},
            moment=partial(words.moment, zone=zone),
            stamp=partial(words.stamp, zone=zone),
            received=partial(words.received, zone=zone),
            zone=_named(zone, facts.as_at),
            **({"edition": None, "paper": Paper()} | more),
        )
    )
    return "<!DOCTYPE html>\n" + alphabets.dressed(legible(drawn))


def sheet(name: str, *, language: str, **told: Any) -> str:
    """A template of `templates/exports/paper` that is about no frozen facts, in a language, fit for paper."""
    drawn = _pages(language_of(language)).get_template(f"exports/paper/{name}").render(paper=Paper(), **told)
    return "<!DOCTYPE html>\n" + alphabets.dressed(legible(drawn))


def _bound(round: RoundFacts, titles: Mapping[str, EvidenceFacts]) -> tuple[list[str], list[tuple[str, int, str]]]:
    """What a declaration is bound to: refs of the versions that this report prints, and the versions it does not."""
    printed = {(ref, item.version, item.sha256) for ref, item in titles.items()}
    others = [version for version in round.versions if version not in printed]
    return [version[0] for version in round.versions if version in printed], others


def _named(zone: tzinfo, at: str) -> str:
    """The zone as readers know it, at one moment: `Europe/London (BST)`."""
    short = parsed(at).astimezone(zone).tzname()
    return f"{zone} ({short})" if str(zone) != short else str(zone)


def _size(size: int, words: Language = ENGLISH) -> str:
    """Bytes in words."""
    number, unit = measured(size)
    return words.say("%(count)s bytes", count=number) if unit == "bytes" else f"{number}\N{NO-BREAK SPACE}{unit}"


def _beginning(text: str, words: int) -> str:
    """The first words of a text on their lines, with a sign where more follow."""
    shown = list(islice(_WORD.finditer(text), words + 1))
    return text[: shown[words - 1].end()].rstrip(",;:") + "…" if len(shown) > words else text


def _shown(state: str) -> str:
    """How a state is called on paper."""
    return SHOWN.get(State(state), state) if state in set(State) else state


def _direction(text: str) -> Markup:
    """The attribute that an element needs whose whole text is read from right to left."""
    return Markup(' dir="rtl"') if rtl(text) else Markup()


def _enumerated(*parts: str) -> str:
    """What is given of `parts`, with commas between."""
    return ", ".join(filter(None, parts))


def _sentences(*parts: str) -> str:
    """What is given of `parts`, each with its full stop."""
    return " ".join(part if part.endswith((".", "!", "?", "…")) else f"{part}." for part in parts if part)


def _chosen(programme: ProgrammeFacts, group: UnitGroup) -> str:
    """Codes of the units of a group that a learner works on."""
    return ", ".join(unit.code for unit in group.units if unit.code in programme.units) or "–"


def _is_passage(claim: ClaimFacts) -> bool:
    return isinstance(claim.locator, Passage)


def _is_sound(judgement: JudgementFacts) -> bool:
    """Whether nothing was said against the evidence."""
    return not judgement.fails


def _is_ticked(judgement: JudgementFacts) -> bool:
    """Whether the form of its time had all of VACSR ticked in advance."""
    return judgement.vacsr_form == TICKED


def _responsible(parts: Sequence[UnitPart], words: Language) -> dict[str, str]:
    """Who assesses and who assures these units, each once; who did nothing yet is said to be allocated."""
    assessors = dict[str, bool]()
    for part in parts:
        assessors |= {name: acted or assessors.get(name, False) for name, acted in part.assessors.items()}
    iqas = dict.fromkeys((part.unit.iqa for part in parts if part.unit.iqa), False)
    return {
        role: "; ".join(name if acted else words.say(ALLOCATED, name=name) for name, acted in people.items())
        or words.say("not yet allocated")
        for role, people in (("assessor", assessors), ("iqa", iqas))
    }


PAGES_DRAWN = 12
"""Claimed pages of one document that a report shows; others it names."""
_FILTERS = {
    "clock": places.clock, "short": places.short, "lined": lined, "inner": inner, "beginning": _beginning,
    "shown": _shown,
}  # fmt: skip
"""Those that are the same in every language."""


@cache
def _pages(words: Language) -> Environment:
    """The templates as they speak one language."""
    pages = Environment(
        loader=FileSystemLoader(Path(__file__).parents[2] / "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        extensions=["jinja2.ext.i18n"],
    )
    pages.install_gettext_callables(words.say, words.counted, newstyle=True)  # type: ignore[attr-defined]
    pages.filters |= _FILTERS | {"size": partial(_size, words=words), "told": partial(log_lines.told, language=words)}
    pages.filters |= {"listed": words.listed, "word": words.say}
    pages.tests |= {"passage": _is_passage, "sound": _is_sound, "ticked": _is_ticked, "rtl": rtl}
    pages.globals |= {
        "language": words.tag,
        "english": Markup("") if words.is_english else Markup(' lang="en-GB"'),
        "VACSR": VACSR,
        "VERDICTS": tuple(map(str, Verdict)),
        "day": words.day,
        "where": partial(places.where, language=words),
        "waveform": partial(drawings.waveform, language=words),
        "areas": partial(drawings.areas, language=words),
        "page_areas": partial(drawings.page_areas, language=words),
        "claims_on": drawings.claims_on,
        "page_named": partial(excerpts.named, language=words),
        "page_told": partial(drawings.page_told, language=words),
        "excerpts": excerpts.excerpts,
        "pages_drawn": PAGES_DRAWN,
        "quoted": places.quoted,
        "drawn": partial(diagrams.drawn, language=words),
        "bound": _bound,
        "direction": _direction,
        "sentences": _sentences,
        "enumerated": _enumerated,
        "responsible": partial(_responsible, words=words),
        "chosen": _chosen,
        **statements.TOLD,
    }
    return pages
