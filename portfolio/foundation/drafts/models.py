"""The table of what is typed and not saved."""

from datetime import datetime

from sqlalchemy import ForeignKey, Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from portfolio.foundation.clock import now
from portfolio.foundation.db import Base


class Sitting(Base):
    """One time that a form lay open before somebody, with what they typed and did not save.

    Words of a sitting are written by one open page alone. When they were saved or thrown away the sitting has ended:
    its words are gone, and its row says so until it is swept, so that nothing that comes late brings them back.
    """

    __tablename__ = "sitting"
    __table_args__ = (Index("ix_sitting_person_id_place", "person_id", "place"),)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), primary_key=True)
    key: Mapped[str] = mapped_column(String(64), primary_key=True)
    place: Mapped[str] = mapped_column(String(120), default="")
    """Which form, as its `data-draft` names it; empty of a sitting that ended."""
    words: Mapped[str] = mapped_column(Text, default="")
    """A JSON object as the scripts write it (`draft-store.ts`); empty of a sitting that ended."""
    turn: Mapped[int] = mapped_column(default=0)
    """How often its page had kept the words when it kept these."""
    at: Mapped[datetime] = mapped_column(default=now, index=True)
    """When the words were kept, or the sitting ended."""
    ended: Mapped[bool] = mapped_column(default=False)
    whose: Mapped[str | None] = mapped_column(String(200))
    """Name of who typed the words, where they were handed on to this person; None of a person's own."""
