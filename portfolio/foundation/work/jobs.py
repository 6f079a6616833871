"""Jobs: work of more than about a second, which the worker does later; the row is committed with what asks for it."""

import json
import logging
import secrets
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import partial
from typing import Any, Protocol, TypeVar
from uuid import uuid4

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, update
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Mapped, mapped_column

from portfolio.foundation.clock import now
from portfolio.foundation.db import Base, db, transaction
from portfolio.foundation.errors import Refused
from portfolio.foundation.log.actors import Actor
from portfolio.foundation.patience import patiently, surely
from portfolio.foundation.work import wake_up

R = TypeVar("R")
STATES = ("waiting", "running", "done", "failed", "cancelled")
OPEN = ("waiting", "running")
"""States of a job that may still change."""
WRONG = "Something went wrong here, not with you. Try again; if it happens twice, quote {}."
GIVEN_UP = "This was begun many times and never came to an end. Tell whoever runs the house, then try again."
_PULSE = timedelta(seconds=0.5)
"""How often at most progress is written down."""
STILL = timedelta(seconds=60)
"""After so long without a sign of progress people are told."""
MOVED: dict[str, float] = {}
"""By id, when the jobs that run in this process last told how far they are."""


class Job(Base):
    """A piece of work for the worker, how far it is, and what came of it."""

    __tablename__ = "job"
    __table_args__ = (
        Index("ix_job_state_created_at", "state", "created_at"),
        CheckConstraint(f"state IN {STATES}", name="state"),
    )
    id: Mapped[str] = mapped_column(String(32), primary_key=True)
    centre_id: Mapped[int | None] = mapped_column(ForeignKey("centre.id"))
    person_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"), index=True)
    """Who asked for it."""
    kind: Mapped[str] = mapped_column(String(40))
    args: Mapped[dict[str, Any]] = mapped_column(default=dict)
    """Ids and plain values only."""
    state: Mapped[str] = mapped_column(String(10), default="waiting")
    handed_over: Mapped[bool] = mapped_column(default=False)
    """The engine knows of it."""
    done: Mapped[int] = mapped_column(default=0)
    total: Mapped[int] = mapped_column(default=0)
    """How many pieces there are; 0 while nobody knows."""
    step: Mapped[str] = mapped_column(String(200), default="")
    """What is being done now, in words."""
    error: Mapped[str] = mapped_column(String(500), default="")
    """Why it failed, in a sentence."""
    result: Mapped[dict[str, Any]] = mapped_column(default=dict)
    created_at: Mapped[datetime] = mapped_column(default=now)
    started_at: Mapped[datetime | None]
    finished_at: Mapped[datetime | None]
    moved_at: Mapped[datetime | None]
    """When it last told how far it is."""

    @property
    def still_since(self) -> datetime | None:
        """Since when an open job has not moved, where that is longer than `STILL`."""
        moved = self.moved_at or self.started_at or self.created_at
        return moved if self.is_open and now() - moved > STILL else None

    @property
    def is_open(self) -> bool:
        """Whether it may still change."""
        return self.state in OPEN


class Cancelled(Exception):
    """The job was called off; raised when it next tells how far it is."""


class Steps(Protocol):
    """What makes a step last: its value is kept, and it is not done again after a crash."""

    def __call__(self, name: str, deed: Callable[..., R], *args: Any) -> R:
        """The value of `deed(*args)`, done now or before the crash."""


@dataclass(slots=True)
class Running:
    """What a job's function is given: its identity, durable steps, and a way to tell how far it is."""

    id: str
    steps: Steps
    _told: datetime | None = field(default=None, init=False)

    def step(self, name: str, deed: Callable[..., R], *args: Any) -> R:
        """Do `deed(*args)` once and keep its value (plain, JSON-like); after a crash the kept value is given instead.

        A crash in the very middle repeats the deed: that must do no harm. All effects of a job belong into steps. What
        is away for a while (`Unavailable`: a full disk, a lost bucket) is waited for, and the page says so meanwhile.
        """
        MOVED[self.id] = time.monotonic()
        return self.steps(name, partial(patiently, deed, told=self._wait, ticked=self.ensure_wanted), *args)

    def progress(self, done: int, total: int, step: str) -> None:
        """Tell how far the job is. Raises `Cancelled` when it was called off. Never call it inside a transaction."""
        moment, MOVED[self.id] = now(), time.monotonic()
        if self._told and moment - self._told < _PULSE and done < total:
            return
        self._told = moment
        here = update(Job).where(Job.id == self.id, Job.state == "running")
        with db.engine.begin() as connection:
            alive = connection.execute(here.values(done=done, total=total, step=step[:200], moved_at=moment)).rowcount
        if not alive:
            raise Cancelled

    def _wait(self, sentence: str) -> None:
        """Say what the job waits for, in place of what it does."""
        db.session.rollback()
        self._told, MOVED[self.id] = None, time.monotonic()
        with suppress(DBAPIError), db.engine.begin() as connection:
            here = update(Job).where(Job.id == self.id, Job.state == "running")
            connection.execute(here.values(step=f"Waiting: {sentence} This goes on by itself."[:200]))

    @property
    def is_wanted(self) -> bool:
        """Whether nobody has called the job off, and nothing has given it up."""
        return db.session.get_one(Job, self.id, populate_existing=True).state == "running"

    def ensure_wanted(self) -> None:
        """Raises `Cancelled` when the job was called off. Never call it inside a transaction."""
        with suppress(DBAPIError):
            wanted = self.is_wanted
            db.session.rollback()
            if not wanted:
                raise Cancelled


