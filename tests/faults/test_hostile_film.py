"""Somebody's films that take for ever to prepare delay nobody else's photos, recordings and exports."""

import io
from collections.abc import Iterator
from functools import partial
from pathlib import Path

import pytest
from flask import Flask
from PIL import Image

from exports import operations
from exports.models import Export
from portfolio.evidence.arrivals.operations import stop_preparing
from portfolio.evidence.models import File
from portfolio.evidence.views import uploads
from portfolio.foundation.db import db, transaction
from portfolio.foundation.work.jobs import Job
from tests.evidence.formats.crawling import crawling
from tests.evidence.formats.recordings import MADE
from tests.faults import centre
from tests.faults.centre import person
from tests.faults.programs import WHOLE_HOUSE, nursery, until, working

pytestmark = pytest.mark.slow
FILMS = 4
"""More than a worker has hands."""


@pytest.fixture
def house(tmp_path: Path) -> Iterator[Flask]:
    with centre.let_go_of(centre.opened(tmp_path / "house")) as opened:
        yield opened


def test_films_of_one_person_that_take_for_ever_delay_neither_previews_nor_exports_of_others(
    house: Flask, tmp_path: Path
) -> None:
    film, voice = crawling(tmp_path / "film.mp4"), tmp_path / "voice.m4a"
    MADE["voice_m4a"](voice)
    films = [sent(house, "Ada", film) for _ in range(FILMS)]
    with nursery(house, WHOLE_HOUSE) as home, working(home):
        until(lambda: "running" in states(house, films))
        hers = sent(house, "Ada", picture(tmp_path / "hers.png"))
        others = [sent(house, "Cai", picture(tmp_path / "till.png")), sent(house, "Dot", voice)]
        with house.app_context(), transaction():
            report = operations.ask_report(person("Cai"), by=person("Ira")).id
            pack = operations.ask_pack([person("Cai"), person("Dot")], by=person("Ira")).id
        until(partial(done, house, [*others, hers], [report, pack]))
        assert sorted(states(house, films)) == ["running", *["waiting"] * (FILMS - 1)], "one of hers at a time"
        stop(house, films)
        until(lambda: states(house, films) == ["cancelled"] * FILMS)
        last = sent(house, "Ada", voice)
        until(partial(done, house, [last], []))


def sent(house: Flask, name: str, path: Path) -> int:
    """The id of a file that somebody sent."""
    with house.app_context(), path.open("rb") as stream:
        return uploads.receive(stream, path.name, by=person(name)).id


def picture(path: Path) -> Path:
    kept = io.BytesIO()
    Image.effect_noise((600, 400), 60).save(kept, "PNG")
    path.write_bytes(kept.getvalue())
    return path


def job_of(file: int) -> Job:
    return next(job for job in db.session.query(Job) if job.args.get("file_id") == file)


def states(house: Flask, files: list[int]) -> list[str]:
    """Of the jobs that prepare these files."""
    with house.app_context():
        return [job_of(file).state for file in files]


def stop(house: Flask, files: list[int]) -> None:
    with house.app_context(), transaction():
        for file in files:
            stop_preparing(job_of(file), db.session.get_one(File, file), by=person("Ada"))


def done(house: Flask, files: list[int], exported: list[int]) -> bool:
    """Whether all of these can be looked at and downloaded."""
    with house.app_context():
        told = [db.session.get_one(File, file).prepared for file in files]
        ends = [job.state for id in exported if (job := db.session.get_one(Export, id).job)]
        assert not {"failed", "cancelled"} & {*told, *ends}, [*told, *ends]
        return {*told} == {"ready"} and {*ends} <= {"done"}
