"""Facts of a report → the facts that a redacted edition may show, and the list of what was withheld.

Words are taken out of every text, and every place keeps pointing where it did: its offsets count in the text as it is
now. What is only a code (kinds, verdicts, times, refs) stays. A hash over words that were taken out goes as well: with
it, a guess could be tried out until it fits. So does that of a file of which something may not be seen.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from exports.document.language import language_of
from exports.document.notice import Withheld
from exports.document.places import box, clock, where
from exports.editions import redacted_log
from exports.editions.marks import ending, masked_evidence, masked_place, silenced, without_hash
from exports.editions.masking import WITHHELD, Mask, Stretch, mark, masked
from exports.editions.withholding import Area, Original, Seconds, Unclear, Withholding, Words, meant
from exports.facts.frozen import (
    ClaimFacts,
    EntryFacts,
    EvidenceFacts,
    Facts,
    FileFacts,
    GroundFacts,
    LogHeadFacts,
    MinutesFacts,
    PersonFacts,
    ProgrammeFacts,
    RoundFacts,
    UnitFacts,
)
from portfolio.evidence.places.locators import Locator, Page, Region, Span, Whole
from portfolio.foundation.words.marks import plain


@dataclass(frozen=True, slots=True)
class Redacted:
    """What may be shown, and what was withheld from it."""

    facts: Facts
    withheld: tuple[Withheld, ...]


def redact(facts: Facts, withhold: Sequence[Withholding]) -> Redacted:
    """The facts without what is to be withheld; numbers are those of `withhold`, counted from 1.

    Areas of pictures are covered before (`covered_areas.covered`). Raises `Unclear` for a file that the facts do not
    have, and for words without which the centre could not sign.
    """
    facts = replace(facts, evidence=tuple(map(_pageless, facts.evidence)))
    chosen = _Chosen(dict(enumerate(withhold, start=1)), facts)
    mask = chosen.mask
    _ensure_signable(facts, mask)
    evidence = tuple(chosen.shown(item) for item in facts.evidence)
    touched = {old.ref.split()[0] for old, new in zip(facts.evidence, evidence, strict=True) if old != new}
    units = tuple(_unit(unit, mask, touched) for unit in facts.units)
    judgements = tuple(masked(one, mask) for one in facts.judgements)
    shown = replace(
        masked(replace(_without(facts), units=(), events=(), other_lines=(), programmes=()), mask),
        programmes=tuple(_programme(each, mask) for each in facts.programmes),
        evidence=evidence,
        units=units,
        judgements=judgements,
        claims=tuple(chosen.claim(claim) for claim in facts.claims),
        grounds=tuple(chosen.ground(one) for one in facts.grounds),
    )
    safe = redacted_log.told(shown) if mask.words or chosen.unnamed else None
    events = tuple(redacted_log.line(event, mask, safe) for event in facts.events)
    head = (
        facts.head if all(event.hash != WITHHELD for event in events[-1:]) else LogHeadFacts(facts.head.seq, WITHHELD)
    )
    shown = replace(shown, events=events, head=head, other_lines=(), edition="redacted")
    return Redacted(shown, chosen.list(mask.counts))


def _without(facts: Facts) -> Facts:
    """The facts without what is seen to by itself."""
    return replace(facts, evidence=(), claims=(), grounds=(), judgements=())


def _pageless(item: EvidenceFacts) -> EvidenceFacts:
    """The item without pages of its documents and words of its recordings: words to be withheld may stand in them in
    parts, and what pages show is not looked through.
    """
    return replace(item, files=tuple(replace(file, pages=(), transcript=None) for file in item.files))


def named(person: PersonFacts, withhold: Sequence[Withholding]) -> PersonFacts:
    """A person as an edition that withholds all this may name them."""
    return masked(person, Mask({n: [each.words] for n, each in enumerate(withhold, 1) if isinstance(each, Words)}))


@dataclass(slots=True)
class _Chosen:
    """What is to be withheld, by number, with the files of these facts that it means."""

    numbered: Mapping[int, Withholding]
    facts: Facts
    mask: Mask = field(init=False)
    files: dict[int, list[FileFacts]] = field(init=False)
    unnamed: frozenset[str] = field(init=False)
    """Hashes of originals that are not given."""
    _gaps: dict[str, tuple[list[Stretch], str]] = field(default_factory=dict, init=False)
    """By item: the gaps in its text as it was, and the text as it is now."""

    def __post_init__(self) -> None:
        files = [file for item in self.facts.evidence for file in item.files]
        self.files = {number: meant(each, files) for number, each in self.numbered.items()}
        hidden = [n for n, each in self.numbered.items() if isinstance(each, Original | Area)]
        self.unnamed = frozenset(file.sha256 for n in hidden for file in self.files[n])
        whole = [n for n in hidden if isinstance(self.numbered[n], Original)]
        names = {n: [file.name for file in self.files[n]] for n in whole}
        words = {n: [each.words] for n, each in self.numbered.items() if isinstance(each, Words)}
        self.mask = Mask(names | words)

    def shown(self, item: EvidenceFacts) -> EvidenceFacts:
        """One item without what is withheld of it."""
        files = tuple(self._file(file) for file in item.files)
        shown = masked_evidence(replace(item, files=()), self.mask, masked)
        minutes = shown.minutes and self._heard(shown.minutes)
        renamed = [new.name for new in files] != [old.name for old in item.files]
        kept = replace(shown, files=files, minutes=minutes)
        return without_hash(kept) if renamed or minutes != shown.minutes else kept

    def _heard(self, minutes: MinutesFacts) -> MinutesFacts:
        """Minutes whose entries name no original that is not given, and say so where seconds of it are withheld."""
        return replace(minutes, entries=tuple(map(self._entry, minutes.entries)))

    def _entry(self, entry: EntryFacts) -> EntryFacts:
        times = Span(entry.start, entry.end, entry.file) if entry.start is not None and entry.end is not None else None
        numbers = [n for n, each in self.numbered.items() if isinstance(each, Seconds) and self._plays(n, each, times)]
        file = WITHHELD if entry.file in self.unnamed else entry.file
        return replace(entry, words=" ".join([entry.words, *map(mark, numbers)]), file=file)

    def _plays(self, number: int, each: Seconds, place: Span | None) -> bool:
        """Whether a span lies in withheld seconds of the same recording."""
        if place is None or place.file not in self._hashes(number):
            return False
        return place.start < each.end and each.start < place.end

    def _file(self, file: FileFacts) -> FileFacts:
        shown = replace(file, sha256=WITHHELD, crc32=0) if file.sha256 in self.unnamed else file
        for number, each in self.numbered.items():
            if file.sha256 not in self._hashes(number):
                continue
            if isinstance(each, Original):
                shown = replace(shown, name=mark(number) + ending(file.name), picture=None, peaks=())
            elif isinstance(each, Seconds):
                shown = replace(shown, picture=None, peaks=silenced(shown, each))
            elif isinstance(each, Area) and shown.picture:
                alt = f"{shown.picture.alt}. {self._told(each)} {mark(number)}"
                shown = replace(shown, picture=replace(shown.picture, alt=alt.lstrip(". ")))
        return masked(shown, self.mask)

    def _told(self, each: Area) -> str:
        speaking = language_of(self.facts.centre.language)
        return speaking.say("Withheld: %(where)s", where=where(Region(each.area), language=speaking))

    def _hashes(self, number: int) -> set[str]:
        return {file.sha256 for file in self.files[number]}

    def claim(self, claim: ClaimFacts) -> ClaimFacts:
        """One claim at its place as it is now; one whose place shows what is withheld says so."""
        old = next(item for item in self.facts.evidence if item.ref == claim.evidence)
        numbers = [number for number in self.numbered if self._shows(number, claim.locator, old)]
        reason = " ".join(filter(None, [self.mask.text(claim.reason), *map(mark, numbers)]))
        return replace(claim, locator=self._place(claim.locator, old), reason=reason, kept="")

    def ground(self, one: GroundFacts) -> GroundFacts:
        """A place on which a verdict rests as it is now; of a version that is not shown the item alone."""
        shown = {(item.ref.split()[0], item.version): item for item in self.facts.evidence}
        old = shown.get((one.evidence, one.version))
        return replace(one, locator=self._place(one.locator, old) if old else Whole(), kept="")

    def _place(self, place: Locator, item: EvidenceFacts) -> Locator:
        """A place of an item as it is now."""
        if item.ref not in self._gaps:
            gaps = self.mask.gaps(item.plain)
            self._gaps[item.ref] = gaps, plain(self.mask.html(item.html, gaps)) if gaps else ""
        place = masked_place(place, *self._gaps[item.ref])
        if isinstance(place, Page):  # what a page is called are words of it, too
            place = replace(place, quote=None, label="")
        if isinstance(place, Region | Span | Page) and place.file in self.unnamed:
            place = replace(place, file=WITHHELD)
        return place

    def _shows(self, number: int, place: Locator, item: EvidenceFacts) -> bool:
        """Whether withheld seconds or a withheld area lie in a place."""
        each = self.numbered[number]
        if isinstance(place, Span) and isinstance(each, Seconds):
            file = place.file or next((file.sha256 for file in item.files if file.duration), "")
            return self._plays(number, each, replace(place, file=file))
        if isinstance(place, Region) and isinstance(each, Area):
            file = place.file or next((file.sha256 for file in item.files if file.picture), "")
            return file in self._hashes(number) and _overlap(box(place.xywh), box(each.area))
        return False

    def list(self, counts: Mapping[int, int]) -> tuple[Withheld, ...]:
        """What the edition says about each."""
        return tuple(self._said(number, each, counts.get(number, 0)) for number, each in self.numbered.items())

    def _said(self, number: int, each: Withholding, count: int) -> Withheld:
        reason = self.mask.text(each.reason)
        if isinstance(each, Words):
            return Withheld(number, "words", (), reason, count)
        hashes = self._hashes(number)
        items = tuple(item.ref for item in self.facts.evidence if any(file.sha256 in hashes for file in item.files))
        if isinstance(each, Area):
            return Withheld(number, "area", items, reason, len(items), area=each.area)
        if isinstance(each, Seconds):
            return Withheld(number, "seconds", items, reason, len(items), f"{clock(each.start)}–{clock(each.end)}")
        kind = "picture" if self.files[number][0].kind == "image" else "file"
        return Withheld(number, kind, items, reason, len(items))


def _overlap(one: tuple[float, ...], other: tuple[float, ...]) -> bool:
    """Whether two rectangles (left, top, width, height) share any room."""
    return all(one[n] < other[n] + other[n + 2] and other[n] < one[n] + one[n + 2] for n in (0, 1))


def _ensure_signable(facts: Facts, mask: Mask) -> None:
    if mask.gaps(facts.centre.name) or mask.gaps(facts.centre.number):
        raise Unclear("The centre’s own name and number stand in its signature and cannot be withheld.")


def _unit(unit: UnitFacts, mask: Mask, touched: set[str]) -> UnitFacts:
    shown = replace(
        masked(replace(unit, gaps=()), mask),
        gaps=tuple((ref, mask.text(reason)) for ref, reason in unit.gaps),
        rounds=tuple(_round(each, mask, touched) for each in unit.rounds),
    )
    published = (unit.title, unit.level, unit.points)
    same = (shown.title, shown.level, shown.points) == published
    return shown if same else replace(shown, edition_sha256=WITHHELD)


def _programme(programme: ProgrammeFacts, mask: Mask) -> ProgrammeFacts:
    shown = masked(programme, mask)
    return shown if shown == programme else replace(shown, sha256=WITHHELD)


def _round(each: RoundFacts, mask: Mask, touched: set[str]) -> RoundFacts:
    versions = tuple(
        (ref, number, WITHHELD if ref.split()[0] in touched else digest) for ref, number, digest in each.versions
    )
    return replace(masked(each, mask), versions=versions)
