"""Copies of photos, recordings and pages wait for room on a full disk: no file is said to be unreadable for that."""

import io
from collections.abc import Callable
from pathlib import Path

import pytest
from flask import Flask
from PIL import Image

from portfolio.evidence import media
from portfolio.evidence.models import File, FilePage
from portfolio.foundation import files
from portfolio.foundation.db import db
from portfolio.foundation.errors import Unavailable
from portfolio.foundation.work.jobs import Job
from tests.evidence.formats import pictures, recordings
from tests.evidence.pages import papers
from tests.faults import checks
from tests.faults.programs import WHOLE_HOUSE, nursery, until, working
from tests.faults.test_full_disk import closed, disk, filled, house
from tests.faults.test_hostile_film import sent
from tests.fixtures.disk import small_disk

__all__ = ["disk", "house"]

pytestmark = pytest.mark.slow
PAGES = 3
WAITS = "Waiting: There is no room left to keep this file"


def noise(path: Path, kind: str, pages: int = 1) -> Path:
    """Pictures whose copies take much room, as one file."""
    first, *others = [Image.effect_noise((1000, 1400), 90 + page) for page in range(pages)]
    kept = io.BytesIO()
    first.save(kept, kind, save_all=True, append_images=others) if kind == "PDF" else first.save(kept, kind)
    path.write_bytes(kept.getvalue())
    return path


def test_pages_and_photos_are_drawn_once_there_is_room_again(house: Flask, disk: Path, tmp_path: Path) -> None:
    document = sent(house, "Ada", noise(tmp_path / "notes.pdf", "PDF", PAGES))
    photo = sent(house, "Cai", noise(tmp_path / "till.png", "PNG"))
    ballast = filled(disk, but=150_000)
    with nursery(house, WHOLE_HOUSE) as home, working(home):
        until(lambda: sum(step.startswith(WAITS) for step in steps(house)) == 2)
        assert made(house, document, photo) == ("waiting", 0, "waiting")
        ballast.unlink()
        until(lambda: closed(house))
        assert made(house, document, photo) == ("ready", PAGES, "ready")
    with house.app_context():
        for page in db.session.query(FilePage):
            assert (page.note, files.store().size(page.picture_sha256)) == ("", page.size)
        checks.ensure_sound()
        checks.ensure_swept()


def steps(house: Flask) -> list[str]:
    with house.app_context():
        return [job.step for job in db.session.query(Job)]


def made(house: Flask, document: int, photo: int) -> tuple[str, int, str]:
    """Whether the pages are drawn, how many there are, and whether the photo is prepared."""
    with house.app_context():
        pages = db.session.query(FilePage).filter_by(file_id=document).count()
        return db.session.get_one(File, document).drawing, pages, db.session.get_one(File, photo).prepared


@pytest.mark.parametrize(
    "make",
    [pictures.MADE["photo_jpeg"], recordings.MADE["film_h264_mp4"], recordings.MADE["voice_m4a"]],
    ids=["photo", "film", "voice"],
)
def test_a_full_disk_is_told_from_a_file_that_cannot_be_read(make: Callable[[Path], None], tmp_path: Path) -> None:
    make(tmp_path / "sent")
    with small_disk(tmp_path / "disk", "8k") as disk, pytest.raises(Unavailable, match="There is no room left"):
        media.prepare(tmp_path / "sent", disk)


def test_pages_for_which_there_is_no_room_are_not_said_to_be_undrawable(tmp_path: Path) -> None:
    (tmp_path / "sent").write_bytes(papers.report())
    with small_disk(tmp_path / "disk", "8k") as disk, pytest.raises(Unavailable, match="There is no room left"):
        media.draw_pages(tmp_path / "sent", disk, range(1, 4))
