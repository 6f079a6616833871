"""The log of a redacted edition: its lines without withheld words, and without hashes of what is not shown."""

import json
import re
from collections.abc import Callable
from dataclasses import replace
from functools import partial
from hashlib import sha256
from typing import Any

from criteria.canonical import canonical
from exports.editions.masking import WITHHELD, Mask, masked
from exports.facts.frozen import EventFacts, Facts

_HASH = re.compile(r"[0-9a-f]{64}")


def told(shown: Facts) -> frozenset[str]:
    """Hashes that tell nothing that is not shown."""
    found = {item.sha256 for item in shown.evidence} | {unit.edition_sha256 for unit in shown.units}
    found |= {file.sha256 for item in shown.evidence for file in item.files}
    found |= {version[2] for unit in shown.units for each in unit.rounds for version in each.versions}
    said = [one.feedback for one in shown.judgements] + [one.reason for one in shown.flaws]
    said += [words for unit in shown.units for each in unit.rounds for words in (each.feedback, each.authenticity)]
    return frozenset(found) | {sha256(words.encode()).hexdigest() for words in said}


def line(event: EventFacts, mask: Mask, safe: frozenset[str] | None) -> EventFacts:
    """A line of the log with no hash but those of `safe`, or with all; where anything goes, its own hash goes too."""
    try:
        said = json.loads(event.facts or "{}")
    except ValueError:
        said = event.facts
    event = replace(event, prev="")  # what it is the hash of may stand in no edition
    words = _replaced(said, mask.text)
    without = words if safe is None else _replaced(words, partial(_unsafe, safe=safe))
    shown = masked(replace(event, facts=""), mask)
    same = without == said and shown == replace(event, facts="")
    return event if same else replace(shown, facts=canonical(without), hash=WITHHELD)


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
