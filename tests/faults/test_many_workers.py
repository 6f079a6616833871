"""Several workers on PostgreSQL and a bucket make what one on a single machine makes, and wait for a lost bucket."""

import json
from dataclasses import replace
from functools import partial
from pathlib import Path

import pytest
from flask import Flask

from app import create_app
from exports import operations
from exports.models import Export, Report
from portfolio.foundation import files
from portfolio.foundation.db import db, transaction
from portfolio.foundation.work import jobs
from portfolio.foundation.work.jobs import Job
from tests.faults import centre
from tests.faults.centre import person
from tests.faults.programs import WHOLE_HOUSE, nursery, until, working
from tests.fixtures.bucket import seaweed

pytestmark = pytest.mark.slow
PLAIN = ("data/records/facts/", "data/annotations/", "data/evidence/", "data/log/")
"""What neither is signed nor names a signature, which is never the same twice."""


def test_many_workers_with_a_bucket_make_what_one_machine_makes_and_wait_while_the_bucket_is_lost(
    tmp_path: Path, fresh_postgres_url: str, monkeypatch: pytest.MonkeyPatch, request: pytest.FixtureRequest
) -> None:
    alone = opened(tmp_path / "alone", fresh_postgres_url, request)
    first = ask(alone)
    with nursery(alone, WHOLE_HOUSE) as home, working(home):
        until(lambda: closed(alone))
    reports, unsigned = made(alone, first)
    forget_reports(alone)
    with seaweed() as server:
        for name, value in server.environment.items():
            monkeypatch.setenv(name, value)
        shared = create_app(replace(alone.extensions["markwell"], bucket="s3://markwell/files"))
        request.addfinalizer(partial(let_go, shared))
        with nursery(shared, WHOLE_HOUSE) as home, working(home, "one"), working(home, "two"):
            server.stop()
            asked = [ask(shared) for _ in range(2)]
            until(lambda: "Waiting: The file store does not answer" in said(shared))
            server.start()
            until(lambda: closed(shared))
        for id in asked:
            assert made(shared, id) == (reports, unsigned)


def opened(folder: Path, database: str, request: pytest.FixtureRequest) -> Flask:
    house = centre.opened(folder, database=database)
    request.addfinalizer(partial(let_go, house))
    return house


def let_go(house: Flask) -> None:
    with house.app_context():
        db.session.remove()
        db.engine.dispose()


def ask(house: Flask) -> int:
    with house.app_context(), transaction():
        return operations.ask_pack([person(name) for name in centre.LEARNERS], by=person("Ira")).id


def closed(house: Flask) -> bool:
    with house.app_context():
        return not db.session.query(Job).filter(Job.state.in_(jobs.OPEN)).count()


def said(house: Flask) -> str:
    with house.app_context():
        return " ".join(job.step for job in db.session.query(Job).filter(Job.state.in_(jobs.OPEN)))


def forget_reports(house: Flask) -> None:
    with house.app_context(), transaction():
        db.session.query(Report).delete()


def made(house: Flask, id: int) -> tuple[dict[int, str], dict[str, str]]:
    """The reports before their signature by learner, and the hashes of a pack's facts, claims, evidence and log."""
    with house.app_context():
        export = db.session.get_one(Export, id)
        assert export.job
        assert (export.job.state, export.failures) == ("done", {}), export.job.error
        with files.store().open(export.plan_sha256) as plan:
            rows = json.load(plan)
        found = {row[0].partition("/")[2]: row[3] for row in rows}
        plain = {path: sha256 for path, sha256 in found.items() if path.startswith(PLAIN)}
        return {one.learner_id: one.unsigned_sha256 for one in db.session.query(Report)}, plain
