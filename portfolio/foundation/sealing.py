"""What outlives the house's secret: values kept in the database, sealed by the secret, and sealed anew when it changes.

A stolen database holds nothing that can be used without the secret; another secret voids no password and no key.
"""

import base64
import hashlib
from collections.abc import Callable
from contextlib import suppress
from functools import lru_cache
from typing import cast

from cryptography.fernet import Fernet, InvalidToken
from flask import current_app
from sqlalchemy import String, Text
from sqlalchemy.orm import Mapped, mapped_column

from portfolio.foundation import unfinished
from portfolio.foundation.db import Base, db, is_writing, transaction
from portfolio.foundation.errors import Conflict, Unavailable
from portfolio.foundation.settings import current

_EXTENSION = "markwell-opened"
_COST = {"n": 2**14, "r": 8, "p": 1, "maxmem": 64 * 1024**2, "dklen": 40}
"""Of scrypt (RFC 7914): whoever guesses secrets by a fingerprint pays 16 MB and some 50 ms for each guess."""


class WrongSecret(Unavailable):
    """The house was sealed with another secret than the one it was given; the message names both fingerprints."""

    def __init__(self, wanted: str, given: str) -> None:
        super().__init__(
            f"MARKWELL_SECRET has the fingerprint {given}, and this house was sealed with the secret {wanted}. Whoever "
            "runs the house sets that one again. To change it, there is `flask secret rotate`."
        )


class SealedValue(Base):
    """A value of the house's own, readable with the secret only."""

    __tablename__ = "sealed_value"
    name: Mapped[str] = mapped_column(String(40), primary_key=True)
    content: Mapped[str] = mapped_column(Text)
    """Fernet token under a key derived from the secret."""
    fingerprint: Mapped[str] = mapped_column(String(16))
    """Of the secret that sealed it."""


def fingerprint(secret: str) -> str:
    """Sixteen hexadecimal digits that tell one secret from another, and say nothing of either."""
    return _derived(secret)[32:].hex()


def kept(name: str, first: Callable[[], str]) -> str:
    """The value of that name; `first()` gives it where there is none yet. Raises `WrongSecret`, or `Unset` for none.

    Where no transaction is open it opens one, so nothing that is not committed may be in the session then.
    """
    opened = _opened()
    if name not in opened:
        current().ensure_secret()
        row = db.session.get(SealedValue, name) or _first(name, first)
        opened[name] = _unsealed(row, current().secret)
    return opened[name]


def ensure_opens() -> None:
    """Raises `WrongSecret` where what is kept here was sealed with another secret, `Unavailable` while it is restored.

    Asks once for each process.
    """
    if _EXTENSION not in current_app.extensions:
        unfinished.ensure_done()
        for row in db.session.query(SealedValue):
            _unsealed(row, current().secret)
        _opened()


def sealed_with() -> str:
    """Fingerprint of the secret that sealed what is kept; empty where nothing is."""
    row = db.session.query(SealedValue).first()
    return row.fingerprint if row else ""


def reseal(secret: str) -> None:
    """Seal all values with `secret` instead of the present one, in the present transaction.

    Raises `WrongSecret` where the present one does not open them.
    """
    for row in db.session.query(SealedValue).with_for_update():
        row.content, row.fingerprint = _sealed(_unsealed(row, current().secret), secret)


def read(name: str, *, secret: str) -> str:
    """A value that is kept, opened with `secret`. Raises `WrongSecret` where it was sealed with another."""
    return _unsealed(db.session.get_one(SealedValue, name, populate_existing=True), secret)


def change(name: str, value: str, *, secret: str) -> None:
    """Keep another value of that name, sealed with `secret`, in the present transaction."""
    row = db.session.get_one(SealedValue, name)
    row.content, row.fingerprint = _sealed(value, secret)


def _first(name: str, first: Callable[[], str]) -> SealedValue:
    """Keep a value that is asked for the first time; somebody else's, where two ask at once."""
    if is_writing():
        return _added(name, first())
    with suppress(Conflict), transaction():
        return db.session.get(SealedValue, name) or _added(name, first())
    return db.session.get_one(SealedValue, name)


def _added(name: str, value: str) -> SealedValue:
    content, fingerprint = _sealed(value, current().secret)
    row = SealedValue(name=name, content=content, fingerprint=fingerprint)
    db.session.add(row)
    db.session.flush()
    return row


def _opened() -> dict[str, str]:
    return cast("dict[str, str]", current_app.extensions.setdefault(_EXTENSION, {}))


def _sealed(value: str, secret: str) -> tuple[str, str]:
    return _fernet(secret).encrypt(value.encode()).decode(), fingerprint(secret)


def _unsealed(row: SealedValue, secret: str) -> str:
    try:
        return _fernet(secret).decrypt(row.content).decode()
    except InvalidToken:
        raise WrongSecret(row.fingerprint, fingerprint(secret)) from None


def _fernet(secret: str) -> Fernet:
    return Fernet(base64.urlsafe_b64encode(_derived(secret)[:32]))


@lru_cache(maxsize=4)
def _derived(secret: str) -> bytes:
    return hashlib.scrypt(secret.encode(), salt=b"Markwell: what the secret seals", **_COST)
