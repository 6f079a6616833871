"""What passes by itself is waited for: a job goes on when there is room again, or the store answers again."""

import logging
import threading
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import create_engine, event, text
from sqlalchemy.engine import Connection
from sqlalchemy.exc import OperationalError, ProgrammingError

from portfolio.foundation import patience
from portfolio.foundation.db import BUSY, db, transaction
from portfolio.foundation.errors import Unavailable
from portfolio.foundation.work import jobs
from portfolio.foundation.work.jobs import Job, Running
from tests.faults.house import furnished, person


@pytest.fixture
def house(tmp_path: Path) -> Flask:
    return furnished(tmp_path)


def at_once(_name: str, deed: Callable[..., Any], *args: Any) -> Any:
    """A step that nobody writes down."""
    return deed(*args)


def asked(kind: str) -> str:
    with transaction():
        return jobs.enqueue(kind, by=person("ada")).id


def job(id: str) -> Job:
    db.session.rollback()
    return db.session.get_one(Job, id)


def test_what_is_away_for_a_while_is_waited_for_and_the_page_says_so(house: Flask) -> None:
    tries, said = [], []

    def deed() -> str:
        tries.append(1)
        row = db.session.get_one(Job, id, populate_existing=True)
        said.append(row.step)
        db.session.rollback()
        if len(tries) == 1:
            raise Unavailable("The file store does not answer just now.")
        return "done"

    def work(running: Running) -> dict[str, Any]:
        return {"deed": running.step("deed", deed)}

    jobs.KINDS["wait"] = work
    with house.app_context():
        id = asked("wait")
        jobs.run(id, at_once)
        assert (job(id).state, job(id).result) == ("done", {"deed": "done"})
    assert said == ["", "Waiting: The file store does not answer just now. This goes on by itself."]


def test_a_job_that_waits_can_be_called_off(house: Flask) -> None:
    def deed() -> None:
        with transaction():
            jobs.cancel(db.session.get_one(Job, id))
        raise Unavailable("There is no room left.")

    def work(running: Running) -> dict[str, Any]:
        running.step("deed", deed)
        return {}

    jobs.KINDS["wait and stop"] = work
    with house.app_context():
        id = asked("wait and stop")
        jobs.run(id, at_once)
        assert job(id).state == "cancelled"


def test_a_job_that_is_done_while_the_database_is_held_is_closed_once_it_is_free(house: Flask) -> None:
    others = create_engine(house.config["SQLALCHEMY_DATABASE_URI"])

    def free(held: Connection) -> None:
        while not told.wait(0.01):
            pass
        held.close()

    def work(_running: Running) -> dict[str, Any]:
        held = others.connect()
        held.execute(text("UPDATE job SET step = step"))
        threading.Thread(target=free, args=(held,)).start()
        return {"deed": "done"}

    class Told(logging.Handler):
        def emit(self, record: logging.LogRecord) -> None:
            if BUSY in record.getMessage():
                told.set()

    told, handler = threading.Event(), Told()
    jobs.KINDS["end while it is held"] = work
    with house.app_context():

        @event.listens_for(db.engine, "checkout")
        def hurry(connection: Any, _record: Any, _proxy: Any) -> None:
            connection.execute("PRAGMA busy_timeout=50")

        id = asked("end while it is held")
        logging.getLogger("markwell.jobs").addHandler(handler)
        try:
            jobs.run(id, at_once)
        finally:
            logging.getLogger("markwell.jobs").removeHandler(handler)
        assert told.is_set()
        assert (job(id).state, job(id).result) == ("done", {"deed": "done"})
    others.dispose()


def test_what_never_passes_is_not_waited_for() -> None:
    missing = ProgrammingError("SELECT", {}, Exception("there is no such table"))
    with pytest.raises(ProgrammingError):
        patience.patiently(raising(missing), told=pytest.fail, ticked=pytest.fail)
    broken = OperationalError("SELECT", {}, Exception("the server went away"), connection_invalidated=True)
    assert patience.is_passing(broken)


def raising(fault: Exception) -> Callable[[], None]:
    def deed() -> None:
        raise fault

    return deed
