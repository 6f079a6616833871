"""Reads about transcripts."""

from collections.abc import Iterable

from sqlalchemy import Select, select
from sqlalchemy.orm import joinedload, undefer

from portfolio.evidence.models import File
from portfolio.evidence.transcripts.models import Transcript
from portfolio.foundation.db import db

PLAYED = ("audio", "video")
"""Kinds of files in which something is said."""
_IS_CONFIRMED = Transcript.state == "confirmed"


def all_of(file_id: int) -> list[Transcript]:
    """Every transcript of a recording, removed ones too, the newest first; their cues are not read."""
    query = select(Transcript).where(Transcript.file_id == file_id).order_by(Transcript.number.desc())
    who = (Transcript.made_by, Transcript.confirmed_by, Transcript.removed_by)
    return list(db.session.scalars(query.options(*map(joinedload, who))))


def standing(file: File) -> Transcript | None:
    """The one whose words somebody confirmed last, unless it was removed."""
    return _first(file, _live(file).where(_IS_CONFIRMED))


def draft(file: File) -> Transcript | None:
    """A draft that nobody has confirmed, unless one that was made later stands."""
    newest = _first(file, _live(file))
    return newest if newest and newest.state == "draft" else None


def shown(file: File) -> Transcript | None:
    """The one that captions show: whichever stands, else a draft."""
    return shown_of([file]).get(file.id)


def shown_of(files: Iterable[File]) -> dict[int, Transcript]:
    """Of each of these in which something is said, by its id, the one that captions show; no cues are read."""
    played = [file.id for file in files if file.kind in PLAYED and file.transcripts]
    query = select(Transcript).where(Transcript.file_id.in_(played), Transcript.removed_at.is_(None))
    query = query.order_by(_IS_CONFIRMED.desc(), Transcript.number.desc())
    shown = dict[int, Transcript]()
    for one in db.session.scalars(query) if played else ():
        shown.setdefault(one.file_id, one)
    return shown


def numbered(file: File, number: int) -> Transcript | None:
    """One of a recording's transcripts."""
    query = select(Transcript).where(Transcript.file_id == file.id, Transcript.number == number)
    return db.session.scalars(query).one_or_none()


def unheard(most: int) -> list[File]:
    """Recordings that can be played, `most` of them, of whose words nobody asked for."""
    query = select(File).where(File.kind.in_(PLAYED), File.shown_sha256 != "", File.listening == "").order_by(File.id)
    return list(db.session.scalars(query.limit(most)))


def _live(file: File) -> Select[Transcript]:
    """Those of a recording that were not removed, the newest first."""
    query = select(Transcript).where(Transcript.file_id == file.id, Transcript.removed_at.is_(None))
    return query.order_by(Transcript.number.desc())


def _first(file: File, query: Select[Transcript]) -> Transcript | None:
    """With its cues, which are read of no other; most files have none, and nobody asks for them."""
    if not file.transcripts:
        return None
    return db.session.scalars(query.limit(1).options(undefer(Transcript.cues))).one_or_none()
