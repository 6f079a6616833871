"""What was typed into a form that could not be done, and the page one came from: a refusal gives both back."""

from contextlib import suppress
from typing import NamedTuple
from urllib.parse import urlsplit

from flask import current_app, request
from werkzeug.exceptions import HTTPException
from werkzeug.routing import RequestRedirect

from portfolio.foundation.sent import DRAFT, FIELD

_NOT_TYPED = {"csrf_token", FIELD, DRAFT, "next", "file", "exact", "step"}
_SECRET = ("password", "token")
_FORMS = ("application/x-www-form-urlencoded", "multipart/form-data")


class Answer(NamedTuple):
    """One answer of a form."""

    label: str
    words: str

    @property
    def rows(self) -> int:
        """Lines that it takes on the page, at most twelve."""
        return min(12, sum(1 + len(line) // 70 for line in self.words.splitlines()))


def answers() -> list[Answer]:
    """What was typed into the form of this request: no passwords, no files, no numbers; nothing of a sign-in."""
    if request.mimetype not in _FORMS or (request.endpoint or "").startswith("security."):
        return []
    with suppress(HTTPException):
        sent = [(name, "\n".join(values).strip()) for name, values in request.form.lists()]
        return [Answer(_label(name), words) for name, words in sent if _is_typed(name, words)]
    return []


def form_address() -> str:
    """Where the form of this request can be opened again: its own address, else the page that it stood on."""
    return request.path if _opens(request.path) else page_before()


def page_before() -> str:
    """The page of this site one came from; empty when there is none, or it is this one."""
    parts = urlsplit(request.referrer or "")
    here = parts.netloc == request.host and not (request.method == "GET" and parts.path == request.path)
    if not here or not _opens(parts.path):
        return ""
    return parts.path + (f"?{parts.query}" if parts.query else "")


def _is_typed(name: str, words: str) -> bool:
    named = name not in _NOT_TYPED and not any(part in name for part in _SECRET)
    return named and any(character.isalpha() for character in words)


def _label(name: str) -> str:
    return name.replace("_", " ").replace("-", " ").capitalize()


def _opens(path: str) -> bool:
    """Whether there is a page at `path`."""
    try:
        current_app.url_map.bind(request.host).match(path, method="GET")
    except (HTTPException, RequestRedirect):
        return False
    return True
