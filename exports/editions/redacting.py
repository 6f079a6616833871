"""Facts of a report → the facts that a redacted edition may show, and the list of what was withheld.

Words are taken out of every text, and every place keeps pointing where it did: its offsets count in the text as it is
now. What is only a code (kinds, verdicts, times, refs) stays. A hash over words that were taken out goes as well: with
it, a guess could be tried out until it fits.
"""

import json
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, fields, is_dataclass, replace
from functools import partial
from hashlib import sha256
from typing import Any, TypeVar

from exports.editions.marks import masked_evidence, masked_place
from exports.editions.masking import WITHHELD, Gap, Mask, mark
from exports.editions.withholding import Original, Seconds, Unclear, Withholding, Words
from exports.facts import Claim, Event, Evidence, Facts, File, LogHead, Person, Round, Unit
from exports.notice import Withheld
from exports.places import clock
from portfolio.evidence.locators import Span
from portfolio.foundation.marks import plain

T = TypeVar("T")
CODES = frozenset({
    "id", "ref", "kind", "media_type", "sha256", "crc32", "timezone", "language", "happened_on", "received_at",
    "signed_at", "unit", "point", "evidence", "verdict", "vacsr", "state", "handed_in_at", "decision", "decided_at",
    "versions", "code", "edition_sha256", "at", "hash", "as_at", "software", "locator", "rounds", "centre",
})  # fmt: skip
"""Fields that hold no words of people, or are seen to by themselves."""
_HASH = re.compile(r"[0-9a-f]{64}")


@dataclass(frozen=True, slots=True)
class Redacted:
    """What may be shown, and what was withheld from it."""

    facts: Facts
    withheld: tuple[Withheld, ...]


def redact(facts: Facts, withhold: Sequence[Withholding]) -> Redacted:
    """The facts without what is to be withheld; numbers are those of `withhold`, counted from 1.

    Raises `Unclear` for a file that the facts do not have, and for words without which the centre could not sign.
    """
    chosen = _Chosen(dict(enumerate(withhold, start=1)), facts)
    mask = chosen.mask
    _ensure_signable(facts, mask)
    evidence = tuple(chosen.shown(item) for item in facts.evidence)
    touched = {old.ref.split()[0] for old, new in zip(facts.evidence, evidence, strict=True) if old != new}
    units = tuple(_unit(unit, mask, touched) for unit in facts.units)
    judgements = tuple(masked(one, mask) for one in facts.judgements)
    shown = replace(
        masked(replace(facts, evidence=(), claims=(), judgements=(), units=(), events=()), mask),
        evidence=evidence,
        units=units,
        judgements=judgements,
        claims=tuple(chosen.claim(claim) for claim in facts.claims),
    )
    safe = _hashes(shown)
    events = tuple(_event(event, mask, safe) for event in facts.events)
    head = facts.head if all(event.hash != WITHHELD for event in events[-1:]) else LogHead(facts.head.seq, WITHHELD)
    return Redacted(replace(shown, events=events, head=head), chosen.list(mask.counts))


def named(person: Person, withhold: Sequence[Withholding]) -> Person:
    """A person as an edition that withholds all this may name them."""
    return masked(person, Mask({n: [each.words] for n, each in enumerate(withhold, 1) if isinstance(each, Words)}))


def masked(value: T, mask: Mask) -> T:
    """Frozen facts with marks in every field that holds people's words."""
    if isinstance(value, str):
        return mask.text(value)  # type: ignore[return-value]
    if isinstance(value, tuple):
        return tuple(masked(each, mask) for each in value)  # type: ignore[return-value]
    if not is_dataclass(value):
        return value
    named = {each.name: getattr(value, each.name) for each in fields(value) if each.name not in CODES}
    return replace(value, **{name: masked(each, mask) for name, each in named.items()})  # type: ignore[type-var]


