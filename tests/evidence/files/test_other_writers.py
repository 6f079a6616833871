"""Another window, a request that was cut, another web server: one writes to an upload, and each is told the truth."""

import fcntl
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from io import FileIO
from threading import Event

import pytest
from flask import Flask
from flask.testing import FlaskClient

from portfolio.evidence.arrivals import landing
from tests.evidence.files.test_uploads import begun, kept, sent
from tests.faults.house import furnished, signed_in


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory) -> Flask:
    return furnished(tmp_path_factory.mktemp("house"), upload_limit=5_000_000)


@pytest.fixture
def ada(house: Flask) -> FlaskClient:
    return signed_in(house, "ada")


def test_two_windows_do_not_write_to_one_upload_at_once(house: Flask, ada: FlaskClient) -> None:
    place = begun(ada, 3)
    with house.app_context(), landing.sole_writer(place.rsplit("/", 1)[1]):
        assert sent(ada, place, 0, b"123").status_code == 423
    assert sent(ada, place, 0, b"123").status_code == 204


def test_who_asks_how_much_arrived_is_told_once_a_request_that_was_cut_has_written_all(
    house: Flask, ada: FlaskClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    place, holds, asked = begun(ada, 9), Event(), Event()

    def told(file: FileIO, how: int, lock: Callable[[FileIO, int], None] = fcntl.flock) -> None:
        asked.set() if how & fcntl.LOCK_SH else None
        lock(file, how)

    def cut_off() -> None:
        with house.app_context(), landing.sole_writer(place.rsplit("/", 1)[1]) as sink:
            holds.set()
            sink.write(b"123")
            asked.wait(60)
            sink.write(b"456")

    monkeypatch.setattr(fcntl, "flock", told)
    monkeypatch.setattr(landing, "PATIENCE", 60.0)
    with ThreadPoolExecutor(1) as thread:
        writing = thread.submit(cut_off)
        holds.wait(60)
        answer = ada.head(place)
        asked.set()
        writing.result()
    assert answer.headers["Upload-Offset"] == "6"


def test_who_asks_how_much_arrived_does_not_wait_for_another_window_for_ever(
    house: Flask, ada: FlaskClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    place = begun(ada, 9)
    monkeypatch.setattr(landing, "PATIENCE", 0.0)
    with house.app_context(), landing.sole_writer(place.rsplit("/", 1)[1]) as sink:
        sink.write(b"123")
        assert ada.head(place).headers["Upload-Offset"] == "3"


def test_a_piece_that_another_web_server_took_is_part_of_the_file_like_any(house: Flask, ada: FlaskClient) -> None:
    place = begun(ada, 9)
    sent(ada, place, 0, b"123")
    with house.app_context(), landing.sole_writer(place.rsplit("/", 1)[1]) as sink:
        sink.write(b"456")
    assert kept(house, sent(ada, place, 6, b"789")) == b"123456789"
