"""Drawings of places: the loudness of a recording with its claimed spans, and the claimed areas of a picture."""

from collections.abc import Sequence
from typing import TypeGuard

from markupsafe import Markup

from exports.document.language import ENGLISH, Language
from exports.document.places import clock, where
from exports.facts.frozen import ClaimFacts, FileFacts, ShownPageFacts
from portfolio.evidence.places.areas import Area
from portfolio.evidence.places.locators import Page, Region, Span
from portfolio.evidence.waveform import thinned

_WIDTH, _HEIGHT = 1280, 200
_SMALL, _LARGE = 29, 41
"""Size of letters, in the drawing's own units: 8 points and 16 points at the width it has on paper."""
_SVG = Markup(
    '<svg xmlns="http://www.w3.org/2000/svg" class="{}" viewBox="0 0 {} {}" role="img"><title>{}</title>{}</svg>'
)


def waveform(
    file: FileFacts, claims: Sequence[ClaimFacts], *, large: bool = False, language: Language = ENGLISH
) -> Markup:
    """Loudness over time as an SVG figure with a title; claimed spans are shaded and numbered.

    Needs `file.duration`.
    """
    spans = [(claim.number, claim.locator) for claim in claims if isinstance(claim.locator, Span)]
    length, letters = file.duration or 1, _LARGE if large else _SMALL
    shades = Markup().join(_shade(span, length) for _, span in spans)
    bars = Markup('<path d="{}" stroke="#3b4744" stroke-width="3.4" fill="none"/>').format(_bars(file.peaks))
    title = language.say("Loudness of %(name)s over %(length)s", name=file.name, length=clock(length))
    told = "; ".join(_told(number, span, language) for number, span in spans)
    title += f". {language.say('Claimed')}: {told}." if told else "."
    drawn = shades + bars + _labels(spans, length, letters) + _ruler(length, letters)
    return _SVG.format("waveform", _WIDTH, _HEIGHT + 2 * letters, title, drawn)


def _told(number: int, span: Span, language: Language) -> str:
    times = language.say("%(start)s to %(end)s", start=clock(span.start), end=clock(span.end))
    return f"{number}, {times}"


def _bars(peaks: Sequence[float]) -> str:
    """One stroke around the middle line for each of the values that paper draws."""
    drawn = thinned(peaks)
    middle, step = _HEIGHT / 2, _WIDTH / max(len(drawn), 1)
    strokes = []
    for n, loudest in enumerate(drawn):
        half = max(min(loudest, 1) * (_HEIGHT / 2 - 34), 1.5)
        strokes.append(f"M{(n + 0.5) * step:.1f} {middle + 17 - half:.1f}V{middle + 17 + half:.1f}")
    return "".join(strokes) or "M0 100H1280"


def _shade(span: Span, length: float) -> Markup:
    left = _left(span, length)
    width = max(_WIDTH * min(span.end / length, 1) - left, 4)
    return Markup(
        '<rect x="{:.1f}" y="0" width="{:.1f}" height="{}" fill="#fbe9b8"/>'
        '<rect x="{:.1f}" y="0" width="3" height="{}" fill="#8a5a0e"/>'
    ).format(left, width, _HEIGHT, left, _HEIGHT)


def _left(span: Span, length: float) -> float:
    return _WIDTH * min(span.start / length, 1)


def _labels(spans: Sequence[tuple[int, Span]], length: float, letters: int) -> Markup:
    """The number of each span where it begins; spans that begin together stand on one line, none over another."""
    free, drawn = 0.0, Markup()
    for number, span in sorted(spans, key=lambda each: (each[1].start, each[0])):
        room = letters * 0.55 * len(str(number))
        left = min(max(_left(span, length) + 11, free), _WIDTH - room)
        free = left + room + letters * 0.5
        drawn += Markup(
            '<text x="{:.1f}" y="{}" font-family="Source Sans 3" font-weight="700" font-size="{}"'
            ' fill="#1a2422">{}</text>'
        ).format(left, letters + 2, letters, number)
    return drawn


def _ruler(length: float, letters: int) -> Markup:
    """Five times along the foot."""
    ticks = [(n / 4, ("start", "middle", "middle", "middle", "end")[n]) for n in range(5)]
    return Markup().join(
        Markup(
            '<text x="{:.0f}" y="{:.0f}" text-anchor="{}" font-family="Source Sans 3" font-size="{}"'
            ' fill="#55625f">{}</text>'
        ).format(part * _WIDTH, _HEIGHT + letters * 1.5, anchor, letters, clock(round(part * length)))
        for part, anchor in ticks
    )


