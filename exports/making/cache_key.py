"""The hash of all that a report is made from, under which it is kept: the same input is never typeset twice."""

import hashlib
import sys
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from exports.typesetting import alphabets, fonts, pdf

ROOT = Path(__file__).parents[2]
"""Where our sources stand."""


def made_of(edition: bytes) -> str:
    """Hash of a report's facts and its edition, how it is drawn, and with what."""
    return hashlib.sha256(edition + _drawn_with().encode()).hexdigest()


@cache
def programs() -> str:
    """Hash of all that makes facts, reports and packs of rows: what is kept of them holds for these programs alone."""
    digest = hashlib.sha256(f"{_drawn_with()} {sys.version}".encode())
    for folder in ("criteria", "exports", "portfolio"):
        for path in sorted((ROOT / folder).rglob("*.py")):
            digest.update(path.read_bytes())
    return digest.hexdigest()


@cache
def _drawn_with() -> str:
    """Hash of templates, fonts, code and the typesetter's version."""
    digest = hashlib.sha256(f"{fonts.edition()} {alphabets.edition()} {pdf.VERSION}".encode())
    for path in _sources():
        digest.update(path.read_bytes())
    return digest.hexdigest()


def _sources() -> Iterator[Path]:
    here = ROOT / "exports"
    yield from sorted([*here.glob("*.py"), *here.glob("editions/*.py")])
    yield from sorted(path for path in (ROOT / "templates" / "exports").rglob("*") if path.is_file())
