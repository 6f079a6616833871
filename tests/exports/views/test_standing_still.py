"""A job that stands still says since when, and what can be done about it."""

from collections.abc import Iterator
from datetime import timedelta

import pytest

from exports import operations
from exports.models import Export
from portfolio.foundation import clock
from portfolio.foundation.db import db, transaction
from portfolio.foundation.work import alive, jobs
from tests.fixtures import deeds
from tests.fixtures.cast import House

pytestmark = pytest.mark.parametrize("database", ["sqlite", "postgresql"], indirect=True)


@pytest.fixture(autouse=True)
def worker(house: House) -> Iterator[None]:
    """A worker that lives and does nothing."""
    with alive.identity(house.app.extensions["markwell"].instance):
        yield


@pytest.fixture
def export(house: House) -> Export:
    deeds.handed_in(house.enrolment())
    with transaction():
        return operations.ask_pack([house.person("ada")], by=house.person("dee"))


def told(house: House, export: Export, minutes: int) -> tuple[str, str, str]:
    """What its page, the list of exports and the script's question say, so long after it last moved."""
    dee, id = house.browser("dee"), export.id
    db.session.rollback()
    job = db.session.get_one(jobs.Job, export.job_id)
    job.created_at = clock.now() - timedelta(minutes=minutes)
    job.moved_at = job.moved_at and job.created_at
    db.session.commit()
    asked = dee.get(f"/exports/{id}/progress").json or {}
    return dee.get(f"/exports/{id}").text, dee.get("/exports").text, asked["still"]


def test_without_a_worker_its_page_says_that_nothing_is_being_made(house: House, export: Export) -> None:
    instance = house.app.extensions["markwell"].instance
    page, _, asked = told(house, export, 0)
    assert asked == ""
    (instance / "worker").unlink()  # as if it had never been started here
    page, _, asked = told(house, export, 2)
    assert asked.startswith("Nothing is being made or sent just now: no worker is running.")
    assert asked in page
    assert asked in house.browser("dee").get("/jobs").text


def test_what_waits_longer_than_a_minute_says_since_when(house: House, export: Export) -> None:
    assert "It has been waiting since" not in "".join(told(house, export, 0))
    page, listed, asked = told(house, export, 2)
    assert asked.startswith("It has been waiting since ")
    assert asked in page
    assert asked in listed


def test_what_runs_and_does_not_move_says_so_and_the_list_says_how_far_it_is(house: House, export: Export) -> None:
    begin_and_stop_half_way(str(export.job_id))
    page, listed, asked = told(house, export, 2)
    assert asked.startswith("No progress since ")
    assert "Stop it and ask again" in page
    assert "Typesetting (3 of 7)" in listed
    assert "No progress since" not in "".join(told(house, export, 0))


def begin_and_stop_half_way(id: str) -> None:
    """The worker takes the job, tells how far it is, and is gone."""
    with transaction():
        row = db.session.get_one(jobs.Job, id)
        row.state = "running"
    jobs.Running(id, lambda _name, deed, *given: deed(*given)).progress(3, 7, "Typesetting")
    jobs.MOVED.pop(id)  # with its process; what remembers it longer would keep the engine of later tests awake
