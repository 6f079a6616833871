"""What others state in a version, what was minuted, who signed it, and how a witness was checked."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from exports.facts import frozen
from portfolio.evidence.models import Version
from portfolio.evidence.signatures import queries as signatures
from portfolio.evidence.signatures.models import Signature
from portfolio.evidence.signatures.rules import Signer, units_of
from portfolio.evidence.witnesses import queries as witnesses
from portfolio.evidence.witnesses.models import Check
from portfolio.foundation.clock import stamp


@dataclass(frozen=True, slots=True)
class Proven:
    """By version's id, the signatures under it and the checks of its witness."""

    signatures: dict[int, list[Signature]] = field(default_factory=dict)
    checks: dict[int, list[Check]] = field(default_factory=dict)


def read(versions: Iterable[Version]) -> Proven:
    """The rows about these versions."""
    ids = [version.id for version in versions]
    return Proven(signatures.signatures_of(ids), witnesses.checks_of(ids))


def told_for(version: Version, codes: Collection[str]) -> bool:
    """Whether what was signed belongs into a report about the units of these `codes`, or about all of them, if empty.

    Who signed named their points, if any.
    """
    return not codes or not set(codes).isdisjoint(units_of(version.testimony, version.minutes))


def testimony(version: Version, signed: Sequence[Signature]) -> frozen.TestimonyFacts | None:
    """What a witness stated; None for an item of another kind."""
    said = version.testimony
    if not said:
        return None
    words = (said["witness"], said["job"], said["employer"], said["relationship"], said["contact"])
    signatures = (one for one in signed if one.signer == Signer.WITNESS)
    return frozen.TestimonyFacts(
        *words, said["expert"], said["knows_standards"],
        entered_by=version.saved_by.name if version.saved_by else "",
        signed_at=next((stamp(one.at) for one in signatures), ""), until=said.get("until", ""),
        tie=said.get("tie", ""), interest=said.get("interest", ""), points=_points(said.get("points", ())),
    )  # fmt: skip


def source(version: Version) -> frozen.SourceFacts | None:
    """Where it comes from; None where that is not said."""
    return frozen.SourceFacts(**version.source) if version.source else None


def minutes(version: Version) -> frozen.MinutesFacts | None:
    """What was minuted; None for an item of another kind."""
    said = version.minutes
    if not said:
        return None
    entries = (frozen.EntryFacts(**one | {"points": _points(one["points"])}) for one in said["entries"])
    return frozen.MinutesFacts(**said | {"agreed": _points(said["agreed"]), "entries": tuple(entries)})


def signature(one: Signature) -> frozen.SignatureFacts:
    """A signature as a fact."""
    return frozen.SignatureFacts(
        one.id, one.signer, one.name, stamp(one.at), one.sha256, one.words, one.agrees, one.comment, one.reached,
        one.request_id or 0,
    )  # fmt: skip


def check(one: Check) -> frozen.CheckFacts:
    """A check as a fact."""
    return frozen.CheckFacts(one.id, one.how, one.on.isoformat(), one.means, one.words, one.by_name, stamp(one.at))


def _points(pairs: Iterable[Sequence[Any]]) -> tuple[tuple[str, str], ...]:
    return tuple((str(code), str(ref)) for code, ref in pairs)
