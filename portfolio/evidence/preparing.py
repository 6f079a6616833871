"""Preparing: the jobs that make the copies to show of a file that came in.

A recording that takes longer than `SOON` gives way: it is prepared anew among the long ones, and so is, until that is
done, whatever its owner sends. So somebody's endless films delay those of others once, by `SOON`.
"""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

from portfolio.evidence import media, operations, queries
from portfolio.evidence.media import Prepared
from portfolio.evidence.models import File
from portfolio.evidence.pages import drawing, stills
from portfolio.evidence.pages import queries as pages
from portfolio.foundation import files
from portfolio.foundation.db import db, hold, transaction
from portfolio.foundation.log.actors import Actor
from portfolio.foundation.work import jobs
from portfolio.foundation.work.jobs import Job, Running
from portfolio.people.models import Person

KIND, RECORDINGS, LONG = "prepare", "prepare a recording", "prepare a long recording"
"""Kinds of jobs: photos and documents do not wait until recordings are done, nor these until long ones are."""
KINDS = (KIND, RECORDINGS, LONG, drawing.KIND, stills.KIND)
SOON = 2 * 60
"""Seconds of processor time after which a recording gives way: most are prepared in a tenth of that."""
AFTERWARDS: list[Callable[[File, Person], None]] = []
"""Of rooms that go on with a file of somebody's once its copies are there: what they do in the same transaction."""
STOPPED = "This was stopped before it could be prepared for looking at here."
MEASURES = ("kind", "media_type", "duration", "width", "height", "pages", "picture_width", "picture_height", "note")
"""What a file's row takes over from `Prepared` under the same name."""


def ask(file: File, *, by: Actor) -> Job:
    """Ask for the copies of `file`, in the present transaction."""
    return jobs.enqueue(RECORDINGS if file.kind in ("audio", "video") else KIND, by=by, file_id=file.id)


def catch_up() -> None:
    """Ask for the copies of files that came when no words of theirs were read; for the worker."""
    with transaction():
        for file in pages.unread(drawing.CAUGHT_UP):
            hold(file)
            if file.kind == "other" and file.prepared != "waiting":
                file.prepared = "waiting"
                ask(file, by=db.session.get_one(Person, file.owner_id))


def _left(sentence: str, file_id: int) -> None:
    """Say of a file that it will not be prepared, and why."""
    file = _file(file_id)
    if file.prepared == "waiting":
        file.prepared, file.note = "failed", f"{sentence or STOPPED} The original is kept."[:300]
        operations.record_copies(file)


@jobs.job(RECORDINGS, left=_left)
def prepare_soon(running: Running, file_id: int) -> dict[str, Any]:
    """Prepare a recording where that is done soon; else ask for it among the long ones."""
    running.progress(0, 1, "Making copies that can be played and printed")
    made = running.step("make soon", _make_soon, file_id, running.ensure_wanted)
    if made is None:
        running.step("give way", _give_way, running, file_id)
        return {"file_id": file_id, "prepared": "later"}
    running.step("write down", _write_down, running, file_id, made)
    return {"file_id": file_id, "prepared": made["prepared"]}


@jobs.job(LONG, left=_left)
@jobs.job(KIND, left=_left)
def prepare(running: Running, file_id: int) -> dict[str, Any]:
    """Make the copies of a file and write down where they are."""
    running.progress(0, 1, "Making copies that can be played and printed")
    made = running.step("make", _make, file_id, running.ensure_wanted)
    running.step("write down", _write_down, running, file_id, made)
    return {"file_id": file_id, "prepared": made["prepared"]}


def _make_soon(file_id: int, ticked: Callable[[], None]) -> dict[str, Any] | None:
    """What `_make` gives; None where it takes longer than `SOON`, or its owner has a recording that did."""
    waits = queries.open_jobs(LONG, _file(file_id).owner_id) != []
    db.session.rollback()
    if waits:
        return None
    made = _make(file_id, ticked, most=SOON)
    return None if made["note"] == media.TOOK_TOO_LONG else made


def _give_way(running: Running, file_id: int) -> None:
    """Ask for it among the long recordings of its owner, once."""
    with transaction():
        file = _file(file_id)
        hold(file)
        asked = [job.args["file_id"] for job in queries.open_jobs(LONG, file.owner_id)]
        if running.is_wanted and file_id not in asked:  # else a crash made it do this again
            jobs.enqueue(LONG, by=db.session.get_one(Person, file.owner_id), file_id=file_id)


def _make(file_id: int, ticked: Callable[[], None], most: int = 0) -> dict[str, Any]:
    """The values of the file's row; its copies are in the store. `ticked` raises when they are no longer wanted."""
    original = files.store().path(_file(file_id).sha256)
    db.session.rollback()
    with files.store().workshop() as folder:
        prepared = media.prepare(original, folder, ticked, most=most)
        return _row(prepared, _kept(prepared.shown), _kept(prepared.picture))


def _row(prepared: Prepared, shown_sha256: str, picture_sha256: str) -> dict[str, Any]:
    values = replace(prepared, shown=None, picture=None).to_json()
    return {name: values[name] for name in MEASURES} | {
        "peaks": list(prepared.peaks),
        "remarks": list(prepared.remarks),
        "shown_type": prepared.shown_type,
        "shown_sha256": shown_sha256,
        "picture_sha256": picture_sha256,
        "prepared": "failed" if prepared.note else "ready",
    }


def _kept(path: Path | None) -> str:
    return files.store().put(path).sha256 if path else ""


def _write_down(running: Running, file_id: int, values: dict[str, Any]) -> None:
    """Keep what was measured; a claim that turns out to point beyond it comes loose."""
    with transaction():
        if not running.is_wanted:
            return
        file = _file(file_id)
        hold(file)
        if any(getattr(file, name) != value for name, value in values.items()):  # else a crash made it do this again
            for name, value in values.items():
                setattr(file, name, value)
            operations.record_copies(file)
            operations.loosen(file)
            owner = db.session.get_one(Person, file.owner_id)
            if file.kind == "document" and file.pages and not file.drawing:
                drawing.ask(file, by=owner)
            if file.kind == "video":
                stills.ask(file, by=owner)
            for go_on in AFTERWARDS:
                go_on(file, owner)


def _file(file_id: int) -> File:
    return db.session.get_one(File, file_id)
