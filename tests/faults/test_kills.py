"""Web server and worker are killed at random moments: nothing acknowledged is lost, and jobs finish once."""

import hashlib
import http.client
import io
import random
from pathlib import Path

import pytest
from flask import Flask
from PIL import Image

from portfolio.evidence import uploads
from portfolio.evidence.models import File
from portfolio.foundation import files, jobs, worker
from portfolio.foundation.db import db, transaction
from portfolio.foundation.jobs import Job
from tests.faults.house import furnished, keys, person
from tests.faults.programs import free_port, kill, serving, take_over, until, working

pytestmark = pytest.mark.slow
UPLOAD_KILLS, JOB_KILLS = 10, 6
PIECE = 200_000


@pytest.fixture
def house(tmp_path: Path) -> Flask:
    return furnished(tmp_path)


class Phone:
    """Ada's telephone: it speaks tus to a real server, and remembers what was acknowledged."""

    def __init__(self, house: Flask, port: int, content: bytes) -> None:
        cookie, token = keys(house, "ada")
        self.headers = {"Cookie": f"session={cookie}", "X-CSRFToken": token, "Tus-Resumable": "1.0.0"}
        self.port, self.content = port, content
        self.place, self.acknowledged, self.file = "", 0, ""

    def ask(self, method: str, place: str, **headers: str) -> http.client.HTTPResponse:
        line = http.client.HTTPConnection("127.0.0.1", self.port, timeout=60)
        line.request(method, place, headers=self.headers | {key.replace("_", "-"): v for key, v in headers.items()})
        answer = line.getresponse()
        answer.read()
        line.close()
        return answer

    def begin(self) -> None:
        answer = self.ask("POST", "/uploads", Upload_Length=str(len(self.content)), Content_Length="0")
        assert answer.status == 201
        self.place = answer.headers["Location"]

    def look(self) -> int:
        answer = self.ask("HEAD", self.place)
        assert answer.status == 200
        self.file = answer.headers["Markwell-File"] or ""
        return int(answer.headers["Upload-Offset"])

    def send(self, at: int, cut: int | None) -> http.client.HTTPConnection:
        """Send the next piece, or only `cut` bytes of it, and do not wait for the answer."""
        piece = self.content[at : at + PIECE]
        line = http.client.HTTPConnection("127.0.0.1", self.port, timeout=60)
        line.putrequest("PATCH", self.place)
        headers = {"Upload-Offset": at, "Content-Length": len(piece), "Content-Type": uploads.PIECE}
        for name, value in (self.headers | headers).items():
            line.putheader(name, str(value))
        line.endheaders()
        line.send(piece[:cut])
        return line

    def acknowledge(self, line: http.client.HTTPConnection) -> None:
        answer = line.getresponse()
        answer.read()
        assert answer.status == 204
        self.acknowledged = int(answer.headers["Upload-Offset"])
        self.file = answer.headers["Markwell-File"] or ""
        line.close()


def test_an_upload_survives_a_server_that_is_killed_again_and_again(house: Flask) -> None:
    dice = random.Random(20261122)
    phone = Phone(house, free_port(), dice.randbytes(PIECE * (UPLOAD_KILLS + 6)))
    for _ in range(UPLOAD_KILLS):
        phone.port = free_port()
        with serving(house, phone.port) as server:
            if not phone.place:
                phone.begin()
            at = phone.look()
            assert at >= phone.acknowledged
            if dice.random() < 0.5:
                phone.acknowledge(phone.send(at, None))
                at = phone.acknowledged
            line = phone.send(at, dice.choice([None, dice.randrange(PIECE)]))
            kill(server)
            line.close()
    with serving(house, phone.port):
        while not phone.file:
            phone.acknowledge(phone.send(phone.look(), None))
    with house.app_context():
        (file,) = db.session.query(File).all()
        assert (str(file.id), file.size) == (phone.file, len(phone.content))
        assert file.sha256 == hashlib.sha256(phone.content).hexdigest()
        assert files.store().path(file.sha256).read_bytes() == phone.content


def test_a_connection_that_drops_keeps_what_arrived(house: Flask) -> None:
    phone = Phone(house, free_port(), random.Random(1).randbytes(PIECE * 2))
    with serving(house, phone.port):
        phone.begin()
        phone.send(0, PIECE // 2).close()
        until(lambda: phone.look() == PIECE // 2)
        while not phone.file:
            phone.acknowledge(phone.send(phone.look(), None))
    with house.app_context():
        assert db.session.query(File).one().sha256 == hashlib.sha256(phone.content).hexdigest()


def test_jobs_survive_a_worker_that_is_killed_again_and_again(house: Flask, tmp_path: Path) -> None:
    dice, pieces, total = random.Random(20261122), tmp_path / "pieces", 300
    pieces.touch()
    photo = io.BytesIO()
    Image.effect_noise((1200, 900), 60).save(photo, "PNG")
    photo.seek(0)
    with house.app_context():
        photo_id = uploads.receive(photo, "photo.png", by=person("ada")).id
        with transaction():
            id = jobs.enqueue("count", by=person("ada"), path=str(pieces), pieces=total).id
    for _ in range(JOB_KILLS):
        written = len(pieces.read_text().split())
        with working(house) as program:
            until(lambda: len(pieces.read_text().split()) >= min(written + dice.randrange(1, 30), total))  # noqa: B023
            kill(program)
    with working(house):
        until(lambda: closed(house))
    with house.app_context():
        row = db.session.get_one(Job, id)
        assert (row.state, row.result) == ("done", {"pieces": total})
        file = db.session.get_one(File, photo_id)
        assert (file.prepared, file.width) == ("ready", 1200)
        assert files.store().has(file.shown_sha256)
    lines = [int(line) for line in pieces.read_text().split()]
    assert sorted(set(lines)) == list(range(total)), "every step was done"
    assert lines == sorted(lines), "in its turn"
    assert len(lines) - total <= JOB_KILLS, "and only a step that a kill cut off was done again"


def closed(house: Flask) -> bool:
    with house.app_context():
        return not db.session.query(Job).filter(Job.state.in_(jobs.OPEN)).count()


def test_on_postgresql_many_workers_do_each_job_once_and_take_over_from_a_dead_one(
    tmp_path: Path, fresh_postgres_url: str
) -> None:
    house = furnished(tmp_path, database=fresh_postgres_url)
    places = [tmp_path / f"pieces{number}" for number in range(8)]
    with house.app_context(), transaction():
        for place in places:
            place.touch()
            jobs.enqueue("count", by=person("ada"), path=str(place), pieces=60)
    with working(house, "one") as one, working(house, "two"):
        until(lambda: sum(len(place.read_text().split()) for place in places) > 60)
        kill(one)
        take_over(house, "one")
        until(lambda: closed(house))
    with house.app_context():
        assert {job.state for job in db.session.query(Job)} == {"done"}
        db.session.remove()
        db.engine.dispose()
    lines = [place.read_text().split() for place in places]
    assert all(sorted(set(map(int, each))) == list(range(60)) for each in lines)
    assert sum(map(len, lines)) - 60 * len(places) <= worker.HANDS, "only the steps that the kill cut off were repeated"
