"""The chain of hashes that holds the audit log together, and how the first line that does not hold is found.

Each line is a JSON object; its hash is the SHA-256 of its canonical form (RFC 8259; sorted keys, no blanks, UTF-8)
without the hash itself, and it carries the hash of the line before, so that a change anywhere shows.
"""

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, NamedTuple

from criteria.canonical import canonical

GENESIS = "0" * 64
"""What the first line gives as the hash of the line before."""


@dataclass(frozen=True, slots=True)
class Break:
    """The first line that does not hold, and why."""

    seq: int
    reason: str


def digest(line: dict[str, Any]) -> str:
    """The hash of a line: over everything but its own hash."""
    body = {key: value for key, value in line.items() if key != "hash"}
    return hashlib.sha256(canonical(body).encode()).hexdigest()


def hash_of(value: Any) -> str:
    """SHA-256 of a text, or of another value's canonical JSON: how a line binds what must not stand in it."""
    return hashlib.sha256((value if isinstance(value, str) else canonical(value)).encode()).hexdigest()


class Link(NamedTuple):
    """What of a line matters to the chain: its number, the hashes that stand in it, and the one that it truly has."""

    seq: int
    prev: str
    hash: str
    digest: str


def check(
    chain: Iterable[dict[str, Any]], end: tuple[int, str] | None = None, stamped: Mapping[int, str] | None = None
) -> Break | None:
    """The first line of `chain` that does not hold, or None. `end` is the head that the chain must reach.

    `stamped` says which hash is known of which line outside the house: by an authority, or in a pack that left.
    """
    links = (Link(line["seq"], line["prev"], line["hash"], digest(line)) for line in chain)
    return followed(links, end, stamped or {})


def followed(links: Iterable[Link], end: tuple[int, str] | None, stamped: Mapping[int, str]) -> Break | None:
    """The first link that does not hold, or None; `end` and `stamped` as in `check`."""
    seq, prev = 0, GENESIS
    for link in links:
        seq += 1
        if reason := _wrong(link, seq, prev, stamped.get(seq, link.hash)):
            return Break(seq, reason)
        prev = link.hash
    if end is not None and (seq, prev) != end:
        return Break(end[0], f"the log should end at line {end[0]} and ends at line {seq}, or its end was rewritten")
    beyond = min((line for line in stamped if line > seq), default=0)
    if beyond:
        return Break(seq + 1, f"line {seq + 1} is missing: outside the house line {beyond} is known")
    return None


def _wrong(link: Link, seq: int, prev: str, stamped: str) -> str:
    if link.seq != seq:
        return f"line {seq} is missing; the next one found is {link.seq}"
    if link.prev != prev:
        return f"line {seq} does not follow from line {seq - 1}"
    if link.digest != link.hash:
        return f"line {seq} was changed after it was written"
    if stamped != link.hash:
        return f"line {seq}, or one before it, was rewritten: outside the house it is known with another hash"
    return ""
