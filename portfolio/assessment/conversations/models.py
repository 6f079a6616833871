"""Tables of conversations: what was said is never edited; that it was read, or taken back, is set once."""

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from portfolio.assessment.models import Round
from portfolio.evidence.models import File, Version
from portfolio.foundation.clock import now
from portfolio.foundation.db import Base, Written


class Conversation(Base):
    """What is said at one place of one version in one round."""

    __tablename__ = "conversation"
    __table_args__ = (
        UniqueConstraint("round_id", "version_id", "place_sha256"),
        UniqueConstraint("round_id", "number"),
    )
    id: Mapped[int] = mapped_column(primary_key=True)
    round_id: Mapped[int] = mapped_column(ForeignKey("round.id"))
    version_id: Mapped[int] = mapped_column(ForeignKey("version.id"), index=True)
    locator: Mapped[dict[str, Any]] = mapped_column(Written)
    place_sha256: Mapped[str] = mapped_column(String(64))
    """Hash of `locator`: one conversation for one place."""
    number: Mapped[int]
    """Counts the conversations of a round."""
    round: Mapped[Round] = relationship(lazy="joined", innerjoin=True)
    version: Mapped[Version] = relationship()
    comments: Mapped[list["Comment"]] = relationship(order_by="Comment.number", back_populates="conversation")


class Comment(Base):
    """What one of them said."""

    __tablename__ = "comment"
    __table_args__ = (UniqueConstraint("conversation_id", "number"),)
    id: Mapped[int] = mapped_column(primary_key=True)
    conversation_id: Mapped[int] = mapped_column(ForeignKey("conversation.id"))
    number: Mapped[int]
    words: Mapped[str] = mapped_column(Text)
    file_id: Mapped[int | None] = mapped_column(ForeignKey("file.id"), index=True)
    """What was spoken besides, as a recording."""
    by_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    by_name: Mapped[str] = mapped_column(String(200))
    by_learner: Mapped[bool]
    """Whether the learner said it, and not whoever assesses them."""
    at: Mapped[datetime] = mapped_column(default=now)
    read_at: Mapped[datetime | None]
    """When the other side said that it read this, or answered."""
    taken_back_at: Mapped[datetime | None]
    """When whoever said it took it back; its words are shown to nobody since."""
    file: Mapped[File | None] = relationship(lazy="joined")
    conversation: Mapped[Conversation] = relationship(back_populates="comments")
