"""Jobs are written down with the deed that asks for them, done once by the worker, and told of in words."""

import logging
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from flask import Flask

from portfolio.foundation.db import db, transaction
from portfolio.foundation.errors import OutOfTurn
from portfolio.foundation.work import alive, jobs
from portfolio.foundation.work.jobs import Job, Running
from tests.faults.house import furnished, person
from tests.fixtures.working import closed, working

R = Any


@pytest.fixture
def house(tmp_path: Path) -> Flask:
    return furnished(tmp_path)


class Notebook:
    """Durable steps as the engine keeps them: a value that is written down is not worked out again."""

    def __init__(self) -> None:
        self.kept: dict[str, Any] = {}

    def __call__(self, name: str, deed: Callable[..., R], *args: Any) -> R:
        if name not in self.kept:
            self.kept[name] = deed(*args)
        return self.kept[name]


def asked(kind: str, **args: Any) -> str:
    with transaction():
        return jobs.enqueue(kind, by=person("ada"), **args).id


def job(id: str) -> Job:
    db.session.rollback()
    return db.session.get_one(Job, id)


def test_a_job_that_is_asked_for_waits_with_the_name_of_who_asked(house: Flask, tmp_path: Path) -> None:
    with house.app_context():
        row = job(asked("count", path=str(tmp_path / "pieces"), pieces=3))
        ada = person("ada")
        assert (row.state, row.person_id, row.centre_id, row.is_open) == ("waiting", ada.id, ada.centre_id, True)


def test_a_deed_that_fails_takes_its_job_back_with_it(house: Flask) -> None:
    with house.app_context():
        with pytest.raises(TypeError), transaction():
            len(jobs.enqueue("refuse"))  # type: ignore[arg-type]
        assert db.session.query(Job).count() == 0


def test_a_kind_that_nobody_does_is_not_asked_for(house: Flask) -> None:
    with house.app_context(), pytest.raises(LookupError), transaction():
        jobs.enqueue("juggle")


def test_two_functions_do_not_share_a_kind() -> None:
    with pytest.raises(ValueError, match="count"):
        jobs.job("count")(lambda running: {})  # noqa: ARG005


def test_a_job_is_done_once_however_often_the_engine_comes_back_to_it(house: Flask, tmp_path: Path) -> None:
    pieces, notebook = tmp_path / "pieces", Notebook()
    with house.app_context():
        id = asked("count", path=str(pieces), pieces=4)
        for _ in range(3):
            jobs.run(id, notebook)
        row = job(id)
        assert (row.state, row.result, row.is_open) == ("done", {"pieces": 4}, False)
        assert row.started_at is not None
        assert row.finished_at is not None
    assert pieces.read_text().split() == ["0", "1", "2", "3"]


def test_a_refusal_keeps_its_sentence(house: Flask) -> None:
    with house.app_context():
        id = asked("refuse")
        jobs.run(id, Notebook())
        assert (job(id).state, job(id).error) == ("failed", "There is nothing to export yet.")


def test_a_fault_is_logged_and_the_person_reads_its_number_not_a_traceback(
    house: Flask, caplog: pytest.LogCaptureFixture
) -> None:
    with house.app_context(), caplog.at_level(logging.ERROR):
        id = asked("break")
        jobs.run(id, Notebook())
        error = job(id).error
    assert "division" not in error
    assert error.rstrip(".").rsplit(" ", 1)[1] in caplog.text
    assert "ZeroDivisionError" in caplog.text


def test_a_job_called_off_before_it_began_is_never_done(house: Flask, tmp_path: Path) -> None:
    with house.app_context():
        id = asked("count", path=str(tmp_path / "pieces"), pieces=3)
        with transaction():
            jobs.cancel(job(id))
        jobs.run(id, Notebook())
        assert job(id).state == "cancelled"
    assert not (tmp_path / "pieces").exists()


def test_a_running_job_stops_at_its_next_sign_of_progress_when_called_off(house: Flask) -> None:
    reached = []

    def work(running: Running) -> dict[str, Any]:
        running.progress(0, 2, "First half")
        with transaction():
            jobs.cancel(db.session.get_one(Job, running.id))
        running.progress(2, 2, "Second half")
        reached.append("the end")
        return {}

    jobs.KINDS["call off"] = work
    with house.app_context():
        id = asked("call off")
        jobs.run(id, Notebook())
        assert (job(id).state, reached) == ("cancelled", [])


def test_progress_is_told_in_numbers_and_words(house: Flask) -> None:
    told = []

    def work(running: Running) -> dict[str, Any]:
        running.progress(1, 3, "Page 1 of 3")
        row = db.session.get_one(Job, running.id, populate_existing=True)
        told.append((row.done, row.total, row.step, row.state))
        return {}

    jobs.KINDS["tell"] = work
    with house.app_context():
        jobs.run(asked("tell"), Notebook())
    assert told == [(1, 3, "Page 1 of 3", "running")]


def test_a_done_job_cannot_be_called_off(house: Flask, tmp_path: Path) -> None:
    with house.app_context():
        id = asked("count", path=str(tmp_path / "pieces"), pieces=1)
        jobs.run(id, Notebook())
        with transaction():
            jobs.cancel(job(id))
        assert job(id).state == "done"


def test_what_the_engine_gave_up_is_closed_with_a_sentence(house: Flask) -> None:
    with house.app_context():
        id = asked("refuse")
        jobs.give_up([id])
        assert job(id).state == "failed"
        assert "begun many times" in job(id).error


def test_two_workers_of_one_name_do_not_run_at_once(tmp_path: Path) -> None:
    with alive.identity(tmp_path) as name, alive.identity(tmp_path, "second") as other:
        assert name != other
        with pytest.raises(OutOfTurn), alive.identity(tmp_path):
            pass
    with alive.identity(tmp_path) as again:
        assert again == name


@pytest.fixture
def engine(house: Flask) -> Iterator[Flask]:
    """The house with a worker at work in it."""
    with working(house):
        yield house


def test_the_worker_does_what_waits(engine: Flask, tmp_path: Path) -> None:
    with engine.app_context():
        ids = [asked("count", path=str(tmp_path / f"pieces{number}"), pieces=3) for number in range(4)]
        ids.append(asked("refuse"))
        assert [closed(id).state for id in ids] == ["done"] * 4 + ["failed"]
    assert all((tmp_path / f"pieces{number}").read_text().split() == ["0", "1", "2"] for number in range(4))


def test_jobs_that_an_engine_of_another_moment_does_not_know_or_takes_for_done_are_handed_over_again(
    house: Flask, tmp_path: Path
) -> None:
    with house.app_context():
        known, unknown = (asked("count", path=str(tmp_path / name), pieces=2) for name in ("known", "unknown"))
        with transaction():
            row = db.session.get_one(Job, unknown)
            row.handed_over, row.state = True, "running"
        with working(house):
            assert [closed(id).state for id in (known, unknown)] == ["done", "done"]
        with transaction():
            db.session.get_one(Job, known).state = "running"
        with working(house):
            assert closed(known).state == "done"
    assert (tmp_path / "unknown").read_text().split() == ["0", "1"]
    assert (tmp_path / "known").read_text().split() == ["0", "1"] * 2
