"""Tables of requests to witnesses, of the assessor's checks, and of what tells one device or network from another."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from portfolio.evidence.models import Evidence, Version
from portfolio.foundation.clock import now
from portfolio.foundation.db import Base
from portfolio.people.models import Person
from portfolio.units.models import EditionPoint


class WitnessRequest(Base):
    """That somebody is asked, by a link, to say what they saw of a learner's work."""

    __tablename__ = "witness_request"
    __table_args__ = (
        Index("ix_witness_request_learner_id", "learner_id"),
        Index("ix_witness_request_centre_id", "centre_id"),
        CheckConstraint("kind IN ('witness testimony', 'supervisor statement', 'customer feedback')", name="kind"),
    )
    id: Mapped[int] = mapped_column(primary_key=True)
    centre_id: Mapped[int] = mapped_column(ForeignKey("centre.id"))
    learner_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    by_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    """Who asks: the learner, or their assessor."""
    kind: Mapped[str] = mapped_column(String(40))
    name: Mapped[str] = mapped_column(String(200))
    """Of the witness, as who asks knows them; like the other words about them empty once it is forgotten."""
    relation: Mapped[str] = mapped_column(String(200))
    """How they know each other."""
    email: Mapped[str] = mapped_column(String(254), default="")
    """Empty where the link is handed over."""
    note: Mapped[str] = mapped_column(Text, default="")
    about_id: Mapped[int | None] = mapped_column(ForeignKey("evidence.id"))
    """The item from which they were asked."""
    nonce: Mapped[str] = mapped_column(String(32))
    """Of which, with a sealed value, the link's token is made."""
    token_sha256: Mapped[str] = mapped_column(String(64), unique=True)
    asked_at: Mapped[datetime] = mapped_column(default=now)
    expires_at: Mapped[datetime]
    shown_at: Mapped[datetime | None]
    """When who asks was first shown the link; until then it went to the address alone."""
    reminded_at: Mapped[datetime | None]
    """The last time."""
    opened_at: Mapped[datetime | None]
    """The first time."""
    begun_at: Mapped[datetime | None]
    """When the first words came."""
    draft: Mapped[dict[str, Any]] = mapped_column(default=dict)
    """What the witness has typed and not signed, at first or as a correction: nobody else sees it. Empty once it is
    signed or over.
    """
    saved: Mapped[int] = mapped_column(default=0)
    """How often `draft` was saved."""
    signed_at: Mapped[datetime | None]
    """The first time."""
    declined_at: Mapped[datetime | None]
    reason: Mapped[str] = mapped_column(String(500), default="")
    """Why they declined, where they say so; or why it was taken back, where nobody did."""
    taken_back_at: Mapped[datetime | None]
    evidence_id: Mapped[int | None] = mapped_column(ForeignKey("evidence.id"), index=True)
    """What came of it."""
    offers: Mapped[list[Any]] = mapped_column(default=list)
    """Where in the words each point is told: its id, first and last character; 0 and 0 for the whole."""
    parts: Mapped[dict[str, Any]] = mapped_column(default=dict)
    """What was signed last by the boxes of the form, of which the text was made."""
    questions: Mapped[dict[str, Any]] = mapped_column(default=dict)
    """What the assessor is asked to look at, found when it was signed, by the number of the version: each a name of a
    question, and its numbers."""
    learner: Mapped[Person] = relationship(foreign_keys=[learner_id])
    by: Mapped[Person] = relationship(foreign_keys=[by_id])
    evidence: Mapped[Evidence | None] = relationship(foreign_keys=[evidence_id])
    points: Mapped[list[EditionPoint]] = relationship(secondary="request_point", order_by="EditionPoint.id")

    @property
    def called(self) -> str:
        """The witness, as pages name them; the name is forgotten a while after a request ended without a signature."""
        return self.name or "a witness"


class RequestPoint(Base):
    """A marking point that a witness is asked about."""

    __tablename__ = "request_point"
    request_id: Mapped[int] = mapped_column(ForeignKey("witness_request.id"), primary_key=True)
    point_id: Mapped[int] = mapped_column(ForeignKey("point.id"), primary_key=True)


class Check(Base):
    """That an assessor made sure of a witness; a later one stands beside it."""

    __tablename__ = "witness_check"
    __table_args__ = (CheckConstraint("how IN ('known', 'contacted')", name="how"),)
    id: Mapped[int] = mapped_column(primary_key=True)
    version_id: Mapped[int] = mapped_column(ForeignKey("version.id"), index=True)
    how: Mapped[str] = mapped_column(String(20))
    """Whether the witness was known to the assessor, or was contacted."""
    on: Mapped[date]
    means: Mapped[str] = mapped_column(String(200), default="")
    """By what they were contacted: a telephone call, a visit."""
    words: Mapped[str] = mapped_column(Text, default="")
    by_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    by_name: Mapped[str] = mapped_column(String(200))
    at: Mapped[datetime] = mapped_column(default=now)
    version: Mapped[Version] = relationship(lazy="joined", innerjoin=True)


class Trace(Base):
    """That a learner or the holder of a link came from a device or a network, which only a keyed hash names."""

    __tablename__ = "trace"
    __table_args__ = (
        Index("ix_trace_sort_mark", "sort", "mark"),
        CheckConstraint("sort IN ('device', 'network')", name="sort"),
    )
    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"), index=True)
    request_id: Mapped[int | None] = mapped_column(ForeignKey("witness_request.id"), index=True)
    sort: Mapped[str] = mapped_column(String(10))
    mark: Mapped[str] = mapped_column(String(64))
    """Keyed hash; the key is a sealed value of the house."""
    signing: Mapped[bool] = mapped_column(default=False)
    """Whether the holder of a link signed there; else they opened it. False of a learner."""
    seen_at: Mapped[datetime] = mapped_column(default=now, index=True)