def areas(
    file: FileFacts, claims: Sequence[ClaimFacts], *, large: bool = False, language: Language = ENGLISH
) -> Markup:
    """The claimed areas of a picture as an SVG to lie over it; empty where no area of it is claimed.

    Of a film, those of which there is no still lie over the one picture that stands for it.
    """
    sides = (file.picture.width, file.picture.height) if file.picture else (0, 0)
    drawn = [(one.number, one.locator) for one in claims if _is_over(one.locator, file)]
    return _areas(drawn if file.picture else [], sides, large=large, language=language)


def page_areas(
    file: FileFacts,
    page: ShownPageFacts,
    claims: Sequence[ClaimFacts],
    *,
    large: bool = False,
    language: Language = ENGLISH,
) -> Markup:
    """The claimed areas of a page of a document, as `areas` draws those of a picture."""
    drawn = [
        (claim.number, claim.locator)
        for claim in claims_on(file, page, claims)
        if isinstance(claim.locator, Page | Span)
    ]
    is_page = file.kind == "document"
    return _areas(drawn, (page.width, page.height), large=large, language=language, beside=is_page)


def page_told(file: FileFacts, page: ShownPageFacts, *, language: Language = ENGLISH) -> str:
    """What the picture of a page, or a still of a film, shows."""
    if file.kind == "video":
        return language.say("What %(name)s shows at %(time)s", name=file.name, time=clock(page.number / 10))
    return language.say("Page %(number)s of %(name)s", number=page.number, name=file.name)


def claims_on(file: FileFacts, page: ShownPageFacts, claims: Sequence[ClaimFacts]) -> list[ClaimFacts]:
    """Those of an item's claims whose places lie on a page, or over a still, of one of its files."""
    return [claim for claim in claims if _page_of(claim.locator, file) == page.number]


def _page_of(place: object, file: FileFacts) -> int | None:
    """The number of the page on which a place of `file` lies, or of the still over which its rectangle does."""
    if not isinstance(place, Page | Span) or place.file not in ("", file.sha256):
        return None
    if isinstance(place, Page):
        return place.page
    return place.still if place.region and file.kind == "video" else None


def _is_over(place: object, file: FileFacts) -> TypeGuard[Region | Span]:
    """Whether a place is a rectangle of the picture that stands for `file`."""
    stills = {page.number for page in file.pages}
    kind = Region if file.kind == "image" else Span
    return isinstance(place, kind) and place.file in ("", file.sha256) and _page_of(place, file) not in stills


def _areas(
    places: Sequence[tuple[int, Region | Span | Page]],
    sides: tuple[int, int],
    *,
    large: bool,
    language: Language,
    beside: bool = False,
) -> Markup:
    drawn = [(number, area, where(place, language=language)) for number, place in places if (area := place.area)]
    if not drawn:
        return Markup()
    scale = (1.9 if large else 1.2) * (0.42 if beside else 1)  # a page is printed larger than a picture
    frames = Markup().join(_frame(number, area, sides, scale=scale, beside=beside) for number, area, _ in drawn)
    told = "; ".join(f"{number}, {words}" for number, _, words in drawn)
    return _SVG.format("areas", *sides, f"{language.say('Claimed areas')}: {told}.", frames)


def _frame(number: int, area: Area, sides: tuple[int, int], *, scale: float, beside: bool = False) -> Markup:
    """A frame with its number in the corner; `beside` it, where there is room, so that it covers no words."""
    left, top, across, down = (part * side / 100 for part, side in zip(area, sides * 2, strict=True))
    unit = max(sides) / 100 * scale  # of what has about one length on paper, whatever the shape
    tab = left - unit * 6 if beside and left > unit * 6 else left
    return Markup(
        '<rect x="{:.1f}" y="{:.1f}" width="{:.1f}" height="{:.1f}" fill="none" stroke="#8a5a0e"'
        ' stroke-width="{:.1f}"/>'
        '<rect x="{:.1f}" y="{:.1f}" width="{:.1f}" height="{:.1f}" fill="#8a5a0e"/>'
        '<text x="{:.1f}" y="{:.1f}" text-anchor="middle" font-family="Source Sans 3" font-weight="700"'
        ' font-size="{:.1f}" fill="#ffffff">{}</text>'
    ).format(
        left, top, across, down, unit * 0.7, tab, top, unit * 6, unit * 5,
        tab + unit * 3, top + unit * 3.8, unit * 4, number,
    )  # fmt: skip
