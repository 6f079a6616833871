"""Forms that were sent: each is done once; the same form sent again by the same person is given the same answer.

A form carries a random key, drawn with its token. The deed's own transaction writes the key down, so that a key on
record means that what was sent with it was saved. A request without a key is done as it comes.

A script that keeps words numbers each sending besides. The number goes on record as a key of its own, with the deed
that saved the words of this sending: what was sent with a form before, or is sent with it later, has other numbers.
"""

import hashlib
import json
import secrets
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any
from urllib.parse import urlsplit

from flask import Flask, Response, current_app, flash, redirect, request, session
from flask.typing import ResponseReturnValue
from sqlalchemy import ForeignKey, String, delete
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Mapped, mapped_column
from werkzeug.datastructures import FileStorage

from portfolio.foundation.clock import now
from portfolio.foundation.db import Base, db, transaction, watched
from portfolio.foundation.drafts import operations as drafts
from portfolio.foundation.drafts.rules import is_key
from portfolio.foundation.errors import Conflict
from portfolio.foundation.requests import sittings
from portfolio.foundation.work import chores

FIELD = "once"
"""Name of the hidden field that holds the key."""
KEPT = timedelta(days=90)
"""How long a key is known."""
SAVED_BEFORE = (
    "What you sent with this form before was saved already. Open it to change it. "
    "To make another one out of the words below, save again."
)
_LONGEST = 64
_SAVED = "saved"
"""In the session: numbers of sendings whose words were saved, until a page has said so."""
FLASHES = "_flashes"
"""Where Flask keeps the messages of the next page."""


class Sent(Base):
    """The answer to a form that was sent."""

    __tablename__ = "sent"
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), primary_key=True)
    key: Mapped[str] = mapped_column(String(_LONGEST), primary_key=True)
    digest: Mapped[str] = mapped_column(String(64))
    """SHA-256 of what was sent, as `digest_of_request` makes it."""
    address: Mapped[str] = mapped_column(String(2000), default="")
    """Where the answer led: the path on this site."""
    said: Mapped[list[Any]] = mapped_column(default=list)
    """The messages that came with it, each as its category and its words."""
    at: Mapped[datetime] = mapped_column(default=now, index=True)


class SavedBefore(Conflict):
    """The form was saved already, with other words; `address` is where those are."""

    def __init__(self, address: str) -> None:
        super().__init__(SAVED_BEFORE)
        self.address = address


class Again(Exception):
    """The very same form was sent before; `sent` is the answer that it was given."""

    def __init__(self, sent: Sent) -> None:
        super().__init__(sent.key)
        self.sent = sent


def install(app: Flask) -> None:
    """Let the templates of `app` draw keys, and its worker forget old ones."""
    chores.every_hour(app, sweep)
    chores.every_hour(app, drafts.sweep)
    app.jinja_env.globals |= {"new_key": new_key, "saved_keys": saved_keys}


def new_key() -> str:
    """A key that no form had before."""
    return secrets.token_urlsafe(16)


def key_of_request() -> str:
    """The key of the form that was sent; a new one where it brought none."""
    return key if is_key(key := request.form.get(FIELD, "")) else new_key()


def saved_keys() -> str:
    """The numbers of this browser's sendings that were saved, said once: the words kept with them can be let go."""
    return " ".join(session.pop(_SAVED)) if _SAVED in session else ""


def sweep() -> None:
    """Forget the keys of forms that were sent long ago."""
    with transaction():
        db.session.execute(delete(Sent).where(Sent.at < known_since()))


def saved(person_id: int, keys: Iterable[str]) -> list[str]:
    """Those of `keys`, of forms or sendings, with which words of this person were saved since `known_since`."""
    known = (db.session.get(Sent, (person_id, key)) for key in dict.fromkeys(keys) if is_key(key))
    return [row.key for row in known if row]


def known_since() -> datetime:
    """The moment from which on every key is known."""
    return now() - KEPT


