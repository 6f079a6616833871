"""Checksums of pieces on their way in, as a sender states them (tus protocol 1.0.0, checksum)."""

import base64
import hashlib
from collections.abc import Callable
from typing import Any

from portfolio.foundation.errors import Unreadable

ALGORITHMS: dict[str, Callable[[], Any]] = {
    "sha1": lambda: hashlib.sha1(usedforsecurity=False),
    "sha256": hashlib.sha256,
}


class Checksum:
    """The checksum that came with a piece; without one, everything holds."""

    def __init__(self, algorithm: str = "", expected: bytes = b"") -> None:
        self._hash = ALGORITHMS[algorithm]() if algorithm else None
        self._expected = expected

    def update(self, piece: bytes) -> None:
        """Take in bytes that arrived."""
        if self._hash:
            self._hash.update(piece)

    def holds(self, *, whole: bool) -> bool:
        """Whether the piece may stay. One with a checksum that was cut off cannot be checked, and does not hold."""
        return self._hash is None or (whole and self._hash.digest() == self._expected)


def stated(header: str | None) -> Checksum:
    """The check that a header `sha1 base64…` asks for. Raises `Unreadable` for an algorithm that is not taken."""
    if header is None:
        return Checksum()
    algorithm, _, text = header.partition(" ")
    if algorithm not in ALGORITHMS:
        raise Unreadable(f"Checksums are taken by {' or '.join(ALGORITHMS)}.")
    return Checksum(algorithm, decoded(text))


def decoded(text: str) -> bytes:
    """The bytes that a header's base64 (RFC 4648) says. Raises `Unreadable` for what is none."""
    try:
        return base64.b64decode(text, validate=True)
    except ValueError as error:  # of another alphabet, too
        raise Unreadable("A header holds base64 that cannot be read.") from error
