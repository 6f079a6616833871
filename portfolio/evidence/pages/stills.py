"""Stills: the job that makes the pictures of a film over which claimed rectangles are printed."""

from typing import Any

from portfolio.evidence import media
from portfolio.evidence.models import File, FilePage, Version
from portfolio.evidence.operations import claiming, record_copies
from portfolio.evidence.pages import drawing, queries
from portfolio.evidence.places import within
from portfolio.evidence.places.locators import Locator, Span
from portfolio.foundation import files
from portfolio.foundation.db import db, hold, transaction
from portfolio.foundation.log.actors import Actor
from portfolio.foundation.work import jobs
from portfolio.foundation.work.jobs import Running
from portfolio.people.models import Person

KIND = "draw stills"
MOST = 60
"""Stills of one film; further rectangles are printed over the one picture of the film."""
CAUGHT_UP = 200
"""Films that are looked through in one hour for rectangles of which nobody asked for the stills."""


def ask(file: File, *, by: Actor) -> None:
    """Ask for the stills of `file` that are wanted and not there, in the present transaction."""
    if file.shown_type.startswith("video/") and _wanted(file):
        jobs.enqueue(KIND, by=by, file_id=file.id)


def catch_up() -> None:
    """Ask for stills that are wanted and for which nobody asked; for the worker."""
    with transaction():
        for file in queries.claimed_films(CAUGHT_UP):
            ask(file, by=db.session.get_one(Person, file.owner_id))


def ask_for(place: Locator, version: Version, by: Actor) -> None:
    """The same, of the film in which a place of this version is a rectangle."""
    for file in films(place, version):
        ask(file, by=by)


def films(place: Locator, version: Version) -> list[File]:
    """The film of a version in the picture of which a place is a rectangle; none for other places."""
    if not isinstance(place, Span) or not place.region:
        return []
    return [file for file in version.files if file.kind == "video" and place.file in ("", file.sha256)]


def _wanted(file: File) -> list[int]:
    """The tenths of seconds at which a claimed rectangle begins, and of which there is no still yet."""
    places = [(within.found(claim.locator, claim.version), claim.version) for claim in queries.claims_in(file.id)]
    tenths = {
        place.still for place, version in places if isinstance(place, Span) and file in films(place, version)
    }  # fmt: skip
    there = {page.number for page in file.drawn}
    return [tenth for tenth in sorted(tenths)[:MOST] if tenth not in there]


def _left(_sentence: str, _file_id: int) -> None:
    """What is not drawn is printed over the one picture of the film until it is asked for again."""


@jobs.job(KIND, left=_left)
def draw(running: Running, file_id: int) -> dict[str, Any]:
    """Draw the stills of a film that are wanted, and write down what they are."""
    drawn = running.step("draw", _draw, running, file_id)
    return {"file_id": file_id, "stills": drawn}


def _draw(running: Running, file_id: int) -> int:
    file = db.session.get_one(File, file_id)
    copy, wanted = files.store().path(file.shown_sha256), _wanted(file)
    has_room = drawing.has_room(db.session.get_one(Person, file.owner_id))
    db.session.rollback()
    if not wanted or not has_room:
        return 0
    with files.store().workshop() as folder:
        made = media.draw_stills(copy, folder, wanted, running.ensure_wanted)
        rows = [drawing.row(still) for still in made]
    with transaction():
        file = db.session.get_one(File, file_id)
        hold(file)
        there = {page.number for page in file.drawn}  # else a crash repeats it
        fresh = [row for row in rows if row["number"] not in there]
        if running.is_wanted and fresh:
            db.session.add_all(FilePage(file_id=file_id, **row) for row in fresh)
            record_copies(file)
    return len(rows)


claiming.CLAIMED.append(ask_for)
