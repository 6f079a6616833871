"""The worker: hands jobs that wait to a durable engine, which resumes them after a crash; the only importer of dbos."""

import logging
import threading
import time
from collections.abc import Callable, Sequence
from functools import partial
from typing import Any, TypeVar

from dbos import DBOS, SetEnqueueOptions, SetWorkflowID, StepOptions
from flask import Flask
from sqlalchemy import select, update

from portfolio.foundation.db import db, transaction
from portfolio.foundation.work import alive, chores, jobs, wake_up
from portfolio.foundation.work.jobs import Job

R = TypeVar("R")
HANDS = 2
"""Jobs of one kind that one worker does at the same time. Each kind has a queue of its own, so that none waits for
another, and does one of a person's at a time: a second film of theirs waits while those of others are prepared."""
FORMER = "jobs"
"""The one queue of former releases; what waits in it is done, too, after `SAFE` seconds at most."""
PULSE = 0.15
"""Seconds between two looks of the engine into a queue."""
HEED = 0.5
"""Seconds within which a worker that waits sees `stop`."""
SAFE = 5
"""Seconds between two looks for jobs of which no wake-up told."""
REST = 30
"""Seconds without an open job after which the engine stops until there is one."""
MEND = 5
"""Seconds of rest after a look for work that failed."""
LOOK = 15
"""Seconds between two looks for jobs that make no progress."""
HOUR = 60 * 60
VERSION = "1"
"""Constant: jobs that an older release began are resumed by the newer one."""
LONGEST = 2 * 60 * 60
"""Seconds after which a job that runs and tells nothing is given up: all that it does has shorter bounds."""
SILENT = "This gave no sign of life for two hours. Tell whoever runs the house, then try again."
BATCH = 20
ATTEMPTS = 50
"""Starts of one job after which the engine gives it up: it ends its worker every time."""

_HANDED_OVER = select(Job.id).where(Job.state.in_(jobs.OPEN), Job.handed_over)
_app: Flask | None = None
_name = ""
_MISSING: set[str] = set()
"""The workers that had left work and did not live, at the last look."""


@DBOS.workflow(name="job", max_recovery_attempts=ATTEMPTS)
def _workflow(id: str) -> None:
    assert _app is not None
    with _app.app_context():
        jobs.run(id, _step)


def _step(name: str, deed: Callable[..., R], *args: Any) -> R:
    """A durable step: its value is written down before the next begins."""
    return DBOS.run_step(StepOptions(name=name), deed, *args)


def work(app: Flask, *, url: str, name: str, stop: threading.Event) -> None:
    """Do jobs until `stop` is set. `url` is the engine's database; no two workers may have the same `name`."""
    global _app, _name  # the engine calls the workflow by name, without an application
    _app, _name, instance = app, name, app.extensions["markwell"].instance
    sign, engine, wake_ups = alive.Sign(name, instance), _Engine(url), wake_up.Listener()
    with app.app_context():
        sign.show()
    engine.start()
    engine.listen()
    look, look_after = partial(_look, engine), partial(_look_after, engine)
    rests: dict[Callable[[], object], float] = {look: SAFE, sign.show: LOOK, look_after: LOOK, _housekeep: HOUR}
    due = dict.fromkeys(rests, 0.0)
    while not stop.is_set():
        with app.app_context():
            if wake_ups.heard(HEED):
                due[look] = 0
            for deed in [deed for deed in rests if due[deed] <= time.monotonic()]:
                due[deed] = time.monotonic() + rests[deed]
                if not _do(deed):
                    stop.wait(MEND)
    engine.stop()
    with app.app_context():
        wake_ups.close()
    sign.end()


class _Engine:
    """DBOS. It asks its tables many times a second for as long as it runs, so it runs only while jobs are open."""

    def __init__(self, url: str) -> None:
        self._url = url
        self.runs = False
        self._needed = 0.0

    def start(self) -> None:
        """Run, unless it does."""
        self._needed = time.monotonic()
        if self.runs:
            return
        self.stop()  # what a start that failed has left
        DBOS(
            config={
                "name": "markwell",
                "system_database_url": self._url,
                "application_version": VERSION,
                "executor_id": _name,
                "log_level": "WARNING",
                "enable_otlp": False,
                "notification_listener_polling_interval_sec": PULSE,  # of its memory; its end is waited for
            }
        )
        DBOS.launch()
        self.runs = True

    def listen(self) -> None:
        """Write down which queues there are."""
        for queue in (FORMER, *jobs.KINDS):
            DBOS.register_queue(
                queue,
                worker_concurrency=HANDS,
                partition_concurrency=None if queue == FORMER else 1,
                polling_interval_sec=SAFE if queue == FORMER else PULSE,
                on_conflict="always_update",
            )

    def rest(self) -> None:
        """Stop where it was not needed for `REST` seconds and does nothing here."""
        if self.runs and not jobs.MOVED and time.monotonic() - self._needed > REST:
            self.stop()

    def stop(self) -> None:
        """Run no longer; what is not done is resumed at the next start."""
        self.runs = False
        DBOS.destroy(workflow_completion_timeout_sec=0)


