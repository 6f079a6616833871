"""Files are given back whole or in ranges, to whom they belong and whoever judges them, and never run in our name."""

import io
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient
from PIL import Image

from portfolio.evidence.models import File
from portfolio.evidence.views import uploads
from portfolio.foundation import files
from portfolio.foundation.db import db, transaction
from portfolio.foundation.work import jobs
from tests.faults.house import furnished, person, signed_in

CONTENT = bytes(range(256)) * 4


@pytest.fixture
def house(tmp_path: Path) -> Flask:
    return furnished(tmp_path)


@pytest.fixture
def ada(house: Flask) -> FlaskClient:
    return signed_in(house, "ada")


@pytest.fixture
def place(house: Flask) -> str:
    """A file of ada's that was prepared: its copy to show is the file itself."""
    with house.app_context():
        id = uploads.receive(io.BytesIO(CONTENT), "notes \N{EM DASH} <b>.html", by=person("ada")).id
        with transaction():
            file = db.session.get_one(File, id)
            file.prepared, file.shown_sha256, file.shown_type = "ready", file.sha256, "audio/mp4"
            file.duration, file.peaks = 1.5, [0.25, 1.0]
        return f"/files/{id}"


@pytest.mark.parametrize(
    ("asked", "status", "given"),
    [
        ("bytes=0-1", 206, CONTENT[:2]),
        ("bytes=1000-", 206, CONTENT[1000:]),
        ("bytes=-24", 206, CONTENT[-24:]),
        ("bytes=0-999999", 206, CONTENT),
        ("bytes=1024-", 416, None),
        ("", 200, CONTENT),
    ],
)
def test_a_player_is_given_the_range_it_asks_for(
    ada: FlaskClient, place: str, asked: str, status: int, given: bytes | None
) -> None:
    answer = ada.get(f"{place}/shown", headers={"Range": asked} if asked else {})
    assert answer.status_code == status
    if given is not None:
        assert answer.data == given
        assert answer.headers["Accept-Ranges"] == "bytes"
        assert answer.mimetype == "audio/mp4"
    answer.close()


def test_a_range_of_a_file_that_is_no_longer_the_same_is_answered_with_all_of_it(ada: FlaskClient, place: str) -> None:
    with ada.get(f"{place}/shown") as whole:
        tag = whole.headers["ETag"]
    with ada.get(f"{place}/shown", headers={"Range": "bytes=0-1", "If-Range": tag}) as same:
        assert same.status_code == 206
    with ada.get(f"{place}/shown", headers={"Range": "bytes=0-1", "If-Range": '"other"'}) as changed:
        assert (changed.status_code, len(changed.data)) == (200, len(CONTENT))
    with ada.get(f"{place}/shown", headers={"If-None-Match": tag}) as unchanged:
        assert unchanged.status_code == 304


def test_an_original_is_saved_under_its_name_and_never_opened_in_our_name(ada: FlaskClient, place: str) -> None:
    with ada.get(f"{place}/original") as answer:
        assert answer.data == CONTENT
        assert answer.headers["Content-Disposition"].startswith("attachment;")
        assert answer.headers["Content-Security-Policy"].startswith("sandbox")
        assert answer.mimetype == "application/octet-stream"
        assert "public" not in answer.headers["Cache-Control"]


def test_the_waveform_is_given_with_the_duration(ada: FlaskClient, place: str) -> None:
    assert ada.get(f"{place}/peaks.json").json == {"duration": 1.5, "peaks": [0.25, 1.0]}


def test_a_copy_that_is_not_there_is_missing(ada: FlaskClient, place: str) -> None:
    assert ada.get(f"{place}/picture").status_code == 404


@pytest.mark.parametrize("route", ["original", "shown", "picture", "peaks.json"])
@pytest.mark.parametrize("stranger", ["cy", "ben"])
def test_strangers_and_assessors_of_others_see_no_file(house: Flask, place: str, route: str, stranger: str) -> None:
    assert signed_in(house, stranger).get(f"{place}/{route}").status_code == 404


def test_a_photo_is_prepared_and_seen(house: Flask, ada: FlaskClient) -> None:
    photo = io.BytesIO()
    Image.new("RGB", (2000, 1000), "teal").save(photo, "JPEG")
    photo.seek(0)
    with house.app_context():
        id = uploads.receive(photo, "photo.jpg", by=person("ada")).id
        jobs.run(db.session.query(jobs.Job).one().id, lambda _name, deed, *args: deed(*args))
        file = db.session.get_one(File, id)
        assert (file.prepared, file.width, file.height, file.picture_width) == ("ready", 2000, 1000, 900)
        assert files.store().has(file.shown_sha256)
    with ada.get(f"/files/{id}/shown") as answer:
        assert Image.open(io.BytesIO(answer.data)).size == (1600, 800)
    with ada.get(f"/files/{id}/picture") as answer:
        assert Image.open(io.BytesIO(answer.data)).size == (900, 450)
