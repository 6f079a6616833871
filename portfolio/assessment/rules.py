"""Verdicts and what one must say to stand."""

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum

from portfolio.evidence.places.covering import covers
from portfolio.evidence.places.locators import Locator
from portfolio.foundation.errors import Incomplete
from portfolio.foundation.words.lengths import ensure_fits, ensure_short
from portfolio.foundation.words.text import alike, difference, is_blank, listed


class Verdict(StrEnum):
    """What an assessor finds on one marking point."""

    MET = "met"
    PARTLY = "partly met"
    NOT_MET = "not met"


OPEN = "open"
"""What is said of a point without a verdict."""


def tally(verdicts: Iterable[str]) -> dict[str, int]:
    """How many points stand at each verdict, in their order; an empty one is counted as `OPEN`."""
    given = Counter(verdict or OPEN for verdict in verdicts)
    return {kind: given[kind] for kind in (*map(str, Verdict), OPEN)}


def is_settled(verdict: str | None, *, given_in: int, present: int, reopened: int | None = None) -> bool:
    """Whether a point needs no verdict any more in round `present`, since `verdict` was given in round `given_in`.

    A point met in an earlier round stays met, unless the award of that round or of a later one was `reopened`; every
    other needs a verdict in this one. All three are ids of rounds.
    """
    return bool(verdict) and (given_in == present or (verdict == Verdict.MET and given_in > (reopened or 0)))


def resting_on_own(found: Iterable[tuple[str, Sequence[bool]]]) -> tuple[str, ...]:
    """Which points rest on the judge's own observations and discussions alone.

    `found` gives the ref of each point that is met and, for each place claimed for it, whether that lies in the record
    of an observation or a discussion by whoever gave the verdict. A point without a place rests on none.
    """
    return tuple(ref for ref, own in found if own and all(own))


def own_observations(refs: Sequence[str], name: str) -> str:
    """What the internal quality assurer is told of points that rest on what `name` observed or discussed alone; empty
    for none.
    """
    if not refs:
        return ""
    one = len(refs) == 1
    which = f"Point {refs[0]} rests" if one else f"Points {listed(refs)} rest"
    return f"{which} on observations or discussions by {name} alone, who also judged {'it' if one else 'them'}."


def is_told(decision: str) -> bool:
    """Whether a learner is told what was found in a round: once it was decided (`decision` is empty until then)."""
    return decision != ""


LONGEST_REASON = 500
"""Characters of a reason: why a point has no claim, why evidence fails, why a step is taken."""
RETRACTED_WITHIN = timedelta(minutes=10)
"""How long a decision can be retracted that nobody has read."""
HERE_FOR = timedelta(seconds=40)
"""How long somebody is said to be at a desk after their page last said so; it does every 15 seconds."""
AWAY_AFTER = timedelta(days=1)
"""How long it is kept that somebody was."""
FOUND_LENGTHS = {"feedback": 5_000}
MOST_NAMED = 2_000
"""Characters of a form in which the phrases are named that were inserted."""
DECLARED_LENGTHS = {"sources": 2_000, "help": 2_000, "ai_use": 2_000, "name": 200}
DECIDED_LENGTHS = {"feedback": 5_000, "authenticity": 2_000}
"""Characters of what is said in a finding, a declaration, a decision."""
WORDS = (
    "This is my own work. I have named every source, all help I was given, and any use of AI tools. "
    "I understand that a false declaration may be treated as malpractice."
)
"""What a learner declares."""
VACSR = ("valid", "authentic", "current", "sufficient", "reliable")
"""What evidence must be, in the order of the word."""
SUFFICIENT = "sufficient"
"""Follows from a verdict: evidence is sufficient for a point that is met, and for no other."""
BY_EXCEPTION = tuple(word for word in VACSR if word != SUFFICIENT)
"""Of which an assessor says that one does not hold; where nothing is said, nothing is recorded."""

MOST_MARKED = 20
"""Places that an assessor may mark for one verdict."""
CLAIMED, NARROWER, WIDER, ADDED = "claimed", "narrower", "wider", "added"
"""How a place that a verdict rests on lies to those that the learner claimed for the point: it is one of them, lies in
one, holds one, or is another.
"""


def lies(place: Locator, claimed: Sequence[Locator]) -> str:
    """How a place lies to those that are `claimed` for a point in the same version."""
    inside, around = [covers(one, place) for one in claimed], [covers(place, one) for one in claimed]
    if any(map(all, zip(inside, around, strict=True))):
        return CLAIMED
    return NARROWER if any(inside) else WIDER if any(around) else ADDED


WHOLE = "the point as a whole"
"""Named as missing where a point has no parts."""


@dataclass(frozen=True, slots=True)
class Marked:
    """A place that an assessor marked in a version that was handed in."""

    version_id: int
    place: Locator


