"""The pages of a PDF become pictures with their words; what cannot be drawn says why, and harms nobody."""

from collections.abc import Callable
from pathlib import Path

import pytest
from PIL import Image

from portfolio.evidence import media
from portfolio.evidence.arrivals import operations, quotas
from portfolio.evidence.media.pages.page import TOOK_TOO_LONG, UNDRAWN
from portfolio.evidence.models import File, FilePage
from portfolio.evidence.pages import drawing, queries
from portfolio.foundation import files
from portfolio.foundation.db import db, transaction
from portfolio.foundation.work import jobs
from portfolio.foundation.work.jobs import Job
from tests.evidence.pages import papers
from tests.fixtures.cast import House

pytestmark = pytest.mark.slow

Draw = Callable[[bytes, int, int], list[media.DrawnPage]]


@pytest.fixture
def pages(tmp_path: Path) -> Draw:
    """Draws pages of a PDF: `pages(content, first, last)`."""

    def drawn(content: bytes, first: int, last: int) -> list[media.DrawnPage]:
        (tmp_path / "sent").write_bytes(content)
        return media.draw_pages(tmp_path / "sent", tmp_path, range(first, last + 1))

    return drawn


def test_each_page_is_a_picture_with_its_words_as_read_by_machine(house: House) -> None:
    file = papers.file_of(papers.item(house.person("ada")))
    assert (file.prepared, file.pages, file.drawing) == ("ready", 3, "ready")
    done = queries.between(file.id, 1, 3)
    assert [page.text.replace("\n", " ") for page in done] == [f"Step {step}" for step in papers.STEPS]
    for page in done:
        with Image.open(files.store().path(page.picture_sha256)) as picture:
            assert (picture.format, picture.size) == ("JPEG", (page.width, page.height))
            assert max(picture.size) == 1600
        assert files.store().size(page.picture_sha256) == page.size


def test_a_document_that_came_before_is_drawn_when_the_worker_next_looks(house: House) -> None:
    file = papers.file_of(papers.item(house.person("ada")))
    with transaction():
        db.session.query(FilePage).delete()
        file.drawing = ""
    drawing.catch_up()
    drawing.catch_up()
    assert db.session.query(Job).filter_by(kind=drawing.KIND, state="waiting").count() == 1
    papers.do_jobs()
    assert queries.done(file.id) == 3


def test_the_same_document_added_again_has_the_very_pages_that_were_signed(house: House) -> None:
    first = papers.file_of(papers.item(house.person("ada")))
    signed = queries.between(first.id, 1, 3)
    with transaction():
        signed[1].text = "As an older release read it"
        signed[2].picture_sha256 = signed[0].picture_sha256
    again = papers.file_of(papers.item(house.person("ada")))
    assert (again.id != first.id, again.drawing) == (True, "ready")
    told = [(page.text, page.picture_sha256, page.size, page.note) for page in queries.between(again.id, 1, 3)]
    assert told == [(page.text, page.picture_sha256, page.size, page.note) for page in queries.between(first.id, 1, 3)]
    elsewhere = papers.file_of(papers.item(house.person("amy")))
    assert [page.text for page in queries.between(elsewhere.id, 1, 3)] != [page[0] for page in told]


def test_pictures_of_pages_count_like_files_and_are_not_drawn_without_room(house: House) -> None:
    ada = house.person("ada")
    file = papers.file_of(papers.item(ada))
    pictures = sum(page.size for page in queries.between(file.id, 1, 3))
    house.sets(person_quota=10**9)
    assert quotas.of_person(ada).used == file.size + pictures
    house.sets(person_quota=file.size * 2 + pictures + 1000)
    stopped = papers.file_of(papers.item(ada, papers.blank(25)))
    assert (stopped.drawing, queries.done(stopped.id) < 25) == ("stopped", True)


