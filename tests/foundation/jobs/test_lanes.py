"""Nobody waits for another: each kind of job has a lane, each person one hand in it, and no job stands for ever."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from flask import Flask

from portfolio.foundation.db import db, transaction
from portfolio.foundation.work import jobs
from portfolio.foundation.work.jobs import Job
from tests.faults.house import furnished, person
from tests.faults.programs import nursery, working

pytestmark = pytest.mark.slow


@pytest.fixture
def house(tmp_path: Path) -> Flask:
    return furnished(tmp_path)


@contextmanager
def at_work(house: Flask) -> Iterator[None]:
    """A worker in the house, a program of its own, for as long as it is looked at."""
    db.session.remove()
    with nursery(house) as home, working(home):
        yield


def asked(kind: str, nick: str, **args: Any) -> str:
    with transaction():
        return jobs.enqueue(kind, by=person(nick), **args).id


def job(id: str) -> Job:
    db.session.rollback()
    return db.session.get_one(Job, id)


def becomes(id: str, *states: str) -> str:
    """The state of the job when it is one of these."""
    for _ in range(2400):
        if job(id).state in states:
            return job(id).state
        threading.Event().wait(0.05)
    pytest.fail(f"the job stays {job(id).state}")


@pytest.mark.slow
def test_two_long_jobs_of_one_person_hold_up_neither_others_nor_another_kind(house: Flask, tmp_path: Path) -> None:
    gate = tmp_path / "gate"
    with house.app_context(), at_work(house):
        first = asked("stand", "ada", path=str(gate))
        becomes(first, "running")
        second = asked("stand", "ada", path=str(gate))
        other = asked("stand", "ben", path=str(gate))
        becomes(other, "running")
        count = asked("count", "ada", path=str(tmp_path / "pieces"), pieces=2)
        assert becomes(count, *jobs.STATES[2:]) == "done"
        assert (job(first).state, job(second).state) == ("running", "waiting")
        gate.touch()
        assert [becomes(id, *jobs.STATES[2:]) for id in (first, second, other)] == ["done"] * 3


def test_of_a_kind_that_is_done_alone_one_waits_for_the_other_whoever_asked(house: Flask, tmp_path: Path) -> None:
    gate = tmp_path / "gate"
    with house.app_context(), at_work(house):
        first = asked("stand alone", "ada", path=str(gate))
        becomes(first, "running")
        second = asked("stand alone", "ben", path=str(gate))
        count = asked("count", "ben", path=str(tmp_path / "pieces"), pieces=2)
        assert becomes(count, *jobs.STATES[2:]) == "done"
        assert (job(first).state, job(second).state) == ("running", "waiting")
        gate.touch()
        assert [becomes(id, *jobs.STATES[2:]) for id in (first, second)] == ["done"] * 2


def test_a_long_job_that_is_stopped_gives_its_turn_to_the_next(house: Flask, tmp_path: Path) -> None:
    with house.app_context(), at_work(house):
        first = asked("stand", "ada", path=str(tmp_path / "never"))
        becomes(first, "running")
        second = asked("stand", "ada", path=str(tmp_path))
        with transaction():
            jobs.cancel(job(first))
        assert becomes(second, *jobs.STATES[2:]) == "done"
        assert job(first).state == "cancelled"


def test_jobs_that_the_engine_lost_are_done_all_the_same(house: Flask, tmp_path: Path) -> None:
    with house.app_context():
        ids = [asked("count", nick, path=str(tmp_path / nick), pieces=1) for nick in ("ada", "ben")]
        with transaction():
            for id, state in zip(ids, ("waiting", "running"), strict=True):
                lost = db.session.get_one(Job, id)
                lost.handed_over, lost.state = True, state
        with at_work(house):
            assert [becomes(id, *jobs.STATES[2:]) for id in ids] == ["done", "done"]
