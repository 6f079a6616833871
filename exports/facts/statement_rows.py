"""Rows of the records about what others state and sign: witnesses, signatures, checks of witnesses, minutes."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import asdict
from typing import Any

from exports.facts.frozen import EvidenceFacts
from portfolio.evidence.signatures.rules import Signer

Row = dict[str, Any]
"""One record: strings, numbers, true or false, and lists of strings."""


def _witnesses(item: EvidenceFacts) -> Iterator[Row]:
    """The witness status list: what a witness states of themselves, the signature on file, the last check."""
    if item.testimony is None:
        return
    signed = next((one for one in item.signatures if one.signer == Signer.WITNESS), None)
    last = item.checks[-1] if item.checks else None
    yield {
        "evidence": item.ref, "kind": item.kind, **asdict(item.testimony), "points": _points(item.testimony.points),
        "signed_as": signed.name if signed else "", "reached": signed.reached if signed else "",
        "last_check": last.how if last else "", "last_check_on": last.on if last else "",
        "last_check_by": last.by if last else "",
    }  # fmt: skip


def _signatures(item: EvidenceFacts) -> Iterator[Row]:
    yield from ({"evidence": item.ref, "version": item.version, **asdict(one)} for one in item.signatures)


def _checks(item: EvidenceFacts) -> Iterator[Row]:
    yield from ({"evidence": item.ref, "version": item.version, **asdict(one)} for one in item.checks)


def _minutes(item: EvidenceFacts) -> Iterator[Row]:
    """One row for each entry."""
    if item.minutes is None:
        return
    said = item.minutes
    met = {name: getattr(said, name) for name in ("starts", "ends", "medium", "present", "planned", "conclusion")}
    for number, entry in enumerate(said.entries, start=1):
        told = asdict(entry) | {"points": _points(entry.points)}
        yield {"evidence": item.ref, "version": item.version, "entry": number, **told, **met,
               "agreed": _points(said.agreed)}  # fmt: skip


def _points(pairs: Iterable[tuple[str, str]]) -> list[str]:
    """`CS-301/4` for each."""
    return [f"{code}/{ref}" for code, ref in pairs]


TABLES: Mapping[str, Callable[[EvidenceFacts], Iterator[Row]]] = {
    "witnesses": _witnesses, "signatures": _signatures, "checks": _checks, "minutes": _minutes,
}  # fmt: skip
"""Name of a table → its rows about one version."""