@dataclass(slots=True)
class _Chosen:
    """What is to be withheld, by number, with the files of these facts that it means."""

    numbered: Mapping[int, Withholding]
    facts: Facts
    mask: Mask = field(init=False)
    files: dict[int, list[File]] = field(init=False)
    _gaps: dict[str, tuple[list[Gap], str]] = field(default_factory=dict, init=False)
    """By item: the gaps in its text as it was, and the text as it is now."""

    def __post_init__(self) -> None:
        self.files = {number: self._meant(each) for number, each in self.numbered.items()}
        names = {n: [file.name for file in self.files[n]] for n, each in self.numbered.items() if not _spans(each)}
        words = {n: [each.words] for n, each in self.numbered.items() if isinstance(each, Words)}
        self.mask = Mask(names | words)

    def _meant(self, each: Withholding) -> list[File]:
        if isinstance(each, Words):
            return []
        found = [file for item in self.facts.evidence for file in item.files if each.file in (file.name, file.sha256)]
        if not found:
            raise Unclear(f"This report has no file “{each.file}”.")
        return found

    def shown(self, item: Evidence) -> Evidence:
        """One item without what is withheld of it."""
        files = tuple(self._file(file) for file in item.files)
        shown = masked_evidence(replace(item, files=()), self.mask, masked)
        renamed = [new.name for new in files] != [old.name for old in item.files]
        return replace(shown, files=files, sha256=WITHHELD if renamed else shown.sha256)

    def _file(self, file: File) -> File:
        for number, each in self.numbered.items():
            if not any(file.sha256 == one.sha256 for one in self.files[number]):
                continue
            if isinstance(each, Original):
                file = replace(file, name=mark(number) + _ending(file.name), picture=None, peaks=())
            elif isinstance(each, Seconds):
                file = replace(file, picture=None, peaks=_silenced(file, each))
        return masked(file, self.mask)

    def claim(self, claim: Claim) -> Claim:
        """One claim at its place as it is now; one that plays withheld seconds says so."""
        old = next(item for item in self.facts.evidence if item.ref == claim.evidence)
        if claim.evidence not in self._gaps:
            gaps = self.mask.gaps(old.plain)
            self._gaps[claim.evidence] = gaps, plain(self.mask.html(old.html, gaps)) if gaps else ""
        numbers = [n for n, each in self.numbered.items() if isinstance(each, Seconds) and self._plays(n, claim, old)]
        reason = " ".join(filter(None, [self.mask.text(claim.reason), *map(mark, numbers)]))
        place = masked_place(claim.locator, *self._gaps[claim.evidence])
        return replace(claim, locator=place, reason=reason)

    def _plays(self, number: int, claim: Claim, item: Evidence) -> bool:
        place, each = claim.locator, self.numbered[number]
        if not isinstance(place, Span) or not isinstance(each, Seconds):
            return False
        file = place.file or next((file.sha256 for file in item.files if file.duration), "")
        meant = any(file == one.sha256 for one in self.files[number])
        return meant and place.start < each.end and each.start < place.end

    def list(self, counts: Mapping[int, int]) -> tuple[Withheld, ...]:
        """What the edition says about each."""
        return tuple(self._said(number, each, counts.get(number, 0)) for number, each in self.numbered.items())

    def _said(self, number: int, each: Withholding, count: int) -> Withheld:
        reason = self.mask.text(each.reason)
        if isinstance(each, Words):
            return Withheld(number, "words", (), reason, count)
        meant = {file.sha256 for file in self.files[number]}
        items = tuple(item.ref for item in self.facts.evidence if any(file.sha256 in meant for file in item.files))
        if isinstance(each, Seconds):
            return Withheld(number, "seconds", items, reason, len(items), f"{clock(each.start)}–{clock(each.end)}")
        kind = "picture" if self.files[number][0].kind == "image" else "file"
        return Withheld(number, kind, items, reason, len(items))


def _spans(each: Withholding) -> bool:
    return isinstance(each, Words | Seconds)


def _ending(name: str) -> str:
    """`.jpg`, so that readers know what kind of file it was."""
    found = re.search(r"\.[A-Za-z0-9]{1,5}$", name)
    return found.group().lower() if found else ""


def _silenced(file: File, each: Seconds) -> tuple[float, ...]:
    step = (file.duration or 0) / max(len(file.peaks), 1)
    return tuple(
        0.0 if at * step < each.end and each.start < (at + 1) * step else peak for at, peak in enumerate(file.peaks)
    )


def _ensure_signable(facts: Facts, mask: Mask) -> None:
    if mask.gaps(facts.centre.name) or mask.gaps(facts.centre.number):
        raise Unclear("The centre’s own name and number stand in its signature and cannot be withheld.")


def _unit(unit: Unit, mask: Mask, touched: set[str]) -> Unit:
    shown = replace(
        masked(replace(unit, gaps=()), mask),
        gaps=tuple((ref, mask.text(reason)) for ref, reason in unit.gaps),
        rounds=tuple(_round(each, mask, touched) for each in unit.rounds),
    )
    published = (unit.title, unit.level, unit.points)
    same = (shown.title, shown.level, shown.points) == published
    return shown if same else replace(shown, edition_sha256=WITHHELD)


def _round(each: Round, mask: Mask, touched: set[str]) -> Round:
    versions = tuple(
        (ref, number, WITHHELD if ref.split()[0] in touched else digest) for ref, number, digest in each.versions
    )
    return replace(masked(each, mask), versions=versions)


def _hashes(shown: Facts) -> frozenset[str]:
    """Hashes that tell nothing that is not shown."""
    found = {item.sha256 for item in shown.evidence} | {unit.edition_sha256 for unit in shown.units}
    found |= {file.sha256 for item in shown.evidence for file in item.files}
    found |= {version[2] for unit in shown.units for each in unit.rounds for version in each.versions}
    said = [one.feedback for one in shown.judgements] + [each.feedback for unit in shown.units for each in unit.rounds]
    return frozenset(found) | {sha256(words.encode()).hexdigest() for words in said}


def _event(event: Event, mask: Mask, safe: frozenset[str]) -> Event:
    """A line of the log; where anything was taken out of it, its own hash goes too."""
    try:
        told = json.loads(event.facts or "{}")
    except ValueError:
        told = event.facts
    words = _replaced(told, mask.text)
    without = _replaced(words, partial(_unsafe, safe=safe)) if mask.words else words
    shown = masked(replace(event, facts=""), mask)
    same = without == told and shown == replace(event, facts="")
    return event if same else replace(shown, facts=_canonical(without), hash=WITHHELD)


def _unsafe(text: str, safe: frozenset[str]) -> str:
    return _HASH.sub(lambda found: found.group() if found.group() in safe else WITHHELD, text)


def _replaced(value: Any, by: Callable[[str], str]) -> Any:
    if isinstance(value, str):
        return by(value)
    if isinstance(value, list):
        return [_replaced(each, by) for each in value]
    if isinstance(value, dict):
        return {by(name): _replaced(each, by) for name, each in value.items()}
    return value


def _canonical(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
