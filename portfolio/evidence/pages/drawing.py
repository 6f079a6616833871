"""Drawing: the job that makes pictures of a document's pages and reads their words, its first pages first."""

from collections.abc import Callable, Iterator
from itertools import takewhile
from pathlib import Path
from typing import Any

from portfolio.evidence import media
from portfolio.evidence.media import LONGEST_FILE, MOST_PAGES, DrawnPage
from portfolio.evidence.models import File, FilePage
from portfolio.evidence.pages import queries
from portfolio.foundation import files
from portfolio.foundation.db import db, hold, transaction
from portfolio.foundation.log.actors import Actor
from portfolio.foundation.work import jobs
from portfolio.foundation.work.jobs import Job, Running
from portfolio.people.models import Person

KIND = "draw pages"
"""A kind of job of its own: photos and recordings do not wait for a long document, nor it for them."""
AT_ONCE = 10
"""Pages that one confined process draws; the first page of a document is drawn alone, to be seen soon. Of documents of
which there are words alone, one process reads all pages."""
MOST_FAILED = 10
"""Pages that cannot be drawn, after which the others of that document are not tried."""
CAUGHT_UP = 50
"""Documents that came before there were pictures of pages, and are asked for in one hour."""
HAS_ROOM: list[Callable[[Person], bool]] = []
"""What is asked whether there is room for more pictures of somebody's documents; whoever keeps quotas adds to it."""
_DRAWN = ("number", "picture_sha256", "size", "crc32", "width", "height", "text", "note")
"""What is known of a page, whichever file it is of."""


def ask(file: File, *, by: Actor) -> Job:
    """Ask for the pages of `file`, a document that is measured, in the present transaction.

    It has those at once that the centre has of the same bytes, up to the first that could not be drawn: what was read
    of a page, and signed, is not read anew.
    """
    file.drawing, done = "waiting", queries.done(file.id)
    same = takewhile(lambda page: not page.note, queries.done_elsewhere(file)[done:])
    db.session.add_all(FilePage(file_id=file.id, **{name: getattr(page, name) for name in _DRAWN}) for page in same)
    return jobs.enqueue(KIND, by=by, file_id=file.id)


def catch_up() -> None:
    """Ask for the pages of documents of which nobody asked for them; for the worker."""
    with transaction():
        for file in queries.undrawn(CAUGHT_UP):
            hold(file)
            if not file.drawing:
                ask(file, by=db.session.get_one(Person, file.owner_id))


def _left(_sentence: str, file_id: int) -> None:
    """Its other pages are not drawn; they can be asked for again."""
    _leave(file_id)


def _stop(file_id: int) -> None:
    """The pages that are done are all there will be, until there is more room."""
    with transaction():
        _leave(file_id)


def _leave(file_id: int) -> None:
    file = db.session.get_one(File, file_id)
    file.drawing = "stopped" if file.drawing == "waiting" else file.drawing


@jobs.job(KIND, left=_left)
def draw(running: Running, file_id: int) -> dict[str, Any]:
    """Draw the pages of a document that are not drawn yet, some at a time."""
    most, done = running.step("count", _counted, file_id)
    while done < most:
        running.progress(done, most, f"Drawing the pages: {done} of {most} are ready")
        done = running.step(f"draw on after {done}", _draw, running, file_id, done, most)
    running.step("end", _end, file_id)
    return {"file_id": file_id, "pages": done}


def _counted(file_id: int) -> tuple[int, int]:
    """How many of its pages are to be drawn, and how many are."""
    most, done = min(db.session.get_one(File, file_id).pages or 0, MOST_PAGES), queries.done(file_id)
    db.session.rollback()
    return most, done


def _draw(running: Running, file_id: int, done: int, most: int) -> int:
    """Draw the next pages and write them down; how many are done then. `most` where no more are tried."""
    file = db.session.get_one(File, file_id)
    original, media_type, is_text = files.store().path(file.sha256), file.media_type, file.is_text
    is_room = has_room(db.session.get_one(Person, file.owner_id))
    room = LONGEST_FILE - queries.words_of(file_id)
    db.session.rollback()
    if not is_room:
        _stop(file_id)
        return most
    last = most if is_text else min(done + (AT_ONCE if done else 1), most)
    with files.store().workshop() as folder:
        made = _pages(original, media_type, folder, range(done + 1, last + 1), ticked=running.ensure_wanted)
    with transaction():
        if running.is_wanted:
            hold(db.session.get_one(File, file_id))
            known = {page.number for page in queries.between(file_id, done + 1, last)}  # else a crash repeats it
            fresh = [row for row in made if row["number"] not in known]
            db.session.add_all(FilePage(file_id=file_id, **row) for row in _bounded(fresh, room))
            db.session.flush()
        return most if queries.failed(file_id) >= MOST_FAILED else done + len(made)


def _pages(
    path: Path, media_type: str, folder: Path, numbers: range, *, ticked: Callable[[], None]
) -> list[dict[str, Any]]:
    """The values of their rows; what is shown of them is in the store."""
    return [row(page) for page in media.draw_pages(path, folder, numbers, ticked, media_type=media_type)]


def row(page: DrawnPage) -> dict[str, Any]:
    """The values of the row of a page; what is shown of it is put into the store."""
    kept = files.store().put(page.picture) if page.picture else None
    picture = {"picture_sha256": kept.sha256, "size": kept.size, "crc32": kept.crc32} if kept else {}
    return picture | {
        "number": page.number, "width": page.width, "height": page.height, "text": page.text, "note": page.note,
    }  # fmt: skip


def has_room(person: Person) -> bool:
    """Whether there is room for more pictures of somebody's files."""
    return all(asked(person) for asked in HAS_ROOM)


def _bounded(rows: list[dict[str, Any]], room: int) -> Iterator[dict[str, Any]]:
    """The rows, with words as long as there is room for them."""
    for row in rows:
        room -= len(row["text"])
        yield row if room >= 0 else row | {"text": ""}


def _end(file_id: int) -> None:
    with transaction():
        file = db.session.get_one(File, file_id)
        file.drawing = "ready" if file.drawing == "waiting" else file.drawing
