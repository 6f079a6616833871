"""Tables of sentences for feedback: the centre's, with each wording that they had, and what each person used."""

from datetime import datetime

from sqlalchemy import ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from portfolio.foundation.clock import now
from portfolio.foundation.db import Base


class Phrase(Base):
    """A sentence that the staff of a centre share, for a unit in all its editions or for one of its points."""

    __tablename__ = "phrase"
    __table_args__ = (Index("ix_phrase_centre_id_unit", "centre_id", "unit"),)
    id: Mapped[int] = mapped_column(primary_key=True)
    centre_id: Mapped[int] = mapped_column(ForeignKey("centre.id"))
    unit: Mapped[str] = mapped_column(String(40))
    """The code of the unit."""
    point: Mapped[str] = mapped_column(String(20), default="")
    """The `ref` of the point; empty for the whole unit."""
    gone_at: Mapped[datetime | None]
    """When it was removed: it is offered to nobody, and what was said with it stays."""
    wordings: Mapped[list["PhraseWording"]] = relationship(order_by="PhraseWording.number", lazy="selectin")

    @property
    def standing(self) -> "PhraseWording":
        """How it is worded now."""
        return self.wordings[-1]

    @property
    def words(self) -> str:
        """What it says now."""
        return self.standing.words


class PhraseWording(Base):
    """What a shared sentence says from some moment on. Never edited: the one with the highest number stands."""

    __tablename__ = "phrase_wording"
    phrase_id: Mapped[int] = mapped_column(ForeignKey("phrase.id"), primary_key=True)
    number: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    words: Mapped[str] = mapped_column(String(500))
    by_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    by_name: Mapped[str] = mapped_column(String(200))
    at: Mapped[datetime] = mapped_column(default=now)


class OwnPhrase(Base):
    """A sentence that somebody used in a verdict, as a help to themselves alone: no record, and nobody else sees it."""

    __tablename__ = "own_phrase"
    __table_args__ = (Index("ix_own_phrase_person_id_unit", "person_id", "unit"),)
    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    unit: Mapped[str] = mapped_column(String(40))
    point: Mapped[str] = mapped_column(String(20))
    """The `ref` of the point in whose feedback it was used."""
    words: Mapped[str] = mapped_column(String(500))
    uses: Mapped[int] = mapped_column(default=0)
    used_at: Mapped[datetime] = mapped_column(default=now)


class WordsSaved(Base):
    """How many words somebody inserted and did not type again; told to nobody but them."""

    __tablename__ = "words_saved"
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), primary_key=True)
    count: Mapped[int] = mapped_column(default=0)
