"""A worker that rests is woken by whoever asks for a job, and finds by itself what nobody woke it for."""

import threading
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import text

from portfolio.foundation.db import db, transaction
from portfolio.foundation.work import jobs, wake_up, worker
from portfolio.foundation.work.jobs import Job
from tests.faults.house import furnished, person
from tests.faults.programs import until
from tests.fixtures.working import closed, working

pytestmark = pytest.mark.slow

NEVER = 60 * 60
"""Seconds; no test waits for it."""


@pytest.fixture(params=["sqlite", "postgresql"])
def house(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Flask]:
    if request.param == "sqlite":
        app = furnished(tmp_path)
    else:
        app = furnished(tmp_path, database=request.getfixturevalue("fresh_postgres_url"))
    with app.app_context():
        yield app
        db.session.remove()
        db.engine.dispose()


@pytest.fixture(autouse=True)
def _rests_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(worker, "REST", 0)


def asked(pieces: Path) -> str:
    with transaction():
        return jobs.enqueue("count", by=person("ada"), path=str(pieces), pieces=1).id


def engine_runs() -> bool:
    return any(thread.name.startswith("queue-worker") for thread in threading.enumerate())


def test_a_job_that_is_asked_for_while_the_worker_rests_does_not_wait_for_its_next_look(
    house: Flask, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(worker, "SAFE", NEVER)
    with working(house):
        until(engine_runs)
        until(lambda: not engine_runs())
        assert closed(asked(tmp_path / "pieces")).state == "done"


def test_a_job_that_nobody_woke_the_worker_for_is_found_all_the_same(
    house: Flask, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(worker, "SAFE", 1)
    with working(house):
        until(engine_runs)
        until(lambda: not engine_runs())
        with transaction():
            args = {"path": str(tmp_path / "pieces"), "pieces": 1}
            db.session.add(Job(id="f" * 32, kind="count", args=args))
        assert closed("f" * 32).state == "done"


def test_the_engine_stops_when_no_job_is_open_and_comes_back_for_each(
    house: Flask, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(worker, "SAFE", 1)
    with working(house):
        for number in range(3):
            assert closed(asked(tmp_path / f"pieces{number}")).state == "done"
            until(lambda: not engine_runs())
    assert all((tmp_path / f"pieces{number}").read_text().split() == ["0"] for number in range(3))


@pytest.mark.usefixtures("house")
def test_a_wake_up_comes_with_the_commit_and_not_before(tmp_path: Path) -> None:
    with closing(wake_up.Listener()) as listener:
        assert listener.heard(0), "whoever begins to listen may have missed one"
        assert not listener.heard(0)
        with transaction():
            jobs.enqueue("count", by=person("ada"), path=str(tmp_path), pieces=1)
            assert not listener.heard(0)
        assert listener.heard(10)
        assert not listener.heard(0)


@pytest.mark.usefixtures("house")
@pytest.mark.parametrize("house", ["postgresql"], indirect=True)
def test_a_listener_whose_line_broke_says_that_it_may_have_missed_one_and_listens_again(tmp_path: Path) -> None:
    with closing(wake_up.Listener()) as listener:
        listener.heard(0)
        ended = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE query LIKE 'LISTEN%'"
        assert db.session.execute(text(ended)).all() == [(True,)]
        assert listener.heard(10)
        assert listener.heard(0)
        asked(tmp_path / "pieces")
        assert listener.heard(10)
