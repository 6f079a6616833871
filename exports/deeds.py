"""A line of the audit log in a few words for paper; the whole line is attached to the report as it was written."""

import json
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from exports.facts import Event
from exports.places import points

LONGEST = 60
"""Characters of one fact; what is longer is left to the attached line."""
_CLAIMING = ("claims", "version", "sha256")
"""Left out where a place is claimed: its points are told, and the version was when it was added."""
_BRIEF = 12
"""Hexadecimal digits that tell one hash from another on paper."""


def told(event: Event) -> str:
    """What was done, to what, and the short facts of it: `judged CS-301/3: partly met, round 1`.

    Places of claims, lists of versions and hashes of texts are left to the attached line.
    """
    facts = json.loads(event.facts or "{}")
    known = facts if isinstance(facts, dict) else {}
    thing = _thing(known) or event.subject
    silent = _CLAIMING if "points" in known else ()
    short = ", ".join(
        filter(None, (tell(known[name]) for name, tell in _SHORT.items() if name in known and name not in silent))
    )
    return f"{event.deed}, {thing}" + (f": {short}" if short else "")


def _thing(facts: Mapping[str, Any]) -> str:
    """What the deed was done to, by the name it has on paper; empty where the facts do not name it."""
    if facts.get("ref"):
        return str(facts["ref"])
    unit, point = facts.get("unit", ""), facts.get("point", "")
    return f"{unit}/{point}" if unit and point else str(unit)


def _plain(value: object) -> str:
    """A word or a number as it is; anything longer or deeper is not short."""
    return str(value) if isinstance(value, (str, int, float)) and len(str(value)) <= LONGEST else ""


def _named(name: str) -> Callable[[object], str]:
    return lambda value: f"{name} {_plain(value)}" if _plain(value) else ""


def _count(one: str, many: str) -> Callable[[object], str]:
    """How many there are, of a number or of a list."""

    def tell(value: object) -> str:
        count = len(value) if isinstance(value, Sequence) and not isinstance(value, str) else value
        return f"{count} {one if count == 1 else many}" if isinstance(count, int) and count else ""

    return tell


def _listed(name: str) -> Callable[[object], str]:
    def tell(value: object) -> str:
        words = ", ".join(map(str, value)) if isinstance(value, list) else ""
        return f"{name} {words}" if words and len(words) <= LONGEST else ""

    return tell


def _offered(value: object) -> str:
    """Points as pairs of unit and point, or as they are written."""
    if not isinstance(value, list):
        return ""
    return "for " + points("/".join(map(str, each)) if isinstance(each, list) else str(each) for each in value)


def _hash(value: object) -> str:
    return str(value)[:_BRIEF]


_SHORT: dict[str, Callable[[Any], str]] = {
    "name": _plain,
    "title": _plain,
    "file": _plain,
    "kind": _plain,
    "verdict": _plain,
    "decision": _plain,
    "missing": _listed("missing"),
    "points": _offered,
    "round": _named("round"),
    "version": _named("version"),
    "edition": _named("edition"),
    "assessor": _named("assessor"),
    "iqa": _named("quality assurer"),
    "roles": _listed("as"),
    "claims": _count("place", "places"),
    "claims_moved": _count("place moved along", "places moved along"),
    "claims_loose": _count("place came loose", "places came loose"),
    "versions": _count("version bound", "versions bound"),
    "files": _count("file", "files"),
    "reason": _named("because"),
    "sha256": _hash,
}
"""The facts that are told, in this order, and how."""
