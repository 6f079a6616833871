"""The disk of the files is full, or a connection is cut: people read a sentence, nothing is broken, and the same
button works once there is room again.
"""

import http.client
import os
import random
from collections.abc import Iterator
from http import HTTPStatus
from pathlib import Path

import pytest
from flask import Flask

from exports import verify
from exports.models import Export, Report
from portfolio.evidence.models import File, Version
from portfolio.foundation.db import db
from portfolio.foundation.work import jobs
from portfolio.foundation.work.jobs import Job
from tests.faults import centre, checks
from tests.faults.programs import WHOLE_HOUSE, Nursery, free_port, nursery, serving, until, working
from tests.faults.visitors import FORM, Door, Uploader, Visitor
from tests.fixtures.disk import small_disk

pytestmark = [pytest.mark.slow, pytest.mark.usefixtures("home")]
ROOM = 8_000_000
"""Bytes of the small disk."""


@pytest.fixture
def disk(tmp_path: Path) -> Iterator[Path]:
    """A disk of its own for `files` and `uploads`, small enough to be filled."""
    with small_disk(tmp_path / "disk", str(ROOM)) as place:
        for name in ("files", "uploads"):
            (place / name).mkdir()
            (tmp_path / name).symlink_to(place / name)
        yield place


@pytest.fixture
def house(tmp_path: Path, disk: Path) -> Flask:  # noqa: ARG001 - the house moves in there
    return centre.opened(tmp_path)


@pytest.fixture
def door() -> Door:
    door = Door()
    door.port = free_port()
    return door


@pytest.fixture
def home(house: Flask, door: Door) -> Iterator[Nursery]:
    with nursery(house, WHOLE_HOUSE) as started, serving(started, door.port), working(started):
        yield started


def test_an_upload_and_an_export_wait_for_room_on_a_full_disk(
    house: Flask, door: Door, disk: Path, tmp_path: Path
) -> None:
    ada, ira = Uploader(door, "Ada", random.Random(1)), Visitor(door, "Ira")
    ada.sign_in()
    ira.sign_in()
    ballast = filled(disk, but=200_000)

    ada.content = random.Random(2).randbytes(600_000)
    place = begun(ada)
    with pytest.raises(AssertionError, match="There is no room left to keep this file"):
        sent(ada, place, at=0)
    at = int(ada.ask("HEAD", place)[0].headers["Upload-Offset"])
    assert ada.content.startswith((disk / "uploads" / place.rsplit("/", 1)[1]).read_bytes())
    assert at < len(ada.content), "what had room was kept, and no more is said to be there"

    asked = ira.send("/exports", scope="all").headers["Location"]
    until(lambda: "Waiting: There is no room left to keep this file" in ira.ask("GET", asked)[1].decode())
    assert refused(ira, f"{asked}/file") == 409
    with house.app_context():
        checks.ensure_sound()
        assert db.session.query(File).count() == db.session.query(Report).count() == 0

    ballast.unlink()
    answer = sent(ada, place, at=at)
    assert answer.headers["Markwell-File"]
    until(lambda: closed(house))
    content = ira.ask("GET", f"{asked}/file")[1]
    (tmp_path / "pack.zip").write_bytes(content)
    assert verify.check(tmp_path / "pack.zip").holds
    with house.app_context():
        assert [bool(export.finished_at) for export in db.session.query(Export).order_by(Export.id)] == [True]
        checks.ensure_sound()
        checks.ensure_swept()


def test_a_cut_connection_keeps_the_bytes_that_came_and_saves_no_half_of_a_form(
    house: Flask, door: Door, disk: Path
) -> None:
    ada, cai = Uploader(door, "Ada", random.Random(1)), Visitor(door, "Cai")
    ada.sign_in()
    cai.sign_in()
    ada.content = random.Random(3).randbytes(400_000)
    place = begun(ada)
    ada.cut("PATCH", place, ada.content[:300_000], 150_000, Upload_Offset="0", Content_Type=PIECE)
    arriving = disk / "uploads" / place.rsplit("/", 1)[1]
    until(lambda: arriving.stat().st_size == 150_000)
    until(lambda: ada.ask("HEAD", place)[0].headers["Upload-Offset"] == "150000")
    with house.app_context():
        diary = centre.item("Cai", 2).id
    form = b"title=The+diary&based_on=1&text=" + b"Half+of+it.+" * 100
    cai.cut("POST", f"/evidence/{diary}/change", form, len(form) // 2, Content_Type=FORM)
    answer = sent(ada, place, at=150_000)
    assert answer.headers["Markwell-File"]
    saved = cai.send(f"/evidence/{diary}/change", title="The diary", text="All of it.", based_on=1)
    assert saved.status == 302, "nothing came between"
    with house.app_context():
        assert [one.text for one in db.session.query(Version).filter_by(evidence_id=diary)] == ["Monday.", "All of it."]
        checks.ensure_sound()


PIECE = "application/offset+octet-stream"


def begun(ada: Uploader) -> str:
    answer, _ = ada.ask("POST", "/uploads", b"", Upload_Length=str(len(ada.content)))
    return str(answer.headers["Location"])


def sent(ada: Uploader, place: str, *, at: int) -> http.client.HTTPResponse:
    """The answer to the rest; as browsers do, it is sent again while a request that was cut is still written down."""
    while True:
        answer, _ = ada.ask("PATCH", place, ada.content[at:], Upload_Offset=str(at), Content_Type=PIECE)
        if answer.status != HTTPStatus.LOCKED:
            return answer


def refused(person: Visitor, place: str) -> int:
    return int(person.ask("GET", place)[0].status)


def filled(disk: Path, *, but: int) -> Path:
    """Take all room but a little; what takes it, to be removed again."""
    ballast, free = disk / "ballast", os.statvfs(disk)
    ballast.write_bytes(bytes(max(0, free.f_bavail * free.f_frsize - but)))
    return ballast


def closed(house: Flask) -> bool:
    with house.app_context():
        return not db.session.query(Job).filter(Job.state.in_(jobs.OPEN)).count()
