"""Reads about transcripts."""

from sqlalchemy import func, select
from sqlalchemy.orm import joinedload

from portfolio.evidence.models import File
from portfolio.evidence.transcripts.models import Transcript
from portfolio.foundation.db import db

PLAYED = ("audio", "video")
"""Kinds of files in which something is said."""


def all_of(file_id: int) -> list[Transcript]:
    """Every transcript of a recording, removed ones too, the newest first."""
    query = select(Transcript).where(Transcript.file_id == file_id).order_by(Transcript.number.desc())
    who = (Transcript.made_by, Transcript.confirmed_by, Transcript.removed_by)
    return list(db.session.scalars(query.options(*map(joinedload, who))))


def standing(file: File) -> Transcript | None:
    """The one whose words somebody confirmed last, unless it was removed."""
    return _newest(file, "confirmed")


def draft(file: File) -> Transcript | None:
    """A draft that nobody has confirmed, unless one that was made later stands."""
    found, confirmed = _newest(file, "draft"), standing(file)
    return None if found is None or (confirmed and confirmed.number > found.number) else found


def shown(file: File) -> Transcript | None:
    """The one that captions show: whichever stands, else a draft."""
    return (standing(file) or draft(file)) if file.kind in PLAYED else None


def numbered(file: File, number: int) -> Transcript | None:
    """One of a recording's transcripts."""
    query = select(Transcript).where(Transcript.file_id == file.id, Transcript.number == number)
    return db.session.scalars(query).one_or_none()


def next_number(file_id: int) -> int:
    """The number that a recording's next transcript takes."""
    query = select(func.max(Transcript.number)).where(Transcript.file_id == file_id)
    return (db.session.scalar(query) or 0) + 1


def unheard(most: int) -> list[File]:
    """Recordings that can be played, `most` of them, of whose words nobody asked for."""
    query = select(File).where(File.kind.in_(PLAYED), File.shown_sha256 != "", File.listening == "").order_by(File.id)
    return list(db.session.scalars(query.limit(most)))


def _newest(file: File, state: str) -> Transcript | None:
    query = select(Transcript).where(
        Transcript.file_id == file.id, Transcript.state == state, Transcript.removed_at.is_(None)
    )  # fmt: skip
    return db.session.scalars(query.order_by(Transcript.number.desc()).limit(1)).first()
