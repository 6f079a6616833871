"""Reads about transcripts."""

from sqlalchemy import select
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
    return next((one for one in _live(file) if one.state == "confirmed"), None)


def draft(file: File) -> Transcript | None:
    """A draft that nobody has confirmed, unless one that was made later stands."""
    newest = next(iter(_live(file)), None)
    return newest if newest and newest.state == "draft" else None


def shown(file: File) -> Transcript | None:
    """The one that captions show: whichever stands, else a draft."""
    live = _live(file) if file.kind in PLAYED else []
    return next((one for one in live if one.state == "confirmed"), live[0] if live else None)


def numbered(file: File, number: int) -> Transcript | None:
    """One of a recording's transcripts."""
    query = select(Transcript).where(Transcript.file_id == file.id, Transcript.number == number)
    return db.session.scalars(query).one_or_none()


def unheard(most: int) -> list[File]:
    """Recordings that can be played, `most` of them, of whose words nobody asked for."""
    query = select(File).where(File.kind.in_(PLAYED), File.shown_sha256 != "", File.listening == "").order_by(File.id)
    return list(db.session.scalars(query.limit(most)))


def _live(file: File) -> list[Transcript]:
    """Those of a recording that were not removed, the newest first; most files have none, and nobody asks for them."""
    query = select(Transcript).where(Transcript.file_id == file.id, Transcript.removed_at.is_(None))
    return list(db.session.scalars(query.order_by(Transcript.number.desc()))) if file.transcripts else []
