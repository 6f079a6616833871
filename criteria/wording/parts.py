"""Proposes the parts of a compound marking point: slices of its own words that an assessor could name as missing."""

import re

from criteria.wording import announced
from criteria.wording.clauses import main_clause
from criteria.wording.lead_ins import lead_in

MAX_PARTS = 26
"""A point has parts `a` to `z`."""

_REACH = 1_000
_BASE = re.compile(r"\b(?:can|must|should|may|might|could|will|shall|to|able)\Z", re.IGNORECASE)
_OPENING = re.compile(r"(?:(?:and|the|an|a|to(?! wh))\s+)+", re.IGNORECASE)
_EXAMPLES = re.compile(r"\s*\((?:e\.g\.|eg\b|for example|for instance|such as)[^()]*\)\Z", re.IGNORECASE)
_BRACKETS = {"(": ")", "[": "]", "“": "”", "‘": "’"}


def parts(text: str) -> tuple[str, ...]:
    """The parts that the wording of a point names, each a slice of `text`; empty where it names fewer than two.

    A proposal, made only where the grammar is plain, to be edited before publishing (docs/unit-format.md says which
    wordings are). Alternatives, examples and the ways of proving are no parts.
    """
    lead = lead_in(text)
    clause = main_clause(text[len(lead) : _REACH].lstrip(" ,:;"))
    if clause is None:
        return ()
    base = _BASE.search(lead) is not None
    found = [_bare(part) for part in announced.named(clause, base=base)]
    found = list(dict.fromkeys(part for part in found if len(part) > 1 and part in text))
    return tuple(found) if 1 < len(found) <= MAX_PARTS else ()


def needed(text: str, count: int) -> int:
    """How many of its `count` parts a point asks for (“at least three of the following: …”); 0 where all are meant."""
    asked = announced.needed(text)
    return asked if asked < count else 0


def _bare(part: str) -> str:
    """`part` without an article before it, and without a bracket or quotation mark whose other half it lacks."""
    part = part[found.end() :] if (found := _OPENING.match(part)) else part
    for opening, closing in _BRACKETS.items():
        if part.startswith(opening) and closing not in part:
            part = part[1:]
        if part.endswith(closing) and opening not in part:
            part = part[:-1]
    return _EXAMPLES.sub("", part).strip()
