"""Canonical JSON of frozen facts, and the name that its hash gives a report."""

from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from functools import singledispatch
from hashlib import sha256
from typing import Any

from criteria.canonical import canonical as text_of
from exports.facts.frozen import Facts
from portfolio.evidence.places.locators import Astray, Page, Passage, Region, Span, Whole


def canonical(facts: object) -> bytes:
    """Frozen facts as JSON in UTF-8 (RFC 8259): keys sorted, no blanks; places name their kind in `kind`."""
    return text_of(_plain(facts)).encode()


def report_id(facts: Facts) -> str:
    """The report's name: the first 12 hexadecimal digits of the SHA-256 of its facts."""
    return sha256(canonical(facts)).hexdigest()[:12]


@singledispatch
def _plain(value: object) -> Any:
    if isinstance(value, (tuple, list)):
        return [_plain(item) for item in value]
    if isinstance(value, Mapping):
        return {str(key): _plain(item) for key, item in value.items()}
    return _record(value) if is_dataclass(value) else value


@_plain.register(Whole | Passage | Span | Page | Region | Astray)
def _place(value: Whole | Passage | Span | Page | Region | Astray) -> Any:
    return {"kind": type(value).__name__.lower()} | _record(value)


def _record(value: Any) -> dict[str, Any]:
    return {field.name: _plain(getattr(value, field.name)) for field in fields(value) if field.compare}
