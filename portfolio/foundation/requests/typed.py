"""What was typed into a form that could not be done, and the page one came from: a refusal gives both back.

Where a sign-in ended, the words go through the sign-in as hidden fields of its form, and stand on the page after it.
"""

from contextlib import suppress
from typing import NamedTuple
from urllib.parse import quote_plus, urlsplit

from flask import Flask, Response, current_app, g, render_template, request
from flask_login import current_user
from werkzeug.exceptions import HTTPException
from werkzeug.routing import RequestRedirect

from portfolio.foundation.requests import sittings
from portfolio.foundation.requests.sent import FIELD

_NOT_TYPED = frozenset((
    "csrf_token", "next", "file", "exact", "step", "version", "points", "point", "start", "end", "begins", "ends",
    "based_on", "received", "seen", "enrolments", "editions", "learners", "lock", "round", "undo", "waits", "phrases",
    "where", FIELD, *sittings.FIELDS,
))  # fmt: skip
"""Fields that a page fills in: numbers of things, places, keys."""
_SECRET = ("password", "passcode", "secret", "token", "present", "again")
"""In the names of fields that hold passwords, or let somebody in."""
_SIGN_IN = "security.login"
_LABEL, _WORDS = "carried-label", "carried-words"
"""Names of the hidden fields that go through the sign-in."""
MOST = 48 * 1024
"""Bytes that are carried through the sign-in, as a form sends them: its body is short (`gate.STRANGERS`)."""
_FORMS = ("application/x-www-form-urlencoded", "multipart/form-data")


class Answer(NamedTuple):
    """One answer of a form."""

    label: str
    words: str

    @property
    def rows(self) -> int:
        """Lines that it takes on the page, at most twelve."""
        return min(12, sum(1 + len(line) // 70 for line in self.words.splitlines()))


def install(app: Flask) -> None:
    """Give words back after the sign-in. Call it before anything that changes where the sign-in leads."""
    app.jinja_env.globals["words_carried"] = carried
    app.after_request(_give_back)


def carried() -> list[Answer]:
    """The words that the sign-in on this page takes along; none where they are too long for it."""
    words = answers()
    if request.endpoint == _SIGN_IN:
        pairs = zip(request.form.getlist(_LABEL), request.form.getlist(_WORDS), strict=False)
        words = [Answer(*pair) for pair in pairs]
    size = sum(len(quote_plus(label + text)) + len(_LABEL + _WORDS) + 4 for label, text in words)
    return words if size <= MOST else []


def _give_back(response: Response) -> Response:
    """Whoever signed in where a form was not taken reads its words, and how to go on, in place of being led there."""
    if request.endpoint != _SIGN_IN or not response.location or not (words := carried()):
        return response
    g.person = current_user._get_current_object()
    path = response.location if _opens(urlsplit(response.location).path) else ""
    response.data = render_template(
        "errors/error.html", status="", title="You are signed in", ended=True, typed=words, form_address=path,
        text="The form that you sent is not saved. What you typed stands below: open the form and save it there.",
    )  # fmt: skip
    response.status_code, response.mimetype = 200, "text/html"
    del response.location
    return response


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
    return named and any(character.isalnum() for character in words)


def _label(name: str) -> str:
    return name.replace("_", " ").replace("-", " ").capitalize()


def _opens(path: str) -> bool:
    """Whether there is a page at `path`."""
    try:
        current_app.url_map.bind(request.host).match(path, method="GET")
    except (HTTPException, RequestRedirect):
        return False
    return True
