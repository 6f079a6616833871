"""What is said in a recording of the samples, and what lines tell of it."""

import json
from collections.abc import Iterator
from typing import Any

from exports import verify
from exports.facts.canonical import canonical
from exports.facts.frozen import CueFacts, EvidenceFacts, TranscriptFacts

SAID = TranscriptFacts(
    1, "en", "file", "", (CueFacts(58.5, 62.0, "I asked my manager first."),), "Ben Adeyemi", "2026-04-16T11:40:00Z"
)
"""Captions of a few seconds."""


def lines(item: EvidenceFacts) -> Iterator[tuple[str, str, str, str, dict[str, Any]]]:
    """When, who, which deed, about what, and the facts: that somebody added the captions of a recording."""
    for file, said in ((file, file.transcript) for file in item.files if file.transcript):
        told = json.loads(canonical(said))
        by, at = told.pop("by"), told.pop("at")
        bound = {"words_sha256": verify.hash_of(told), "confirmed_at": at, "origin": said.origin}
        yield at, by, "captions added", f"file {file.id}", {"number": said.number, "language": said.language} | bound
