"""Tables of published editions of qualifications, and of learners' programmes towards them."""

from collections.abc import Collection
from datetime import datetime
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from criteria.qualification import Qualification, from_json
from portfolio.foundation.clock import now
from portfolio.foundation.db import Base
from portfolio.people.models import Person
from portfolio.units.models import Enrolment


class QualificationEdition(Base):
    """A published, immutable version of a qualification at one centre."""

    __tablename__ = "qualification"
    __table_args__ = (
        UniqueConstraint("centre_id", "number", "edition"),
        CheckConstraint("length(sha256) = 64", name="qualification_hashed"),
    )
    id: Mapped[int] = mapped_column(primary_key=True)
    centre_id: Mapped[int] = mapped_column(ForeignKey("centre.id"))
    number: Mapped[str] = mapped_column(String(40))
    edition: Mapped[int]
    """1 for the first edition of a number, then 2, …"""
    title: Mapped[str] = mapped_column(String(200))
    level: Mapped[str] = mapped_column(String(20))
    body: Mapped[str] = mapped_column(String(200))
    credit: Mapped[int | None]
    groups: Mapped[list[Any]]
    """As `criteria.qualification.as_json` tells them."""
    sha256: Mapped[str] = mapped_column(String(64))
    """Hash of the content: criteria.qualification says of what."""
    published_at: Mapped[datetime] = mapped_column(default=now)

    @property
    def content(self) -> Qualification:
        """All that this edition says."""
        names = ("title", "number", "level", "body", "credit", "groups")
        return from_json({name: getattr(self, name) for name in names})


class Programme(Base):
    """A learner who works towards a qualification, with the enrolments that count for it."""

    __tablename__ = "programme"
    id: Mapped[int] = mapped_column(primary_key=True)
    centre_id: Mapped[int] = mapped_column(ForeignKey("centre.id"))
    learner_id: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True)
    qualification_id: Mapped[int] = mapped_column(ForeignKey("qualification.id"), index=True)
    begun_at: Mapped[datetime] = mapped_column(default=now)
    ended_at: Mapped[datetime | None]
    """When it was ended; its enrolments stay."""
    learner: Mapped[Person] = relationship(lazy="joined", innerjoin=True)
    qualification: Mapped[QualificationEdition] = relationship(lazy="joined", innerjoin=True)
    units: Mapped[list["ProgrammeUnit"]] = relationship(
        lazy="selectin", cascade="all, delete-orphan", order_by="ProgrammeUnit.enrolment_id"
    )

    def done(self, achieved: Collection[int]) -> set[str]:
        """Codes of the units chosen whose enrolments are among those `achieved`, by their ids."""
        return {unit.enrolment.edition.code for unit in self.units if unit.enrolment_id in achieved}

    @property
    def codes(self) -> list[str]:
        """Codes of the units that were chosen, sorted."""
        return sorted(unit.enrolment.edition.code for unit in self.units)


class ProgrammeUnit(Base):
    """An enrolment that counts for a programme; it may count for several."""

    __tablename__ = "programme_unit"
    programme_id: Mapped[int] = mapped_column(ForeignKey("programme.id"), primary_key=True)
    enrolment_id: Mapped[int] = mapped_column(ForeignKey("enrolment.id"), primary_key=True, index=True)
    enrolment: Mapped[Enrolment] = relationship(lazy="joined", innerjoin=True)
