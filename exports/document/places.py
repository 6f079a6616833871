"""Places on paper: how a claim's place is told in words, and how it is marked in the text it points at."""

import re
from bisect import bisect
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from html import escape

from exports.document.language import ENGLISH, Language
from exports.facts.frozen import ClaimFacts, EvidenceFacts
from portfolio.evidence.places import areas, calling
from portfolio.evidence.places.locators import Astray, Locator, Page, Passage, Region, Span, Whole
from portfolio.foundation.words.marks import Mark, tokens

_HEADINGS = re.compile(r"h[1-6]|hr|br")


def clock(seconds: float) -> str:
    """Seconds as `hh:mm:ss`, with tenths where there are any."""
    tenths = round(seconds * 10)
    hours, rest = divmod(tenths, 36_000)
    minutes, rest = divmod(rest, 600)
    tail = f".{rest % 10}" if rest % 10 else ""
    return f"{hours:02}:{minutes:02}:{rest // 10:02}{tail}"


def where(place: Locator, html: str = "", *, language: Language = ENGLISH) -> str:
    """The place in words; `html` is the text that a passage stands in, for the number of its paragraph."""
    match place:
        case Whole():
            return language.say("the whole item")
        case Passage(start=start):
            return language.say("paragraph %(number)s", number=paragraph(html, start))
        case Span(start, end, _, region):
            return f"{clock(start)}–{clock(end)}" + (f", {_area(region, language)}" if region else "")
        case Page(_, _, region, quote) as page:
            told = called(page, language=language) + (f", {_area(region, language, page=True)}" if region else "")
            return told + (f", {language.say('as read by machine')}" if quote else "")
        case Region(xywh):
            return _area(xywh, language)
        case Astray(phrase, said, there):
            return language.say(phrase, said=said, there=there)


def called(place: Page, *, language: Language = ENGLISH) -> str:
    """What a page of a document is called within a sentence: `page 3`, `slide 3`."""
    phrase, values = calling.phrase(place.label, place.page)
    return language.say(phrase, **values)


def quoted(place: Locator) -> str:
    """The words that a place quotes, of a text or of a page; empty where it quotes none."""
    passage = place.quote if isinstance(place, Page) else place
    return passage.exact if isinstance(passage, Passage) else ""


def _area(xywh: str, language: Language, *, page: bool = False) -> str:
    area = box(xywh)
    left, right, top, bottom = areas.edges(area)
    edges = "(%(left)s–%(right)s\u00a0%% from the left, %(top)s–%(bottom)s\u00a0%% from the top)"
    phrase = f"%(part)s of the page {edges}" if page else f"%(part)s of the picture {edges}"
    return language.say(phrase, part=language.say(areas.part(area)), left=left, right=right, top=top, bottom=bottom)


def box(xywh: str) -> areas.Area:
    """Left, top, width and height in per cent; the whole picture where the region cannot be read."""
    left, top, width, height = (min(side, 100.0) for side in areas.read(xywh) or (0.0, 0.0, 100.0, 100.0))
    return left, top, width, height


def paragraph(html: str, offset: int) -> int:
    """Which block of the text holds the code point at `offset`, counted from 1; headings are not counted."""
    ends, blocks = _counted(html)
    return max(blocks[bisect(ends, offset)], 1)


@lru_cache(maxsize=16)
def _counted(html: str) -> tuple[list[int], list[int]]:
    """Where each run of text ends that is not blank, and in which block; last, the number of blocks."""
    depth = at = count = 0
    ends, blocks = list[int](), list[int]()
    for token in tokens(html):
        if not token.name:
            at += len(token.raw)
            if token.raw.strip():
                ends.append(at)
                blocks.append(count)
        elif token.name not in ("br", "hr"):
            depth += -1 if token.closes else 1
            count += depth == 1 and not token.closes and not _HEADINGS.fullmatch(token.name)
    return ends, [*blocks, count]


@dataclass(frozen=True, slots=True)
class Offer:
    """One place of an item, and what it is offered for."""

    place: Locator
    reasons: tuple[tuple[str, tuple[ClaimFacts, ...]], ...]
    """Each reason once, with the claims it was given for."""


def offers(claims: Iterable[ClaimFacts]) -> list[Offer]:
    """The places of an item in the order of the claims, each place once and each reason once."""
    places: dict[Locator, dict[str, list[ClaimFacts]]] = {}
    for claim in claims:
        places.setdefault(claim.locator, {}).setdefault(claim.reason, []).append(claim)
    return [
        Offer(place, tuple((reason, tuple(each)) for reason, each in reasons.items()))
        for place, reasons in places.items()
    ]


def points(named: Iterable[str]) -> str:
    """Marking points, each unit named once: `CS-301/1, 2; CS-303/4`."""
    units: dict[str, list[str]] = {}
    for unit, _, point in (name.partition("/") for name in named):
        units.setdefault(unit, []).append(point)
    ordered = {unit: ", ".join(sorted(set(refs), key=_in_order)) for unit, refs in units.items()}
    return "; ".join(unit + ("/" if refs else "") + refs for unit, refs in ordered.items())


def _in_order(ref: str) -> list[tuple[int, str]]:
    """For sorting refs of points as people count: `2` before `10`, `1.2` before `1.10`."""
    return [(int(part), "") if part.isdecimal() else (0, part) for part in re.split(r"[.\-]", ref)]


def short(quote: str, *, words: int = 7) -> str:
    """A quotation's beginning and end: enough to recognise it."""
    parts = quote.split()
    if len(parts) <= 2 * words + 1:
        return " ".join(parts)
    return " ".join(parts[:words]) + " … " + " ".join(parts[-words + 2 :])


def marks(evidence: EvidenceFacts, claims: Iterable[ClaimFacts]) -> list[Mark]:
    """A mark for every passage that is claimed; claims of one passage share it, and a line of the margin beside it."""
    shared: dict[tuple[int, int], list[ClaimFacts]] = defaultdict(list)
    for claim in claims:
        if isinstance(claim.locator, Passage):
            shared[claim.locator.start, claim.locator.end].append(claim)
    limit = len(evidence.plain)
    return [
        Mark(start, min(end, limit), {"class": "passage"}, before=numbers(shared[start, end]))
        for start, end in sorted(shared)
    ]


def numbers(claims: Sequence[ClaimFacts], *, aimed: bool = True) -> str:
    """For the margin: the points that a passage serves, and its numbers, which lead to the location sheet.

    `aimed` makes each the place to which the location sheet leads.
    """
    ids = [f' id="place-{claim.number}"' if aimed else "" for claim in claims]
    links = " ".join(f'<a{id} href="#claim-{c.number}">{c.number}</a>' for id, c in zip(ids, claims, strict=True))
    served = escape(points(f"{claim.unit}/{claim.point}" for claim in claims))
    return f'<span class="numbers"><span><span class="serves">{served}</span> {links}</span></span>'  # on one page
