"""The evidence report: frozen facts of one learner in, one HTML document for paper out."""

from collections import Counter, defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, tzinfo
from functools import cached_property, partial
from pathlib import Path
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from babel.dates import format_date
from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from exports import deeds, drawings, places
from exports.canonical import canonical, report_id
from exports.facts import Claim, Evidence, Facts, Judgement, Point, Round, Unit
from exports.fitting import Unfit, fitted, legible
from exports.notice import Notice
from portfolio.evidence.locators import Passage
from portfolio.foundation.marks import annotate

__all__ = ["Item", "UnitPart", "canonical", "render", "report_id"]

VACSR = ("valid", "authentic", "current", "sufficient", "reliable")
_LEVEL = 4
"""Heading level at which a learner's own headings begin."""


@dataclass(frozen=True)
class Item:
    """One item of evidence with all that the report says about it."""

    evidence: Evidence
    claims: tuple[Claim, ...]
    judgements: tuple[Judgement, ...]
    """Those in force on the points it is claimed for."""
    withheld: bool = False
    """True where its text is not to be typeset."""

    @cached_property
    def text(self) -> Markup:
        """Its words with the claimed passages marked; empty where it has none or they could not be typeset."""
        return Markup() if self.unfit else self._fitted[0]

    @property
    def unfit(self) -> str:
        """Why its words are not shown; empty where they are."""
        return "Its layout would not come to an end." if self.withheld else self._fitted[1]

    @cached_property
    def _fitted(self) -> tuple[Markup, str]:
        if self.withheld:
            return Markup(), ""
        try:
            marked = annotate(self.evidence.html, places.marks(self.evidence, self.claims))
            return Markup(fitted(marked, level=_LEVEL)), ""  # noqa: S704 (cleaned by nh3 before it was frozen)
        except Unfit as reason:
            return Markup(), str(reason)

    @property
    def points(self) -> str:
        """The marking points it is offered for, each once; a dash where there are none."""
        return places.points(f"{claim.unit}/{claim.point}" for claim in self.claims) or "–"

    @property
    def offers(self) -> list[places.Offer]:
        """Its places, and what each is offered for."""
        return places.offers(self.claims)

    @property
    def vacsr(self) -> tuple[tuple[str, bool], ...]:
        """Each of the five and whether every judgement in force found it; empty while nothing is judged."""
        return tuple((word, all(word in j.vacsr for j in self.judgements)) for word in VACSR if self.judgements)


@dataclass(frozen=True)
class UnitPart:
    """One unit with its claims and judgements."""

    unit: Unit
    claims: tuple[Claim, ...]
    judgements: tuple[Judgement, ...]

    @property
    def tally(self) -> Counter[str]:
        """How many points stand at each verdict; `open` where there is none."""
        return Counter(point.verdict or "open" for point in self.unit.points)

    @property
    def evidence(self) -> tuple[str, ...]:
        """Refs of the evidence that is offered for it, each once."""
        return tuple(dict.fromkeys(claim.evidence for claim in self.claims))

    @property
    def answered(self) -> list[tuple[Point, Judgement]]:
        """Points that were judged and are not met; none of a unit that was withdrawn."""
        judged = ((point, self.in_force(point)) for point in self.unit.points if point.verdict != "met")
        return [(point, judgement) for point, judgement in judged if judgement and self.unit.state != "withdrawn"]

    @property
    def waiting(self) -> dict[str, list[Point]]:
        """What is still awaited → the points without a verdict that wait for it."""
        waiting: dict[str, list[Point]] = defaultdict(list)
        for point in self.unit.points:
            if not point.verdict and self.unit.state != "withdrawn":
                waiting[self._awaits(point)].append(point)
        return waiting

    def _awaits(self, point: Point) -> str:
        if point.ref in dict(self.unit.gaps):
            return "Handed in without a place, for the reason in the location sheet"
        if not self.claims_of(point):
            return "No place in the evidence is offered yet"
        return "With the assessor" if self.unit.state == "handed in" else "Offered, and not handed in yet"

    def claims_of(self, point: Point) -> list[Claim]:
        """The places offered for one point, in the order of the report."""
        return [claim for claim in self.claims if claim.point == point.ref]

    def round(self, number: int) -> list[Judgement]:
        """Judgements of one round in the order of the points."""
        order = {point.ref: place for place, point in enumerate(self.unit.points)}
        return sorted(
            (j for j in self.judgements if j.round == number), key=lambda j: (order.get(j.point, 0), j.at, j.id)
        )

    def in_force(self, point: Point) -> Judgement | None:
        """The judgement that holds for one point."""
        return next((j for j in self.judgements if j.point == point.ref and j.current), None)