@dataclass(frozen=True, slots=True)
class Finding:
    """What an assessor states on one point: the content of a judgement."""

    verdict: Verdict
    missing: tuple[str, ...] = ()
    """`ref`s of the parts that are missing."""
    feedback: str = ""
    relied: frozenset[int] | None = None
    """Ids of the claims that it rests on; None where nothing is said, and it rests on all that the point has."""
    marked: tuple[Marked, ...] = ()
    """Places that it rests on besides."""

    @property
    def vacsr(self) -> tuple[str, ...]:
        """What holds by the verdict itself."""
        return (SUFFICIENT,) if self.verdict is Verdict.MET else ()


@dataclass(frozen=True, slots=True)
class Declaration:
    """What a learner declares when handing in."""

    words: str
    name: str
    """As typed; must be the learner's own."""
    sources: str = ""
    help: str = ""
    ai_use: str = ""


@dataclass(frozen=True, slots=True)
class Decision:
    """What an assessor decides on a round."""

    feedback: str
    authenticity: str = ""
    """How they made sure that the work is the learner's own; demanded for an award."""


@dataclass(frozen=True, slots=True)
class TakenOver:
    """What became of feedback in which the centre changed a sentence, by the refs of points."""

    said: tuple[str, ...] = ()
    """It says the sentence as it is now."""
    kept: tuple[str, ...] = ()
    """It stays as it was: somebody else gave it, or there is no room for more."""

    @property
    def told(self) -> tuple[str, ...]:
        """What the assessor is told of it, in sentences."""
        which = [f"point{'s' if len(refs) > 1 else ''} {listed(refs)}" for refs in (self.said, self.kept)]
        said = f"Your centre changed a shared sentence, and your feedback on {which[0]} says it as it is now."
        kept = f"The feedback on {which[1]} keeps a shared sentence as it was before your centre changed it."
        return (*([said] if self.said else ()), *([kept] if self.kept else ()))


def named(inserted: str) -> dict[str, frozenset[int]]:
    """The phrases that a form says were inserted, `s12 o3 m0`, by kind: shared ones (`s`) and own ones (`o`) by their
    ids, misconceptions of the unit (`m`) by their places from 0 on. What is none is left out.
    """
    told = re.findall(r"\b([som])(\d{1,9})\b", inserted[:MOST_NAMED], re.ASCII)
    return {kind: frozenset(int(id) for one, id in told if one == kind) for kind in "som"}


def ensure_sound(finding: Finding, parts: Sequence[str]) -> None:
    """Raise `Incomplete` unless `finding` says all that its verdict demands of a point with `parts` (their refs)."""
    unknown = set(finding.missing) - set(parts)
    if unknown:
        raise Incomplete(f"This point has no part {', '.join(sorted(unknown))}.")
    if finding.verdict is Verdict.PARTLY and parts and not finding.missing:
        raise Incomplete("Partly met needs the missing part: untick what is not shown yet.", ("shown",))
    if finding.verdict is Verdict.PARTLY and parts and len(finding.missing) == len(parts):
        raise Incomplete("If every part is missing, the verdict is not met.", ("shown",))
    if finding.verdict is Verdict.MET and finding.missing:
        raise Incomplete("Met means that no part is missing.", ("shown",))
    if finding.verdict is not Verdict.MET and is_blank(finding.feedback):
        raise Incomplete(
            f"Say what is still needed: {finding.verdict} goes to the learner with feedback.",
            ("feedback",),
        )
    ensure_fits(finding, FOUND_LENGTHS)


def ensure_flawed(fails: Sequence[str], reason: str) -> None:
    """Raise `Incomplete` unless it is said in which of `BY_EXCEPTION` evidence fails, and why."""
    if not fails or not set(fails) <= set(BY_EXCEPTION):
        raise Incomplete(f"Say what the evidence is not: {listed(BY_EXCEPTION, 'or')}.", ("fails",))
    if is_blank(reason):
        raise Incomplete(f"Say in a sentence why the evidence is not {listed(fails, 'or')}.", ("reason",))
    ensure_short("reason", reason, LONGEST_REASON)


FALLEN = (
    "Everything that this verdict rests on lies in evidence that fails in something. Give another verdict, let it rest "
    "on other places, or take back what is said against the evidence."
)
"""Why such a point cannot be met."""


def falls(places: Sequence[bool]) -> bool:
    """Whether a point cannot be met: every place that it rests on, and there is one, lies in flawed evidence."""
    return bool(places) and all(places)


def ensure_declared(declaration: Declaration, name: str) -> None:
    """Raise `Incomplete` unless `declaration` says something, and whoever is called `name` wrote that name under it."""
    if is_blank(declaration.words):
        raise Incomplete("Tick the declaration to hand in.", ("agreed",))
    if alike(declaration.name) != alike(name):
        apart = difference(declaration.name, name)
        raise Incomplete(
            f"Type your name under the declaration as it is registered: {name}."
            + (f" In what you typed, {apart}." if apart else ""),
            ("name",),
        )
    ensure_fits(declaration, DECLARED_LENGTHS)
