"""However many people send films that take for ever, somebody else's recording waits a short while for each of them."""

from collections.abc import Iterator
from functools import partial
from pathlib import Path

import pytest
from flask import Flask

from portfolio.evidence import preparing
from portfolio.evidence.arrivals.operations import stop_preparing
from portfolio.evidence.models import File
from portfolio.foundation.db import db, transaction
from portfolio.foundation.work import jobs
from portfolio.foundation.work.jobs import Job
from tests.evidence.formats.crawling import crawling
from tests.evidence.formats.recordings import MADE
from tests.faults import centre
from tests.faults.arrivals.hasty import HASTY_HOUSE, SOON, several_times
from tests.faults.centre import person
from tests.faults.programs import nursery, until, working
from tests.faults.test_hostile_film import done, sent

pytestmark = pytest.mark.slow
FILMS = 2
"""Of each of two people; one of them is more than a worker has hands besides."""


@pytest.fixture
def house(tmp_path: Path) -> Iterator[Flask]:
    with centre.let_go_of(centre.opened(tmp_path / "house")) as opened:
        yield opened


@pytest.fixture
def voice(tmp_path: Path) -> Path:
    """A short recording."""
    path = tmp_path / "voice.m4a"
    MADE["voice_m4a"](path)
    return path


@pytest.fixture
def soon(voice: Path, monkeypatch: pytest.MonkeyPatch) -> int:
    """Seconds after which a recording gives way in the house that is started."""
    seconds = several_times(voice)
    monkeypatch.setenv(SOON, str(seconds))
    return seconds


@pytest.mark.usefixtures("soon")
def test_endless_films_of_two_people_give_way_to_the_recording_of_a_third(
    house: Flask, voice: Path, tmp_path: Path
) -> None:
    film = crawling(tmp_path / "film.mp4")
    films = [sent(house, name, film) for name in ("Ada", "Cai") for _ in range(FILMS)]
    with nursery(house, HASTY_HOUSE) as home, working(home):
        until(lambda: running(house, preparing.RECORDINGS) == 2)
        hers = sent(house, "Dot", voice)
        until(partial(done, house, [hers], []))
        until(lambda: open_jobs(house, preparing.RECORDINGS) == 0)
        until(lambda: running(house, preparing.LONG) == 2)
        assert open_jobs(house, preparing.LONG) == len(films)
        last = sent(house, "Dot", voice)
        until(partial(done, house, [last], []))
        stop_long(house)
        assert prepared(house, films) == {"failed"}


def test_a_recording_that_takes_long_is_there_in_the_end(house: Flask, soon: int, tmp_path: Path) -> None:
    long = sent(house, "Ada", crawling(tmp_path / "film.mp4", rounds=8 * soon))
    with nursery(house, HASTY_HOUSE) as home, working(home):
        until(partial(done_at_last, house, long))
    with house.app_context():
        assert db.session.query(Job).filter_by(kind=preparing.LONG).count() == 1


def running(house: Flask, kind: str) -> int:
    with house.app_context():
        return db.session.query(Job).filter_by(kind=kind, state="running").count()


def open_jobs(house: Flask, kind: str) -> int:
    with house.app_context():
        return db.session.query(Job).filter(Job.kind == kind, Job.state.in_(jobs.OPEN)).count()


def prepared(house: Flask, files: list[int]) -> set[str]:
    with house.app_context():
        return {db.session.get_one(File, file).prepared for file in files}


def done_at_last(house: Flask, file: int) -> bool:
    told = prepared(house, [file])
    assert "failed" not in told
    return told == {"ready"}


def stop_long(house: Flask) -> None:
    """As administrators do."""
    with house.app_context(), transaction():
        for job in db.session.query(Job).filter(Job.kind == preparing.LONG, Job.state.in_(jobs.OPEN)):
            stop_preparing(job, db.session.get_one(File, job.args["file_id"]), by=person("Ada"))
