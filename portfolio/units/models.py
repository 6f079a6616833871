"""Tables of published editions, their points, and enrolments on them."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import (
    CheckConstraint,
    ForeignKey,
    Index,
    LargeBinary,
    String,
    Text,
    UniqueConstraint,
)
from sqlalchemy.orm import Mapped, mapped_column, relationship

from criteria.wording.parts import needed
from portfolio.foundation.clock import now
from portfolio.foundation.db import Base
from portfolio.people.models import Person
from portfolio.people.rules import Role


class Edition(Base):
    """A published, immutable version of a unit at one centre."""

    __tablename__ = "edition"
    __table_args__ = (
        UniqueConstraint("centre_id", "code", "number"),
        CheckConstraint("length(sha256) = 64", name="hashed"),
    )
    id: Mapped[int] = mapped_column(primary_key=True)
    centre_id: Mapped[int] = mapped_column(ForeignKey("centre.id"))
    code: Mapped[str] = mapped_column(String(40))
    number: Mapped[int]
    """1 for the first edition of a code, then 2, …"""
    title: Mapped[str] = mapped_column(String(300))
    level: Mapped[str] = mapped_column(String(20))
    sha256: Mapped[str] = mapped_column(String(64))
    """Hash of the content: criteria.edition says of what."""
    text: Mapped[str] = mapped_column(Text)
    """The unit in the extended form, from which all of it can be read again."""
    published_at: Mapped[datetime] = mapped_column(default=now)
    points: Mapped[list["EditionPoint"]] = relationship(
        order_by="EditionPoint.position", back_populates="edition", lazy="selectin"
    )


class EditionPoint(Base):
    """A marking point of an edition; never changes."""

    __tablename__ = "point"
    __table_args__ = (UniqueConstraint("edition_id", "ref"),)
    id: Mapped[int] = mapped_column(primary_key=True)
    edition_id: Mapped[int] = mapped_column(ForeignKey("edition.id"))
    position: Mapped[int]
    ref: Mapped[str] = mapped_column(String(20))
    text: Mapped[str] = mapped_column(Text)
    lead_in: Mapped[str] = mapped_column(String(300))
    obliges: Mapped[bool]
    parts: Mapped[list[Any]]
    """[{"ref": "a", "text": "cost"}, …]."""
    methods: Mapped[list[str]]
    edition: Mapped[Edition] = relationship(back_populates="points")

    @property
    def needed(self) -> int:
        """How many of its parts it asks for; 0 where all are meant."""
        return needed(self.text, len(self.parts))


class EditionMeanings(Base):
    """What the points of an edition mean, as a model of sentences read them; made anew for another model."""

    __tablename__ = "edition_meanings"
    edition_id: Mapped[int] = mapped_column(ForeignKey("edition.id"), primary_key=True)
    model: Mapped[str] = mapped_column(String(60))
    data: Mapped[bytes] = mapped_column(LargeBinary)
    """As `criteria.likeness.meaning.packed` gives it, in the order of the text."""


@dataclass(frozen=True, slots=True, eq=False)
class MarkingPoint:
    """A point as a plain fact, for pages that show points all day; one object for each point in this process."""

    id: int
    edition_id: int
    ref: str
    text: str
    parts: tuple[dict[str, str], ...]
    methods: tuple[str, ...]
    needed: int
    """How many of its parts it asks for; 0 where all are meant."""


class Enrolment(Base):
    """A learner on one edition of a unit, with the assessor and the IQA who are responsible."""

    __tablename__ = "enrolment"
    __table_args__ = (
        UniqueConstraint("learner_id", "edition_id"),
        Index("ix_enrolment_centre_id_assessor_id", "centre_id", "assessor_id"),
        CheckConstraint("assessor_id <> learner_id", name="assessor_is_another"),
        CheckConstraint("iqa_id <> learner_id", name="iqa_is_another"),
        CheckConstraint("assessor_id <> iqa_id", name="iqa_is_not_the_assessor"),
    )
    id: Mapped[int] = mapped_column(primary_key=True)
    centre_id: Mapped[int] = mapped_column(ForeignKey("centre.id"))
    learner_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    edition_id: Mapped[int] = mapped_column(ForeignKey("edition.id"))
    assessor_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    iqa_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    enrolled_at: Mapped[datetime] = mapped_column(default=now)
    learner: Mapped[Person] = relationship(foreign_keys=[learner_id], lazy="joined", innerjoin=True)
    assessor: Mapped[Person | None] = relationship(foreign_keys=[assessor_id])
    iqa: Mapped[Person | None] = relationship(foreign_keys=[iqa_id])
    edition: Mapped[Edition] = relationship(lazy="joined", innerjoin=True)

    @property
    def assessor_now(self) -> Person | None:
        """The allocated assessor, if they can judge now; None while the unit is nobody's."""
        return self.assessor if self.assessor and self.assessor.can_act_as(Role.ASSESSOR) else None

    @property
    def iqa_now(self) -> Person | None:
        """The allocated IQA, if they can verify now."""
        return self.iqa if self.iqa and self.iqa.can_act_as(Role.IQA) else None
