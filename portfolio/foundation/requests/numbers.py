"""Whole numbers that come in with a request: ids, pages, counts, none of them larger than a database can hold."""

from typing import Any

from flask import Flask, request
from werkzeug.routing import IntegerConverter, ValidationError

MOST = 2**31 - 1
"""The largest number of a column (PostgreSQL, `integer`): whatever is larger is nothing's id."""
_DIGITS = len(str(MOST))


class Number(IntegerConverter):
    """`<int:…>` in an address: digits of ASCII, and no more than `MOST`; anything else is not there."""

    regex = f"[0-9]{{1,{_DIGITS}}}"

    def to_python(self, value: str) -> Any:
        """The number. Raises `ValidationError`, and so gives 404, for one above `MOST`."""
        number = int(value)
        if number > MOST:
            raise ValidationError
        return number


def install(app: Flask) -> None:
    """Bound the numbers in all addresses of `app`; before the first route is made."""
    app.url_map.converters["int"] = Number


def number(text: object) -> int | None:
    """The number that `text` writes in digits of ASCII; None for anything else, and for what is larger than `MOST`."""
    word = str(text or "").strip()
    plain = word.isascii() and word.isdigit() and len(word) <= _DIGITS
    return int(word) if plain and int(word) <= MOST else None


def asked(name: str, default: int | None = None) -> int | None:
    """The number of this name in the address."""
    found = number(request.args.get(name))
    return default if found is None else found


def page() -> int:
    """Which page of a list is asked for, from 1 on; one beyond every list for what is larger than any number."""
    text = request.args.get("page", "1").strip()
    beyond = text.isascii() and text.isdigit()
    return max(number(text) or (MOST if beyond and text.strip("0") else 1), 1)
