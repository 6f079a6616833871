"""Reads of conversations. Whatever takes a `viewer` shows only the viewer's own centre."""

from collections.abc import Sequence

from sqlalchemy import func, select
from sqlalchemy.orm import joinedload, selectinload

from portfolio.assessment.conversations.models import Comment, Conversation
from portfolio.assessment.models import Assessment, Round
from portfolio.evidence.models import File
from portfolio.foundation.db import db
from portfolio.people.models import Person

_IN_ORDER = select(Conversation).order_by(Conversation.number).options(selectinload(Conversation.comments))


def conversation(id: int, *, viewer: Person) -> Conversation | None:
    """A conversation at the viewer's centre."""
    found = db.session.get(Conversation, id, options=[joinedload(Conversation.round).joinedload(Round.assessment)])
    return found if found and found.round.assessment.centre_id == viewer.centre_id else None


def comment(id: int, *, viewer: Person) -> Comment | None:
    """A comment at the viewer's centre."""
    found = db.session.get(Comment, id)
    return found if found and conversation(found.conversation_id, viewer=viewer) else None


def at_place(round: Round, version_id: int, place_sha256: str) -> Conversation | None:
    """The conversation at a place, once there is one."""
    here = (Conversation.round_id == round.id, Conversation.version_id == version_id)
    return db.session.scalars(
        select(Conversation).where(*here, Conversation.place_sha256 == place_sha256)
    ).one_or_none()


def count(round: Round) -> int:
    """How many conversations a round has."""
    return db.session.scalar(select(func.count(Conversation.id)).where(Conversation.round_id == round.id)) or 0


def conversations_in(round: Round) -> Sequence[Conversation]:
    """The conversations of a round with what was said, in the order in which they began."""
    return db.session.scalars(_IN_ORDER.where(Conversation.round_id == round.id)).all()


def said_in(conversation: Conversation) -> list[Comment]:
    """All that was said in a conversation, as it is now."""
    query = select(Comment).where(Comment.conversation_id == conversation.id).order_by(Comment.number)
    return list(db.session.scalars(query))


def rounds_with(assessment: Assessment) -> list[Round]:
    """The rounds in which something was said, the newest first, those that were taken back, too."""
    begun = select(Conversation.id).where(Conversation.round_id == Round.id).exists()
    return list(
        db.session.scalars(select(Round).where(Round.assessment_id == assessment.id, begun).order_by(Round.id.desc()))
    )


def round_to_read(assessment: Assessment, *, learns: bool) -> int | None:
    """The id of the first round in which something waits to be read, by the learner or by the other side."""
    waits = (Comment.by_learner.is_not(learns), Comment.read_at.is_(None), Comment.taken_back_at.is_(None))
    query = select(Round.id).join(Conversation).join(Comment).where(Round.assessment_id == assessment.id, *waits)
    return db.session.scalars(query.order_by(Round.id).limit(1)).one_or_none()


def count_comments(assessment: Assessment) -> dict[tuple[bool, bool], int]:
    """How many comments there are, by whether the learner said them and whether they wait to be read."""
    waits = Comment.read_at.is_(None) & Comment.taken_back_at.is_(None)
    query = select(Comment.by_learner, waits, func.count(Comment.id)).join(Conversation).join(Round)
    query = query.where(Round.assessment_id == assessment.id).group_by(Comment.by_learner, waits)
    return {(by_learner, bool(unread)): many for by_learner, unread, many in db.session.execute(query)}


def spoken_about(file: File, *, shown: bool = False) -> list[Assessment]:
    """The assessments in whose conversations a file was spoken; where only what is `shown` counts, not taken back."""
    query = select(Assessment).join(Round).join(Conversation).join(Comment).where(Comment.file_id == file.id)
    return list(db.session.scalars(query.where(Comment.taken_back_at.is_(None)) if shown else query).unique())
