"""A rectangle of a film is printed over what the film shows at that second, and nobody can change that picture."""

import io
import json
import zipfile
from collections import Counter
from pathlib import Path

import av
import pikepdf
import pytest
from PIL import Image
from sqlalchemy import text

from exports import verify
from exports.document import drawings
from exports.facts.canonical import canonical
from exports.facts.snapshot import facts_of
from portfolio.evidence import operations, queries
from portfolio.evidence.models import Evidence, FilePage
from portfolio.evidence.pages import stills
from portfolio.evidence.places.locators import Span
from portfolio.foundation import files
from portfolio.foundation.db import db, transaction
from portfolio.foundation.work import jobs
from tests.evidence.pages import papers
from tests.exports.making.proof import found, packed
from tests.fixtures import deeds
from tests.fixtures.cast import House

pytestmark = [pytest.mark.slow, pytest.mark.usefixtures("film")]
COLOURS = ("red", "lime", "blue", "yellow")
"""What the film shows, a second of each."""
LEFT, RIGHT = "percent:5,10,40,50", "percent:50,10,40,50"


def coloured(path: Path) -> bytes:
    """A film in which every second has its own colour."""
    with av.open(str(path), "w", format="mp4") as film:
        stream = film.add_stream("libx264", rate=25)
        stream.width, stream.height, stream.pix_fmt = 320, 240, "yuv420p"
        for number in range(25 * len(COLOURS)):
            frame = av.VideoFrame.from_image(Image.new("RGB", (320, 240), COLOURS[number // 25]))
            film.mux(stream.encode(frame))
        film.mux(stream.encode(None))
    return path.read_bytes()


@pytest.fixture
def film(house: House, tmp_path: Path) -> Evidence:
    """A film of which one rectangle is claimed twice in its third second, and another in its first."""
    item = papers.item(house.person("ada"), coloured(tmp_path / "film.mp4"), name="shelf.mp4")
    points = house.enrolment().edition.points
    sha256 = papers.file_of(item).sha256
    deeds.claim(item, Span(2.4, 3.0, sha256, LEFT), points[:2], "The label.")
    deeds.claim(item, Span(0.0, 1.0, region=RIGHT), points[2:3])
    papers.do_jobs()
    return item


def colour(page: FilePage) -> tuple[int, ...]:
    with Image.open(files.store().path(page.picture_sha256)) as picture:
        pixel = picture.convert("RGB").getpixel((100, 100))
    assert isinstance(pixel, tuple)
    return tuple(round(part / 255) for part in pixel)


def test_each_rectangle_lies_over_what_the_film_shows_where_it_begins(house: House, film: Evidence) -> None:
    drawn = papers.file_of(film).drawn
    assert [(page.number, colour(page)) for page in drawn] == [(0, (1, 0, 0)), (24, (0, 0, 1))]
    facts = facts_of(house.person("ada"))
    (file,) = facts.evidence[0].files
    over = [drawings.page_areas(file, page, facts.claims).count("<text") for page in file.pages]
    assert (over, drawings.areas(file, facts.claims)) == ([1, 2], "")
    assert drawings.page_told(file, file.pages[1]) == "What shelf.mp4 shows at 00:00:02.4"


@pytest.mark.parametrize("handed_in", [False, True])
def test_its_stills_are_bound_to_the_line_of_its_copies(house: House, *, handed_in: bool) -> None:
    if handed_in:
        deeds.hand_in(house.enrolment())
    plain = json.loads(canonical(facts_of(house.person("ada"))))
    assert found(house) == []
    assert verify.against_log(plain, Counter()) == []
    pages = plain["evidence"][0]["files"][0]["pages"]
    assert [(page["number"], page["of"]) for page in pages] == [(0, 40), (24, 40)]
    gone = pages.pop()
    assert any("the picture of the film" in str(fault) for fault in verify.against_log(plain, Counter()))
    pages.append(gone | {"sha256": pages[0]["sha256"]})
    assert any("the picture of the film" in str(fault) for fault in verify.against_log(plain, Counter()))


@pytest.mark.parametrize(
    "change",
    [
        "UPDATE file_page SET picture_sha256 = (SELECT picture_sha256 FROM file_page WHERE number = 0)",
        "UPDATE file_page SET width = width - 1 WHERE number = 24",
        "UPDATE file_page SET number = 10 WHERE number = 0",
        "DELETE FROM file_page WHERE number = 24",
    ],
)
def test_whoever_changes_a_still_is_found(house: House, change: str) -> None:
    with transaction():
        db.session.execute(text(change))
    assert found(house) != []


def test_a_rectangle_that_was_taken_back_is_told_no_more_and_one_claimed_again_is_not_drawn_twice(
    house: House, film: Evidence
) -> None:
    before = [page.picture_sha256 for page in papers.file_of(film).drawn]
    with transaction():
        for claim in queries.claims_on(film.id)[:2]:
            operations.remove_claim(claim, by=house.person("ada"))
    assert [page.number for page in facts_of(house.person("ada")).evidence[0].files[0].pages] == [0]
    assert found(house) == []
    deeds.claim(film, Span(2.4, 3.9, region=RIGHT), house.enrolment().edition.points[:1])
    papers.do_jobs()
    assert [page.picture_sha256 for page in papers.file_of(film).drawn] == before
    assert [page.number for page in facts_of(house.person("ada")).evidence[0].files[0].pages] == [0, 24]
    assert found(house) == []


def test_a_still_that_no_line_binds_is_named(house: House, film: Evidence) -> None:
    with transaction():
        film_file = papers.file_of(film)
        late = FilePage(file_id=film_file.id, number=31, picture_sha256="0" * 64, width=9, height=9)
        db.session.add(late)
    deeds.claim(film, Span(3.1, 3.9, region=LEFT), house.enrolment().edition.points[:1])
    assert any("no line of the log binds" in fault for fault in map(str, found(house)))


def test_a_film_whose_copy_cannot_be_read_is_tried_once(house: House, film: Evidence) -> None:
    file = papers.file_of(film)
    with transaction():
        files.store().path(file.shown_sha256).write_bytes(b"nothing that plays")
    deeds.claim(film, Span(1.5, 2.0, region=LEFT), house.enrolment().edition.points[:1])
    papers.do_jobs()
    assert [(page.number, page.note != "") for page in papers.file_of(film).drawn] == [
        (0, False),
        (15, True),
        (24, False),
    ]
    stills.catch_up()
    assert db.session.query(jobs.Job).filter_by(state="waiting").count() == 0
    facts = facts_of(house.person("ada"))
    (told,) = facts.evidence[0].files
    assert [page.number for page in told.pages] == [0, 24]
    assert drawings.areas(told, facts.claims).count("<text") == 1, "over the one picture of the film"
    assert found(house) == []


def test_stills_for_which_nobody_asked_are_asked_for_later(house: House, film: Evidence) -> None:
    with transaction():
        for claim in queries.claims_on(film.id):
            operations.remove_claim(claim, by=house.person("ada"))
    claim = deeds.claim(film, Span(1.5, 2.0, region=LEFT), house.enrolment().edition.points[:1])[0]
    with transaction():
        for job in db.session.query(jobs.Job).filter_by(state="waiting"):
            db.session.delete(job)
    stills.catch_up()
    papers.do_jobs()
    assert claim.id
    assert 15 in [page.number for page in papers.file_of(film).drawn]


def test_the_report_and_the_pack_show_them_and_verify(house: House, tmp_path: Path) -> None:
    deeds.hand_in(house.enrolment())
    whole = packed(house)
    (tmp_path / "pack.zip").write_bytes(whole)
    assert verify.main([str(tmp_path / "pack.zip")]) == 3, "it holds; whose certificate it is, nobody said"
    with zipfile.ZipFile(io.BytesIO(whole)) as pack:
        pictures = [name.rpartition("-second-")[2] for name in pack.namelist() if "/data/pages/" in name]
        assert [name.partition("-")[0] for name in pictures] == ["0.0", "2.4"]
        report = pack.read(next(name for name in pack.namelist() if "/data/reports/" in name))
    with pikepdf.open(io.BytesIO(report)) as pdf:
        drawn = [image for page in pdf.pages for image in page.get_images().values()]
    assert [(int(image.Width), int(image.Height)) for image in drawn].count((320, 240)) >= 2
