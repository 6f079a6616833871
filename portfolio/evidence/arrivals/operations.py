"""Writes about files on their way in: uploads begin, become originals, end."""

import secrets
from datetime import timedelta

from sqlalchemy import delete, update

from portfolio.evidence import operations as evidence
from portfolio.evidence import preparing
from portfolio.evidence.arrivals import queries, quotas
from portfolio.evidence.arrivals.models import Upload
from portfolio.evidence.models import File
from portfolio.evidence.pages import drawing
from portfolio.foundation.clock import now
from portfolio.foundation.db import db, hold
from portfolio.foundation.errors import OutOfTurn, Refused, TooBig
from portfolio.foundation.files import Stored
from portfolio.foundation.log import audit
from portfolio.foundation.log.deeds import Deed
from portfolio.foundation.settings import current
from portfolio.foundation.words.sizes import filesize
from portfolio.foundation.words.text import cleaned, is_blank
from portfolio.foundation.work import jobs
from portfolio.foundation.work.jobs import Job
from portfolio.people.models import Person

LIFE = timedelta(days=2)
"""How long an upload may take."""
KNOWN = timedelta(days=90)
"""How long the key of a device is known after its file arrived; as long as the key of a form."""
MOST_OPEN = 100
"""Unfinished uploads of one person."""
_ONE_LINE = str.maketrans("", "", "\n\t")


def begin(name: str, length: int, *, most: int, by: Person, key: str = "") -> Upload:
    """Make room for a file of `length` bytes; what the device began before under the same `key` is gone on with.

    Raises `TooBig`, `OutOfTurn` for too many. Refused for an empty one, and for a key under which a file of another
    length was begun.
    """
    if (before := _begun(key, by)) and before.length != length:
        raise Refused("Another file was sent under this key before. Add this one as a file.")
    if before:
        return before
    ensure_fits(length, most)
    if length < 1:
        raise Refused("This file is empty.")
    ensure_room(length, by=by)
    if queries.open_uploads(by) >= MOST_OPEN:
        raise OutOfTurn(
            f"{MOST_OPEN} files are on their way already. Let them arrive, or take some out, then add more."
        )
    row = Upload(id=secrets.token_urlsafe(32), centre_id=by.centre_id, person_id=by.id, name=clean(name), length=length)
    row.expires_at, row.device_key = now() + LIFE, key or None
    db.session.add(row)
    db.session.flush()
    return row


def _begun(key: str, by: Person) -> Upload | None:
    """What is known under the key; what expired or was not finished in time is ended, so that it can begin anew."""
    before = queries.begun(key, by) if key else None
    if before and before.expires_at <= now():
        end(before.id)
        return None
    return before


def become(upload: Upload, stored: Stored, kind: tuple[str, str], *, by: Person) -> None:
    """Make the file that an upload has become, of whoever it belongs to by now; asked again, nothing is made."""
    db.session.refresh(upload, with_for_update=True)
    if upload.file_id is None:
        owner = by if by.id == upload.person_id else db.session.get_one(Person, upload.person_id)
        upload.file_id = keep(stored, upload.name, kind, by=owner).id
        if upload.device_key:
            upload.expires_at = now() + KNOWN


def keep(stored: Stored, name: str, kind: tuple[str, str], *, by: Person) -> File:
    """Write down an original that is in the store; `kind` is what `sniff` said. The worker is asked for its copies."""
    row = File(centre_id=by.centre_id, owner_id=by.id, name=clean(name), kind=kind[0], media_type=kind[1], peaks=[])
    row.size, row.sha256, row.crc32 = stored.size, stored.sha256, stored.crc32
    db.session.add(row)
    db.session.flush()
    preparing.ask(row, by=by)
    return row


def stop_preparing(job: Job, file: File, *, by: Person) -> None:
    """Call off the preparation of a file; the original stays, and the file says what happened."""
    if not job.is_open:
        return
    jobs.cancel(job)
    audit.record(Deed.PREPARATION_STOPPED, f"file {file.id}", by=by, file=file.name, owner=file.owner_id)


def prepare_again(file: File, *, by: Person) -> None:
    """Ask anew for the copies of a file that could not be prepared, or for the pages of which drawing was stopped.

    Raises `OutOfTurn` for any other.
    """
    if file.prepared == "failed":
        file.prepared, file.note = "waiting", ""
        evidence.record_copies(file)
        preparing.ask(file, by=by)
    elif file.drawing == "stopped":
        drawing.ask(file, by=by)
    else:
        raise OutOfTurn("This file is prepared already, or waits for it.")
    audit.record(Deed.PREPARATION_ASKED_FOR, f"file {file.id}", by=by, file=file.name, owner=file.owner_id)


def hand_on(double: Person, stays: Person) -> None:
    """Let what is on its way by one record of somebody arrive at another one of theirs."""
    theirs = update(Upload).where(Upload.person_id == double.id).values(person_id=stays.id)
    db.session.execute(theirs.execution_options(synchronize_session=False))


def end(id: str) -> None:
    """End an upload; what it became stays."""
    db.session.execute(delete(Upload).where(Upload.id == id))


def end_expired() -> None:
    """End the uploads whose time is over."""
    db.session.execute(delete(Upload).where(Upload.expires_at < now()))


def ensure_room(length: int, *, by: Person) -> None:
    """Raise `TooBig` where a quota has no room; what others send at the same moment is counted first."""
    if current().person_quota or current().centre_quota:
        hold(by.centre if current().centre_quota else by)
        for quota in quotas.of(by):
            quota.ensure_room(length)


def ensure_fits(length: int, most: int) -> None:
    """Raise `TooBig` for more than `most` bytes."""
    if length > most:
        raise TooBig(f"This file is larger than {filesize(most)}, which is the most that is taken.")


def clean(name: str) -> str:
    """The last part of a file's name in one clean line, at most 255 long; `file` where nothing of it can be seen."""
    last = cleaned(name.replace("\\", "/").rsplit("/", 1)[-1]).translate(_ONE_LINE).strip()[-255:]
    return "file" if is_blank(last) else last
