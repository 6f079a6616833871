"""Canonical JSON: one value, one text, so that a hash of it names the value."""

import json
from typing import Any

_ENCODER = json.JSONEncoder(sort_keys=True, separators=(",", ":"), ensure_ascii=False)


def canonical(value: Any) -> str:
    """`value` as JSON (RFC 8259) with sorted keys and no blanks. Raises `TypeError` for what JSON cannot say."""
    return _ENCODER.encode(value)