def render(facts: Facts, *, withheld: Collection[str] = (), edition: Notice | None = None) -> str:
    """The report as HTML in the language of the centre; a pure function of its arguments and the templates.

    Pictures are addressed as `picture:<sha256>`. Items whose `ref` is in `withheld`, and items that go beyond what
    one item may be, are named with their hashes and the reason instead of their text. `edition` is what an edition
    says about itself; the plain full report has none.
    """
    zone = _zone(facts.centre.timezone)
    page = _PAGES.get_template("exports/paper/report.html").render(
        facts=facts,
        id=report_id(facts),
        edition=edition,
        parts=[_part(unit, facts) for unit in facts.units],
        items=[_item(evidence, facts, withheld) for evidence in facts.evidence],
        titles={evidence.ref: evidence for evidence in facts.evidence},
        day=_day,
        moment=partial(_moment, zone=zone),
        stamp=partial(_stamp, zone=zone),
        zone=_named(zone, facts.as_at),
    )
    return "<!DOCTYPE html>\n" + legible(page)


def _part(unit: Unit, facts: Facts) -> UnitPart:
    claims = tuple(claim for claim in facts.claims if claim.unit == unit.code)
    return UnitPart(unit, claims, tuple(j for j in facts.judgements if j.unit == unit.code))


def _item(evidence: Evidence, facts: Facts, withheld: Collection[str]) -> Item:
    claims = tuple(claim for claim in facts.claims if claim.evidence == evidence.ref)
    points = {(claim.unit, claim.point) for claim in claims}
    judgements = tuple(j for j in facts.judgements if j.current and (j.unit, j.point) in points)
    return Item(evidence, claims, judgements, evidence.ref in withheld)


def _bound(round: Round, titles: Mapping[str, Evidence]) -> tuple[list[str], list[tuple[str, int, str]]]:
    """What a declaration is bound to: refs of the versions that this report prints, and the versions it does not."""
    printed = {(ref, item.version, item.sha256) for ref, item in titles.items()}
    others = [version for version in round.versions if version not in printed]
    return [version[0] for version in round.versions if version in printed], others


def _zone(name: str) -> tzinfo:
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError):
        return UTC


def _named(zone: tzinfo, at: str) -> str:
    """The zone as readers know it, at one moment: `Europe/London (BST)`."""
    short = _parsed(at).astimezone(zone).tzname()
    return f"{zone} ({short})" if str(zone) != short else str(zone)


def _parsed(text: str) -> datetime:
    moment = datetime.fromisoformat(text)
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)


def _day(text: str) -> str:
    """`4 March 2026`; what is no date stays as it is."""
    try:
        return format_date(datetime.fromisoformat(text[:10]), "d MMMM y", locale="en_GB")
    except ValueError:
        return text


def _moment(text: str, *, zone: tzinfo) -> str:
    """`4 March 2026, 09:30` in the centre's time."""
    if not text:
        return ""
    local = _parsed(text).astimezone(zone)
    return f"{format_date(local, 'd MMMM y', locale='en_GB')}, {local:%H:%M}"


def _stamp(text: str, *, zone: tzinfo) -> str:
    """`4 Mar 2026, 09:30` in the centre's time: short and of even width, for a grid."""
    local = _parsed(text).astimezone(zone)
    return f"{format_date(local, 'd MMM y', locale='en_GB')}, {local:%H:%M}"


def _size(size: int) -> str:
    """Bytes in words."""
    for unit, name in ((1_000_000_000, "GB"), (1_000_000, "MB"), (1_000, "kB")):
        if size >= unit:
            return f"{size / unit:.1f} {name}"
    return f"{size} bytes"


def _is_passage(claim: Claim) -> bool:
    return isinstance(claim.locator, Passage)


def _list(words: Sequence[str]) -> str:
    """`a, b and c`."""
    return " and ".join(filter(None, [", ".join(words[:-1]), *words[-1:]]))


def _pages() -> Environment:
    pages = Environment(
        loader=FileSystemLoader(Path(__file__).parents[1] / "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    pages.filters |= {"size": _size, "clock": places.clock, "short": places.short, "told": deeds.told, "listed": _list}
    pages.tests["passage"] = _is_passage
    pages.globals |= {"where": places.where, "waveform": drawings.waveform, "areas": drawings.areas, "bound": _bound}
    return pages


_PAGES = _pages()
