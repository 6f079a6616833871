"""The table of meetings that are planned or under way."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from portfolio.evidence.models import Evidence
from portfolio.foundation.clock import now
from portfolio.foundation.db import Base
from portfolio.people.models import Person


class Meeting(Base):
    """An observation or a professional discussion, from its plan on; once it is signed its words are an item."""

    __tablename__ = "meeting"
    __table_args__ = (
        Index("ix_meeting_learner_id", "learner_id"),
        Index("ix_meeting_assessor_id", "assessor_id"),
        CheckConstraint("kind IN ('observation', 'professional discussion')", name="kind"),
    )
    id: Mapped[int] = mapped_column(primary_key=True)
    centre_id: Mapped[int] = mapped_column(ForeignKey("centre.id"))
    learner_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    assessor_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    kind: Mapped[str] = mapped_column(String(40))
    title: Mapped[str] = mapped_column(String(200))
    held_on: Mapped[date | None]
    place: Mapped[str] = mapped_column(String(500), default="")
    third_parties: Mapped[str] = mapped_column(String(500), default="")
    """Who else is seen or named in it, and whether they agreed."""
    prepare: Mapped[str] = mapped_column(String(2000), default="")
    """What the learner is asked to prepare; no part of the record that is signed."""
    minutes: Mapped[dict[str, Any]] = mapped_column(default=dict)
    """The fields of `drafts.Minutes` as they are by now."""
    files: Mapped[list[Any]] = mapped_column(default=list)
    """Ids of files that the assessor attached."""
    saved: Mapped[int] = mapped_column(default=0)
    """How often it was saved: who saves on the ground of an older state is told."""
    planned_at: Mapped[datetime] = mapped_column(default=now)
    saved_at: Mapped[datetime] = mapped_column(default=now)
    begun_at: Mapped[datetime | None]
    """When the first thing was written down at the meeting."""
    signed: Mapped[int] = mapped_column(default=0)
    """What `saved` was when the assessor signed last: what was saved since is signed by nobody."""
    offers: Mapped[list[Any]] = mapped_column(default=list)
    """What becomes claims once both have signed, of each place: code and number of its points, selector, reason."""
    called_off_at: Mapped[datetime | None]
    left_at: Mapped[datetime | None]
    """When the assessor left a record as it is to which the learner does not agree."""
    taken_out: Mapped[dict[str, Any] | None]
    """The entry that was removed last, until another thing is written down: its `number`, and its fields as `entry`."""
    evidence_id: Mapped[int | None] = mapped_column(ForeignKey("evidence.id"), index=True)
    """The item that the assessor signed."""
    learner: Mapped[Person] = relationship(foreign_keys=[learner_id])
    assessor: Mapped[Person] = relationship(foreign_keys=[assessor_id])
    evidence: Mapped[Evidence | None] = relationship(foreign_keys=[evidence_id])
