"""A line of the audit log in a few words for paper; the whole line is attached to the report as it was written."""

import json
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from exports.document.language import ENGLISH, Language
from exports.document.places import points
from exports.facts.frozen import EventFacts

LONGEST = 60
"""Characters of one fact; what is longer is left to the attached line."""
_CLAIMING = ("claims", "version", "sha256")
"""Left out where a place is claimed: its points are told, and the version was when it was added."""
Tell = Callable[[Any, Language], str]
_BRIEF = 12
"""Hexadecimal digits that tell one hash from another on paper."""


def told(event: EventFacts, *, language: Language = ENGLISH) -> str:
    """What was done, to what, and the short facts of it: `judged CS-301/3: partly met, round 1`.

    Places of claims, lists of versions and hashes of texts are left to the attached line.
    """
    facts = json.loads(event.facts or "{}")
    known = facts if isinstance(facts, dict) else {}
    thing = _thing(known) or event.subject
    silent = _CLAIMING if "points" in known else ()
    spoken = [name for name in _SHORT if name in known and name not in silent]
    short = ", ".join(filter(None, (_SHORT[name](known[name], language) for name in spoken)))
    return f"{language.say(event.deed)}, {thing}" + (f": {short}" if short else "")


def _thing(facts: Mapping[str, Any]) -> str:
    """What the deed was done to, by the name it has on paper; empty where the facts do not name it."""
    if facts.get("ref"):
        return str(facts["ref"])
    unit, point = facts.get("unit", ""), facts.get("point", "")
    return f"{unit}/{point}" if unit and point else str(unit or facts.get("qualification", ""))


def _short(value: object) -> str:
    """A word or a number as it is; anything longer or deeper is not short."""
    return str(value) if isinstance(value, (str, int, float)) and len(str(value)) <= LONGEST else ""


def _plain(value: object, _language: Language) -> str:
    return _short(value)


def _word(value: object, language: Language) -> str:
    """One of the product's own words."""
    return language.say(_short(value))


def _named(phrase: str) -> Tell:
    return lambda value, language: language.say(phrase, it=_short(value)) if _short(value) else ""


def _count(one: str, many: str) -> Tell:
    """How many there are, of a number or of a list."""

    def tell(value: object, language: Language) -> str:
        count = len(value) if isinstance(value, Sequence) and not isinstance(value, str) else value
        return language.say(one if count == 1 else many, count=count) if isinstance(count, int) and count else ""

    return tell


def _listed(phrase: str) -> Tell:
    def tell(value: object, language: Language) -> str:
        words = ", ".join(language.say(str(each)) for each in value) if isinstance(value, list) else ""
        return language.say(phrase, it=words) if words and len(words) <= LONGEST else ""

    return tell


def _agreed(value: object, language: Language) -> str:
    """That somebody signed without agreeing; nothing where they agree."""
    return language.say("does not agree") if value is False else ""


def _offered(value: object, language: Language) -> str:
    """Points as pairs of unit and point, or as they are written."""
    if not isinstance(value, list):
        return ""
    named = points("/".join(map(str, each)) if isinstance(each, list) else str(each) for each in value)
    return language.say("for %(it)s", it=named)


def _hash(value: object, _language: Language) -> str:
    return str(value)[:_BRIEF]


_SHORT: dict[str, Tell] = {
    "name": _plain,
    "title": _plain,
    "file": _plain,
    "kind": _word,
    "verdict": _word,
    "decision": _word,
    "missing": _listed("missing %(it)s"),
    "points": _offered,
    "round": _named("round %(it)s"),
    "version": _named("version %(it)s"),
    "edition": _named("edition %(it)s"),
    "assessor": _named("assessor %(it)s"),
    "iqa": _named("quality assurer %(it)s"),
    "units": _listed("units %(it)s"),
    "roles": _listed("as %(it)s"),
    "claims": _count("%(count)s place", "%(count)s places"),
    "claims_moved": _count("%(count)s place kept", "%(count)s places kept"),
    "claims_loose": _count("%(count)s place came loose", "%(count)s places came loose"),
    "versions": _count("%(count)s item handed in", "%(count)s items handed in"),
    "evidence": _count("%(count)s item of evidence", "%(count)s items of evidence"),
    "files": _count("%(count)s file", "%(count)s files"),
    "reason": _named("because %(it)s"),
    "signer": _word,
    "agrees": _agreed,
    "reached": _named("reached %(it)s"),
    "how": _word,
    "sha256": _hash,
}
"""The facts that are told, in this order, and how."""
