"""Reads the text of a unit: as a centre pastes it, or in the extended form of docs/unit-format.md."""

from criteria.reader.assembly import read
from criteria.reader.refusal import Refusal

__all__ = ["Refusal", "read"]
