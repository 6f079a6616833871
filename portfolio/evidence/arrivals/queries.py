"""Reads about files on their way in."""

from sqlalchemy import ColumnElement, func, select

from portfolio.evidence.arrivals.models import Upload
from portfolio.evidence.models import File, FilePage
from portfolio.foundation.clock import now
from portfolio.foundation.db import db
from portfolio.people.models import Person


def upload(id: str, *, viewer: Person) -> Upload | None:
    """An upload of the viewer's centre that has not expired."""
    query = select(Upload).where(Upload.id == id, Upload.centre_id == viewer.centre_id, Upload.expires_at > now())
    return db.session.scalars(query).one_or_none()


def begun(key: str, person: Person) -> Upload | None:
    """What a person's device began under `key`."""
    query = select(Upload).where(Upload.person_id == person.id, Upload.device_key == key)
    return db.session.scalars(query).one_or_none()


def is_open(id: str) -> bool:
    """Whether the upload is still wanted and not a file yet."""
    return db.session.scalar(select(Upload.id).where(Upload.id == id, Upload.file_id.is_(None))) is not None


def open_uploads(person: Person) -> int:
    """How many files of a person are on their way."""
    query = select(func.count()).where(
        Upload.person_id == person.id, Upload.file_id.is_(None), Upload.expires_at > now()
    )
    return db.session.scalar(query) or 0


def all_uploads() -> dict[str, bool]:
    """Every upload there is, by its id: whether it has become a file."""
    rows = db.session.execute(select(Upload.id, Upload.file_id.is_not(None)))
    return dict(rows.all())


def sent_by(person_id: int) -> int:
    """Bytes of all files that a person sent, of the pictures of their pages, and of files that are on their way."""
    return _bytes(File.owner_id == person_id, Upload.person_id == person_id)


def kept_at(centre_id: int) -> int:
    """Bytes of all files of a centre, of the pictures of their pages, and of files that are on their way."""
    return _bytes(File.centre_id == centre_id, Upload.centre_id == centre_id)


def _bytes(of_files: ColumnElement[bool], of_uploads: ColumnElement[bool]) -> int:
    kept = select(func.coalesce(func.sum(File.size), 0)).where(of_files).scalar_subquery()
    pages = select(func.coalesce(func.sum(FilePage.size), 0)).join(File).where(of_files).scalar_subquery()
    coming = (Upload.file_id.is_(None), Upload.expires_at > now())
    way = select(func.coalesce(func.sum(Upload.length), 0)).where(of_uploads, *coming).scalar_subquery()
    return int(db.session.scalar(select(kept + pages + way)) or 0)