Work = Callable[..., dict[str, Any]]
KINDS: dict[str, Work] = {}
"""The function of each kind of job, as `job` registered it."""
LEFT: dict[str, Callable[..., object]] = {}
"""Of some kinds, what is called when a job fails or is called off; see `job`."""
ALONE: set[str] = set()
"""Kinds of which one job is done at a time, whoever asked for it; of others, one of each person's."""


def job(kind: str, *, left: Callable[..., object] | None = None, alone: bool = False) -> Callable[[Work], Work]:
    """Register `work(running, **args) -> dict` as what a job of `kind` does; jobs of a kind wait for no other kind.

    `left(sentence, **args)` is called where one failed, or was called off (then the sentence is empty), in the same
    transaction, so that what waits for it does not wait for ever. `alone`: no two of this kind at the same time.
    """

    def register(work: Work) -> Work:
        if KINDS.setdefault(kind, work) is not work:
            raise ValueError(f"Two functions want to do jobs of the kind {kind!r}.")
        LEFT.update({kind: left} if left else {})
        ALONE.update({kind} if alone else ())
        return work

    return register


def enqueue(kind: str, *, by: Actor | None = None, **args: Any) -> Job:
    """Write a job down; the worker begins it soon after the commit. `LookupError` for a `kind` nobody registered."""
    if kind not in KINDS:
        raise LookupError(f"There is no job of the kind {kind!r}.")
    row = Job(id=uuid4().hex, kind=kind, args=args, state="waiting", done=0, total=0)
    row.person_id, row.centre_id = (by.id, by.centre_id) if by else (None, None)
    db.session.add(row)
    db.session.flush()
    wake_up.send()
    return row


def cancel(row: Job) -> None:
    """Call a job off, in the present transaction; one that runs stops when it next tells how far it is."""
    _close(row.id, "cancelled", step="")
    db.session.refresh(row)


def run(id: str, steps: Steps) -> None:
    """Do the job of that id to its end, whatever the end; a second call changes nothing. For the engine only."""
    row = steps("begin", surely(_begin), id)
    if row is None:
        return
    try:
        result = KINDS[row["kind"]](Running(id, steps), **row["args"])
    except Cancelled:
        return
    except Refused as refusal:
        surely(_fail)(id, refusal.sentence)
    except Exception:  # whatever a job does wrong, the worker goes on and the person is told
        reference = secrets.token_hex(4)
        logging.getLogger("markwell.jobs").exception("%s job %s (%s) failed", reference, id, row["kind"])
        surely(_fail)(id, WRONG.format(reference))
    else:
        steps("end", surely(_end), id, result)
    finally:
        MOVED.pop(id, None)


def _begin(id: str) -> dict[str, Any] | None:
    """The job's kind and arguments; None when it was called off before it began."""
    with transaction():
        row = db.session.get_one(Job, id)
        if not row.is_open:
            return None
        row.state, row.started_at, row.moved_at = "running", row.started_at or now(), now()
        return {"kind": row.kind, "args": row.args}


def _end(id: str, result: dict[str, Any]) -> None:
    with transaction():
        _close(id, "done", result=json.loads(json.dumps(result)), step="")


def _fail(id: str, sentence: str) -> None:
    with transaction():
        _close(id, "failed", error=sentence[:500], step="")


def give_up(ids: list[str], sentence: str = GIVEN_UP) -> None:
    """Close open jobs that the engine has given up, so that nobody waits for them. For the engine only."""
    for id in ids:
        _fail(id, sentence)


def begin_again() -> int:
    """Let all open jobs wait anew, in the present transaction: the engine that knew them is not here. How many."""
    here = update(Job).where(Job.state.in_(OPEN)).execution_options(synchronize_session=False)
    return db.session.connection().execute(here.values(state="waiting", handed_over=False, step="")).rowcount


def _close(id: str, state: str, **values: Any) -> None:
    """Close an open job; one that is closed stays as it is."""
    here = update(Job).where(Job.id == id, Job.state.in_(OPEN)).execution_options(synchronize_session=False)
    if not db.session.execute(here.values(state=state, finished_at=now(), **values)).rowcount or state == "done":  # type: ignore[attr-defined]
        return
    if left := LEFT.get((row := db.session.get_one(Job, id, populate_existing=True)).kind):
        left(row.error, **row.args)
