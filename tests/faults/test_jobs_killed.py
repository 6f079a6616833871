"""Workers are killed between and within the steps of their jobs: every step is done, and only a cut-off one again."""

import io
import random
from pathlib import Path

import pytest
from flask import Flask
from PIL import Image

from portfolio.evidence.models import File
from portfolio.evidence.views import uploads
from portfolio.foundation import files
from portfolio.foundation.db import db, transaction
from portfolio.foundation.work import jobs, worker
from portfolio.foundation.work.jobs import Job
from tests.faults.house import furnished, person
from tests.faults.programs import nursery, until, working

pytestmark = pytest.mark.slow
SEED, KILLS, PIECES = 20261122, 8, 120


def test_jobs_survive_a_worker_that_is_killed_again_and_again(tmp_path: Path) -> None:
    house, dice, pieces = furnished(tmp_path), random.Random(SEED), tmp_path / "pieces"
    pieces.touch()
    with house.app_context():
        photo_id = uploads.receive(photo(), "photo.png", by=person("ada")).id
        with transaction():
            id = jobs.enqueue("count", by=person("ada"), path=str(pieces), pieces=PIECES).id
    with nursery(house) as home:
        for _ in range(KILLS):
            reached = min(written(pieces) + dice.randrange(1, PIECES // KILLS), PIECES)
            with working(home):
                until(lambda: written(pieces) >= reached)  # noqa: B023
        with working(home):
            until(lambda: closed(house))
    with house.app_context():
        row = db.session.get_one(Job, id)
        assert (row.state, row.result) == ("done", {"pieces": PIECES})
        file = db.session.get_one(File, photo_id)
        assert (file.prepared, file.width) == ("ready", 1200)
        assert files.store().has(file.shown_sha256)
    lines = [int(line) for line in pieces.read_text().split()]
    assert sorted(set(lines)) == list(range(PIECES)), "every step was done"
    assert lines == sorted(lines), "in its turn"
    assert len(lines) - PIECES <= KILLS, "and only a step that a kill cut off was done again"


def test_on_postgresql_many_workers_do_each_job_once_and_take_over_from_a_dead_one(
    tmp_path: Path, fresh_postgres_url: str
) -> None:
    house = furnished(tmp_path, database=fresh_postgres_url)
    places = [tmp_path / f"pieces{number}" for number in range(8)]
    with house.app_context(), transaction():
        for place in places:
            place.touch()
            jobs.enqueue("count", path=str(place), pieces=60)
    with nursery(house) as home, working(home, "one") as one, working(home, "two"):
        until(lambda: sum(map(written, places)) > 60)
        home.kill(one)
        until(lambda: closed(house))
    with house.app_context():
        assert {job.state for job in db.session.query(Job)} == {"done"}
        db.session.remove()
        db.engine.dispose()
    lines = [place.read_text().split() for place in places]
    assert all(sorted(set(map(int, each))) == list(range(60)) for each in lines)
    assert sum(map(len, lines)) - 60 * len(places) <= worker.HANDS, "only the steps that the kill cut off were repeated"


def photo() -> io.BytesIO:
    kept = io.BytesIO()
    Image.effect_noise((1200, 900), 60).save(kept, "PNG")
    kept.seek(0)
    return kept


def written(pieces: Path) -> int:
    return len(pieces.read_text().split())


def closed(house: Flask) -> bool:
    with house.app_context():
        return not db.session.query(Job).filter(Job.state.in_(jobs.OPEN)).count()
