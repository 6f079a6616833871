"""The table of transcripts."""

from datetime import datetime
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from portfolio.evidence.models import File
from portfolio.evidence.transcripts.rules import BY_MACHINE, CORRECTED, UNREAD, Cue, cue_of
from portfolio.foundation.clock import now
from portfolio.foundation.db import Base
from portfolio.people.models import Person


class Transcript(Base):
    """The words of a recording with their times, as one file of captions or one pass of a machine gave them.

    Once it is confirmed its words stay as they are; whoever changes them begins another. The newest confirmed one of a
    recording that was not removed is the one that stands.
    """

    __tablename__ = "transcript"
    __table_args__ = (
        UniqueConstraint("file_id", "number"),
        CheckConstraint("origin IN ('file', 'machine')", name="origin"),
        CheckConstraint("state IN ('draft', 'confirmed')", name="state"),
    )
    id: Mapped[int] = mapped_column(primary_key=True)
    file_id: Mapped[int] = mapped_column(ForeignKey("file.id"))
    number: Mapped[int]
    """Counts those of one recording from 1."""
    language: Mapped[str] = mapped_column(String(35))
    """BCP 47 tag of what is said."""
    origin: Mapped[str] = mapped_column(String(10))
    """`file`: captions that somebody uploaded; `machine`: a draft that a machine made."""
    model: Mapped[str] = mapped_column(String(100), default="")
    """Name of the machine's model."""
    state: Mapped[str] = mapped_column(String(10))
    cues: Mapped[list[Any]] = mapped_column(default=list, deferred=True)
    """Rows of `rules.Cue`, in the order of their times; large, so they are read where they are wanted."""
    sha256: Mapped[str] = mapped_column(String(64), default="")
    """Hash of what `told` gives; the lines of the log bind it."""
    made_at: Mapped[datetime] = mapped_column(default=now)
    made_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    """None for the machine."""
    confirmed_at: Mapped[datetime | None]
    confirmed_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    """Who uploaded it, or read and confirmed it."""
    confirmed_as: Mapped[str] = mapped_column(String(200), default="")
    """As they were called then."""
    removed_at: Mapped[datetime | None]
    removed_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    file: Mapped[File] = relationship()
    made_by: Mapped[Person | None] = relationship(foreign_keys=[made_by_id])
    confirmed_by: Mapped[Person | None] = relationship(foreign_keys=[confirmed_by_id])
    removed_by: Mapped[Person | None] = relationship(foreign_keys=[removed_by_id])

    @property
    def is_unread(self) -> bool:
        """Whether nobody has read and confirmed it."""
        return self.state == "draft"

    @property
    def is_heard(self) -> bool:
        """Whether it is a draft as a machine made it, which nobody has changed."""
        return self.is_unread and self.origin == BY_MACHINE and self.made_by is None

    @property
    def unread_note(self) -> str:
        """What is said of a draft wherever it is shown; empty for what was confirmed."""
        if not self.is_unread:
            return ""
        return CORRECTED.format(self.made_by.name) if self.made_by else UNREAD

    @property
    def basis(self) -> str:
        """By which a page is known that was opened before others stood, or these were changed or confirmed."""
        return f"{self.number} {self.state} {self.sha256}"

    @property
    def said(self) -> list[Cue]:
        """Its words with their times."""
        return [cue_of(row) for row in self.cues]

    def told(self) -> dict[str, Any]:
        """What is printed of it besides who confirmed it and when, as plain values over which a line gives a hash."""
        return {
            "number": self.number,
            "language": self.language,
            "origin": self.origin,
            "model": self.model,
            "cues": [{"begins": cue.begins, "ends": cue.ends, "words": cue.words} for cue in self.said],
        }
