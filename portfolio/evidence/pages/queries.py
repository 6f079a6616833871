"""Reads about pages of documents."""

from collections.abc import Collection

from sqlalchemy import Text, cast, func, select
from sqlalchemy.orm import joinedload, undefer

from portfolio.evidence.media import READ
from portfolio.evidence.models import Claim, File, FilePage, VersionFile
from portfolio.foundation.db import db
from portfolio.people.models import Person


def page(id: int, number: int, *, viewer: Person) -> FilePage | None:
    """A page of a document at the viewer's centre that is done."""
    query = select(FilePage).join(File).where(
        FilePage.file_id == id, FilePage.number == number, File.centre_id == viewer.centre_id
    )  # fmt: skip
    return db.session.scalars(query.options(joinedload(FilePage.file))).one_or_none()


def done(file_id: int) -> int:
    """How many pages of a document are done: they are done in their order."""
    query = select(func.count()).select_from(FilePage).where(FilePage.file_id == file_id)
    return db.session.scalar(query) or 0


def failed(file_id: int) -> int:
    """How many of the pages that are done could not be drawn."""
    query = select(func.count()).select_from(FilePage).where(FilePage.file_id == file_id, FilePage.picture_sha256 == "")
    return db.session.scalar(query) or 0


def between(file_id: int, first: int, last: int) -> list[FilePage]:
    """The pages from `first` to `last` that are done, with their words."""
    query = select(FilePage).where(FilePage.file_id == file_id, FilePage.number.between(first, last))
    return list(db.session.scalars(query.order_by(FilePage.number).options(undefer(FilePage.text))))


def chosen(file_id: int, numbers: Collection[int]) -> list[FilePage]:
    """The pages of these numbers that are done, with their words."""
    query = select(FilePage).where(FilePage.file_id == file_id, FilePage.number.in_(numbers))
    return list(db.session.scalars(query.order_by(FilePage.number).options(undefer(FilePage.text))))


def done_elsewhere(file: File) -> list[FilePage]:
    """The pages, with their words, that are done of the same bytes under another file of the centre: where most are."""
    twins = select(FilePage.file_id).join(File).where(
        File.sha256 == file.sha256, File.centre_id == file.centre_id, File.id != file.id
    )  # fmt: skip
    most = twins.group_by(FilePage.file_id).order_by(func.count().desc(), FilePage.file_id).limit(1)
    query = select(FilePage).where(FilePage.file_id == most.scalar_subquery())
    return list(db.session.scalars(query.order_by(FilePage.number).options(undefer(FilePage.text))))


def claims_in(file_id: int) -> list[Claim]:
    """The claims in versions that have this file among their files."""
    query = select(Claim).join(VersionFile, VersionFile.version_id == Claim.version_id)
    return list(db.session.scalars(query.where(VersionFile.file_id == file_id, Claim.removed_at.is_(None))))


def claimed_films(most: int) -> list[File]:
    """Films, `most` of them, the newest first, in which rectangles are claimed."""
    rectangles = cast(Claim.locator, Text).like("%xywh=%")
    query = select(File).join(VersionFile).join(Claim, Claim.version_id == VersionFile.version_id)
    query = query.where(File.kind == "video", File.shown_type.like("video/%"), Claim.removed_at.is_(None), rectangles)
    return list(db.session.scalars(query.group_by(File.id).order_by(File.id.desc()).limit(most)))


def words_of(file_id: int) -> int:
    """Code points of the words of all pages of a document that are done."""
    query = select(func.coalesce(func.sum(func.length(FilePage.text)), 0)).where(FilePage.file_id == file_id)
    return db.session.scalar(query) or 0


def undrawn(most: int) -> list[File]:
    """Documents, `most` of them, that were measured and of whose pages nobody asked for pictures."""
    query = select(File).where(File.kind == "document", File.pages > 0, File.drawing == "").order_by(File.id)
    return list(db.session.scalars(query.limit(most)))


def unread(most: int) -> list[File]:
    """Files of office programs, `most` of them, that came when no words of theirs were read.

    Not those whose preparation was stopped: that is asked for by hand.
    """
    query = select(File).where(File.kind == "other", File.media_type.in_(READ), File.prepared == "ready")
    return list(db.session.scalars(query.order_by(File.id).limit(most)))