def _look(engine: _Engine) -> None:
    """Have the engine run while a job is open, and tell it of those that wait."""
    is_open = db.session.scalar(select(Job.id).where(Job.state.in_(jobs.OPEN)).limit(1)) is not None
    db.session.rollback()
    if is_open:
        engine.start()
        while _hand_over() == BATCH:
            pass
    else:
        engine.rest()


def _hand_over() -> int:
    """Tell the engine of jobs that wait: how many it was told of, `BATCH` at most.

    The job's id is the engine's id, so that telling it twice does no harm.
    """
    waiting = select(Job.id).where(Job.state == "waiting", ~Job.handed_over).order_by(Job.created_at).limit(BATCH)
    if db.session.execute(waiting).first() is None:
        db.session.rollback()
        return 0
    with transaction():
        in_turn = select(Job).where(Job.id.in_(waiting)).order_by(Job.created_at).with_for_update(skip_locked=True)
        for row in (rows := db.session.scalars(in_turn).all()):
            lane = row.kind if row.kind in jobs.ALONE else str(row.person_id or row.id)
            with SetWorkflowID(row.id), SetEnqueueOptions(queue_partition_key=lane):
                DBOS.enqueue_workflow(row.kind, _workflow, row.id)
            row.handed_over = True
    return len(rows)


def _housekeep() -> None:
    """Do the hourly chores."""
    assert _app is not None
    for chore in chores.chores(_app):
        _do(chore)


def _look_after(engine: _Engine) -> None:
    """Close or resume jobs that make no progress; while the engine is stopped, none is open."""
    for chore in (_bury, _hand_over_again, _take_over_the_dead, _give_up) if engine.runs else ():
        _do(chore)


def _do(chore: Callable[[], object]) -> bool:
    """Whether it could be done; a database that is away or busy for a while ends no worker."""
    try:
        chore()
    except Exception:
        logging.getLogger("markwell.jobs").exception("a chore failed")
        db.session.rollback()
        return False
    return True


def _bury() -> None:
    """Close the jobs whose workflows the engine has given up."""
    if ids := list(db.session.scalars(_HANDED_OVER)):
        given_up = DBOS.list_workflows(
            workflow_ids=ids, status=["ERROR", "MAX_RECOVERY_ATTEMPTS_EXCEEDED", "CANCELLED"]
        )
        jobs.give_up([workflow.workflow_id for workflow in given_up])


def _hand_over_again() -> None:
    """Let open jobs wait anew that the engine does not know, or takes for done: its tables are of another moment.

    So it is after the records were restored. A row is closed before the engine calls its workflow done.
    """
    if ids := list(db.session.scalars(_HANDED_OVER)):
        known = {workflow.workflow_id: workflow.status for workflow in DBOS.list_workflows(workflow_ids=ids)}
        db.session.rollback()  # what ended meanwhile is seen as ended
        open_still = set(db.session.scalars(_HANDED_OVER))
        done = [id for id, status in known.items() if status == "SUCCESS" and id in open_still]
        if done:
            DBOS.delete_workflows(done)
        _hand_back([*done, *(id for id in ids if id not in known)])


def _hand_back(ids: Sequence[str]) -> None:
    """Let open jobs wait again, to be handed to the engine anew."""
    if ids:
        with transaction():
            here = (
                update(Job)
                .where(Job.id.in_(ids), Job.state.in_(jobs.OPEN))
                .execution_options(synchronize_session=False)
            )
            db.session.execute(here.values(state="waiting", handed_over=False, step=""))


def _take_over_the_dead() -> None:
    """Have done what a worker left that was missing at the last look as well, and leave nobody waiting behind it."""
    assert _app is not None
    left = DBOS.list_workflows(status="PENDING", load_input=False, load_output=False)
    names = {one.executor_id or "" for one in left} - {_name}
    missing = names - alive.living(names, _app.extensions["markwell"].instance)
    for one in left:
        if one.executor_id in missing & _MISSING:  # a worker whose connection broke for a moment may still run
            DBOS.resume_workflow(one.workflow_id, queue_name=one.queue_name or FORMER)
    _MISSING.clear()
    _MISSING.update(missing)


def _give_up() -> None:
    """Close the jobs that hang; nobody knows how to end what they hang in, so the next start of the worker does."""
    for id, moved in list(jobs.MOVED.items()):
        if time.monotonic() - moved > LONGEST:
            jobs.give_up([id], SILENT)
            DBOS.cancel_workflow(id)