def test_the_worker_that_is_killed_in_the_middle_goes_on_where_it_was(house: House) -> None:
    id = papers.sent(papers.blank(25), house.person("ada"))
    jobs.run(db.session.query(Job).one().id, lambda _name, deed, *args: deed(*args))
    job = db.session.query(Job).filter_by(kind=drawing.KIND).one().id
    kept, begun = dict[str, object](), list[str]()

    def steps(name: str, deed, *args):  # as the engine does: what is done is kept
        begun.append(name)
        if len(begun) == 4:
            raise KeyboardInterrupt
        if name not in kept:
            kept[name] = deed(*args)
        return kept[name]

    with pytest.raises(KeyboardInterrupt):
        jobs.run(job, steps)
    db.session.rollback()
    assert 0 < queries.done(id) < 25
    kept.popitem()  # the engine did not learn that the last step was done: it is done again
    jobs.run(job, steps)
    assert queries.done(id) == 25
    assert [page.number for page in queries.between(id, 1, 25)] == list(range(1, 26))
    assert db.session.get_one(File, id).drawing == "ready"


def test_a_job_that_is_stopped_leaves_what_is_drawn_and_can_be_asked_for_again(house: House) -> None:
    id = papers.sent(papers.report(), house.person("ada"))
    jobs.run(db.session.query(Job).one().id, lambda _name, deed, *args: deed(*args))
    with transaction():
        jobs.cancel(db.session.query(Job).filter_by(kind=drawing.KIND).one())
    assert (db.session.get_one(File, id).prepared, db.session.get_one(File, id).drawing) == ("ready", "stopped")
    with transaction():
        operations.prepare_again(db.session.get_one(File, id), by=house.person("ada"))
    papers.do_jobs()
    assert (db.session.get_one(File, id).drawing, queries.done(id)) == ("ready", 3)


def test_of_ten_thousand_pages_the_first_five_hundred_are_drawn(house: House) -> None:
    file = db.session.get_one(File, papers.sent(papers.blank(10_000), house.person("ada")))
    jobs.run(db.session.query(Job).one().id, lambda _name, deed, *args: deed(*args))
    assert file.pages == 10_000
    assert drawing._counted(file.id) == (500, 0)


@pytest.mark.parametrize("xfa", [False, True])
def test_what_was_filled_into_a_form_is_drawn_on_its_page(pages: Draw, *, xfa: bool) -> None:
    (page,) = pages(papers.form(xfa=xfa), 1, 1)
    assert page.picture
    with Image.open(page.picture) as picture:
        left, above, right, below = (round(side * picture.height / 800) for side in (100, 100, 500, 200))
        assert picture.convert("L").crop((left, above, right, below)).getextrema()[0] < 50, "letters in the field"


def test_pages_as_large_as_a_wall_and_as_small_as_a_stamp_are_bounded(pages: Draw) -> None:
    for size in ((14_400, 14_400), (3, 14_400), (3, 3)):
        (page,) = pages(papers.blank(1, size=size), 1, 1)
        assert max(page.width, page.height) <= 1600
        assert min(page.width, page.height) >= 1


def test_a_page_that_would_never_end_is_left_out_and_the_others_are_drawn(
    pages: Draw, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("portfolio.evidence.media.confined.WALL", {"pages": 2})
    endless = papers.drawing(b"0 0 595 842 re f " * 4_000_000)
    (page,) = pages(endless, 1, 1)
    assert page.picture is None
    assert page.note in (TOOK_TOO_LONG, UNDRAWN)


def test_what_is_no_pdf_at_all_says_that_its_pages_cannot_be_drawn(pages: Draw) -> None:
    for content in (b"", b"%PDF-1.7\nnothing", papers.blank(1, password="secret"), papers.report()[:400]):
        (page,) = pages(content, 1, 3)
        assert (page.number, page.picture) == (1, None)
        assert page.note == "This page cannot be drawn here; the original has it."


def test_a_pdf_whose_table_of_contents_is_broken_is_repaired_and_drawn(pages: Draw) -> None:
    content = papers.report()
    broken = content[: content.rindex(b"startxref")] + b"startxref\n7\n%%EOF\n"
    assert [page.number for page in pages(broken, 1, 3) if page.picture] == [1, 2, 3]


def test_a_document_of_pages_that_cannot_be_drawn_is_given_up_after_ten_of_them(house: House) -> None:
    id = papers.sent(papers.blank(40), house.person("ada"))
    jobs.run(db.session.query(Job).one().id, lambda _name, deed, *args: deed(*args))
    file = db.session.get_one(File, id)
    damaged = papers.sent(b"no PDF", house.person("ada"))
    with transaction():
        file.sha256 = db.session.get_one(File, damaged).sha256
    papers.do_jobs()
    assert (file.drawing, queries.done(id), queries.failed(id)) == ("ready", 10, 10)