def once(view: Callable[[], ResponseReturnValue], person_id: int) -> ResponseReturnValue:
    """What `view` answers to the form of this request, or what it answered when this very form was sent before."""
    key = request.form.get(FIELD, "")
    if not is_key(key):
        return view()
    deed = _Deed(person_id, key, digest_of_request())
    try:
        if (row := deed.row()) and row.digest == deed.digest:
            raise Again(row)
        with watched(deed):
            answer = current_app.make_response(view())
            deed.answered(answer)
    except Again as again:
        return _answer(again.sent)
    return answer


def _say_saved() -> None:
    if numbers := sittings.numbers():
        session[_SAVED] = [*session.get(_SAVED, ()), *numbers][-10:]


def _record_drafts(person_id: int, digest: str, address: str) -> None:
    """Write the numbers of this sending down beside the key, and end its drafts, in the transaction that is open."""
    sittings.end(person_id)
    for number in sittings.numbers():
        db.session.merge(Sent(person_id=person_id, key=number, digest=digest, address=address))


def digest_of_request() -> str:
    """SHA-256 of the address and all that was sent to it but token, key and number; files count by name and size."""
    answers = [
        pair for pair in request.form.items(multi=True) if pair[0] not in (FIELD, "csrf_token", *sittings.FIELDS)
    ]
    files = [(name, file.filename, _size(file)) for name, file in request.files.items(multi=True)]
    return hashlib.sha256(json.dumps([request.path, answers, files]).encode()).hexdigest()


@dataclass(slots=True)
class _Deed:
    """The deed of one form: writes its key down first of all, and its answer last of all, in the deed's transaction."""

    person_id: int
    key: str
    digest: str
    said_before: list[Any] = field(default_factory=lambda: list(session.get(FLASHES, ())))
    waits: bool = False
    """All of it is done and flushed; only the answer and the commit are to come."""

    def row(self) -> Sent | None:
        return db.session.get(Sent, (self.person_id, self.key), populate_existing=True)

    def begun(self) -> None:
        """Write the key down. Raises `Again` or `SavedBefore` where it is known; waits for whoever writes the same."""
        self._compare(self.row())
        try:
            db.session.add(Sent(person_id=self.person_id, key=self.key, digest=self.digest))
            db.session.flush()
        except IntegrityError:
            db.session.rollback()
            self._compare(self.row())
            raise

    def ended(self) -> None:
        """The commit can wait for a redirect, which is made at once; pieces of a page are drawn after the commit."""
        db.session.flush()
        self.waits = True
        if request.headers.get("X-Piece"):
            self._commit(_path(request.referrer or "/"))  # the page from which a script sent it

    def answered(self, answer: Response) -> None:
        """Commit with the answer. One that is a page of its own cannot be given again: its key is not kept."""
        if self.waits:
            self._commit(_path(answer.location) if answer.location else "")

    def settle(self) -> None:
        """Commit what waits, because another transaction of the same request begins."""
        if self.waits:
            self._commit("")

    def _commit(self, address: str) -> None:
        row, self.waits = self.row(), False
        if row and address:
            row.address, row.said = address, list(session.get(FLASHES, ()))[len(self.said_before) :]
            _record_drafts(self.person_id, self.digest, address)
        elif row:
            db.session.delete(row)
        try:
            db.session.commit()
        except BaseException:
            session[FLASHES] = self.said_before
            raise
        if row and address and not request.headers.get("X-Piece"):
            _say_saved()

    def _compare(self, row: Sent | None) -> None:
        if row and row.digest == self.digest:
            raise Again(row)
        if row:
            raise SavedBefore(row.address)


def _answer(sent: Sent) -> ResponseReturnValue:
    waiting = [list(one) for one in session.get(FLASHES, ())]
    for category, words in sent.said:
        if [category, words] not in waiting:
            flash(words, category)
    address = sent.address
    if sittings.numbers() or sittings.told():
        with transaction():
            _record_drafts(sent.person_id, sent.digest, address)
    _say_saved()
    return redirect(address)


def _size(file: FileStorage) -> int:
    size = file.stream.seek(0, 2)
    file.stream.seek(0)
    return size


def _path(address: str) -> str:
    """An address of this site without its host, so that nobody is ever sent elsewhere."""
    parts = urlsplit(address)
    return (f"/{parts.path.lstrip('/')}" + (f"?{parts.query}" if parts.query else ""))[:2000]
