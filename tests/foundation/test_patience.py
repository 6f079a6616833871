"""What passes by itself is waited for: a job goes on when there is room again, or the store answers again."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from sqlalchemy.exc import OperationalError, ProgrammingError

from portfolio.foundation import jobs, patience
from portfolio.foundation.db import db, transaction
from portfolio.foundation.errors import Unavailable
from portfolio.foundation.jobs import Job, Running
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
